"""JUnit XML: a suite per release, a case per demand."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from openness.core.gate import DemandResult, Gated, Outcome
from openness.outputs.base import Canvas
from openness.outputs.safe import lines, text


def draw(page: str, format_name: str, gated: Gated, canvas: Canvas) -> str:
    """A violated demand is a failure, one that could not be checked an error, and one that is undecided or excused is skipped."""
    found = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="openness"{_counts(list(gated.results))}>']
    for release in dict.fromkeys(each.release for each in gated.results):
        cases = [each for each in gated.results if each.release == release]
        found.append(f"  <testsuite name={_attribute(release)}{_counts(cases)}>")
        found += [_case(each) for each in cases]
        found.append("  </testsuite>")
    return "\n".join([*found, "</testsuites>"]) + "\n"


def _counts(cases: list[DemandResult]) -> str:
    outcomes = [each.outcome for each in cases]
    failures, errors = outcomes.count(Outcome.VIOLATED), outcomes.count(Outcome.RETRY)
    skipped = len(outcomes) - failures - errors - outcomes.count(Outcome.HOLDS)
    return f' tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _attribute(value: str) -> str:
    return quoteattr(text(value, 500))


def _case(result: DemandResult) -> str:
    head = f"    <testcase name={_attribute(result.rule)} classname={_attribute(result.release)}"
    head += f" file={_attribute(result.at.file)} line={quoteattr(str(result.at.line))}"
    if result.outcome is Outcome.HOLDS:
        return f"{head}/>"
    tag = {Outcome.VIOLATED: "failure", Outcome.RETRY: "error"}.get(result.outcome, "skipped")
    body = escape("\n".join(lines("\n".join((result.message, f"to do: {result.fix}", result.detail)))))
    return f"{head}><{tag} message={_attribute(result.message)}>{body}</{tag}></testcase>"
