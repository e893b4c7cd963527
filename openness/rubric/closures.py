"""Turns conditions into functions from findings to truths, once for each rubric."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from openness.core import kleene, questions
from openness.core.finding import Confidence, Finding, Status
from openness.core.kleene import Truth
from openness.core.licence import NONE_STATED, Licence, LicenceClass
from openness.core.rubric import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    LicenceRule,
    Nearly,
    Negation,
    OfCriterion,
    OfFinding,
    OfGate,
    Rubric,
)
from openness.core.scorecard import CriterionResult, GateResult, GateState, Level


@dataclass(slots=True)
class State:
    """What conditions look at: the findings, and the results of the criteria and gates so far."""

    findings: Mapping[str, Finding]
    criteria: dict[str, CriterionResult] = field(default_factory=dict)
    gates: dict[str, GateResult] = field(default_factory=dict)


Check = Callable[[State], Truth]
_CONFIDENCE = list(Confidence)


class Closures:
    """Turns the conditions of one rubric into functions."""

    def __init__(self, rubric: Rubric) -> None:
        self._rules = dict(rubric.licences)
        self._covers = rubric.covers
        self._classes = {each.id: each for each in rubric.classes}

    def condition(self, asked: Condition) -> Check:
        """A condition as a function from the state to a truth."""
        match asked:
            case AllOf(parts):
                return _over(kleene.all_of, [self.condition(part) for part in parts])
            case AnyOf(parts):
                return _over(kleene.any_of, [self.condition(part) for part in parts])
            case Negation(part):
                check = self.condition(part)
                return lambda state: kleene.negated(check(state))
            case AtLeast(count, parts):
                checks = [self.condition(part) for part in parts]
                return lambda state: kleene.at_least(count, [each(state) for each in checks])
            case Nearly():
                return self._nearly(asked)
            case OfCriterion(criterion, levels):
                return lambda state: reaches(state.criteria[criterion], levels)
            case OfGate(gate):
                return lambda state: state.gates[gate].state.truth
            case OfFinding():
                return self._finding(asked)
            case _:
                assert_never(asked)

    def subjects(self, asked: Condition) -> tuple[str, ...]:
        """The components and aspects that a condition looks at, in order of appearance."""
        found: list[str] = []
        for each in within(asked):
            if isinstance(each, OfFinding):
                found.append(each.about)
                if each.about in self._covers and self._rule_parts(each):
                    found.append("licence")
        return tuple(found)

    def licence(self, finding: Finding, state: State) -> Licence | None:
        """The licence of a finding: its own, or that of the release if that covers the component; None if it is not known."""
        if finding.about == "licence" or finding.status is Status.UNKNOWN:
            return questions.in_force(finding)
        if finding.licence is not None or finding.about not in self._covers:
            return finding.licence
        return questions.in_force(state.findings.get("licence"))

    def _rule_parts(self, asked: OfFinding) -> tuple[LicenceRule, ...]:
        """What a condition asks of a finding's licence: the rule that it names, and the one written in place."""
        named = (self._rules[asked.licensed],) if asked.licensed else ()
        return named if asked.licence is None else (*named, asked.licence)

    def _nearly(self, asked: Nearly) -> Check:
        wanted = self._classes[asked.class_id].when
        assert wanted is not None, "only the last class has no condition, and nothing stands after it"
        check = self.condition(wanted)
        passed = {gate: GateResult(gate, "", "", GateState.PASS, (), ()) for gate in asked.but}
        return lambda state: check(State(state.findings, state.criteria, state.gates | passed))

    def _finding(self, asked: OfFinding) -> Check:
        rules = self._rule_parts(asked)

        def check(state: State) -> Truth:
            finding = state.findings.get(asked.about)
            if finding is None:
                return Truth.UNKNOWN
            licence = self.licence(finding, state) if rules else None
            return kleene.over(_were(status, finding, licence, asked, rules) for status in finding.statuses)

        return check


def within(asked: Condition) -> Iterator[Condition]:
    """A condition and every one inside it, in order."""
    yield asked
    parts: tuple[Condition, ...] = ()
    if isinstance(asked, (AllOf, AnyOf, AtLeast)):
        parts = asked.parts
    elif isinstance(asked, Negation):
        parts = (asked.part,)
    for part in parts:
        yield from within(part)


def reaches(result: CriterionResult, levels: tuple[Level, ...]) -> Truth:
    """Whether a criterion comes out at one of `levels`. A criterion that does not apply counts as met."""
    if result.applies is False:
        return Truth.TRUE
    truth = kleene.over(kleene.of(level in levels) for level in result.possible)
    return truth if result.applies or truth is Truth.TRUE else Truth.UNKNOWN


def _over(join: Callable[[Iterator[Truth]], Truth], parts: list[Check]) -> Check:
    return lambda state: join(part(state) for part in parts)


def _were(
    status: Status, finding: Finding, licence: Licence | None, asked: OfFinding, rules: tuple[LicenceRule, ...]
) -> Truth:
    """Whether the finding is what is asked for, if `status` is the true one among those that it leaves possible.

    The value, licence and confidence of an unknown finding are open, whatever it suspects. The value of a licence that could
    not be identified (its class is `unknown`) is open too.
    """
    certain = finding.status is not Status.UNKNOWN
    absent = status in (Status.SILENT, Status.NOT_APPLICABLE)
    parts = [kleene.of(status in asked.statuses)] if asked.statuses else []
    if asked.values:
        known = certain and (finding.value != LicenceClass.UNKNOWN or LicenceClass.UNKNOWN in asked.values)
        parts.append(Truth.FALSE if absent else kleene.of(finding.value in asked.values if known else None))
    told = NONE_STATED if absent else licence if certain else None
    parts += [licence_truth(told, rule) for rule in rules]
    if asked.confidence is not None:
        sure = _CONFIDENCE.index(finding.confidence) >= _CONFIDENCE.index(asked.confidence)
        parts.append(kleene.of(sure if certain else None))
    return kleene.all_of(parts)


def licence_truth(licence: Licence | None, rule: LicenceRule) -> Truth:
    """Whether a licence (None: not known) is what a rule asks for."""
    if licence is None:
        return Truth.UNKNOWN
    parts: list[Truth] = []
    for wanted, answer in ((rule.osi, questions.osi_approved), (rule.fsf, questions.fsf_libre)):
        if wanted is not None:
            parts.append(answer(licence) if wanted else kleene.negated(answer(licence)))
    if rule.classes:
        parts.append(questions.of_class(licence, rule.classes))
    if rule.identifiers:
        parts.append(questions.identified_as(licence, rule.identifiers))
    if rule.spelled:
        parts.append(questions.spelled_as_spdx(licence))
    if rule.alternatives:
        parts.append(kleene.any_of(licence_truth(licence, each) for each in rule.alternatives))
    parts += [questions.says(licence, name, values) for name, values in rule.terms]
    parts += [kleene.negated(questions.has(licence, name)) for name in rule.without]
    return kleene.all_of(parts)
