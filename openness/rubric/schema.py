"""What a rubric file may say, and errors that point at its lines. The only module of this room that imports pydantic."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.errors import RubricError
from openness.core.events import PLAIN_WORDS, Path, Place, located
from openness.core.licence import LicenceClass

StatusName = Literal["released", "partial", "described", "withheld", "silent", "not-applicable"]
LevelName = Literal["met", "partly", "not-met"]
ConfidenceName = Literal["low", "medium", "high"]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
Weight = Annotated[int, Field(gt=0, le=1000, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LicencePredicate(_Strict):
    """What a finding's licence must be; every key given must hold."""

    osi: Annotated[bool, Field(strict=True)] | None = None
    fsf: Annotated[bool, Field(strict=True)] | None = None
    classes: list[LicenceClass] | None = Field(None, alias="class")
    term: dict[str, list[str] | str] | None = None


class AtLeast(_Strict):
    """At least `n` of the conditions."""

    n: Annotated[int, Field(gt=0, strict=True)]
    of: list[Condition]


class Condition(_Strict):
    """One condition: exactly one of all, any, not, at_least, finding, criterion, gate."""

    all: list[Condition] | None = None
    any: list[Condition] | None = None
    negated: Condition | None = Field(None, alias="not")
    at_least: AtLeast | None = None
    finding: str | None = None
    status: list[StatusName] | StatusName | None = None
    value: list[str] | str | None = None
    licence: LicencePredicate | None = None
    confidence: ConfidenceName | None = None
    criterion: str | None = None
    level: list[LevelName] | LevelName | None = None
    gate: str | None = None

    @model_validator(mode="after")
    def _one_question(self) -> Condition:
        asked = [
            key
            for key in ("all", "any", "negated", "at_least", "finding", "criterion", "gate")
            if getattr(self, key) is not None
        ]
        if len(asked) != 1:
            raise ValueError("a condition has exactly one of: all, any, not, at_least, finding, criterion, gate")
        about = self.finding
        if about is not None and about not in COMPONENTS and about not in ASPECTS:
            near = get_close_matches(about, [*COMPONENTS, *ASPECTS], 1)
            raise ValueError(
                f"no component or aspect is called {about!r}" + (f"; did you mean {near[0]!r}?" if near else "")
            )
        details = [key for key in ("status", "value", "licence", "confidence") if getattr(self, key) is not None]
        if details and about is None:
            raise ValueError(f"{details[0]} belongs to a finding")
        if about is not None and not details:
            raise ValueError("a finding needs at least one of: status, value, licence, confidence")
        if self.level is not None and self.criterion is None:
            raise ValueError("level belongs to a criterion")
        return self


class Levels(_Strict):
    """Conditions of the levels, best first; what meets none is not met."""

    met: Condition
    partly: Condition | None = None


class Says(_Strict):
    """What the criterion says of a release at each outcome, as a statement of fact. {name}, {licence}, {status} and
    {value} are filled in."""

    met: Words
    partly: Words | None = None
    not_met: Words = Field(alias="not-met")
    open: Words | None = None


class Criterion(_Strict):
    """One question to a release."""

    dimension: Id
    question: Words
    cite: Words
    weight: Weight
    applies_if: Condition | None = None
    levels: Levels
    says: Says
    decided_by: Literal["machine", "human"] = "machine"


class Dimension(_Strict):
    """A group of criteria; one that is `beside` has its own figure and is never part of the score.

    `shows` names findings that no criterion asks for and that a reader is shown with the dimension: risks, origins.
    """

    title: Words
    beside: Annotated[bool, Field(strict=True)] = False
    shows: list[str] = []


class Gate(_Strict):
    """Criteria that must all be met."""

    title: Words
    cite: Words
    criteria: Annotated[list[str], Field(min_length=1)]
    fails: Words


class Class(_Strict):
    """A class of releases; the first whose condition holds is the verdict. The last has none."""

    title: Words
    headline: Words
    when: Condition | None = None


class Affordance(_Strict):
    """Something an outsider may want to do."""

    title: Words
    cite: Words
    when: Condition
    yes: Words
    no: Words


class Source(_Strict):
    """The published standard that the rubric puts into data."""

    title: Words
    url: Words
    date: Words


