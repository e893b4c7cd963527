"""Conditions turned into closures, once. The data are taken as validated (`schema.check`, or our own tests)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openness.core import kleene, questions
from openness.core.components import COMPONENTS
from openness.core.finding import Confidence, Finding, Status
from openness.core.kleene import Truth
from openness.core.licence import NONE_STATED, Licence
from openness.core.scorecard import CriterionResult, GateResult, GateState


@dataclass(slots=True)
class State:
    """What conditions look at: the findings, and the results so far."""

    findings: Mapping[str, Finding]
    criteria: dict[str, CriterionResult] = field(default_factory=dict)
    gates: dict[str, GateResult] = field(default_factory=dict)


Check = Callable[[State], Truth]
Data = Mapping[str, Any]
_CONFIDENCE = list(Confidence)
_GATES = {GateState.PASS: Truth.TRUE, GateState.FAIL: Truth.FALSE, GateState.OPEN: Truth.UNKNOWN}


class Closures:
    """Makes closures of one rubric's conditions.

    `covered` are the components that are under the licence of the release where no other was found for them.
    """

    def __init__(self, rubric: Data) -> None:
        self._rules: Data = rubric.get("licences", {})
        covers = frozenset(rubric.get("release_licence_covers", ()))
        self.covered = frozenset(id for id, each in COMPONENTS.items() if id in covers or each.kind.value in covers)
        self._classes: Data = rubric.get("classes", {})

    def condition(self, data: Data) -> Check:
        """A condition as a function from the state to a truth."""
        if "all" in data:
            return _over(kleene.all_of, [self.condition(part) for part in data["all"]])
        if "any" in data:
            return _over(kleene.any_of, [self.condition(part) for part in data["any"]])
        if "not" in data:
            part = self.condition(data["not"])
            return lambda state: kleene.negated(part(state))
        if "at_least" in data:
            count, parts = data["at_least"]["n"], [self.condition(part) for part in data["at_least"]["of"]]
            return lambda state: kleene.at_least(count, [part(state) for part in parts])
        if "nearly" in data:
            return self._nearly(data["nearly"])
        if "criterion" in data:
            id, levels = data["criterion"], frozenset(as_list(data.get("level", "met")))
            return lambda state: _criterion_truth(state.criteria[id], levels)
        if "gate" in data:
            gate = data["gate"]
            return lambda state: _GATES[state.gates[gate].state]
        return self._finding(data)

    def subjects(self, data: Data) -> list[str]:
        """Components and aspects that a condition looks at, in order of appearance."""
        found: list[str] = []
        for each in inner(data):
            if "finding" in each:
                found.append(each["finding"])
                if each["finding"] in self.covered and self.predicate(each) is not None:
                    found.append("licence")
        return found

    def predicate(self, data: Data) -> Data | None:
        """What a condition asks of a finding's licence, whether written there or named."""
        named: Data | None = self._rules[data["licensed"]] if data.get("licensed") else None
        here: Data | None = data.get("licence")
        return {"all": [named, here]} if named and here else named or here

    def licence(self, finding: Finding, state: State) -> Licence | None:
        """The licence that a finding is under; None where none is known."""
        if finding.licence is not None or finding.about not in self.covered:
            return finding.licence
        return questions.in_force(state.findings.get("licence"))

    def _nearly(self, data: Data) -> Check:
        check = self.condition(self._classes[data["class"]]["when"])
        passed = tuple(data["but"])

        def nearly(state: State) -> Truth:
            gates = {id: GateResult(id, "", "", GateState.PASS, (), ()) for id in passed}
            return check(State(state.findings, state.criteria, state.gates | gates))

        return nearly

    def _finding(self, data: Data) -> Check:
        about = data["finding"]
        statuses = frozenset(as_list(data["status"])) if data.get("status") is not None else None
        values = frozenset(as_list(data["value"])) if data.get("value") is not None else None
        predicate = self.predicate(data)
        confidence = data.get("confidence")

        def check(state: State) -> Truth:
            finding = state.findings.get(about)
            if finding is None:
                return Truth.UNKNOWN
            licence = self.licence(finding, state) if predicate is not None else None
            return kleene.over(
                _alternative(finding, status, statuses, values, predicate, licence, confidence)
                for status in finding.statuses
            )

        return check


def inner(data: Data) -> Iterator[Data]:
    """A condition and every one within it, in order."""
    yield data
    parts = [*(data.get("all") or ()), *(data.get("any") or ()), *(data.get("at_least") or {}).get("of", ())]
    for part in parts + ([data["not"]] if data.get("not") else []):
        yield from inner(part)


def _over(join: Callable[[Iterator[Truth]], Truth], parts: list[Check]) -> Check:
    return lambda state: join(part(state) for part in parts)


def _criterion_truth(result: CriterionResult, levels: frozenset[str]) -> Truth:
    if result.applies is False:
        return Truth.TRUE
    truth = kleene.over(kleene.of(level in levels) for level in result.possible)
    return truth if result.applies or truth is Truth.TRUE else Truth.UNKNOWN


def _alternative(
    finding: Finding,
    status: Status,
    statuses: frozenset[str] | None,
    values: frozenset[str] | None,
    predicate: Data | None,
    licence: Licence | None,
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
            parts.append(licence_truth(licence, predicate) if certain else Truth.UNKNOWN)
    if confidence is not None:
        sure = _CONFIDENCE.index(finding.confidence) >= _CONFIDENCE.index(Confidence(confidence))
        parts.append(kleene.of(sure if certain else None))
    return kleene.all_of(parts)


def licence_truth(licence: Licence | None, predicate: Data) -> Truth:
    """Whether a licence is what the predicate asks for; a flag or term that is not known is unknown."""
    if licence is None:
        return Truth.UNKNOWN
    parts = [licence_truth(licence, each) for each in predicate.get("all") or ()]
    if predicate.get("any") is not None:
        parts.append(kleene.any_of(licence_truth(licence, each) for each in predicate["any"]))
    for flag, asked in (("osi", questions.osi_approved), ("fsf", questions.fsf_libre)):
        if predicate.get(flag) is not None:
            parts.append(asked(licence) if predicate[flag] else kleene.negated(asked(licence)))
    if predicate.get("class") is not None:
        parts.append(questions.of_class(licence, predicate["class"]))
    if predicate.get("id") is not None:
        parts.append(questions.identified_as(licence, predicate["id"]))
    if predicate.get("spelled"):
        parts.append(questions.spelled_as_spdx(licence))
    parts += [questions.says(licence, name, as_list(wanted)) for name, wanted in (predicate.get("term") or {}).items()]
    parts += [kleene.negated(questions.has(licence, name)) for name in predicate.get("without") or ()]
    return kleene.all_of(parts)


def as_list(value: object) -> list[str]:
    """One word or several, as several."""
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
