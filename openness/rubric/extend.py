"""How a rubric takes over the parts of another: `extends`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Data = Mapping[str, Any]

BY_ID = ("licences", "dimensions", "criteria", "gates", "affordances", "claims")
"""Parts that are merged name by name. Classes are not: their order is their meaning, so they are replaced as a whole."""
OWN = ("extends", "cases")
"""What is never taken over: worked cases are of one rubric."""


def extended(base: Data, own: Data) -> dict[str, Any]:
    """`own` laid over `base`: a name that `own` gives again is changed key by key, one that it sets to null is dropped.

    Conditions, lists and everything else that is no criterion, gate and the like are replaced, never mixed.
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
