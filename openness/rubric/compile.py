"""A rubric's data made ready to judge, once. The data are taken as validated (`schema.check`, or our own tests)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openness.core.record import record
from openness.core.scorecard import Level
from openness.rubric.closures import Check, Closures


@record(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion ready to be asked; `about` names the findings it looks at, in order. Informative ones weigh 0."""

    id: str
    dimension: str
    question: str
    cite: str
    weight: int
    applies: Check | None
    levels: tuple[tuple[Level, Check], ...]
    says: Mapping[str, str]
    about: tuple[str, ...]
    decided_by: str


@record(frozen=True, slots=True)
class Compiled:
    """A rubric ready to judge; `about` are the components and aspects that it looks at anywhere."""

    id: str
    version: str
    title: str
    digest: str
    source: str
    scored: bool
    dimensions: Mapping[str, tuple[str, bool, tuple[str, ...]]]
    criteria: tuple[CompiledCriterion, ...]
    gates: Mapping[str, Mapping[str, Any]]
    classes: tuple[tuple[str, str, str, Check | None], ...]
    affordances: tuple[tuple[str, Mapping[str, Any], Check, tuple[str, ...]], ...]
    claims: Mapping[str, list[str]]
    about: frozenset[str]
    closures: Closures


def compile_rubric(data: Mapping[str, Any], digest: str) -> Compiled:
    """Compile a rubric's data; `digest` identifies the texts that they were read from."""
    closures = Closures(data)
    criteria = tuple(_criterion(id, each, closures) for id, each in data["criteria"].items())
    affordances = tuple(
        (id, each, closures.condition(each["when"]), tuple(closures.subjects(each["when"])))
        for id, each in data.get("affordances", {}).items()
    )
    classes = tuple(
        (id, each["title"], each["headline"], closures.condition(each["when"]) if each.get("when") else None)
        for id, each in data["classes"].items()
    )
    about = {name for criterion in criteria for name in criterion.about}
    about |= {name for *_, names in affordances for name in names}
    about |= {
        name
        for each in data["criteria"].values()
        if each.get("applies_if")
        for name in closures.subjects(each["applies_if"])
    }
    claims = data.get("claims", {})
    about |= {"openness-claim"} if claims else set()
    about |= {name for each in data["classes"].values() if each.get("when") for name in closures.subjects(each["when"])}
    return Compiled(
        data["rubric"],
        data["version"],
        data["title"],
        digest,
        data["source"]["url"],
        data.get("scored", True),
        {
            id: (each["title"], bool(each.get("beside")), tuple(each.get("shows", ())))
            for id, each in data["dimensions"].items()
        },
        criteria,
        data.get("gates", {}),
        classes,
        affordances,
        claims,
        frozenset(about),
        closures,
    )


def _criterion(id: str, data: Mapping[str, Any], closures: Closures) -> CompiledCriterion:
    conditions = [(level, data["levels"].get(level)) for level in (Level.MET, Level.PARTLY)]
    names = [name for _, each in conditions if each for name in closures.subjects(each)]
    return CompiledCriterion(
        id,
        data["dimension"],
        data["question"],
        data["cite"],
        0 if data.get("informative") else data.get("weight", 1),
        closures.condition(data["applies_if"]) if data.get("applies_if") else None,
        tuple((level, closures.condition(each)) for level, each in conditions if each),
        data.get("says") or {},
        tuple(dict.fromkeys(names)),
        data.get("decided_by", "machine"),
    )
