"""From what a publisher wrote to a licence: identifiers, aliases, SPDX expressions, and the fields of a model card.

Rule of the house: what is not known is never open. Words that no entry and no SPDX identifier answer to give a
licence of class *bespoke, unclassified* that bears the publisher's own words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from openness.core.licence import NONE_STATED, UNKNOWN, Licence, LicenceClass, Term
from openness.licences.expression import evaluate, is_expression
from openness.licences.keys import fold, fold_url
from openness.licences.store import index, load

SHOWN = 80
"""Characters kept of a publisher's own words as an id."""

LIST_LIMIT = 20
"""Licences read of one card's list."""

_OSI, _FSF = 1, 2
_SPACE = re.compile(r"\s+")
_NO_NAME = frozenset(
    {
        "",
        "license",
        "licence",
        "other",
        "custom",
        "custom-license",
        "none",
        "n/a",
        "na",
        "null",
        "see license",
        "see license file",
        "proprietary",
        "tbd",
        "unknown",
    }
)

OTHER = Licence("other", "a licence outside the Hub's list, not named", LicenceClass.BESPOKE)
"""`license: other` without a name: there is a licence, and its name is not said."""


def lookup(identifier: str | None) -> Licence:
    """The licence that one identifier, name or expression means.

    None and "" are *none stated*; `unknown` is *unknown*; words that name no known licence come back as themselves,
    *unclassified*, with OSI's approval left open.
    """
    if identifier is None:
        return NONE_STATED
    words = _SPACE.sub(" ", identifier[:1000]).strip()
    if not words:
        return NONE_STATED
    return known(words) or unclassified(words)


def known(words: str) -> Licence | None:
    """The licence if it is one that we or SPDX know; None otherwise."""
    low = words.lower()
    if low == "unknown":
        return UNKNOWN
    if low == "other":
        return OTHER
    if low in {"none", "noassertion", "no license", "unlicensed"}:
        return None
    place = index()
    listed = place.spdx.get(low)
    key = fold(words)
    found = place.keys.get(listed[0].lower() if listed else low) or (place.keys.get(key) if key else None)
    if found is None and "://" in low[:10]:
        found = place.keys.get(fold_url(words))
    if found is not None:
        return load(found)
    if listed is not None:
        return from_spdx(*listed)
    if is_expression(words):
        return evaluate(words, known)
    return None


def from_spdx(identifier: str, name: str, flags: int) -> Licence:
    """A licence that SPDX lists and our register does not describe: its flags are known, its text was not read."""
    osi = bool(flags & _OSI)
    terms = {}
    if osi:
        note = "text not read here; OSI approves only licences that meet this article"
        terms = {
            "commercial-use": Term("yes", "Open Source Definition 6", note=note),
            "field-of-use": Term("no", "Open Source Definition 6", note=note),
            "redistribution": Term("yes", "Open Source Definition 1", note=note),
        }
    return Licence(
        identifier,
        name,
        LicenceClass.OPEN_SOURCE if osi else LicenceClass.BESPOKE,
        spdx=identifier,
        osi=osi,
        fsf=True if flags & _FSF else None,
        url=f"https://spdx.org/licenses/{identifier}.html",
        terms=terms,
    )


def unclassified(words: str, url: str = "") -> Licence:
    """A licence of which nothing but the publisher's words is known."""
    shown = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    return Licence(shown, shown, LicenceClass.BESPOKE, url=url)


def lookup_metadata(metadata: Mapping[str, object]) -> tuple[Licence, ...]:
    """The licences that a card's front matter or the Hub's `cardData` states, in its order; never empty.

    A list says neither *and* nor *or*, so every member is given. `other` and `unknown` with a `license_name` mean that
    name; a `license_name` beside a listed licence is a second claim and given as well. A `license_link` decides only
    where no name does, and only when it is a licence's own address: a file's address says where, not which.
    """
    stated = metadata.get("license", metadata.get("licence"))
    name = _text(metadata.get("license_name"))
    link = _text(metadata.get("license_link"))
    named = _named(name, link)
    if stated is None or stated == "" or stated == [] or stated == ():
        return (named,) if named else (NONE_STATED,)
    values = list(stated)[:LIST_LIMIT] if isinstance(stated, (list, tuple)) else [stated]
    found: list[Licence] = []
    for value in values:
        licence = lookup(value) if isinstance(value, str) else UNKNOWN
        if licence.id in {"other", "unknown"} and named is not None:
            licence = named
        found.append(licence)
    if named is not None and name:
        found.append(named)
    told = [licence for licence in found if licence is not NONE_STATED] or found
    return tuple({licence.id: licence for licence in told}.values())


def _named(name: str, link: str) -> Licence | None:
    """What `license_name` and `license_link` say together, or None when they name nothing."""
    if name.lower() not in _NO_NAME:
        return known(_SPACE.sub(" ", name)) or (known(link) if link else None) or unclassified(name, link)
    return known(link) if "://" in link[:10] else None


def _text(value: object) -> str:
    return value[:1000].strip() if isinstance(value, str) else ""
