"""A record of options as keyword arguments: how the public API's functions get theirs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Concatenate, ParamSpec, Protocol, TypeVar, overload

P = ParamSpec("P")
O = TypeVar("O")  # noqa: E741 - a record of options
T = TypeVar("T")


class Taking(Protocol[P, O]):
    """Replaces a function's last parameter, `options`, by the fields of a record."""

    @overload
    def __call__(self, function: Callable[[O], T], /) -> Callable[P, T]: ...
    @overload
    def __call__(self, function: Callable[[str, O], T], /) -> Callable[Concatenate[str, P], T]: ...
    @overload
    def __call__(self, function: Callable[[str, str, O], T], /) -> Callable[Concatenate[str, str, P], T]: ...
    @overload
    def __call__(self, function: Callable[..., T], /) -> Callable[..., T]: ...


def takes(options: Callable[P, O], **defaults: object) -> Taking[P, O]:
    """A decorator: a function whose last parameter is `options` gets the fields of that record as keyword arguments.

    `defaults` replaces defaults of the record. The function that results raises TypeError, as every function of Python does,
    for an argument that no field is called after.
    """
    fields = [
        each.replace(kind=Parameter.KEYWORD_ONLY, default=defaults.get(each.name, each.default))
        for each in signature(options).parameters.values()
    ]
    names = {each.name for each in fields}

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        own = signature(function)
        leading = [each for each in own.parameters.values() if each.name != "options"]
        shown = own.replace(parameters=[*leading, *fields])

        @wraps(function)
        def call(*args: object, **keywords: object) -> T:
            bound = shown.bind(*args, **keywords)
            bound.apply_defaults()
            chosen = {name: value for name, value in bound.arguments.items() if name in names}
            bound.arguments = {name: value for name, value in bound.arguments.items() if name not in names}
            return function(*bound.args, options=options(**chosen))  # type: ignore[call-arg]  # checked by `bind`

        call.__signature__ = shown  # type: ignore[attr-defined]  # what `inspect` and `help` show
        return call

    return decorate  # type: ignore[return-value]  # the overloads say what no single signature can
