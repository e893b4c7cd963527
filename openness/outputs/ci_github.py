"""Annotations of GitHub Actions: one per release, on the line that names it, because a step shows only about ten."""

from __future__ import annotations

from openness.core.gate import DemandResult, Gated, Outcome
from openness.core.words import OUTCOME_SIGNS
from openness.outputs.base import Canvas
from openness.outputs.safe import workflow

LEVEL = {Outcome.VIOLATED: "error", Outcome.RETRY: "error", Outcome.UNDECIDED: "warning"}


def draw(page: str, format_name: str, gated: Gated, canvas: Canvas) -> str:
    """Workflow commands (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)."""
    found = []
    for release in dict.fromkeys(each.release for each in gated.results):
        bad = [each for each in gated.results if each.release == release and each.outcome in LEVEL]
        if bad:
            bad.sort(key=lambda each: list(OUTCOME_SIGNS).index(each.outcome))
            found.append(_annotation(release, bad))
    return "".join(f"{line}\n" for line in found)


def _annotation(release: str, bad: list[DemandResult]) -> str:
    first = bad[0]
    said = "%0A".join(workflow(f"{OUTCOME_SIGNS[each.outcome]} {each.rule}: {each.message}", 600) for each in bad)
    todo = f"%0A{workflow(f'to do: {first.fix}')}" if first.fix else ""
    place = f"file={workflow(first.at.file, 300, True)},line={first.at.line},title={workflow(release, 200, True)}"
    return f"::{LEVEL[first.outcome]} {place}::{said}{todo}"
