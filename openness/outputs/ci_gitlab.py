"""GitLab's code quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""

from __future__ import annotations

from openness.core.gate import Gated, Outcome
from openness.outputs.base import Canvas
from openness.outputs.safe import text
from openness.outputs.saved import written

SEVERITY = {Outcome.VIOLATED: "major", Outcome.RETRY: "major", Outcome.UNDECIDED: "minor", Outcome.EXCEPTED: "info"}


def draw(page: str, format_name: str, gated: Gated, canvas: Canvas) -> str:
    """A list of the demands that did not hold."""
    found = [
        {
            "description": text(f"{each.release}: {each.message}"),
            "check_name": text(f"openness {each.rule}"),
            "fingerprint": each.fingerprint,
            "severity": SEVERITY[each.outcome],
            "location": {"path": text(each.at.file), "lines": {"begin": each.at.line}},
        }
        for each in gated.results
        if each.outcome in SEVERITY
    ]
    return written(found)
