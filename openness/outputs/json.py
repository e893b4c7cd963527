"""Scorecards as JSON, in one shape for one or many, with a published schema."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from openness.core.record import record
from openness.core.scorecard import Scorecard
from openness.outputs.base import Page

SCHEMA_VERSION = "1.2"
"""Grows in its first part when a key changes its meaning or goes, in its second when one is added."""


@record(frozen=True, slots=True)
class Document:
    """What `--format json` writes."""

    schema_version: str
    scorecards: tuple[Scorecard, ...]


def render(cards: Sequence[Scorecard], page: Page) -> str:
    """The scorecards as a JSON document; the same facts give the same bytes."""
    return written(plain(Document(SCHEMA_VERSION, tuple(cards))))


def written(document: Any) -> str:
    """A document as every page in JSON is written: in ASCII, for terminals and pipes of any kind."""
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def plain(value: Any) -> Any:
    """Dataclasses, tuples and enumerations as what JSON knows."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the document."""
    from pydantic import TypeAdapter

    found = TypeAdapter(Document).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:openness:scorecard:{SCHEMA_VERSION}",
    } | found
