"""The JSON Schemas of the file formats that are read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from openness.core.errors import UsageError

SCHEMAS = {
    "scorecard": "openness.outputs.saved",
    "rubric": "openness.rubric.schema",
    "licence": "openness.licences.schema",
    "attestation": "openness.attest.schema",
    "policy": "openness.policy.schema",
}
"""The module that holds the schema of each format, in its function `schema`; it is imported when it is asked for."""


def schema(name: str) -> Mapping[str, Any]:
    """The JSON Schema of a file format. Raises `UsageError` for a format that has none."""
    if name not in SCHEMAS:
        *first, last = SCHEMAS
        raise UsageError(f"no format is called {name!r}", f"{', '.join(first)} and {last} have a schema")
    made: Callable[[], Mapping[str, Any]] = import_module(SCHEMAS[name]).schema
    return made()
