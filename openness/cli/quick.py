"""The plain forms of a command line, read without Typer.

Typer imports pydantic as soon as a command has a typed parameter, which is half of the time of a warm score. What is not plain
(help, numbers, unknown or malformed options) is left to Typer, which owns every message. A test holds both readings together.
"""

from __future__ import annotations

from collections.abc import Sequence
from inspect import Parameter
from typing import Any

from openness.cli.declare import MANY, PLAIN_TEXT, Command
from openness.core.options import Argument, Declared, Flag


def quick(command: Command, words: Sequence[str]) -> dict[str, object] | None:
    """What plain words after a command set, by parameter; None where Typer has to read them."""
    switches, options = _spellings(command)
    found: dict[str, Any] = {}
    arguments: list[str] = []
    tokens = iter(words)
    for token in tokens:
        name, equals, value = token.partition("=")
        if token in switches:
            key, state = switches[token]
            found[key] = state
        elif name in options and (name.startswith("--") or not equals):
            if not equals:
                value = next(tokens, "")
                if not value or value.startswith("-"):
                    return None
            field = options[name]
            if field.kind in MANY:
                found.setdefault(field.name, []).append(value)
            else:
                found[field.name] = value
        elif (token.startswith("-") and token != "-") or not token:
            return None
        else:
            arguments.append(token)
    placed = _placed([each for each in command.parameters if isinstance(each.written, Argument)], arguments)
    return None if placed is None else found | placed


def _spellings(command: Command) -> tuple[dict[str, tuple[str, bool]], dict[str, Declared]]:
    """The switches, each with the parameter and the value that it sets, and the options that take text."""
    switches: dict[str, tuple[str, bool]] = {}
    options: dict[str, Declared] = {}
    for each in command.parameters:
        for spelling in each.written.names if isinstance(each.written, Flag) else ():
            if each.kind is bool:
                on, _, off = spelling.partition("/")
                switches |= {on: (each.name, True)} | ({off: (each.name, False)} if off else {})
            elif each.kind in PLAIN_TEXT or each.kind in MANY:
                options[spelling] = each
    return switches, options


def _placed(places: Sequence[Declared], arguments: list[str]) -> dict[str, object] | None:
    """The arguments by parameter; None where there are too few or too many."""
    found: dict[str, object] = {}
    left = list(arguments)
    for each in places:
        if each.kind in PLAIN_TEXT:
            if left:
                found[each.name] = left.pop(0)
            elif each.default is Parameter.empty:
                return None
        else:
            if not left and each.default is Parameter.empty:
                return None
            if left:
                found[each.name] = left
            left = []
    return None if left else found
