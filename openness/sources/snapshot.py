"""A saved run: the JSON document that `--format json` writes, read back into scorecards."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openness.core.errors import UsageError
from openness.core.scorecard import Scorecard

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LIMIT = 256 << 20
"""Largest document that is read, in bytes: some ten thousand scorecards."""
MAJOR = "1"
"""First part of the schema versions that are understood; a later second part only adds keys."""


def names_snapshot(asked: str) -> bool:
    """Whether the words mean a saved run: a path that ends in .json."""
    return asked.endswith(".json") and "://" not in asked


def read(path: str) -> tuple[Scorecard, ...]:
    """The scorecards of a saved run. Raises `UsageError` for what is no such document."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})", "name what `--format json` wrote") from None
    if len(raw) > LIMIT:
        raise UsageError(f"{path}: larger than {LIMIT >> 20} MiB", "save fewer releases in one document")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise UsageError(f"{path}: is no JSON", "name what `--format json` wrote") from None
    version = str(data.get("schema_version", "")) if isinstance(data, dict) else ""
    if version.partition(".")[0] != MAJOR or not isinstance(data.get("scorecards"), list):
        raise UsageError(
            f"{path}: is no document of scorecards of schema version {MAJOR}.x", "name what `--format json` wrote"
        )
    return scorecards(data["scorecards"], path)


def scorecards(data: list[Any], where: str) -> tuple[Scorecard, ...]:
    """Scorecards from a list that holds them as JSON does; `where` is what a fault is told of. Raises `UsageError`."""
    from pydantic import ValidationError

    try:
        return _reader().validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(f"{where}: scorecards.{place}: {first['msg']}", "was it changed by hand?") from None


@cache
def _reader() -> TypeAdapter[tuple[Scorecard, ...]]:
    from pydantic import TypeAdapter

    return TypeAdapter(tuple[Scorecard, ...])
