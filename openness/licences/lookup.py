"""From what a publisher wrote to a licence: identifiers, aliases and SPDX expressions.

What is not known is never open, and never certainly closed: words that name no licence of the register or of SPDX
give a licence of class *unknown* that bears the publisher's own words.
"""

from __future__ import annotations

from openness.core.licence import NONE_STATED, UNKNOWN, Licence, LicenceClass, Term
from openness.licences.expression import evaluate, is_expression
from openness.licences.keys import fold, fold_url
from openness.licences.patterns import compiled
from openness.licences.store import index, load

SHOWN = 80
"""Characters that are kept of a publisher's own words as an id."""

_OSI, _FSF = 1, 2
_SPACE = r"\s+"

OTHER = Licence("other", "a licence outside the Hub's list, not named", LicenceClass.UNKNOWN)
"""`license: other` without a name: there is a licence, but its name is not stated."""


def lookup(identifier: str | None) -> Licence:
    """The licence that one identifier, name or expression means.

    None and "" are *none stated*. Words that name no known licence come back as themselves, of class *unknown*, with
    OSI's approval left open.
    """
    if identifier is None:
        return NONE_STATED
    words = tidy(identifier)
    if not words:
        return NONE_STATED
    return known(words) or unclassified(words)


def tidy(words: str) -> str:
    """The words with single spaces between them, cut at 1,000 characters."""
    return compiled(_SPACE).sub(" ", words[:1000]).strip()


def known(words: str) -> Licence | None:
    """The licence that the words name, if the register or SPDX knows it; None otherwise."""
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
    """A licence that SPDX lists and the register does not describe: its flags are known, its text was not read."""
    osi = bool(flags & _OSI)
    terms = {}
    if osi:
        note = "the text was not read here; OSI approves only licences that meet this article"
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
    """A licence of which nothing but the publisher's words is known: not what it says, so not even that it is not open."""
    shown = words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"
    return Licence(shown, shown, LicenceClass.UNKNOWN, url=url)
