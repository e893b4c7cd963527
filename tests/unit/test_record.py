"""A record is what a frozen, slotted dataclass is."""

from __future__ import annotations

import copy
import pickle
from dataclasses import KW_ONLY, FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

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
def test_equality_and_hash_are_those_of_a_dataclass(one: tuple[Any, ...], other: tuple[Any, ...]) -> None:
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
    assert made.__eq__(Plain("a")) is NotImplemented
    with pytest.raises(FrozenInstanceError):
        del made.name


def test_it_can_be_copied_and_pickled() -> None:
    made = Cheap("a", (1,))
    assert copy.copy(made) == copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made


def test_defaults_factories_and_named_fields_are_those_of_a_dataclass() -> None:
    @record(frozen=True, slots=True)
    class Made:
        name: str
        _: KW_ONLY
        given: dict[str, int] = field(default_factory=dict, metadata={"help": "words"})

    assert Made("a") == Made("a", given={})
    assert Made("a").given is not Made("a").given
    assert fields(Made)[1].metadata["help"] == "words"
    with pytest.raises(TypeError, match="positional"):
        Made("a", {})  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="name"):
        Made()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="other"):
        Made("a", other=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="name"):
        Made("a", name="b")  # type: ignore[misc]


def test_a_check_after_init_is_made_from_the_first_record_on() -> None:
    @record(frozen=True, slots=True)
    class Checked:
        count: int

        def __post_init__(self) -> None:
            if self.count < 0:
                raise ValueError("negative")

    for _ in range(2):
        with pytest.raises(ValueError, match="negative"):
            Checked(-1)
    assert Checked(1).count == 1


@pytest.mark.parametrize(
    "odd",
    [field(default="", compare=False), field(default="", hash=False), field(default="", repr=False), field(init=False)],
    ids=["compare", "hash", "repr", "init"],
)
def test_what_records_do_not_support_is_refused_where_the_class_is_defined(odd: Any) -> None:
    with pytest.raises(TypeError, match="cannot have"):

        @record(frozen=True, slots=True)
        class Odd:
            name: str = odd


def test_fields_cannot_be_inherited() -> None:
    with pytest.raises(TypeError, match="inherit the fields of Cheap"):

        @record(frozen=True, slots=True)
        class Heir(Cheap):
            more: int = 0


def test_a_record_is_frozen_and_slotted_whatever_is_asked() -> None:
    with pytest.raises(TypeError, match="frozen and slotted"):
        record(frozen=False, slots=True)
    with pytest.raises(TypeError, match="no other options"):
        record(frozen=True, slots=True, order=True)


def test_the_shared_methods_are_not_replaced() -> None:
    with pytest.raises(TypeError, match="__repr__ of its own"):

        @record(frozen=True, slots=True)
        class Named:
            name: str

            def __repr__(self) -> str:
                return self.name
