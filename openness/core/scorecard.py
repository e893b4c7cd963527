"""A release assessed by one rubric: the conclusions, how certain they are, and the findings that they rest on."""

from __future__ import annotations

from enum import StrEnum

from openness.core.finding import Finding
from openness.core.kleene import Truth
from openness.core.licence import Summary
from openness.core.record import record
from openness.core.release import Need, Provenance, Unread


class Level(StrEnum):
    """An outcome of a criterion, best first."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not-met"


LEVEL_VALUE = {Level.MET: 10_000, Level.PARTLY: 5_000, Level.NOT_MET: 0}
"""What a level counts, in 1/10000 of the criterion's weight; `partly` counts half, as in the Open Source AI Index
(https://doi.org/10.1145/3571884.3604316)."""


class GateState(StrEnum):
    """Whether a gate is passed; `open` if an unknown decides."""

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
            raise ValueError(f"not an interval: {self.low}..{self.high}")

    @property
    def percent(self) -> tuple[int, int]:
        """Whole per cent: the low end rounded down and the high end up; both to the nearest if the score is certain."""
        if self.certain:
            return (self.low + 50) // 100, (self.low + 50) // 100
        return self.low // 100, -(-self.high // 100)

    @property
    def certain(self) -> bool:
        """Whether no unknown can change the score. Outward rounding may leave the ends of a certain score 1/10000 apart."""
        return self.high - self.low <= 1


@record(frozen=True, slots=True)
class CriterionResult:
    """The outcome of one criterion: every level that is still possible, best first, and the findings that it rests on.

    `applies` is False if the question makes no sense for this release, and None if an unknown decides that. `why` gives the
    reasons why the outcome is open. `decided_by` is `machine` or `human`.
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
    """The outcome of one dimension. A dimension that is `beside` is reported but never part of the score.

    `summary` joins the statements of its criteria. `shows` names findings that are shown with it although no criterion looks
    at them.
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
    """Something that an outsider may want to do with a release; `possible` is None if an unknown decides."""

    id: str
    title: str
    cite: str
    possible: bool | None
    why: str


@record(frozen=True, slots=True)
class Verdict:
    """What a rubric concludes.

    `classes` are the ids and titles of the classes that are still possible, best first. `reasons` say which gates fail and why,
    `undecided` what leaves a gate open.
    """

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
    """What the publisher calls the release, held against the verdict.

    `honoured` is None if an unknown decides. `gap` is `none`, `overstated` or `undecided`; `level` is the number of classes by
    which the release falls short of the lowest class that bears the claim out, at best and at worst.
    """

    claim: str
    honoured: bool | None
    statement: str
    finding: Finding
    gap: str = "none"
    level: tuple[int, int] = (0, 0)


@record(frozen=True, slots=True)
class Coverage:
    """How many of the findings that the rubric looks at are known, out of how many, and what could not be seen and why."""

    seen: int
    asked: int
    missing: tuple[tuple[Need, Unread], ...]


@record(frozen=True, slots=True)
class Standing:
    """How the release compares with a reference release: `more`, `less` or `equal` in openness, or `unclear`."""

    reference: str
    relation: str
    score: Interval | None


@record(frozen=True, slots=True)
class ReleaseRef:
    """The release as a scorecard names it; `asked` is what the user typed."""

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
    """The rubric that judged; `digest` identifies its text, `source` is the address of the standard behind it."""

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
    """A smallest set of changes that reaches a better class; `ways` counts the sets that are as small."""

    class_id: str
    class_title: str
    changes: tuple[Change, ...]
    ways: int = 1


@record(frozen=True, slots=True)
class Scorecard:
    """A release assessed by one rubric; `terms` says in plain words what its licence allows, if that is known."""

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
