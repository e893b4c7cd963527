"""The interval holds every score that the unknowns leave possible, and touches its ends."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from openness.core.interval import Part, bounds


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    found = []
    for _ in range(draw(st.integers(1, 5))):
        low, high = sorted(draw(st.tuples(*[st.sampled_from([0, 5_000, 10_000])] * 2)))
        found.append((draw(st.integers(1, 5)), low, high, draw(st.booleans())))
    return found


def every_score(given_parts: list[Part]) -> list[Fraction]:
    """Brute force: each part at either end, each doubtful one in or out."""
    choices = []
    for weight, low, high, sure in given_parts:
        values: list[tuple[int, int] | None] = [(weight, low), (weight, high)]
        choices.append(values if sure else [*values, None])
    scores = []
    for choice in product(*choices):
        kept = [each for each in choice if each]
        if kept:
            scores.append(Fraction(sum(weight * value for weight, value in kept), sum(weight for weight, _ in kept)))
    return scores


@given(parts())
def test_bounds_are_the_extremes_rounded_outward(given_parts: list[Part]) -> None:
    interval = bounds(given_parts)
    scores = every_score(given_parts)
    assert interval is not None
    least, greatest = min(scores), max(scores)
    assert interval.low == least.numerator // least.denominator
    assert interval.high == -(-greatest.numerator // greatest.denominator)


@given(parts())
def test_knowing_more_never_leaves_the_interval(given_parts: list[Part]) -> None:
    wide = bounds(given_parts)
    assert wide is not None
    for index, (weight, low, high, _) in enumerate(given_parts):
        for value in {low, high}:
            known = [*given_parts[:index], (weight, value, value, True), *given_parts[index + 1 :]]
            narrow = bounds(known)
            assert narrow is not None
            assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_nothing_that_applies_is_not_scored() -> None:
    assert bounds([]) is None
