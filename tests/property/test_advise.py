"""Advice holds what it promises, and nothing shorter would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.finding import Finding
from openness.core.scorecard import Advice
from openness.licences import lookup
from openness.rubric.advise import advise
from openness.rubric.assess import assess
from openness.rubric.changes import Move, advised, moves
from openness.rubric.library import load, names
from tests.property.test_assess import RELEASE, findings


def after(name: str, given_findings: Iterable[Finding], changed: Iterable[Move]) -> list[str]:
    found = {each.about: each for each in given_findings} | {move.about: move.finding for move in changed}
    return [id for id, _ in assess(RELEASE, list(found.values()), load(name).compiled, "test").verdict.classes]


def advice_on(name: str, given_findings: Sequence[Finding]) -> Advice | None:
    loaded = load(name)
    return advise(RELEASE, given_findings, loaded.compiled, lookup)


@pytest.mark.parametrize("name", names())
@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_the_advised_changes_lead_to_a_better_class(name: str, data: st.DataObject) -> None:
    given_findings = data.draw(findings(name))
    classes = load(name).rubric.class_ids
    advice = advice_on(name, given_findings)
    if advice is None:
        return
    now = after(name, given_findings, ())
    texts = {change.text for change in advice.changes}
    chosen = [move for each in given_findings for move in moves(each, lookup) if move.text in texts]
    assert classes.index(advice.class_id) < classes.index(now[-1])
    # two moves may bear the same words (state whether it was tuned for safety); one of them is meant
    ways = combinations(chosen, len(advice.changes))
    assert any(after(name, given_findings, way)[-1] == advice.class_id for way in ways)


@pytest.mark.parametrize("name", ["retort", "eu-ai-act", "open-weights", "purpose-teach"])
@settings(deadline=None, max_examples=20)
@given(data=st.data())
def test_no_shorter_set_would_do(name: str, data: st.DataObject) -> None:
    given_findings = data.draw(findings(name))
    loaded = load(name)
    classes = loaded.rubric.class_ids
    advice = advice_on(name, given_findings)
    if advice is None:
        return
    # any class that may be aimed at and is better than the present one, up to the one that was reached
    bound = classes.index(after(name, given_findings, ())[-1]) - 1
    aims = {each.id for each in loaded.rubric.classes if each.aim}
    while classes[bound] not in aims:
        bound -= 1
    every = [move for each in given_findings for move in moves(each, lookup)]
    for size in range(min(len(advice.changes), 3)):
        for way in combinations(every, size):
            reached = after(name, given_findings, way)
            assert classes.index(reached[-1]) > bound or not aims.issuperset(reached), [move.text for move in way]


def test_there_are_words_for_everything_that_a_rubric_asks_for() -> None:
    asked = {about for name in names() for about in load(name).compiled.about}
    unchangeable = {"lineage", "openness-claim", "data-terms"}
    assert asked - advised() <= unchangeable
    assert advised() <= COMPONENTS.keys() | ASPECTS.keys()
