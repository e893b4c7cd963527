"""A record is what a frozen, slotted dataclass is."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.core.record import record


@record(frozen=True, slots=True)
class Cheap:
    name: str
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plain:
    name: str
    parts: tuple[int, ...] = ()


values = st.tuples(st.sampled_from("ab"), st.lists(st.integers(0, 2), max_size=2).map(tuple))


@given(values, values)
def test_equality_and_hash_are_those_of_a_dataclass(one: tuple, other: tuple) -> None:  # type: ignore[type-arg]
    assert (Cheap(*one) == Cheap(*other)) == (Plain(*one) == Plain(*other))
    assert (Cheap(*one) != Cheap(*other)) == (Plain(*one) != Plain(*other))
    assert len({Cheap(*one), Cheap(*other)}) == len({Plain(*one), Plain(*other)})
    assert repr(Cheap(*one)) == repr(Plain(*one)).replace("Plain", "Cheap")


def test_it_is_frozen_and_slotted_and_can_be_replaced() -> None:
    made = Cheap("a")
    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        made.other = 1  # type: ignore[attr-defined]
    assert replace(made, parts=(1,)) == Cheap("a", (1,))
    assert [each.name for each in fields(Cheap)] == ["name", "parts"]
    assert made != Plain("a")