class RubricFile(_Strict):
    """A rubric."""

    rubric: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+(\.\d+)?$")]
    title: Words
    description: Words
    source: Source
    dimensions: Annotated[dict[Id, Dimension], Field(min_length=1)]
    criteria: Annotated[dict[Id, Criterion], Field(min_length=1, max_length=500)]
    gates: dict[Id, Gate] = {}
    classes: Annotated[dict[Id, Class], Field(min_length=2)]
    affordances: dict[Id, Affordance] = {}
    claims: dict[Id, Annotated[list[Id], Field(min_length=1)]] = {}


def problems(data: Any) -> list[tuple[Path, str]]:
    """Everything that is wrong with a rubric's data, each with the path of the place; [] when it is sound."""
    try:
        rubric = RubricFile.model_validate(data)
    except ValidationError as error:
        return [(_path(item["loc"]), _plain(item["msg"])) for item in error.errors(include_url=False)[:20]]
    return _dangling(rubric)


def check(data: Any, places: dict[Path, Place], file: str) -> None:
    """Raise `RubricError` naming file, line and column of everything that is wrong."""
    found = problems(data)
    if found:
        raise RubricError(
            located(found, places, file, "rubric"), "see `openness rubric show retort` for one that is sound"
        )


def _dangling(rubric: RubricFile) -> list[tuple[Path, str]]:
    """References between the parts of a rubric that lead nowhere."""
    found: list[tuple[Path, str]] = []
    for id, dimension in rubric.dimensions.items():
        strange = [name for name in dimension.shows if name not in COMPONENTS and name not in ASPECTS]
        found += [(("dimensions", id, "shows"), f"no component or aspect is called {name!r}") for name in strange]
    for id, criterion in rubric.criteria.items():
        if criterion.dimension not in rubric.dimensions:
            found.append((("criteria", id, "dimension"), f"no dimension is called {criterion.dimension!r}"))
        for key, condition in (("met", criterion.levels.met), ("partly", criterion.levels.partly)):
            if condition and _mentions(condition)[0] | _mentions(condition)[1]:
                found.append((("criteria", id, "levels", key), "a criterion's levels speak of findings only"))
    for id, gate in rubric.gates.items():
        for name in gate.criteria:
            if name not in rubric.criteria:
                found.append((("gates", id, "criteria"), f"no criterion is called {name!r}"))
    for claim, classes in rubric.claims.items():
        if claim not in ASPECTS["openness-claim"].values:
            found.append((("claims", claim), f"claims are {', '.join(ASPECTS['openness-claim'].values)}"))
        found += [(("claims", claim), f"no class is called {id!r}") for id in classes if id not in rubric.classes]
    last = list(rubric.classes)[-1]
    for id, each in rubric.classes.items():
        if (each.when is None) != (id == last):
            found.append((("classes", id), "every class but the last has a condition, the last has none"))
        if each.when:
            found += [(("classes", id, "when"), message) for message in _unknown_names(each.when, rubric)]
    for id, affordance in rubric.affordances.items():
        found += [(("affordances", id, "when"), message) for message in _unknown_names(affordance.when, rubric)]
    return found


def _unknown_names(condition: Condition, rubric: RubricFile) -> list[str]:
    criteria, gates = _mentions(condition)
    return [f"no criterion is called {name!r}" for name in sorted(criteria - rubric.criteria.keys())] + [
        f"no gate is called {name!r}" for name in sorted(gates - rubric.gates.keys())
    ]


def _mentions(condition: Condition) -> tuple[set[str], set[str]]:
    criteria = {condition.criterion} if condition.criterion else set()
    gates = {condition.gate} if condition.gate else set()
    inner = [*(condition.all or ()), *(condition.any or ()), *(condition.at_least.of if condition.at_least else ())]
    for part in inner + ([condition.negated] if condition.negated else []):
        more_criteria, more_gates = _mentions(part)
        criteria |= more_criteria
        gates |= more_gates
    return criteria, gates


def _path(loc: tuple[int | str, ...]) -> Path:
    return tuple("not" if step == "negated" else step for step in loc)


def _plain(message: str) -> str:
    return PLAIN_WORDS.get(message, message.removeprefix("Value error, "))
