"""Makes a rubric ready to judge: its conditions become functions, and the findings that each looks at are listed."""

from __future__ import annotations

from openness.core.record import record
from openness.core.rubric import AffordanceRule, Criterion, Rubric, VerdictClass
from openness.core.scorecard import Level, RubricRef
from openness.rubric.closures import Check, Closures


@record(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion that is ready to be asked; `about` names the findings that it looks at, in order."""

    text: Criterion
    applies: Check | None
    levels: tuple[tuple[Level, Check], ...]
    about: tuple[str, ...]

    @property
    def id(self) -> str:
        """The criterion's id."""
        return self.text.id


@record(frozen=True, slots=True)
class CompiledClass:
    """A class and its condition; the last class has none and holds if no other does."""

    text: VerdictClass
    when: Check | None


@record(frozen=True, slots=True)
class CompiledAffordance:
    """An affordance, its condition, and the findings that it looks at, in order."""

    text: AffordanceRule
    when: Check
    about: tuple[str, ...]


@record(frozen=True, slots=True)
class Compiled:
    """A rubric that is ready to judge.

    `digest` identifies the texts that it was read from; `about` holds every component and aspect that it looks at.
    """

    rubric: Rubric
    digest: str
    criteria: tuple[CompiledCriterion, ...]
    classes: tuple[CompiledClass, ...]
    affordances: tuple[CompiledAffordance, ...]
    about: frozenset[str]
    closures: Closures

    @property
    def id(self) -> str:
        """The rubric's id."""
        return self.rubric.id

    @property
    def ref(self) -> RubricRef:
        """The rubric as a scorecard names it."""
        rubric = self.rubric
        return RubricRef(rubric.id, rubric.version, rubric.title, self.digest, rubric.source.url)


def compile_rubric(rubric: Rubric, digest: str) -> Compiled:
    """Compile a rubric; `digest` identifies the texts that it was read from."""
    closures = Closures(rubric)
    criteria = tuple(_criterion(each, closures) for each in rubric.criteria)
    affordances = tuple(
        CompiledAffordance(each, closures.condition(each.when), closures.subjects(each.when))
        for each in rubric.affordances
    )
    classes = tuple(
        CompiledClass(each, closures.condition(each.when) if each.when else None) for each in rubric.classes
    )
    others = [each.applies_if for each in rubric.criteria] + [each.when for each in rubric.classes]
    about = {name for each in others if each for name in closures.subjects(each)}
    about |= {name for criterion in criteria for name in criterion.about}
    about |= {name for affordance in affordances for name in affordance.about}
    about |= {"openness-claim"} if rubric.claims else set()
    return Compiled(rubric, digest, criteria, classes, affordances, frozenset(about), closures)


def _criterion(text: Criterion, closures: Closures) -> CompiledCriterion:
    names = [name for _, each in text.levels for name in closures.subjects(each)]
    return CompiledCriterion(
        text,
        closures.condition(text.applies_if) if text.applies_if else None,
        tuple((level, closures.condition(each)) for level, each in text.levels),
        tuple(dict.fromkeys(names)),
    )
