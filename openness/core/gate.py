"""What a project demands of the releases it depends on, and how each demand came out."""

from __future__ import annotations

from enum import StrEnum

from openness.core.finding import Evidence
from openness.core.record import record


class Outcome(StrEnum):
    """How a demand came out. `undecided` is open by an unknown that no retry cures, `retry` by one that a retry may cure;
    `excepted` and `tolerated` are violations that the project has taken note of: by an exception, or in its baseline."""

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    RETRY = "retry"
    EXCEPTED = "excepted"
    TOLERATED = "tolerated"


@record(frozen=True, slots=True)
class Line:
    """A line of a project's own file, 1-based."""

    file: str
    line: int


@record(frozen=True, slots=True)
class DemandResult:
    """One demand on one release: what was demanded, what was found, the evidence, and what can be done.

    `at` is the line that names the release, `rule_at` the one that demands. `detail` holds longer text, such as the difference of
    two licence texts. `fingerprint` stays the same from run to run.
    """

    release: str
    revision: str | None
    rule: str
    outcome: Outcome
    message: str
    at: Line
    rule_at: Line
    fix: str = ""
    detail: str = ""
    evidence: tuple[Evidence, ...] = ()
    fingerprint: str = ""


@record(frozen=True, slots=True)
class Gated:
    """A checked project: every result, in the order of its file, what its maintainers should know, and the day (ISO 8601)."""

    results: tuple[DemandResult, ...]
    notices: tuple[str, ...]
    tool: str
    day: str
