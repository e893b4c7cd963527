"""How a command is declared: a function whose parameters say how they are written.

A parameter is `Annotated[type, Argument | Flag]`, or a record of options (`openness.core.options`), which stands for its fields.
Two readings of a command line are derived from that: Typer's (`openness.cli.app`) and the quick one (`openness.cli.quick`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass, replace
from functools import cached_property
from importlib import import_module
from inspect import signature
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from openness.core.options import Argument, Declared, Flag, PageOf, declared, fields_of
from openness.outputs.base import formats

PLAIN_TEXT = (str, str | None)
MANY = (list[str], tuple[str, ...])
"""Types of parameters that are text, and of those that can be given more than once."""


class Command:
    """A command by its words, such as `licence show`: a function of that name in a module of that name in this room.

    Its docstring is the help, the module's EXAMPLES the last lines of it; it returns the exit code.
    """

    def __init__(self, words: str, function: Callable[..., int] | None = None, examples: str = "") -> None:
        self.words = words
        self._given = function
        self._examples = examples

    @cached_property
    def _module(self) -> Any:
        return import_module(f"openness.cli.{self.words.replace(' ', '_')}")

    @cached_property
    def function(self) -> Callable[..., int]:
        """The function that is called."""
        found: Callable[..., int] = self._given or getattr(self._module, self.words.replace(" ", "_"))
        return found

    @property
    def examples(self) -> str:
        """Command lines that show how the command is used."""
        return self._examples or getattr(self._module, "EXAMPLES", "")

    @cached_property
    def _hints(self) -> dict[str, Any]:
        return get_type_hints(self.function, include_extras=True)

    @cached_property
    def _records(self) -> dict[str, tuple[type, tuple[Declared, ...]]]:
        """The parameters that are records of options, each with its type and those of its fields that a command line sets."""
        found = {}
        for name in signature(self.function).parameters:
            annotation = self._hints[name]
            kind, *notes = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
            if is_dataclass(kind) and isinstance(kind, type):
                page = next((each.name for each in notes if isinstance(each, PageOf)), "")
                defaults = next((each for each in notes if isinstance(each, Mapping)), {})
                fields = (_of_page(each, page) for each in fields_of(kind) if each.written)
                found[name] = kind, tuple(_with_default(each, defaults) for each in fields)
        return found

    @cached_property
    def parameters(self) -> tuple[Declared, ...]:
        """Everything that a command line sets, arguments first."""
        found: list[Declared] = []
        for each in signature(self.function).parameters.values():
            if each.name in self._records:
                found += self._records[each.name][1]
            else:
                found.append(declared(self._hints[each.name], each.name, each.default))
        return tuple(sorted(found, key=lambda each: not isinstance(each.written, Argument)))

    def call(self, values: Mapping[str, Any]) -> int:
        """Call the function with what was read; what was not given has its default."""
        given = {each.name: values.get(each.name, each.default) for each in self.parameters}
        given |= {each.name: tuple(given[each.name]) for each in self.parameters if each.kind == tuple[str, ...]}
        arguments: dict[str, object] = {}
        for name, (kind, fields) in self._records.items():
            arguments[name] = kind(**{each.name: given.pop(each.name) for each in fields})
        return self.function(**given, **arguments)


def _of_page(field: Declared, page: str) -> Declared:
    """The field; the option `format` lists the formats that the command's page has."""
    if field.name != "format" or not isinstance(field.written, Flag):
        return field
    *first, last = formats(page)
    return replace(field, written=Flag(field.written.names, f"{', '.join(first)} or {last}."))


def _with_default(field: Declared, defaults: Mapping[str, object]) -> Declared:
    return replace(field, default=defaults[field.name]) if field.name in defaults else field
