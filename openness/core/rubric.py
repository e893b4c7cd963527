"""A rubric as it is written: its questions, gates and classes, and the conditions under which each is met.

Conditions are a small tree without names of functions or code. `openness/rubric` judges by them, outputs put them into words.
"""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.licence import LicenceClass
from openness.core.record import record
from openness.core.scorecard import Level


@record(frozen=True, slots=True)
class LicenceRule:
    """What a licence must be. Every part that is given must hold; an empty tuple, None or False asks nothing.

    `identifiers` are SPDX identifiers, `terms` names of terms with the values that each may have, `without` terms that must not
    be in it, `alternatives` rules of which one must hold. `spelled` asks that its SPDX identifier names it, letter for letter.
    """

    osi: bool | None = None
    fsf: bool | None = None
    classes: tuple[LicenceClass, ...] = ()
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    spelled: bool = False
    alternatives: tuple[LicenceRule, ...] = ()


@record(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@record(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@record(frozen=True, slots=True)
class Negation:
    """The part does not hold."""

    part: Condition


@record(frozen=True, slots=True)
class AtLeast:
    """At least `count` parts hold."""

    count: int
    parts: tuple[Condition, ...]


@record(frozen=True, slots=True)
class Nearly:
    """The condition of another class would hold if the gates in `but` were passed."""

    class_id: str
    but: tuple[str, ...]


@record(frozen=True, slots=True)
class OfFinding:
    """What is found of a component or aspect. Every part that is given must hold; an empty tuple or None asks nothing.

    `licence` is a rule written in place, `licensed` the name of one of the rubric's rules.
    """

    about: str
    statuses: tuple[Status, ...] = ()
    values: tuple[str, ...] = ()
    confidence: Confidence | None = None
    licence: LicenceRule | None = None
    licensed: str = ""


@record(frozen=True, slots=True)
class OfCriterion:
    """The outcome of a criterion is one of `levels`."""

    criterion: str
    levels: tuple[Level, ...]


@record(frozen=True, slots=True)
class OfGate:
    """A gate is passed."""

    gate: str


Condition = AllOf | AnyOf | Negation | AtLeast | Nearly | OfFinding | OfCriterion | OfGate


@record(frozen=True, slots=True)
class Wording:
    """What a criterion says of a release at each outcome; '' where the rubric gives no words.

    {name}, {licence}, {status} and {value} stand for what was found.
    """

    met: str = ""
    partly: str = ""
    not_met: str = ""
    open: str = ""

    def at(self, level: Level) -> str:
        """The words for an outcome; those of `not-met` where there are none for it."""
        return {Level.MET: self.met, Level.PARTLY: self.partly}.get(level, self.not_met) or self.not_met


@record(frozen=True, slots=True)
class Dimension:
    """A group of criteria. One that is `beside` has its own figure and is never part of the score.

    `shows` names findings that are shown with it although no criterion asks for them.
    """

    id: str
    title: str
    beside: bool = False
    shows: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Criterion:
    """One question to a release.

    `weight` is 0 for a question that is shown and never scored. `met` and `partly` are the conditions of those outcomes,
    `applies_if` that of asking at all. `decided_by` is `machine` or `human`.
    """

    id: str
    dimension: str
    question: str
    cite: str
    weight: int
    met: Condition
    partly: Condition | None = None
    applies_if: Condition | None = None
    says: Wording = Wording()
    decided_by: str = "machine"

    @property
    def levels(self) -> tuple[tuple[Level, Condition], ...]:
        """The outcomes that have a condition, best first."""
        levels = ((Level.MET, self.met), (Level.PARTLY, self.partly))
        return tuple((level, condition) for level, condition in levels if condition is not None)


@record(frozen=True, slots=True)
class Gate:
    """Criteria of which at least so many must be met, each at one of the levels that are accepted."""

    id: str
    title: str
    cite: str
    criteria: tuple[str, ...]
    at_least: int
    accepts: tuple[Level, ...]
    fails: str


@record(frozen=True, slots=True)
class VerdictClass:
    """A class of releases; the first whose condition holds is the verdict, and the last has no condition.

    In the headline {name} stands for the release, {points} for its points out of {total}. `aim` is False for a class that is
    never advised.
    """

    id: str
    title: str
    headline: str
    aim: bool = True
    when: Condition | None = None


@record(frozen=True, slots=True)
class AffordanceRule:
    """Something an outsider may want to do, the condition of being able to, and the words for both answers."""

    id: str
    title: str
    cite: str
    when: Condition
    yes: str
    no: str


@record(frozen=True, slots=True)
class RubricSource:
    """The published standard that a rubric puts into data; `date` is ISO 8601, a year or a month at least."""

    title: str
    url: str
    date: str
    version: str = ""


@record(frozen=True, slots=True)
class Rubric:
    """A rubric as written, with everything that it takes over from others.

    `licences` are its rules for licences by name. `covers` are the components that are under the licence of the release where no
    other is found for them. `scored` is False where it gives no figure. `claims` name, for each claim of a publisher, the
    classes that bear it out.
    """

    id: str
    version: str
    title: str
    description: str
    source: RubricSource
    scored: bool
    licences: tuple[tuple[str, LicenceRule], ...]
    covers: frozenset[str]
    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    classes: tuple[VerdictClass, ...]
    affordances: tuple[AffordanceRule, ...]
    claims: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def class_ids(self) -> tuple[str, ...]:
        """Ids of its classes, best first."""
        return tuple(each.id for each in self.classes)
