"""A record of options as keyword arguments: how the public API's functions get theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache, wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, Protocol, TypeVar, get_type_hints, overload

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)
O_co = TypeVar("O_co", covariant=True)
T = TypeVar("T")


class ModelFunction(Protocol[P, T_co]):
    """A function of a model, and of keyword arguments."""

    def __call__(self, model: str, *args: P.args, **keywords: P.kwargs) -> T_co:
        """Call it."""


class CriterionFunction(Protocol[P, T_co]):
    """A function of a model, a criterion, and of keyword arguments."""

    def __call__(self, model: str, criterion: str, *args: P.args, **keywords: P.kwargs) -> T_co:
        """Call it."""


class Taking(Protocol[P, O_co]):
    """Replaces a function's last parameter, `options`, by the fields of a record."""

    @overload
    def __call__(self, function: Callable[[O_co], T], /) -> Callable[P, T]: ...
    @overload
    def __call__(self, function: Callable[[str, O_co], T], /) -> ModelFunction[P, T]: ...
    @overload
    def __call__(self, function: Callable[[str, str, O_co], T], /) -> CriterionFunction[P, T]: ...
    @overload
    def __call__(self, function: Callable[..., T], /) -> Callable[..., T]: ...


@cache
def _parameters(options: Any) -> tuple[Parameter, ...]:
    """The fields of a record as parameters, with their types alone."""
    types = get_type_hints(options)
    return tuple(
        Parameter(
            each.name,
            Parameter.KEYWORD_ONLY if each.kw_only else Parameter.POSITIONAL_OR_KEYWORD,
            default=Parameter.empty if each.default is MISSING else each.default,
            annotation=types[each.name],
        )
        for each in fields(options)
    )


def takes(options: Callable[P, O_co], **defaults: object) -> Taking[P, O_co]:
    """A decorator: a function whose last parameter is `options` gets the fields of that record as keyword arguments.

    `defaults` replaces defaults of the record. An argument that is no field raises TypeError, as it does for every function.
    """
    make: Callable[..., O_co] = options
    chosen = [each.replace(default=defaults.get(each.name, each.default)) for each in _parameters(options)]
    names = {each.name for each in chosen}

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        own = signature(function)
        leading = [each for each in own.parameters.values() if each.name != "options"]
        shown = own.replace(parameters=[*leading, *chosen])

        @wraps(function)
        def call(*args: object, **keywords: object) -> T:
            bound = shown.bind(*args, **keywords)
            bound.apply_defaults()
            given = {name: value for name, value in bound.arguments.items() if name in names}
            bound.arguments = {name: value for name, value in bound.arguments.items() if name not in names}
            return function(*bound.args, options=make(**given))

        call.__signature__ = shown  # type: ignore[attr-defined]  # what `inspect` and `help` show
        return call

    return decorate
