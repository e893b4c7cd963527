"""The page of a checked project, for terminals, step summaries and programs. The formats of CI systems are the modules `ci_*`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from openness.core import words
from openness.core.errors import UsageError
from openness.core.finding import Evidence
from openness.core.gate import DemandResult, Gated, Outcome
from openness.outputs.base import DISCLAIMER, require
from openness.outputs.blocks import Block, Facts, Heading, Paragraph
from openness.outputs.saved import plain

SCHEMA_VERSION = "1.0"
"""The version of the JSON document; it grows as that of scorecards does."""


def check_targets(asked: Sequence[str]) -> list[tuple[str, str | None]]:
    """Formats and files of options such as `table` or `sarif=out.sarif`. Raises `UsageError`."""
    found = []
    for each in asked:
        name, _, file = each.partition("=")
        require("check", name)
        found.append((name, None if file in ("", "-") else file))
    if sum(file is None for _, file in found) > 1:
        raise UsageError("two formats cannot share the standard output", "give all but one a file: -f sarif=out.sarif")
    return found


def worst(gated: Gated) -> Outcome:
    """The worst outcome; `HOLDS` if nothing is demanded."""
    found = {each.outcome for each in gated.results}
    return next((outcome for outcome in words.OUTCOME_SIGNS if outcome in found), Outcome.HOLDS)


def headline(gated: Gated) -> str:
    """The outcome in a sentence."""
    counts = Counter(each.outcome for each in gated.results)
    releases = len({each.release for each in gated.results})
    parts = [f"{counts[outcome]} {words.OUTCOME_WORDS[outcome]}" for outcome in words.OUTCOME_SIGNS if counts[outcome]]
    return f"{words.counted(releases, 'release')}: {', '.join(parts) or 'nothing is demanded'}"


def seen_at(evidence: Evidence) -> str:
    """A piece of evidence in one line: its quote or note, and its place."""
    said = f"“{' '.join(evidence.quote.split())}”" if evidence.quote else evidence.note or evidence.path
    lines = f", lines {evidence.lines[0]}–{evidence.lines[1]}" if evidence.lines else ""
    where = f"{evidence.url}{lines}" if evidence.url else f"{evidence.path}{lines}"
    return f"{said} ({where})" if where else said


def _blocks(gated: Gated) -> Iterator[Block]:
    yield Heading(f"{words.OUTCOME_SIGNS[worst(gated)]} {headline(gated)}", 1)
    for release in dict.fromkeys(each.release for each in gated.results):
        of_release = [each for each in gated.results if each.release == release]
        revision = next((each.revision for each in of_release if each.revision), None)
        yield Heading(f"{release} @ {revision[:12]}" if revision else release)
        order = sorted(of_release, key=lambda each: list(words.OUTCOME_SIGNS).index(each.outcome))
        yield Facts([(f"{words.OUTCOME_SIGNS[each.outcome]} {each.rule}", _lines(each)) for each in order])
    for notice in gated.notices:
        yield Paragraph(f"Note: {notice}")
    yield Paragraph(f"Checked on {gated.day} by {gated.tool}. {DISCLAIMER}", "aside")


def _lines(result: DemandResult) -> list[str]:
    if result.outcome is Outcome.HOLDS:
        return [result.message]
    found = [result.message, f"demanded in {result.rule_at.file}:{result.rule_at.line}"]
    found += [f"evidence: {seen_at(each)}" for each in result.evidence[:3]]
    found += result.detail.splitlines()[:60]
    return [*found, f"to do: {result.fix}"] if result.fix else found


BLOCKS = {"check": lambda gated: list(_blocks(gated))}
DOCUMENTS = {"check": lambda gated: {"schema_version": SCHEMA_VERSION, "check": plain(gated)}}
