"""Validates rubric files; errors name file, line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from openness.core.components import ASPECTS, COMPONENTS, Kind
from openness.core.errors import RubricError
from openness.core.events import PLAIN_WORDS, Path, Place, located
from openness.rubric.condition import (
    ConditionSchema,
    Id,
    LevelName,
    LicenceRuleSchema,
    RubricModel,
    Words,
    known_subject,
    parts,
)

Weight = Annotated[int, Field(gt=0, le=1000, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
GateName = Literal["pass", "fail", "open"]
Problem = tuple[Path, str]


class LevelsSchema(RubricModel):
    """Conditions of the levels, best first. A release that meets neither condition is `not-met`."""

    met: ConditionSchema
    partly: ConditionSchema | None = None


class SaysSchema(RubricModel):
    """What the criterion says of a release at each outcome, as a statement of fact.

    {name}, {licence}, {status} and {value} are filled in.
    """

    met: Words
    partly: Words | None = None
    not_met: Words = Field(alias="not-met")
    open: Words | None = None


class CriterionSchema(RubricModel):
    """One question about a release.

    Without `says` the statement lists the findings. An `informative` criterion is shown and never scored.
    """

    dimension: Id
    question: Words
    cite: Words
    weight: Weight = 1
    informative: Flag = False
    applies_if: ConditionSchema | None = None
    levels: LevelsSchema
    says: SaysSchema | None = None
    decided_by: Literal["machine", "human"] = "machine"


class DimensionSchema(RubricModel):
    """A group of criteria. A dimension that is `beside` has its own figure and is never part of the score.

    `shows` names findings that are shown with the dimension although no criterion looks at them, such as risks and origins.
    """

    title: Words
    beside: Flag = False
    shows: list[str] = []

    @field_validator("shows")
    @classmethod
    def _subjects(cls, names: list[str]) -> list[str]:
        return [known_subject(name) for name in names]


class GateSchema(RubricModel):
    """Criteria that must all be met (or `at_least` that many of them); a criterion is met at any level in `accepts`."""

    title: Words
    cite: Words
    criteria: Annotated[list[str], Field(min_length=1)]
    at_least: Annotated[int, Field(gt=0, strict=True)] | None = None
    accepts: Annotated[list[LevelName], Field(min_length=1)] = ["met"]
    fails: Words

    @model_validator(mode="after")
    def _enough(self) -> GateSchema:
        if self.at_least is not None and self.at_least > len(self.criteria):
            raise ValueError(f"at_least {self.at_least} of {len(self.criteria)} criteria can never be met")
        return self


class ClassSchema(RubricModel):
    """A class of releases; the first class whose condition holds is the verdict. The last class has no condition.

    In the headline, {name} is the release, {points} its points out of {total}. A class with `aim: false` is never advised.
    """

    title: Words
    headline: Words
    aim: Flag = True
    when: ConditionSchema | None = None


class AffordanceSchema(RubricModel):
    """Something an outsider may want to do."""

    title: Words
    cite: Words
    when: ConditionSchema
    yes: Words
    no: Words


class SourceSchema(RubricModel):
    """The published standard that the rubric puts into data."""

    title: Words
    url: Words
    date: Words
    version: Words | None = None


class CaseFindingSchema(RubricModel):
    """A finding on one subject in a worked case; `licence` is an identifier as a publisher would write it."""

    status: Literal["released", "partial", "described", "withheld", "silent", "not-applicable", "unknown"] = "released"
    value: Words | None = None
    licence: Words | None = None


class CaseSchema(RubricModel):
    """A worked case: findings, and what must follow from them. A subject that is not named is silent.

    A finding in one word is a status, for an aspect with values one of those, for `licence` an identifier.
    """

    name: Words
    findings: dict[str, CaseFindingSchema | str] = {}
    classes: Annotated[list[Id], Field(min_length=1)]
    gates: dict[Id, GateName] = {}
    affordances: dict[Id, bool | None] = {}
    says: list[Words] = []
    points: tuple[float, float] | None = None
    advice: list[str] | None = None

    @field_validator("findings")
    @classmethod
    def _subjects(cls, findings: dict[str, CaseFindingSchema | str]) -> dict[str, CaseFindingSchema | str]:
        return {known_subject(about): said for about, said in findings.items()}


class RubricFile(RubricModel):
    """A rubric.

    `extends` names a rubric to inherit from. `licences` are rules for licences that conditions refer to by name.
    `release_licence_covers` lists components, or kinds of components, that the licence of the release covers if no other
    licence is found for them. `scored: false` leaves out the score.
    """

    rubric: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+(\.\d+)?$")]
    title: Words
    description: Words
    source: SourceSchema
    extends: Words | None = None
    scored: Flag = True
    licences: dict[Id, LicenceRuleSchema] = {}
    release_licence_covers: list[str] = []
    dimensions: Annotated[dict[Id, DimensionSchema], Field(min_length=1)]
    criteria: Annotated[dict[Id, CriterionSchema], Field(min_length=1, max_length=500)]
    gates: dict[Id, GateSchema] = {}
    classes: Annotated[dict[Id, ClassSchema], Field(min_length=2)]
    affordances: dict[Id, AffordanceSchema] = {}
    claims: dict[Id, Annotated[list[Id], Field(min_length=1)]] = {}
    cases: list[CaseSchema] = []


def problems(data: object) -> list[Problem]:
    """Everything that is wrong with a rubric's data, with the path of each place; [] if the data are valid."""
    try:
        rubric = RubricFile.model_validate(data)
    except ValidationError as error:
        return [(_path(item["loc"]), _plain(item["msg"])) for item in error.errors(include_url=False)[:20]]
    return list(_dangling(rubric))


