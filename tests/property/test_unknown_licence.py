"""An unknown licence finding decides nothing about its terms, whatever licence it suspects."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.core.components import COMPONENTS
from openness.core.finding import KNOWN_STATUSES, Evidence, Finding, Method, Status
from openness.core.kleene import Truth
from openness.core.licence import NONE_STATED, TERMS, Licence, LicenceClass
from openness.core.release import Reason, Unread
from openness.core.rubric import AllOf, AnyOf, Condition, LicenceRule, Negation, OfFinding
from openness.licences import lookup
from openness.rubric.closures import Closures, State, licence_truth
from openness.rubric.library import load, names
from tests.property.test_assess import LICENCES, RUBRICS, findings, judged

SEEN = (Evidence(Method.FILE_LIST, note="seen"),)
EVERY = [*LICENCES, NONE_STATED, lookup("llama3"), lookup("gpl-3.0"), lookup("mit"), lookup("somebody-s-own")]
CLOSURES = Closures(replace(load("mof").rubric, covers=frozenset(COMPONENTS)))
suspected = st.sampled_from([None, *EVERY])
possible = st.sets(st.sampled_from(KNOWN_STATUSES), max_size=3).map(lambda statuses: tuple(sorted(statuses)))


@st.composite
def rules(draw: st.DrawFn, deep: bool = True) -> LicenceRule:
    """A rule for licences that asks at least one thing."""
    flags = st.sampled_from([None, True, False])
    names_of_terms = st.lists(st.sampled_from(sorted(TERMS)), max_size=2, unique=True)
    rule = LicenceRule(
        osi=draw(flags),
        fsf=draw(flags),
        classes=tuple(draw(st.lists(st.sampled_from(list(LicenceClass)), max_size=2))),
        terms=tuple((name, ("yes",)) for name in draw(names_of_terms)),
        without=tuple(draw(names_of_terms)),
        identifiers=tuple(draw(st.lists(st.sampled_from(["MIT", "Apache-2.0"]), max_size=1))),
        spelled=draw(st.booleans()),
        alternatives=tuple(draw(st.lists(rules(deep=False), max_size=2))) if deep else (),
    )
    return rule if rule != LicenceRule() else LicenceRule(osi=True)


def conditions(about: str) -> st.SearchStrategy[Condition]:
    """Conditions on the licence of a finding, joined and negated."""
    leaf: st.SearchStrategy[Condition] = rules().map(lambda rule: OfFinding(about, licence=rule))

    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return parts.map(AllOf) | parts.map(AnyOf) | inner.map(Negation)

    return st.recursive(leaf, joined, max_leaves=4)


def unknown(licence: Licence | None, statuses: tuple[Status, ...] = ()) -> Finding:
    value = licence.licence_class.value if licence else None
    missing = Unread(Reason.OFFLINE, "the licence file could not be read")
    return Finding("licence", Status.UNKNOWN, "test", value, licence, missing=missing, evidence=SEEN, possible=statuses)


@given(rule=rules(), licence=suspected)
def test_every_condition_on_its_terms_is_open(rule: LicenceRule, licence: Licence | None) -> None:
    check = CLOSURES.condition(OfFinding("licence", licence=rule))
    assert check(State({"licence": unknown(licence)})) is Truth.UNKNOWN


@given(rule=rules(), licence=suspected)
def test_so_is_one_on_a_component_that_it_covers(rule: LicenceRule, licence: Licence | None) -> None:
    code = Finding("training-code", Status.RELEASED, "test", evidence=SEEN)
    check = CLOSURES.condition(OfFinding("training-code", licence=rule))
    assert check(State({"licence": unknown(licence), "training-code": code})) is Truth.UNKNOWN


@given(asked=conditions("licence"), licence=suspected, statuses=possible)
def test_what_is_certain_holds_in_every_completion(
    asked: Condition, licence: Licence | None, statuses: tuple[Status, ...]
) -> None:
    finding = unknown(licence, statuses)
    check = CLOSURES.condition(asked)
    truth = check(State({"licence": finding}))
    if truth is Truth.UNKNOWN:
        return
    for status in finding.statuses:
        for other in EVERY:
            known = Finding("licence", status, "test", other.licence_class.value, other, evidence=SEEN)
            assert check(State({"licence": known})) is truth


@given(rule=rules())
def test_where_only_silence_is_possible_silence_decides(rule: LicenceRule) -> None:
    check = CLOSURES.condition(OfFinding("licence", licence=rule))
    assert check(State({"licence": unknown(None, (Status.SILENT,))})) is licence_truth(NONE_STATED, rule)


@given(rule=rules())
def test_a_licence_of_the_class_unknown_decides_nothing_that_asks_for_terms(rule: LicenceRule) -> None:
    asked = replace(rule, classes=(), spelled=False, alternatives=())
    if asked != LicenceRule():
        assert licence_truth(lookup("unknown"), asked) is Truth.UNKNOWN


def test_the_value_of_a_licence_that_was_not_identified_is_open() -> None:
    there = Finding("licence", Status.RELEASED, "test", "unknown", lookup("unknown"), evidence=SEEN)
    asked = [OfFinding("licence", values=(value,)) for value in ("open-source", "unknown")]
    truths = [CLOSURES.condition(each)(State({"licence": there})) for each in asked]
    assert truths == [Truth.UNKNOWN, Truth.TRUE]


@pytest.mark.parametrize("name", names())
@settings(deadline=None, max_examples=20)
@given(data=st.data(), licence=suspected)
def test_what_it_suspects_changes_nothing_in_a_scorecard(
    name: str, data: st.DataObject, licence: Licence | None
) -> None:
    others = tuple(each for each in data.draw(findings(name)) if each.about != "licence")
    first = judged((*others, unknown(None)), RUBRICS[name])
    second = judged((*others, unknown(licence)), RUBRICS[name])
    assert (first.verdict, first.score, first.gates) == (second.verdict, second.score, second.gates)
    assert [(each.possible, each.statement) for each in first.criteria] == [
        (each.possible, each.statement) for each in second.criteria
    ]
