"""The score as an interval: every unknown at its worst, and at its best (`docs/design.md`, Scores)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openness.core.scorecard import LEVEL_VALUE, CriterionResult, Interval

Part = tuple[int, int, int, bool]
"""Weight, least and greatest value in 1/10000, and whether the criterion certainly applies."""


def score(results: Iterable[CriterionResult]) -> Interval | None:
    """The weighted mean of the criteria that apply, rounded outward; None if no criterion can apply."""
    parts = []
    for result in results:
        if result.applies is not False and result.weight:
            values = [LEVEL_VALUE[level] for level in result.possible]
            parts.append((result.weight, min(values), max(values), result.applies is True))
    return bounds(parts)


def points(results: Iterable[CriterionResult]) -> tuple[float, float]:
    """The sum of weights times levels (1 for met, 0.5 for partly), with every unknown at its worst and at its best."""
    low = high = 0
    for result in results:
        values = [LEVEL_VALUE[level] for level in result.possible]
        low += result.weight * min(values)
        high += result.weight * max(values)
    return low / 10_000, high / 10_000


def bounds(parts: Sequence[Part]) -> Interval | None:
    """The bounds of the weighted mean over every choice among the criteria that may or may not apply; None for no criteria."""
    if not parts:
        return None
    total, weights = _extreme([(weight, least, sure) for weight, least, _, sure in parts])
    lost, over = _extreme([(weight, 10_000 - greatest, sure) for weight, _, greatest, sure in parts])
    return Interval(total // weights, 10_000 - lost // over)


def _extreme(parts: Sequence[tuple[int, int, bool]]) -> tuple[int, int]:
    """The least mean, as a numerator and a denominator.

    It takes every certain part, and each doubtful part that lowers the mean, in ascending order of value.
    """
    total = sum(weight * value for weight, value, sure in parts if sure)
    weights = sum(weight for weight, _, sure in parts if sure)
    doubtful = sorted(((weight, value) for weight, value, sure in parts if not sure), key=lambda part: part[1])
    for weight, value in doubtful:
        if weights == 0 or total > value * weights:
            total += weight * value
            weights += weight
    return total, weights
