"""Saved runs: scorecards written as a JSON document, and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openness.core.errors import UsageError
from openness.core.record import record
from openness.core.scorecard import Scorecard

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_VERSION = "1.2"
"""The version of the document. The first part grows when a key goes or changes its meaning, the second when one is added."""
MAJOR = SCHEMA_VERSION.partition(".")[0]
"""The first part of the versions that can be read."""
LIMIT = 256 << 20
"""Largest document that is read, in bytes: some ten thousand scorecards."""
_HINT = "name a file that `--format json` wrote"


@record(frozen=True, slots=True)
class Document:
    """What `--format json` writes."""

    schema_version: str
    scorecards: tuple[Scorecard, ...]


def plain(value: object) -> Any:
    """A value as JSON knows it: dataclasses and mappings become objects, tuples become arrays, enumerations their values."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def written(document: object) -> str:
    """A document as JSON text: indented, in ASCII for terminals and pipes of any kind. The same facts give the same bytes."""
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def names_snapshot(asked: str) -> bool:
    """Whether an argument names a saved run: a path that ends in .json."""
    return asked.endswith(".json") and "://" not in asked


def read(path: str) -> tuple[Scorecard, ...]:
    """The scorecards of a saved run. Raises `UsageError` for a file that cannot be read or is no such document."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})", _HINT) from None
    if len(raw) > LIMIT:
        raise UsageError(f"{path}: larger than {LIMIT >> 20} MiB", "save fewer releases in one document")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        raise UsageError(f"{path}: is no JSON", _HINT) from None
    version = str(data.get("schema_version", "")) if isinstance(data, dict) else ""
    if version.partition(".")[0] != MAJOR or not isinstance(data.get("scorecards"), list):
        raise UsageError(f"{path}: is no document of scorecards of schema version {MAJOR}.x", _HINT)
    return scorecards(data["scorecards"], path)


def scorecards(data: list[Any], where: str) -> tuple[Scorecard, ...]:
    """Scorecards from a list as JSON knows it. `where` names the list in the message of the `UsageError` for a wrong value."""
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


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    from pydantic import TypeAdapter

    found = TypeAdapter(Document).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:openness:scorecard:{SCHEMA_VERSION}",
    } | found
