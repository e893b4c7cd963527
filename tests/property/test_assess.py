"""Judging as a whole: order does not matter, learning never widens, releasing more never lowers a class."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.release import Provenance, Reason, Release, Unread
from openness.core.scorecard import Scorecard
from openness.licences import lookup
from openness.rubric.assess import assess
from openness.rubric.compile import Compiled
from openness.rubric.library import load, names

RELEASE = Release("org/name", "org/name", Provenance("hub", "2026-01-01"))
RUBRICS = {name: load(name).compiled for name in names()}
LICENCES = [lookup(name) for name in ("apache-2.0", "cc-by-nc-4.0", "llama2", "cc-by-4.0", "unknown")]
SEEN = (Evidence(Method.FILE_LIST, note="seen"),)
KNOWN = [status for status in Status if status is not Status.UNKNOWN]


@st.composite
def finding(draw: st.DrawFn, about: str) -> Finding:
    status = draw(st.sampled_from(list(Status)))
    if status is Status.UNKNOWN:
        possible = tuple(draw(st.sets(st.sampled_from(KNOWN), max_size=3)))
        suspected = draw(st.sampled_from([None, *LICENCES]))
        return Finding(
            about, status, "test", licence=suspected, missing=Unread(Reason.OFFLINE), possible=possible, evidence=SEEN
        )
    values = ASPECTS[about].values if about in ASPECTS else ()
    value = draw(st.sampled_from(values)) if values else None
    licence = draw(st.sampled_from(LICENCES if about == "licence" else [None, *LICENCES]))
    return Finding(about, status, "test", value, licence, evidence=SEEN)


@st.composite
def findings(draw: st.DrawFn, rubric: str) -> tuple[Finding, ...]:
    return tuple(draw(finding(about)) for about in sorted(RUBRICS[rubric].about))


def judged(given_findings: tuple[Finding, ...], rubric: Compiled) -> Scorecard:
    return assess(RELEASE, given_findings, rubric, "test")


every_rubric = pytest.mark.parametrize("name", names())


@every_rubric
@settings(deadline=None, max_examples=30)
@given(data=st.data(), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(name: str, data: st.DataObject, shuffle: random.Random) -> None:
    given_findings = data.draw(findings(name))
    mixed = list(given_findings)
    shuffle.shuffle(mixed)
    first, second = judged(given_findings, RUBRICS[name]), judged(tuple(mixed), RUBRICS[name])
    assert replace(first, findings=()) == replace(second, findings=())


@every_rubric
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_an_unknown_that_becomes_known_stays_within_what_was_possible(name: str, data: st.DataObject) -> None:
    given_findings = data.draw(findings(name))
    before = judged(given_findings, RUBRICS[name])
    unknown = [index for index, each in enumerate(given_findings) if each.status is Status.UNKNOWN]
    if not unknown:
        return
    index = data.draw(st.sampled_from(unknown))
    old = given_findings[index]
    status = data.draw(st.sampled_from(old.statuses))
    values = ASPECTS[old.about].values if old.about in ASPECTS else ()
    value = data.draw(st.sampled_from(values)) if values else None
    licence = data.draw(st.sampled_from(LICENCES if old.about == "licence" else [None, *LICENCES]))
    known = Finding(old.about, status, "test", value, licence, evidence=SEEN)
    after = judged((*given_findings[:index], known, *given_findings[index + 1 :]), RUBRICS[name])
    assert {id for id, _ in after.verdict.classes} <= {id for id, _ in before.verdict.classes}
    if before.score and after.score:
        assert before.score.low <= after.score.low <= after.score.high <= before.score.high
    for old_result, new_result in zip(before.criteria, after.criteria, strict=True):
        assert old_result.applies in (None, new_result.applies)
        assert set(new_result.possible) <= set(old_result.possible)


@every_rubric
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_releasing_a_component_never_lowers_the_class(name: str, data: st.DataObject) -> None:
    rubric = RUBRICS[name]
    classes = rubric.rubric.class_ids
    given_findings = data.draw(findings(name))
    about = data.draw(st.sampled_from([about for about in sorted(rubric.about) if about in COMPONENTS]))
    more = tuple(
        replace(each, status=Status.RELEASED, evidence=SEEN, missing=None, possible=()) if each.about == about else each
        for each in given_findings
    )
    before = [classes.index(id) for id, _ in judged(given_findings, rubric).verdict.classes]
    after = [classes.index(id) for id, _ in judged(more, rubric).verdict.classes]
    assert max(after) <= max(before)
    assert min(after) <= min(before) or len(before) > 1


@every_rubric
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_the_gap_between_claim_and_evidence(name: str, data: st.DataObject) -> None:
    claim = judged(data.draw(findings(name)), RUBRICS[name]).claim
    if claim is None:
        return
    low, high = claim.level
    assert 0 <= low <= high
    assert {True: high == 0, False: low >= 1, None: low == 0 < high}[claim.honoured]
    assert claim.gap == {True: "none", False: "overstated", None: "undecided"}[claim.honoured]