def check(data: object, places: Mapping[Path, Place], file: str) -> None:
    """Raise `RubricError` with file, line and column of everything that is wrong."""
    found = problems(data)
    if found:
        raise RubricError(
            located(found, places, file, "rubric"), "see `openness rubric show retort --yaml` for a valid rubric"
        )


def schema() -> dict[str, object]:
    """The JSON Schema of rubric files. Only a rubric that extends another may leave parts out."""
    found = RubricFile.model_json_schema()
    whole = [key for key in found["required"] if key != "rubric"]
    found["required"] = ["rubric"]
    found["if"] = {"not": {"required": ["extends"]}}
    found["then"] = {"required": whole}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:openness:rubric"} | found


def _conditions(rubric: RubricFile) -> Iterator[tuple[Path, ConditionSchema]]:
    """Every condition of a rubric, nested ones included, each with the place of the outermost condition."""
    outer: list[tuple[Path, ConditionSchema | None]] = []
    for name, criterion in rubric.criteria.items():
        where: Path = ("criteria", name)
        outer += [((*where, "applies_if"), criterion.applies_if), ((*where, "levels", "met"), criterion.levels.met)]
        outer.append(((*where, "levels", "partly"), criterion.levels.partly))
    outer += [(("classes", name, "when"), each.when) for name, each in rubric.classes.items()]
    outer += [(("affordances", name, "when"), each.when) for name, each in rubric.affordances.items()]
    for path, condition in outer:
        if condition is not None:
            yield from ((path, each) for each in parts(condition))


def _dangling(rubric: RubricFile) -> Iterator[Problem]:
    """References to parts that the rubric does not have."""
    for path, condition in _conditions(rubric):
        yield from ((path, message) for message in _leads_nowhere(path, condition, rubric))
    for name, criterion in rubric.criteria.items():
        if criterion.dimension not in rubric.dimensions:
            yield ("criteria", name, "dimension"), f"no dimension is called {criterion.dimension!r}"
    for name, gate in rubric.gates.items():
        for asked in gate.criteria:
            if asked not in rubric.criteria:
                yield ("gates", name, "criteria"), f"no criterion is called {asked!r}"
    kinds = {kind.value for kind in Kind}
    for name in rubric.release_licence_covers:
        if name not in COMPONENTS and name not in kinds:
            yield ("release_licence_covers",), f"no component, and no kind of components, is called {name!r}"
    for claim, classes in rubric.claims.items():
        if claim not in ASPECTS["openness-claim"].values:
            yield ("claims", claim), f"the claims are {', '.join(ASPECTS['openness-claim'].values)}"
        yield from (
            (("claims", claim), f"no class is called {name!r}") for name in classes if name not in rubric.classes
        )
    yield from _classes(rubric)
    yield from _cases(rubric)


def _leads_nowhere(path: Path, condition: ConditionSchema, rubric: RubricFile) -> Iterator[str]:
    if path[0] == "criteria" and (condition.criterion or condition.gate or condition.nearly):
        yield "the conditions of a criterion can only look at findings"
    if condition.criterion and condition.criterion not in rubric.criteria:
        yield f"no criterion is called {condition.criterion!r}"
    if condition.licensed and condition.licensed not in rubric.licences:
        yield f"no rule for licences is called {condition.licensed!r}"
    gates = [condition.gate] if condition.gate else []
    if condition.nearly:
        gates += condition.nearly.but
        before = list(rubric.classes)[: list(rubric.classes).index(str(path[1]))] if path[0] == "classes" else []
        if condition.nearly.class_ not in before:
            yield f"nearly: no class before this one is called {condition.nearly.class_!r}"
    yield from (f"no gate is called {name!r}" for name in gates if name not in rubric.gates)


def _classes(rubric: RubricFile) -> Iterator[Problem]:
    last = list(rubric.classes)[-1]
    for name, each in rubric.classes.items():
        if (each.when is None) != (name == last):
            yield ("classes", name), "every class except the last needs a condition, and the last must not have one"


def _cases(rubric: RubricFile) -> Iterator[Problem]:
    for number, case in enumerate(rubric.cases):
        for what, names, known in (
            ("class", case.classes, rubric.classes),
            ("gate", case.gates, rubric.gates),
            ("affordance", case.affordances, rubric.affordances),
        ):
            yield from ((("cases", number), f"no {what} is called {name!r}") for name in names if name not in known)


def _path(loc: tuple[int | str, ...]) -> Path:
    return tuple({"negated": "not", "class_": "class"}.get(str(step), step) for step in loc)


def _plain(message: str) -> str:
    return PLAIN_WORDS.get(message, message.removeprefix("Value error, "))
