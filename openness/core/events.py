"""Plain data from a stream of YAML events, bounded, with the place of every value.

PyYAML's own constructors follow aliases (308 bytes can expand past three million leaves), silently keep the last of duplicate
keys and turn `no` into False. This reader refuses aliases and duplicate keys, and lets the caller give scalars their types. It
takes events instead of text, so that `core` needs no third-party package: callers pass
`yaml.parse(text, Loader=yaml.CSafeLoader)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Path = tuple[str | int, ...]
Place = tuple[int, int]

MAX_DEPTH = 16
MAX_NODES = 50_000

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18}|[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?\Z")
_WORDS: dict[str, bool | None] = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    "null": None,
    "Null": None,
    "NULL": None,
    "~": None,
    "": None,
}


class StructureError(ValueError):
    """The document is not plain data; `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def located(problems: Iterable[tuple[Path, str]], places: Mapping[Path, Place], file: str, whole: str) -> str:
    """The problems of a document, one a line: file, line and column of the nearest known place, path, what is wrong.

    `whole` is the name of the document, for a problem without a path.
    """
    lines = []
    for path, message in problems:
        near = path
        while near and near not in places:
            near = near[:-1]
        line, column = places.get(near, (1, 1))
        lines.append(f"{file}:{line}:{column}: {'.'.join(map(str, path)) or whole}: {message}")
    return "\n".join(lines)


PLAIN_WORDS = {"Extra inputs are not permitted": "this key is not known", "Field required": "this key is missing"}
"""pydantic's messages in words for a person who writes a file."""


def text_scalar(value: str, plain: bool) -> object:
    """Every scalar as its text (in cards, `language: no` is Norwegian); an empty plain scalar as None."""
    return None if plain and value in ("", "~", "null") else value


def core_scalar(value: str, plain: bool) -> object:
    """Scalars by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema); quoted ones are text."""
    if not plain:
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.match(value):
        return int(value)
    if _FLOAT.match(value):
        return float(value)
    return value


def read_events(
    events: Iterable[Any], scalar: Callable[[str, bool], object] = core_scalar, *, max_nodes: int = MAX_NODES
) -> tuple[Any, dict[Path, Place]]:
    """The first document of the stream as dictionaries, lists and scalars, and the place of each value by its path.

    Raises `StructureError` for aliases, duplicate keys, keys that are not text, more than 16 levels or too many nodes. Errors
    of the YAML parser pass through.
    """
    places: dict[Path, Place] = {}
    root: list[Any] = []
    stack: list[tuple[Any, Path]] = [(root, ())]
    keys: list[str | None] = [None]
    nodes = 0
    for event in events:
        kind = type(event).__name__
        if kind in ("StreamStartEvent", "DocumentStartEvent", "StreamEndEvent"):
            continue
        if kind == "DocumentEndEvent":
            break
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            stack.pop()
            keys.pop()
            continue
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        nodes += 1
        if kind == "AliasEvent":
            raise StructureError("aliases (*name) are not read", line, column)
        if nodes > max_nodes:
            raise StructureError(f"more than {max_nodes} values", line, column)
        container, path = stack[-1]
        if isinstance(container, dict) and keys[-1] is None:
            if kind != "ScalarEvent":
                raise StructureError("a key must be plain text", line, column)
            if event.value in container:
                raise StructureError(f"the key {event.value!r} appears twice", line, column)
            keys[-1] = event.value
            container[event.value] = None
            continue
        here: Path = (
            () if container is root else (*path, len(container) if isinstance(container, list) else keys[-1] or "")
        )
        places[here] = (line, column)
        if kind == "ScalarEvent":
            value: Any = scalar(event.value, event.implicit[0])
        else:
            value = {} if kind == "MappingStartEvent" else []
            if len(stack) > MAX_DEPTH:
                raise StructureError(f"nested more than {MAX_DEPTH} levels deep", line, column)
        if isinstance(container, dict):
            container[keys[-1]] = value
            keys[-1] = None
        else:
            container.append(value)
        if kind != "ScalarEvent":
            stack.append((value, here))
            keys.append(None)
    return (root[0] if root else None), places
