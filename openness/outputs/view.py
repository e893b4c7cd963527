"""What every page says of a scorecard, as plain rows of text; the formats only draw and escape them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from openness.core.components import name_of, value_words
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.licence import Sentence
from openness.core.record import record
from openness.core.scorecard import CriterionResult, GateState, Interval, Level, Scorecard
from openness.outputs import base

DISCLAIMER = base.DISCLAIMER

STATUS_WORDS = {
    Status.RELEASED: "released",
    Status.PARTIAL: "partial",
    Status.DESCRIBED: "described",
    Status.WITHHELD: "withheld",
    Status.SILENT: "silent",
    Status.UNKNOWN: "unknown",
    Status.NOT_APPLICABLE: "not applicable",
}


@record(frozen=True, slots=True)
class FindingRow:
    """A finding in a table: name, what was found, the words for it, and its first evidence."""

    name: str
    found: str
    status: Status
    words: str
    evidence: Evidence | None
    more: int


def percent(interval: Interval | None) -> str:
    """An interval in whole per cent, rounded outward; one figure where it is certain to the per cent."""
    if interval is None:
        return "not scored"
    low, high = interval.percent
    return f"{low} %" if low == high else f"{low}–{high} %"


def title(card: Scorecard) -> str:
    """Name, id and revision of the release."""
    release = card.release
    at = f" @ {release.revision[:12]}" if release.revision else ""
    name = f"{release.name} · " if release.name and release.name != release.id.rsplit("/", 1)[-1] else ""
    return f"{name}{release.id}{at}"


def facts(card: Scorecard) -> str:
    """Where the facts came from."""
    release, provenance = card.release, card.release.provenance
    at = f" at revision {release.revision}" if release.revision else ""
    if provenance.source == "catalogue":
        return f"the bundled catalogue of {provenance.seen_on}{at}"
    if provenance.source == "folder":
        return f"the folder {provenance.detail} on this machine{at}, seen on {provenance.seen_on}"
    place = "the Hub" if provenance.source == "hub" else "the cache of the Hub"
    return f"{place} ({provenance.detail}){at}, seen on {provenance.seen_on}"


def rubric_line(card: Scorecard) -> str:
    """Which rubric judged, and by which tool."""
    rubric = card.rubric
    return f"{rubric.title} (rubric {rubric.id} {rubric.version}, {rubric.digest[:12]}) by {card.tool}"


def coverage(card: Scorecard) -> str:
    """How much could be looked at, and what kept us from the rest."""
    seen = f"{card.coverage.seen} of {card.coverage.asked} facts seen"
    asked = {
        finding.about: finding for result in card.criteria if result.applies is not False for finding in result.because
    }
    reasons = Counter(each.missing.detail or each.missing.reason.value for each in asked.values() if each.missing)
    unseen = "; ".join(
        f"{count} × {reason}" for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{seen}; unknown: {unseen}" if unseen else seen


def standings(card: Scorecard) -> list[str]:
    """The relative statement: more or less open than named releases."""
    words = {
        "more": "More open than",
        "less": "Less open than",
        "equal": "As open as",
        "unclear": "Not told apart from",
    }
    found = []
    for relation, begin in words.items():
        names = [f"{each.reference} ({percent(each.score)})" for each in card.standings if each.relation == relation]
        if names:
            found.append(f"{begin} {', '.join(names)}.")
    return found


def gates(card: Scorecard) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Mark, title, cite and statements of every gate."""
    marks = {GateState.PASS: "✓", GateState.FAIL: "✗", GateState.OPEN: "?"}
    for gate in card.gates:
        yield marks[gate.state], gate.title, gate.cite, (*gate.failing, *gate.open)


def outcome(result: CriterionResult) -> str:
    """A criterion's outcome in a word or two."""
    if result.applies is False:
        return "does not apply"
    words = " or ".join(level.value.replace("-", " ") for level in result.possible)
    return words if result.applies else f"{words}, or does not apply"


