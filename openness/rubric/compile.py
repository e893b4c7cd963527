"""A rubric's data turned into closures, once. The data are taken as validated (`schema.check`, or our own tests)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from openness.core.finding import Confidence, Finding, Status
from openness.core.licence import NONE_STATED, Licence, LicenceClass
from openness.core.record import record
from openness.core.scorecard import CriterionResult, GateResult, GateState, Level
from openness.rubric import kleene
from openness.rubric.kleene import Truth


@dataclass(slots=True)
class State:
    """What conditions look at: the findings, and the results so far."""

    findings: Mapping[str, Finding]
    criteria: dict[str, CriterionResult] = field(default_factory=dict)
    gates: dict[str, GateResult] = field(default_factory=dict)


Check = Callable[[State], Truth]
_CONFIDENCE = list(Confidence)


@record(frozen=True, slots=True)
class CompiledCriterion:
    """A criterion ready to be asked; `about` names the findings it looks at, in order."""

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
    """A rubric ready to judge."""

    id: str
    version: str
    title: str
    digest: str
    source: str
    dimensions: Mapping[str, tuple[str, bool, tuple[str, ...]]]
    criteria: tuple[CompiledCriterion, ...]
    gates: Mapping[str, Mapping[str, Any]]
    classes: tuple[tuple[str, str, str, Check | None], ...]
    affordances: tuple[tuple[str, Mapping[str, Any], Check, tuple[str, ...]], ...]
    claims: Mapping[str, list[str]]
    about: frozenset[str]


def compile_rubric(data: Mapping[str, Any], digest: str) -> Compiled:
    """Compile a rubric's data; `digest` identifies the text that they were read from."""
    criteria = tuple(_criterion(id, each) for id, each in data["criteria"].items())
    affordances = tuple(
        (id, each, condition(each["when"]), tuple(subjects(each["when"])))
        for id, each in data.get("affordances", {}).items()
    )
    classes = tuple(
        (id, each["title"], each["headline"], condition(each["when"]) if each.get("when") else None)
        for id, each in data["classes"].items()
    )
    about = {name for criterion in criteria for name in criterion.about} | {
        name for *_, names in affordances for name in names
    }
    claims = data.get("claims", {})
    about |= {"openness-claim"} if claims else set()
    about |= {name for each in data["classes"].values() if each.get("when") for name in subjects(each["when"])}
    return Compiled(
        data["rubric"],
        data["version"],
        data["title"],
        digest,
        data["source"]["url"],
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
    )


def _criterion(id: str, data: Mapping[str, Any]) -> CompiledCriterion:
    levels = tuple(
        (level, condition(data["levels"][level])) for level in (Level.MET, Level.PARTLY) if data["levels"].get(level)
    )
    names = [name for part in data["levels"].values() if part for name in subjects(part)]
    return CompiledCriterion(
        id,
        data["dimension"],
        data["question"],
        data["cite"],
        data["weight"],
        condition(data["applies_if"]) if data.get("applies_if") else None,
        levels,
        data["says"],
        tuple(dict.fromkeys(names)),
        data.get("decided_by", "machine"),
    )


def subjects(data: Mapping[str, Any]) -> list[str]:
    """Components and aspects that a condition looks at, in order of appearance."""
    found = [data["finding"]] if "finding" in data else []
    inner = [*(data.get("all") or ()), *(data.get("any") or ()), *(data.get("at_least") or {}).get("of", ())]
    for part in inner + ([data["not"]] if data.get("not") else []):
        found += subjects(part)
    return found


