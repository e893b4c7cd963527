"""Licences: every one that models are released under, and what it lets you do.

Identifiers, expressions and card fields are answered by `lookup` and `lookup_metadata`, licence texts by
`identify_text`. A tag is a claim, the file is the licence: the two answers are given apart, and comparing them is
the work of a probe. Nothing here opens a socket; no licence text is part of this package (see `build`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openness.core.licence import TextMatch
from openness.licences.lookup import lookup
from openness.licences.metadata import lookup_metadata, not_understood
from openness.licences.store import covers, explain_class, licence_ids, load

if TYPE_CHECKING:
    from openness.licences.identify import identify_text

__all__ = [
    "TextMatch",
    "covers",
    "explain_class",
    "identify_text",
    "licence_ids",
    "load",
    "lookup",
    "lookup_metadata",
    "not_understood",
]


def __getattr__(name: str) -> object:
    """Bring in the matcher when it is first asked for: a look-up by identifier does not need it."""
    if name == "identify_text":
        from openness.licences.identify import identify_text

        return identify_text
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