def mark(result: CriterionResult) -> str:
    """A criterion's outcome as one sign."""
    if result.applies is False:
        return "·"
    if len(result.possible) > 1 or result.applies is None:
        return "?"
    return {Level.MET: "✓", Level.PARTLY: "~", Level.NOT_MET: "✗"}[result.possible[0]]


def finding_rows(card: Scorecard, dimension: str) -> list[FindingRow]:
    """The findings behind a dimension, each once, in the order of its criteria; then what else it shows and was found."""
    rows: dict[str, FindingRow] = {}
    for result in card.criteria:
        if result.dimension == dimension and result.applies is not False:
            for finding in result.because:
                rows.setdefault(finding.about, finding_row(finding))
    shows = next(each.shows for each in card.dimensions if each.id == dimension)
    for finding in card.findings:
        if finding.about in shows and finding.status is not Status.SILENT:
            rows.setdefault(finding.about, finding_row(finding))
    return list(rows.values())


def terms(card: Scorecard) -> list[tuple[str, str]]:
    """What the licence lets one do: "You may" and its kin, each with its sentences in one line, the clauses named."""
    said = card.terms
    if said is None:
        return []
    parts = (("You may", said.may), ("You must", said.must), ("You may not", said.may_not), ("Know that", said.know))
    return [(begin, "; ".join(_clause(each) for each in sentences)) for begin, sentences in parts if sentences]


def _clause(sentence: Sentence) -> str:
    return f"{sentence.text} [{sentence.section}]" if sentence.section else sentence.text


def finding_row(finding: Finding) -> FindingRow:
    """One finding as a row."""
    found = STATUS_WORDS[finding.status]
    if finding.value and finding.status is not Status.UNKNOWN and finding.about != "licence":
        found = (
            value_words(finding.value)
            if finding.status in (Status.RELEASED, Status.DESCRIBED) and _speaks(finding)
            else (f"{found} ({finding.value.replace('-', ' ')})")
        )
    evidence = finding.evidence[0] if finding.evidence else None
    return FindingRow(
        name_of(finding.about),
        found,
        finding.status,
        finding_words(finding),
        evidence,
        max(0, len(finding.evidence) - 1),
    )


def _speaks(finding: Finding) -> bool:
    from openness.core.components import ASPECTS

    return finding.about in ASPECTS


def finding_words(finding: Finding) -> str:
    """What a finding rests on, in one line: the licence, the quote, the file, the note, or why nothing was seen."""
    parts = []
    if finding.about == "licence" and finding.licence:
        parts.append(finding.licence.name)
    if finding.missing:
        parts.append(finding.missing.detail or finding.missing.reason.value)
    if finding.evidence:
        first = finding.evidence[0]
        if first.quote and first.method is Method.HUB_FIELD:
            parts.append(f"{first.note or first.path}: {first.quote}")
        elif first.quote:
            parts.append(f"“{' '.join(first.quote.split())}”")
        elif first.path:
            parts.append(first.path)
        if finding.status is Status.SILENT and finding.origin == "automatic":
            parts = [
                "looked at "
                + ", ".join(place.note or place.path for place in finding.evidence if place.note or place.path)
            ]
    if (finding.note and finding.status is not Status.SILENT) or (finding.note and finding.origin == "attested"):
        parts.append(finding.note)
    return "; ".join(dict.fromkeys(part for part in parts if part))


def place(evidence: Evidence) -> str:
    """File and lines of a piece of evidence."""
    lines = ""
    if evidence.lines:
        first, last = evidence.lines
        lines = f", line {first}" if first == last else f", lines {first}–{last}"
    return f"{evidence.path}{lines}" if evidence.path else ""


def explain(
    card: Scorecard, criterion: str
) -> tuple[CriterionResult, list[tuple[Finding, list[tuple[Evidence, str]]]]]:
    """A criterion with every finding it looks at and all of their evidence, each with its place."""
    result = next(each for each in card.criteria if each.id == criterion)
    return result, [(finding, [(each, place(each)) for each in finding.evidence]) for finding in result.because]
