"""Records to the cache's JSON and back. An entry of another shape is a miss.

A record becomes a list of its class name and its values, so that no mapping of a card can be taken for a record; tuples become
lists, enums their values, mappings objects. A field annotated `object` holds JSON already and is kept as it is. Reading checks
every value against the annotations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class _Misfit(ValueError):
    """A value is not of the annotated type."""


def encode(value: object) -> object:
    """A record, or a value of a record, as JSON."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [encode(each) for each in value]
    if isinstance(value, Mapping):
        return {key: encode(each) for key, each in value.items()}
    if is_dataclass(value):
        return [type(value).__name__, *(encode(getattr(value, each.name)) for each in fields(value))]
    return value


def decode(kind: type[T], value: object) -> T | None:
    """The record of class `kind` that `encode` wrote; None where the value has another shape."""
    try:
        annotated: Any = kind
        decoded: T = _reader(annotated)(value)
    except _Misfit:
        return None
    return decoded


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """The function that reads a value of an annotated type, or raises `_Misfit`."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is object:
        return lambda value: value
    if origin in (Union, UnionType):
        return _union([_reader(part) for part in parts])
    if origin is tuple:
        return _tuple(_reader(parts[0]))
    if origin is Mapping:
        return _mapping(_reader(parts[1]))
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, StrEnum):
        return _enum(kind)
    if kind in (str, int, bool, NoneType):
        return _scalar(kind)
    raise TypeError(f"no JSON for {kind!r}")


def _scalar(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:  # a bool is no int here
            raise _Misfit
        return value

    return read


def _enum(kind: type[StrEnum]) -> Callable[[Any], Any]:
    known: dict[object, StrEnum] = {each.value: each for each in kind}

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in known:
            raise _Misfit
        return known[value]

    return read


def _union(readers: list[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        for each in readers:
            try:
                return each(value)
            except _Misfit:
                continue
        raise _Misfit

    return read


def _tuple(item: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not list:
            raise _Misfit
        return tuple(item(each) for each in value)

    return read


def _mapping(item: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not dict:
            raise _Misfit
        return {key: item(each) for key, each in value.items()}

    return read


def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    readers = [_reader(hints[each.name]) for each in fields(kind)]
    name, length = kind.__name__, len(readers) + 1

    def read(value: Any) -> Any:
        if type(value) is not list or len(value) != length or value[0] != name:
            raise _Misfit
        return kind(*(reader(each) for reader, each in zip(readers, value[1:], strict=True)))

    return read
