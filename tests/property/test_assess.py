"""Judging as a whole: order does not matter, learning never widens, releasing more never lowers a class."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.release import Missing, Provenance, Reason, Release
from openness.licences import lookup
from openness.rubric.assess import assess
from openness.rubric.library import load

RELEASE = Release("org/name", "org/name", Provenance("hub", "2026-01-01"))
RUBRIC = load("retort").compiled
CLASSES = [id for id, *_ in RUBRIC.classes]
LICENCES = [lookup(name) for name in ("apache-2.0", "cc-by-nc-4.0", "llama2", "cc-by-4.0", "unknown")]
SEEN = (Evidence(Method.FILE_LIST, note="seen"),)
KNOWN = [status for status in Status if status is not Status.UNKNOWN]


@st.composite
def finding(draw: st.DrawFn, about: str) -> Finding:
    status = draw(st.sampled_from(list(Status)))
    if status is Status.UNKNOWN:
        possible = tuple(draw(st.sets(st.sampled_from(KNOWN), max_size=3)))
        return Finding(about, status, "test", missing=Missing(Reason.OFFLINE), possible=possible)
    values = ASPECTS[about].values if about in ASPECTS else ()
    value = draw(st.sampled_from(values)) if values else None
    licence = draw(st.sampled_from(LICENCES)) if about == "licence" else None
    return Finding(about, status, "test", value, licence, evidence=SEEN)


@st.composite
def findings(draw: st.DrawFn) -> tuple[Finding, ...]:
    return tuple(draw(finding(about)) for about in sorted(RUBRIC.about))


def judged(given_findings: tuple[Finding, ...]):  # type: ignore[no-untyped-def]
    return assess(RELEASE, given_findings, RUBRIC, "test")


@settings(deadline=None, max_examples=60)
@given(findings(), st.randoms(use_true_random=False))
def test_the_order_of_findings_does_not_matter(given_findings: tuple[Finding, ...], shuffle: random.Random) -> None:
    mixed = list(given_findings)
    shuffle.shuffle(mixed)
    first, second = judged(given_findings), judged(tuple(mixed))
    assert (first.verdict, first.score, first.criteria, first.gates) == (
        second.verdict,
        second.score,
        second.criteria,
        second.gates,
    )


@settings(deadline=None, max_examples=60)
@given(findings(), st.data())
def test_an_unknown_that_becomes_known_stays_within_what_was_possible(
    given_findings: tuple[Finding, ...], data: st.DataObject
) -> None:
    before = judged(given_findings)
    unknown = [index for index, each in enumerate(given_findings) if each.status is Status.UNKNOWN]
    if not unknown:
        return
    index = data.draw(st.sampled_from(unknown))
    old = given_findings[index]
    status = data.draw(st.sampled_from(old.statuses))
    values = ASPECTS[old.about].values if old.about in ASPECTS else ()
    value = data.draw(st.sampled_from(values)) if values else None
    licence = data.draw(st.sampled_from(LICENCES)) if old.about == "licence" else None
    known = Finding(old.about, status, "test", value, licence, evidence=SEEN)
    after = judged((*given_findings[:index], known, *given_findings[index + 1 :]))
    assert set(after.verdict.classes) <= set(before.verdict.classes)
    if before.score and after.score:
        assert before.score.low <= after.score.low <= after.score.high <= before.score.high
    for old_result, new_result in zip(before.criteria, after.criteria, strict=True):
        assert old_result.applies in (None, new_result.applies)
        assert set(new_result.possible) <= set(old_result.possible)


@settings(deadline=None, max_examples=60)
@given(findings(), st.sampled_from([about for about in sorted(RUBRIC.about) if about in COMPONENTS]))
def test_releasing_a_component_never_lowers_the_class(given_findings: tuple[Finding, ...], about: str) -> None:
    more = tuple(
        replace(each, status=Status.RELEASED, evidence=SEEN, missing=None, possible=()) if each.about == about else each
        for each in given_findings
    )
    before, after = judged(given_findings), judged(more)

    def best(card) -> int:  # type: ignore[no-untyped-def]
        return min(CLASSES.index(id) for id, _ in card.verdict.classes)

    def worst(card) -> int:  # type: ignore[no-untyped-def]
        return max(CLASSES.index(id) for id, _ in card.verdict.classes)

    assert worst(after) <= worst(before)
    if before.verdict.certain and after.verdict.certain:
        assert best(after) <= best(before)
