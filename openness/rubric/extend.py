"""How a rubric inherits from another: `extends`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]

BY_ID = ("licences", "dimensions", "criteria", "gates", "affordances", "claims")
"""Parts that are merged name by name. Classes are replaced as a whole, because their order matters."""
OWN = ("extends", "cases")
"""Parts that are never inherited: worked cases belong to one rubric."""


def extended(base: Data, own: Data) -> dict[str, Any]:
    """`base` changed by `own`: an entry that both have is changed key by key, an entry that `own` sets to null is dropped.

    Entries are those of `BY_ID`. Everything else, conditions and lists included, is replaced as a whole.
    """
    merged = {key: value for key, value in base.items() if key not in OWN}
    for key, value in own.items():
        if key in BY_ID and isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = _by_id(merged[key], value)
        else:
            merged[key] = value
    return merged


def _by_id(base: Data, own: Data) -> dict[str, Any]:
    merged = dict(base)
    for name, value in own.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(base.get(name), Mapping):
            merged[name] = {**base[name], **value}
        else:
            merged[name] = value
    return merged
