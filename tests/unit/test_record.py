"""A record is what a frozen, slotted dataclass is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
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
        made.name = "b"  # type: ignore[misc]  # that it fails is what is tested
    with pytest.raises((AttributeError, TypeError)):
        made.other = 1  # type: ignore[attr-defined]  # as above
    assert replace(made, parts=(1,)) == Cheap("a", (1,))
    assert [each.name for each in fields(Cheap)] == ["name", "parts"]
    other: object = Plain("a")
    assert made != other


@record(frozen=True, slots=True)
class Supported:
    parts: list[int] = field(default_factory=list, metadata={"unit": "1"})
    name: str = field(default="a", kw_only=True)


def test_defaults_metadata_and_keywords_are_supported() -> None:
    assert Supported() == Supported([], name="a")
    assert Supported().parts is not Supported().parts
    assert fields(Supported)[0].metadata == {"unit": "1"}
    assert repr(Supported()) == "Supported(parts=[], name='a')"


def compared() -> type:
    @record(frozen=True, slots=True)
    class Compared:
        name: str = field(compare=False)

    return Compared


def hashed() -> type:
    @record(frozen=True, slots=True)
    class Hashed:
        name: str = field(default="", hash=False)

    return Hashed


def shown() -> type:
    @record(frozen=True, slots=True)
    class Shown:
        name: str = field(repr=False)

    return Shown


def inherited() -> type:
    @record(frozen=True, slots=True)
    class Inherited(Cheap):
        more: int = 0

    return Inherited


def inherited_from_a_dataclass() -> type:
    @record(frozen=True, slots=True)
    class Inherited(Plain):
        pass

    return Inherited


def own_equality() -> type:
    @record(frozen=True, slots=True)
    class Own:
        name: str

        def __eq__(self, other: object) -> bool:
            return True

    return Own


def own_representation() -> type:
    @record(frozen=True, slots=True)
    class Own:
        name: str

        def __repr__(self) -> str:
            return "own"

    return Own


def ordered() -> type:
    @record(frozen=True, slots=True, order=True)
    class Ordered:
        name: str

    return Ordered


def keywords() -> type:
    @record(frozen=True, slots=True, kw_only=True)
    class Keywords:
        name: str

    return Keywords


def mutable() -> type:
    @record(frozen=False, slots=True)
    class Mutable:
        name: str

    return Mutable


@pytest.mark.parametrize(
    ("define", "words"),
    [
        (compared, r"field\(compare=…\): Compared.name"),
        (hashed, r"field\(hash=…\): Hashed.name"),
        (shown, r"field\(repr=…\): Shown.name"),
        (inherited, "fields inherited from another dataclass: Inherited"),
        (inherited_from_a_dataclass, "fields inherited from another dataclass: Inherited"),
        (own_equality, "a __eq__ of its own: Own"),
        (own_representation, "a __repr__ of its own: Own"),
        (ordered, "does not support order"),
        (keywords, "does not support kw_only"),
        (mutable, "does not support frozen=False"),
    ],
)
def test_what_is_not_supported_is_refused_at_definition(define: Callable[[], type], words: str) -> None:
    with pytest.raises(TypeError, match=f"@record .*{words}"):
        define()