def condition(data: Mapping[str, Any]) -> Check:
    """A condition as a function from the state to a truth."""
    if "all" in data:
        parts = [condition(part) for part in data["all"]]
        return lambda state: kleene.all_of(part(state) for part in parts)
    if "any" in data:
        parts = [condition(part) for part in data["any"]]
        return lambda state: kleene.any_of(part(state) for part in parts)
    if "not" in data:
        part = condition(data["not"])
        return lambda state: kleene.negated(part(state))
    if "at_least" in data:
        count, parts = data["at_least"]["n"], [condition(part) for part in data["at_least"]["of"]]
        return lambda state: kleene.at_least(count, [part(state) for part in parts])
    if "criterion" in data:
        id, levels = data["criterion"], frozenset(_list(data.get("level", "met")))
        return lambda state: _criterion_truth(state.criteria[id], levels)
    if "gate" in data:
        gate = data["gate"]
        return lambda state: {GateState.PASS: Truth.TRUE, GateState.FAIL: Truth.FALSE, GateState.OPEN: Truth.UNKNOWN}[
            state.gates[gate].state
        ]
    return _finding(data)


def _criterion_truth(result: CriterionResult, levels: frozenset[str]) -> Truth:
    if result.applies is False:
        return Truth.TRUE
    truth = kleene.over(kleene.of(level in levels) for level in result.possible)
    return truth if result.applies or truth is Truth.TRUE else Truth.UNKNOWN


def _finding(data: Mapping[str, Any]) -> Check:
    about = data["finding"]
    statuses = frozenset(_list(data["status"])) if data.get("status") is not None else None
    values = frozenset(_list(data["value"])) if data.get("value") is not None else None
    predicate = data.get("licence")
    confidence = data.get("confidence")

    def check(state: State) -> Truth:
        finding = state.findings.get(about)
        if finding is None:
            return Truth.UNKNOWN
        return kleene.over(
            _alternative(finding, status, statuses, values, predicate, confidence) for status in finding.statuses
        )

    return check


def _alternative(
    finding: Finding,
    status: Status,
    statuses: frozenset[str] | None,
    values: frozenset[str] | None,
    predicate: Mapping[str, Any] | None,
    confidence: str | None,
) -> Truth:
    """Whether the finding answers, were `status` the true one of those it leaves possible."""
    certain = finding.status is not Status.UNKNOWN
    parts = [Truth.TRUE]
    if statuses is not None:
        parts.append(kleene.of(status in statuses))
    absent = status in (Status.SILENT, Status.NOT_APPLICABLE)
    if values is not None:
        parts.append(Truth.FALSE if absent else kleene.of(finding.value in values if certain else None))
    if predicate is not None:
        if absent:
            parts.append(licence_truth(NONE_STATED, predicate))
        else:
            parts.append(licence_truth(finding.licence, predicate) if certain else Truth.UNKNOWN)
    if confidence is not None:
        sure = _CONFIDENCE.index(finding.confidence) >= _CONFIDENCE.index(Confidence(confidence))
        parts.append(kleene.of(sure if certain else None))
    return kleene.all_of(parts)


def licence_truth(licence: Licence | None, predicate: Mapping[str, Any]) -> Truth:
    """Whether a licence is what the predicate asks for; a flag or term that is not known is unknown."""
    if licence is None:
        return Truth.UNKNOWN
    parts = []
    for flag in ("osi", "fsf"):
        if predicate.get(flag) is not None:
            known = getattr(licence, flag)
            parts.append(kleene.of(None if known is None else known == predicate[flag]))
    if predicate.get("class") is not None:
        unknown = licence.licence_class is LicenceClass.UNKNOWN and LicenceClass.UNKNOWN not in predicate["class"]
        parts.append(kleene.of(None if unknown else licence.licence_class in predicate["class"]))
    for name, wanted in (predicate.get("term") or {}).items():
        parts.append(_term_truth(licence, name, frozenset(_list(wanted))))
    return kleene.all_of(parts)


def _term_truth(licence: Licence, name: str, wanted: frozenset[str]) -> Truth:
    if licence.licence_class is LicenceClass.NONE_STATED:
        return Truth.FALSE
    term = licence.terms.get(name)
    if term is None or term.value == "unknown":
        return Truth.UNKNOWN
    return kleene.of(term.value in wanted)


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
