"""How a project's demands on the releases that it depends on came out."""

from __future__ import annotations

from enum import StrEnum

from openness.core.finding import Evidence
from openness.core.record import record


class Outcome(StrEnum):
    """How a demand came out.

    An unknown decides `undecided` and `retry`; trying again may settle the latter. `excepted` and `tolerated` are violations
    that the project knows of: it has written an exception, or they stand in its baseline.
    """

    HOLDS = "holds"
    VIOLATED = "violated"
    UNDECIDED = "undecided"
    RETRY = "retry"
    EXCEPTED = "excepted"
    TOLERATED = "tolerated"


@record(frozen=True, slots=True)
class Line:
    """A line of a file of the project; lines are counted from 1."""

    file: str
    line: int


@record(frozen=True, slots=True)
class FoundState:
    """What was found of a release when a demand was judged: a baseline tolerates this or better, and nothing worse.

    `rubric` is the rubric's id with its digest; `classes` are the places of the classes still possible, counted from the worst
    (0), at worst and at best; `score` is in 1/10000; `licence` is an id, `licence_class` its class; `gates` holds the state of
    every gate of the rubric. `retriable` says that asking again may show more.
    """

    rubric: str
    classes: tuple[int, int]
    score: tuple[int, int] | None
    licence: str
    licence_class: str
    gates: tuple[tuple[str, str], ...]
    retriable: bool = False


@record(frozen=True, slots=True)
class DemandResult:
    """One demand on one release: the rule, the outcome, the evidence, and what can be done (`fix`).

    `at` is the line that names the release, `rule_at` the line that makes the demand. `detail` holds longer text, such as the
    difference between two licence texts. `fingerprint` stays the same from run to run. `release` is the name that the project
    asks for; `found` is None where the baseline cannot tolerate a violation.
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
    found: FoundState | None = None


@record(frozen=True, slots=True)
class Gated:
    """A checked project: all results in the order of its file, notices to its maintainers, the tool, and the day (ISO 8601)."""

    results: tuple[DemandResult, ...]
    notices: tuple[str, ...]
    tool: str
    day: str
