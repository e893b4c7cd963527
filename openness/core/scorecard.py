"""A release assessed by one rubric: what it concludes, how sure that is, and from what."""

from __future__ import annotations

from enum import StrEnum

from openness.core.finding import Finding
from openness.core.kleene import Truth
from openness.core.licence import Summary
from openness.core.record import record
from openness.core.release import Need, Provenance, Unread


class Level(StrEnum):
    """Outcome of one criterion, best first."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"


LEVEL_VALUE = {Level.MET: 10_000, Level.PARTLY: 5_000, Level.NOT_MET: 0}
"""Worth of a level in 1/10000 of its weight; a half for `partly` as in the Open Source AI Index (doi
10.1145/3571884.3604316)."""


class GateState(StrEnum):
    """Whether a gate is passed; `open` when an unknown decides."""

    PASS = "pass"
    FAIL = "fail"
    OPEN = "open"

    @property
    def truth(self) -> Truth:
        """Whether the gate is passed."""
        return {GateState.PASS: Truth.TRUE, GateState.FAIL: Truth.FALSE, GateState.OPEN: Truth.UNKNOWN}[self]


@record(frozen=True, slots=True)
class Interval:
    """A score with every unknown at its worst and at its best, in 1/10000, rounded outward."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 10_000:
            raise ValueError(f"no interval: {self.low}..{self.high}")

    @property
    def percent(self) -> tuple[int, int]:
        """Whole per cent: the low end rounded down and the high end up, or both to the nearest where it is certain."""
        if self.certain:
            return (self.low + 50) // 100, (self.low + 50) // 100
        return self.low // 100, -(-self.high // 100)

    @property
    def certain(self) -> bool:
        """Whether no unknown can change it; one mean that is no multiple of 1/10000 is rounded to two neighbours."""
        return self.high - self.low <= 1


@record(frozen=True, slots=True)
class CriterionResult:
    """One criterion's outcome: every level that is still possible, and the findings it rests on.

    `applies` is True, False, or None where an unknown decides whether the question makes sense for this release; `why` says
    what kept us from deciding.
    """

    id: str
    dimension: str
    question: str
    cite: str
    weight: int
    possible: tuple[Level, ...]
    applies: bool | None
    because: tuple[Finding, ...]
    statement: str
    why: tuple[str, ...] = ()
    decided_by: str = "machine"

    @property
    def certain(self) -> bool:
        """Whether exactly one outcome is left."""
        return self.applies is False or (self.applies is True and len(self.possible) == 1)


@record(frozen=True, slots=True)
class DimensionResult:
    """The criteria of one dimension; `beside` when it is reported but never part of the score.

    `shows` names findings that are shown with it although no criterion asks for them.
    """

    id: str
    title: str
    score: Interval | None
    beside: bool
    summary: str
    shows: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class GateResult:
    """A gate, its state, and the statements of the criteria that fail it or leave it open."""

    id: str
    title: str
    cite: str
    state: GateState
    failing: tuple[str, ...]
    open: tuple[str, ...]


@record(frozen=True, slots=True)
class Affordance:
    """Something an outsider may want to do with a release; `possible` None when an unknown decides."""

    id: str
    title: str
    cite: str
    possible: bool | None
    why: str


@record(frozen=True, slots=True)
class Verdict:
    """What a rubric concludes: the classes still possible (one: certain), in words, with the reasons one by one."""

    classes: tuple[tuple[str, str], ...]
    headline: str
    reasons: tuple[str, ...]
    undecided: tuple[str, ...]

    @property
    def certain(self) -> bool:
        """Whether no unknown can change the class."""
        return len(self.classes) == 1


@record(frozen=True, slots=True)
class ClaimCheck:
    """What the publisher calls the release, held against the verdict; `honoured` None when that is not decided.

    The gap between the two has a name (`none`, `overstated`; `undecided` where it depends on an unknown) and a level: by how
    many classes of the rubric the release falls short of the least that would bear the claim out, at best and at worst.
    """

    claim: str
    honoured: bool | None
    statement: str
    finding: Finding
    gap: str = "none"
    level: tuple[int, int] = (0, 0)


@record(frozen=True, slots=True)
class Coverage:
    """How many of the findings that the rubric asks for could be looked at, and what kept us from the rest."""

    seen: int
    asked: int
    missing: tuple[tuple[Need, Unread], ...]


@record(frozen=True, slots=True)
class Standing:
    """How the release stands to a named reference release: `more`, `less`, `equal` or `unclear`."""

    reference: str
    relation: str
    score: Interval | None


@record(frozen=True, slots=True)
class ReleaseRef:
    """What of a release a scorecard names."""

    id: str
    asked: str
    name: str
    publisher: str
    revision: str | None
    url: str
    provenance: Provenance
    notices: tuple[str, ...]


@record(frozen=True, slots=True)
class RubricRef:
    """Which rubric judged, by which text of it."""

    id: str
    version: str
    title: str
    digest: str
    source: str


@record(frozen=True, slots=True)
class Change:
    """One thing a publisher could do: what it is about, and the advice in words."""

    about: str
    text: str


@record(frozen=True, slots=True)
class Advice:
    """A smallest set of changes that reaches a better class; `ways` counts the sets that are equally small."""

    class_id: str
    class_title: str
    changes: tuple[Change, ...]
    ways: int = 1


@record(frozen=True, slots=True)
class Scorecard:
    """A release assessed by one rubric; `terms` says in plain words what its licence lets one do, where that is known."""

    release: ReleaseRef
    rubric: RubricRef
    verdict: Verdict
    score: Interval | None
    dimensions: tuple[DimensionResult, ...]
    criteria: tuple[CriterionResult, ...]
    gates: tuple[GateResult, ...]
    affordances: tuple[Affordance, ...]
    claim: ClaimCheck | None
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    tool: str
    terms: Summary | None = None
    advice: Advice | None = None
