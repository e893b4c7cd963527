"""Licences: which ones models are released under, and what each allows.

`lookup` and `lookup_metadata` answer identifiers, expressions and fields of a card; `identify_text` answers texts. A tag is
a claim, and the file is the licence: the two answers are given apart, and a probe compares them. Nothing here opens a
socket, and no licence text is part of this package (see `build`).

Importing the package compiles no pattern and reads no file. `prepare` does both, for a caller that has time to spare.
"""

from __future__ import annotations

from openness.core.licence import TextMatch
from openness.licences.identify import identify_text
from openness.licences.lookup import lookup
from openness.licences.mentions import find_mentions
from openness.licences.metadata import lookup_metadata, not_understood
from openness.licences.normalise import read_words
from openness.licences.store import covers, explain_class, licence_ids, load

__all__ = [
    "TextMatch",
    "covers",
    "explain_class",
    "find_mentions",
    "identify_text",
    "licence_ids",
    "load",
    "lookup",
    "lookup_metadata",
    "not_understood",
    "prepare",
]

_SAMPLE = "Copyright 2024 A. Author under licence 3\\.1 &amp; <br> licensed under the MIT License: https://example.org/licence"
"""Words that need every pattern which reading a licence text or a card needs."""


def prepare() -> None:
    """Compile the patterns and read the index, for which a caller has time while it waits for the Hub (about 10 ms).

    Fingerprints are left out: a release without a licence text does not need them.
    """
    read_words(_SAMPLE)
    find_mentions(_SAMPLE)
