"""Reads a rubric's data into records. The data must be valid (`schema.check`, or the tests of the bundled rubrics)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openness.core.components import COMPONENTS
from openness.core.finding import Confidence, Status
from openness.core.licence import LicenceClass
from openness.core.rubric import (
    AffordanceRule,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Criterion,
    Dimension,
    Gate,
    LicenceRule,
    Nearly,
    Negation,
    OfCriterion,
    OfFinding,
    OfGate,
    Rubric,
    RubricSource,
    VerdictClass,
    Wording,
)
from openness.core.scorecard import Level

Data = Mapping[str, Any]


def rubric(data: Data) -> Rubric:
    """The rubric that is written in the data of a file and of the files that it extends."""
    source = data["source"]
    covers = frozenset(data.get("release_licence_covers", ()))
    return Rubric(
        id=data["rubric"],
        version=data["version"],
        title=data["title"],
        description=data["description"],
        source=RubricSource(source["title"], source["url"], source["date"], source.get("version") or ""),
        scored=data.get("scored", True),
        licences=tuple((name, _licence(each)) for name, each in _named(data, "licences")),
        covers=frozenset(name for name, each in COMPONENTS.items() if name in covers or each.kind.value in covers),
        dimensions=tuple(_dimension(name, each) for name, each in _named(data, "dimensions")),
        criteria=tuple(_criterion(name, each) for name, each in _named(data, "criteria")),
        gates=tuple(_gate(name, each) for name, each in _named(data, "gates")),
        classes=tuple(_class(name, each) for name, each in _named(data, "classes")),
        affordances=tuple(_affordance(name, each) for name, each in _named(data, "affordances")),
        claims=tuple((name, tuple(classes)) for name, classes in (data.get("claims") or {}).items()),
    )


def condition(data: Data) -> Condition:
    """The condition that is written in the data."""
    if "all" in data:
        return AllOf(_conditions(data["all"]))
    if "any" in data:
        return AnyOf(_conditions(data["any"]))
    if "not" in data:
        return Negation(condition(data["not"]))
    if "at_least" in data:
        return AtLeast(data["at_least"]["n"], _conditions(data["at_least"]["of"]))
    if "nearly" in data:
        return Nearly(data["nearly"]["class"], tuple(data["nearly"]["but"]))
    if "criterion" in data:
        return OfCriterion(data["criterion"], tuple(map(Level, _several(data.get("level") or "met"))))
    if "gate" in data:
        return OfGate(data["gate"])
    return OfFinding(
        data["finding"],
        tuple(map(Status, _several(data.get("status")))),
        _several(data.get("value")),
        Confidence(data["confidence"]) if data.get("confidence") else None,
        _licence(data["licence"]) if data.get("licence") is not None else None,
        data.get("licensed") or "",
    )


def _named(data: Data, key: str) -> list[tuple[str, Data]]:
    return list((data.get(key) or {}).items())


def _conditions(parts: list[Data]) -> tuple[Condition, ...]:
    return tuple(condition(each) for each in parts)


def _optional(data: Data | None) -> Condition | None:
    return condition(data) if data else None


def _licence(data: Data) -> LicenceRule:
    return LicenceRule(
        osi=data.get("osi"),
        fsf=data.get("fsf"),
        classes=tuple(map(LicenceClass, _several(data.get("class")))),
        terms=tuple((name, _several(wanted)) for name, wanted in (data.get("term") or {}).items()),
        without=_several(data.get("without")),
        identifiers=_several(data.get("id")),
        spelled=bool(data.get("spelled")),
        alternatives=tuple(map(_licence, data.get("any") or ())),
    )


def _dimension(name: str, data: Data) -> Dimension:
    return Dimension(name, data["title"], bool(data.get("beside")), tuple(data.get("shows", ())))


def _criterion(name: str, data: Data) -> Criterion:
    says = data.get("says") or {}
    return Criterion(
        id=name,
        dimension=data["dimension"],
        question=data["question"],
        cite=data["cite"],
        weight=0 if data.get("informative") else data.get("weight", 1),
        met=condition(data["levels"]["met"]),
        partly=_optional(data["levels"].get("partly")),
        applies_if=_optional(data.get("applies_if")),
        says=Wording(*(says.get(key) or "" for key in ("met", "partly", "not-met", "open"))),
        decided_by=data.get("decided_by", "machine"),
    )


def _gate(name: str, data: Data) -> Gate:
    criteria = tuple(data["criteria"])
    enough = data.get("at_least") or len(criteria)
    accepts = tuple(map(Level, data.get("accepts") or ("met",)))
    return Gate(name, data["title"], data["cite"], criteria, enough, accepts, data["fails"])


def _class(name: str, data: Data) -> VerdictClass:
    return VerdictClass(name, data["title"], data["headline"], data.get("aim", True), _optional(data.get("when")))


def _affordance(name: str, data: Data) -> AffordanceRule:
    return AffordanceRule(name, data["title"], data["cite"], condition(data["when"]), data["yes"], data["no"])


def _several(value: object) -> tuple[str, ...]:
    """The words of a value that may be one word, a list or nothing."""
    if value is None:
        return ()
    return tuple(str(each) for each in value) if isinstance(value, list) else (str(value),)
