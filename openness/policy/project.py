"""Reads the file in which a project states its demands, and finds the line of each."""

from __future__ import annotations

import datetime
import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from openness.core.errors import PolicyError
from openness.core.gate import Line
from openness.core.record import record
from openness.policy.discover import Discovered, discover, distinct
from openness.policy.schema import Config, WatchedRelease, check

FILES = ("openness.toml", "pyproject.toml")
LIMIT = 1 << 20
"""Largest file that is read, in bytes."""


@cache
def _table() -> re.Pattern[str]:
    """The head of a table or of an entry of an array of tables."""
    return re.compile(r"\s*(\[\[?)\s*([^\]\[]{1,200}?)\s*\]\]?\s*(?:#.*)?$")


@cache
def _key() -> re.Pattern[str]:
    """The key at the start of a line."""
    return re.compile(r"\s*([A-Za-z0-9_.-]{1,100}|\"[^\"]{1,200}\")\s*=")


@record(frozen=True, slots=True)
class Project:
    """A project's file: its name as shown, its folder, its text and its demands.

    `named` are the releases that only the project's code names, each with the first line that names it.
    """

    file: str
    folder: Path
    text: str
    config: Config
    named: tuple[Discovered, ...] = ()

    def entries(self) -> list[WatchedRelease]:
        """The releases to check: those that are listed, and those that were found in the code."""
        return [*self.config.entries(), *(WatchedRelease(id=each.id, revision=each.revision) for each in self.named)]

    def release_line(self, release: str) -> Line:
        """The line that names a release."""
        found = {each.id: each.at for each in self.named}.get(release)
        if found:
            return found
        quoted = (f'"{release}"', f"'{release}'")
        lines = enumerate(self.text.splitlines(), 1)
        return Line(self.file, next((number for number, line in lines if any(each in line for each in quoted)), 1))

    def rule_line(self, policy: str | None, key: str) -> Line:
        """The line that makes a demand: its key in the policy's table, or the table itself if the key is not found."""
        table = ("policies", policy) if policy else ("policy",)
        return Line(self.file, _nearest(_places(self.text, _prefix(self.file)), (*table, key)))


def today() -> datetime.date:
    """The day that a document bears, in UTC: that of SOURCE_DATE_EPOCH, else of the clock.

    https://reproducible-builds.org/specs/source-date-epoch/
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not re.fullmatch("[0-9]{1,11}", epoch):
        return clock()
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()


def clock() -> datetime.date:
    """The day of the clock, in UTC."""
    return datetime.datetime.now(datetime.UTC).date()


def deadline() -> datetime.date:
    """The day by which exceptions end: the later of the clock's and SOURCE_DATE_EPOCH's, so that no epoch revives one."""
    return max(today(), clock())


def find(start: Path) -> Path:
    """The nearest file that states demands, in `start` or above. Raises `PolicyError` for none, or for two in one folder."""
    for folder in (start, *start.parents):
        there = [folder / name for name in FILES if _states(folder / name)]
        if len(there) > 1:
            raise PolicyError(f"{folder}: both openness.toml and pyproject.toml state demands", "keep one of them")
        if there:
            return there[0]
    raise PolicyError(
        "no openness.toml, and no pyproject.toml with [tool.openness], was found", "`openness init` writes one"
    )


def _states(path: Path) -> bool:
    if not path.is_file():
        return False
    return path.name == FILES[0] or "openness" in _parsed(path, _text(path)).get("tool", {})


def read(path: Path) -> Project:
    """A project's demands. Raises `PolicyError` with file, line and key of everything that is wrong."""
    text = _text(path)
    data = _parsed(path, text)
    shown = path.name
    own = data if path.name != "pyproject.toml" else data.get("tool", {}).get("openness", {})
    places = _places(text, _prefix(shown))
    config = check(own, clock(), lambda at: f"{shown}:{_nearest(places, at)}")
    return Project(shown, path.parent, text, config, _named(path.parent, config) if config.discover else ())


def _named(folder: Path, config: Config) -> tuple[Discovered, ...]:
    """Releases that the code names and the file does not list, each with the first line that names it."""
    listed = {each.id for each in config.entries()}
    return tuple(each for each in distinct(discover(folder)) if each.id not in listed)


def _prefix(file: str) -> tuple[str, ...]:
    return ("tool", "openness") if file == "pyproject.toml" else ()


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > LIMIT:
            raise PolicyError(f"{path.name}: larger than 1 MiB")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise PolicyError(
            f"{path}: cannot be read ({error.strerror})", "give the path of a file that states demands"
        ) from None
    except UnicodeDecodeError:
        raise PolicyError(f"{path.name}: is not UTF-8") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(f"{path.name}: {error}", "the file must be TOML") from None


def _places(text: str, prefix: tuple[str, ...]) -> dict[tuple[str | int, ...], int]:
    """Lines of tables and keys. The TOML parser does not tell them, so only those at the start of a line are found."""
    found: dict[tuple[str | int, ...], int] = {}
    counts: dict[tuple[str, ...], int] = {}
    table: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        head, key = _table().match(line), _key().match(line)
        if head:
            path = tuple(part.strip(" \"'") for part in head[2].split("."))
            if head[1] == "[[":
                counts[path] = counts.get(path, -1) + 1
                table = (*path, counts[path])
            else:
                table = path
            found.setdefault(table, number)
        elif key:
            found.setdefault((*table, *key[1].strip('"').split(".")), number)
    size = len(prefix)
    return {path[size:]: number for path, number in found.items() if path[:size] == prefix}


def _nearest(places: dict[tuple[str | int, ...], int], path: tuple[str | int, ...]) -> int:
    while path and path not in places:
        path = path[:-1]
    return places.get(path, 1)
