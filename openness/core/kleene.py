"""Strong Kleene logic (Introduction to Metamathematics, 1952, section 64): an unknown stays open unless it cannot matter."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """False < unknown < true."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


def of(value: bool | None) -> Truth:
    """The truth of a flag that is True, False, or None for unknown."""
    return Truth.UNKNOWN if value is None else Truth.TRUE if value else Truth.FALSE


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: the least truth; true for none."""
    return min(truths, default=Truth.TRUE)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: the greatest truth; false for none."""
    return max(truths, default=Truth.FALSE)


def negated(truth: Truth) -> Truth:
    """Negation; unknown stays unknown."""
    return Truth(2 - truth)


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """Whether at least `count` are true: TRUE if that many are, FALSE if too few can be."""
    values = list(truths)
    if sum(value is Truth.TRUE for value in values) >= count:
        return Truth.TRUE
    return Truth.UNKNOWN if sum(value is not Truth.FALSE for value in values) >= count else Truth.FALSE


def over(truths: Iterable[Truth]) -> Truth:
    """The truth common to alternatives of which one holds; unknown unless all agree."""
    values = set(truths)
    return values.pop() if len(values) == 1 else Truth.UNKNOWN


def known(truth: Truth) -> bool | None:
    """True, False, or None for unknown: the inverse of `of`."""
    return None if truth is Truth.UNKNOWN else truth is Truth.TRUE
