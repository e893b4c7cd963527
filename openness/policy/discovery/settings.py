"""Configuration files: JSON by a scanner that keeps positions, YAML by PyYAML's events, TOML by the standard library."""

from __future__ import annotations

import json
import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

from openness.policy.discovery.lines import read_lines
from openness.policy.discovery.sightings import Sightings
from openness.policy.discovery.trees import DEEPEST, Branch, Builder, Leaf, read_tree

MOST_EVENTS = 500_000
"""Values, keys and brackets of one file that are read."""
_MOST_DOTS = 200
"""Dots of a line of TOML: the parser's time grows with the square of a dotted key's length."""


class Lines:
    """Offsets of a text as lines from 1."""

    def __init__(self, text: str) -> None:
        """Find where the lines begin."""
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)


@cache
def _json_token() -> re.Pattern[str]:
    return re.compile(r'//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|[{}\[\]]|[^\s{}\[\]",:]+', re.DOTALL)


def json_tree(text: str) -> list[Leaf | Branch]:
    """The tree of a JSON text, comments allowed. Never raises: what is no JSON gives the tree of what could be read."""
    builder, lines = Builder(), Lines(text)
    for count, match in enumerate(_json_token().finditer(text)):
        token = match[0]
        if count > MOST_EVENTS:
            break
        if token in "{[":
            builder.start(token == "{")
        elif token in "}]":
            builder.end()
        elif not token.startswith(("//", "/*")):
            builder.leaf(_json_text(token), lines.at(match.start()))
    return builder.roots


def _json_text(token: str) -> str:
    if not token.startswith('"'):
        return token
    try:
        return str(json.loads(token, strict=False))
    except ValueError:
        return token[1:-1]


def read_json(text: str, seen: Sightings) -> None:
    """Note the releases of a JSON file."""
    read_tree(json_tree(text), seen)


@cache
def _template() -> re.Pattern[str]:
    return re.compile(r"\{\{[^{}\n]{0,400}\}\}|\{%[^{}\n]{0,400}%\}")


@cache
def _default() -> re.Pattern[str]:
    return re.compile(r"""default[\s(]{1,5}["']([^"'\s]{1,200})["']""")


def _untemplated(text: str) -> str:
    """The text without the marks of Helm and Jinja: a value becomes its default or a word, a line of marks a comment."""

    def word(match: re.Match[str]) -> str:
        found = _default().search(match[0])
        return found[1] if found else "_"

    kept = []
    for line in text.split("\n"):
        bare = line.strip()
        if bare.startswith(("{{", "{%")) and bare.endswith(("}}", "%}")):
            kept.append("#")
        else:
            kept.append(_template().sub(word, line))
    return "\n".join(kept)


def read_yaml(text: str, seen: Sightings) -> None:
    """Note the releases of a YAML file, of all its documents; from an error on, the rest is read line by line."""
    builder, stopped = Builder(), 0
    if "{{" in text or "{%" in text:
        text = _untemplated(text)
    for event in _yaml_events(text):
        if isinstance(event, int):
            stopped = event
        elif event[0] == "leaf":
            builder.leaf(*event[1:])
        elif event[0] == "end":
            builder.end()
        else:
            builder.start(event[0] == "mapping")
    read_tree(builder.roots, seen)
    if stopped:
        rest = text.split("\n")[stopped - 1 :]
        read_lines("\n".join(rest), seen, stopped - 1)


def _yaml_events(text: str) -> Iterator[tuple[str, str, int, bool] | int]:
    """Events as kind, text, line and whether a block follows; at an error, the line from which nothing was read."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    last, depth = 1, 0
    try:
        for count, event in enumerate(yaml.parse(text, Loader=loader)):
            last = event.start_mark.line + 1 if event.start_mark else last
            if isinstance(event, yaml.ScalarEvent):
                yield "leaf", event.value, last, event.style in ("|", ">")
            elif isinstance(event, yaml.AliasEvent):
                yield "leaf", "", last, False
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                yield ("mapping" if isinstance(event, yaml.MappingStartEvent) else "list"), "", last, False
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
                yield "end", "", last, False
            if count > MOST_EVENTS or depth > DEEPEST * 2:
                return
    except (yaml.YAMLError, RecursionError, ValueError, AttributeError, IndexError):
        yield last


def read_toml(text: str, seen: Sightings) -> None:
    """Note the releases of a TOML file; one that does not parse is read line by line."""
    if any(line.count(".") > _MOST_DOTS for line in text.split("\n")):
        read_lines(text, seen)
        return
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError):
        read_lines(text, seen)
        return
    read_tree([_Places(text).tree(data)], seen)


class _Places:
    """Finds the lines of a TOML file's values: the parser gives none, so each value is looked for in its order."""

    def __init__(self, text: str) -> None:
        self._places: dict[str, list[tuple[int, str]]] = {}
        self._taken: Counter[str] = Counter()
        for number, line in enumerate(text.split("\n"), 1):
            if line.lstrip().startswith("#"):
                continue
            for match in re.finditer(r"""(["'])((?:(?!\1).){1,500})\1""", line[:4_000]):
                self._places.setdefault(match[2], []).append((number, line))
        self._lines = text.split("\n")

    def tree(self, data: dict[str, Any]) -> Branch:
        """The tree of a parsed file."""
        root = Branch(True, [])
        stack: list[tuple[Branch, Any]] = [(root, data)]
        while stack:
            branch, value = stack.pop()
            items = value.items() if isinstance(value, dict) else (("", each) for each in value)
            nested = []
            for key, child in items:
                if isinstance(child, (dict, list)):
                    inner = Branch(isinstance(child, dict), [])
                    branch.children.append((key, inner))
                    nested.append((inner, child))
                elif isinstance(child, str):
                    branch.children.append((key, Leaf(child, *self._line(key, child))))
            stack.extend(reversed(nested))
        return root

    def _line(self, key: str, value: str) -> tuple[int, bool]:
        if "\n" in value:
            first = next((each for each in value.split("\n") if each.strip()), "")
            at = next((number for number, line in enumerate(self._lines, 1) if first and first in line), 1)
            return at - value.split("\n").index(first), False
        places = self._places.get(value, [])
        number = self._taken[value]
        self._taken[value] += 1
        return (places[min(number, len(places) - 1)][0] if places else 1), False
