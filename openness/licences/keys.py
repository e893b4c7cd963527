"""One spelling for the many in which an identifier is written.

Sources: the Hub's 83 identifiers (44 differ from SPDX in case only, 10 in spelling), and `license_name` values of
473 releases, which are free text (`shared/licences.md`, pitfall 2).
"""

from __future__ import annotations

from functools import lru_cache

from openness.licences.patterns import compiled

KEY_LIMIT = 200
"""Longer words are no identifier (the longest SPDX identifier has 36 characters, the longest name about 110)."""

_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "™": " ", "®": " "}
)
_TOKEN = r"[a-z0-9.+*]+"
_FILLER = frozenset(
    {
        "the",
        "license",
        "licence",
        "licenses",
        "licences",
        "licensed",
        "agreement",
        "version",
        "ver",
        "v",
        "under",
        "terms",
    }
)
_VERSION = r"v(?:er|ersion)?\.?(\d[\d.]*\+?)"
_BOUNDARY = r"(?<=[a-z])(?=\d)"
_ZERO = r"(?<=\d)(?:\.0)+(?=\+?$)"
_URL = r"(?i)https?://(?:www\.)?([^?#]+)"
_URL_TAIL = r"(?:/legalcode|/deed|/index)?(?:\.[a-z-]{2,5})?(?:\.txt|\.html?|\.md|\.pdf)?/*$"


@lru_cache(maxsize=8192)
def fold(words: str) -> str:
    """The key of an identifier or a name, or "" when it cannot be one.

    `Apache License, Version 2.0`, `apache2` and `Apache-2.0` have one key; a word with a letter outside ASCII has
    none, so that a Cyrillic `А` never makes an Apache licence.
    """
    if len(words) > KEY_LIMIT:
        return ""
    plain = words.translate(_TYPOGRAPHY)
    if not plain.isascii():
        return ""
    tokens: list[str] = []
    for token in compiled(_TOKEN).findall(plain.lower().replace("++", "-plus-plus-")):
        bare = token.strip(".")
        version = compiled(_VERSION).fullmatch(bare)
        if version:
            bare = version.group(1).strip(".")
        if bare and bare not in _FILLER:
            tokens.extend(compiled(_ZERO).sub("", part) for part in compiled(_BOUNDARY).sub("-", bare).split("-"))
    return "-".join(tokens)


def fold_url(address: str) -> str:
    """The key of a web address that stands for a licence, or "": scheme, `www`, language and file ending do not count."""
    if len(address) > KEY_LIMIT * 2 or not address.isascii():
        return ""
    found = compiled(_URL).match(address.strip())
    return "url:" + compiled(_URL_TAIL).sub("", found.group(1).lower()) if found else ""
