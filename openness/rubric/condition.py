"""Conditions as a rubric file writes them. In this room only this module and `schema` import pydantic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.licence import TERMS, LicenceClass
from openness.core.text import nearest

StatusName = Literal["released", "partial", "described", "withheld", "silent", "not-applicable"]
LevelName = Literal["met", "partly", "not-met"]
ConfidenceName = Literal["low", "medium", "high"]
Words = Annotated[str, Field(min_length=1, max_length=600)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]

KEYS = ("all", "any", "negated", "at_least", "nearly", "finding", "criterion", "gate")
"""The kinds of conditions; each condition is of exactly one kind."""


class RubricModel(BaseModel):
    """A part of a rubric file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LicenceRuleSchema(RubricModel):
    """What a licence must be; every key that is given must hold.

    `id` lists SPDX identifiers. `without` lists terms that it must not have. `spelled: spdx` demands that the publisher named
    it by its SPDX identifier, letter for letter. `any` lists alternatives.
    """

    osi: Annotated[bool, Field(strict=True)] | None = None
    fsf: Annotated[bool, Field(strict=True)] | None = None
    classes: list[LicenceClass] | None = Field(None, alias="class")
    term: dict[str, list[str] | str] | None = None
    without: list[str] | None = None
    id: list[Words] | None = None
    spelled: Literal["spdx"] | None = None
    any: list[LicenceRuleSchema] | None = None

    @model_validator(mode="after")
    def _known_terms(self) -> LicenceRuleSchema:
        for name in (*(self.term or ()), *(self.without or ())):
            if name not in TERMS:
                raise ValueError(_unknown("term of a licence", name, TERMS))
        return self


class AtLeastSchema(RubricModel):
    """At least `n` of the conditions."""

    n: Annotated[int, Field(gt=0, strict=True)]
    of: Annotated[list[ConditionSchema], Field(min_length=1)]


class NearlySchema(RubricModel):
    """The condition of a class, as if the gates in `but` were passed."""

    class_: Id = Field(alias="class")
    but: Annotated[list[Id], Field(min_length=1)]


class ConditionSchema(RubricModel):
    """One condition: exactly one of all, any, not, at_least, nearly, finding, criterion, gate.

    `licence` says what the licence of the finding must be; `licensed` names one of the rubric's `licences` instead.
    """

    all: list[ConditionSchema] | None = None
    any: list[ConditionSchema] | None = None
    negated: ConditionSchema | None = Field(None, alias="not")
    at_least: AtLeastSchema | None = None
    nearly: NearlySchema | None = None
    finding: str | None = None
    status: list[StatusName] | StatusName | None = None
    value: list[str] | str | None = None
    licence: LicenceRuleSchema | None = None
    licensed: Id | None = None
    confidence: ConfidenceName | None = None
    criterion: str | None = None
    level: list[LevelName] | LevelName | None = None
    gate: str | None = None

    @model_validator(mode="after")
    def _one_question(self) -> ConditionSchema:
        if sum(getattr(self, key) is not None for key in KEYS) != 1:
            raise ValueError(f"a condition has exactly one of: {', '.join(KEYS).replace('negated', 'not')}")
        if self.finding is not None:
            known_subject(self.finding)
        details = [
            key for key in ("status", "value", "licence", "licensed", "confidence") if getattr(self, key) is not None
        ]
        if details and self.finding is None:
            raise ValueError(f"{details[0]} belongs to a finding")
        if self.finding is not None and not details:
            raise ValueError("a finding needs at least one of: status, value, licence, licensed, confidence")
        if self.level is not None and self.criterion is None:
            raise ValueError("level belongs to a criterion")
        self._known_values()
        return self

    def _known_values(self) -> None:
        values = ASPECTS[self.finding].values if self.finding in ASPECTS else ()
        if values and self.value is not None:
            for each in [self.value] if isinstance(self.value, str) else self.value:
                if each not in values:
                    raise ValueError(f"{self.finding} is one of {', '.join(values)}, not {each!r}")


def known_subject(about: str) -> str:
    """`about` itself. Raises `ValueError` with the nearest name if there is no such component or aspect."""
    if about not in COMPONENTS and about not in ASPECTS:
        raise ValueError(_unknown("component or aspect", about, [*COMPONENTS, *ASPECTS]))
    return about


def _unknown(what: str, name: str, names: Iterable[str]) -> str:
    near = nearest(name, names)
    return f"no {what} is called {name!r}" + (f"; did you mean {near!r}?" if near else "")


def parts(condition: ConditionSchema) -> Iterator[ConditionSchema]:
    """A condition and all conditions inside it."""
    yield condition
    inner = [*(condition.all or ()), *(condition.any or ()), *(condition.at_least.of if condition.at_least else ())]
    for each in inner + ([condition.negated] if condition.negated else []):
        yield from parts(each)
