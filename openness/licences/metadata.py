"""The licences that a model card's front matter, or the Hub's `cardData`, states.

Three fields are read: `license` (a name or a list of names), `license_name` and `license_link`
(https://huggingface.co/docs/hub/repositories-licenses). A value of another kind is not understood. That is not the same as
no licence: `lookup_metadata` then gives a licence of class *unknown*, and `not_understood` says why.
"""

from __future__ import annotations

from collections.abc import Mapping

from openness.core.licence import NONE_STATED, UNKNOWN, Licence
from openness.licences.lookup import OTHER, known, lookup, tidy, unclassified

LIST_LIMIT = 20
"""Licences read of one card's list."""

_NOTHING = frozenset({"", "none", "n/a", "na", "null"})
"""Values of `license_name` that state nothing."""

_NO_NAME = _NOTHING | {
    "license",
    "licence",
    "other",
    "custom",
    "custom-license",
    "see license",
    "see license file",
    "proprietary",
    "tbd",
    "unknown",
}
"""Values of `license_name` that name no licence."""


def lookup_metadata(metadata: Mapping[str, object]) -> tuple[Licence, ...]:
    """The licences that the metadata states, in its order; never empty.

    A list says neither *and* nor *or*, so every member is given. `other` and `unknown` with a `license_name` mean that
    name; a `license_name` beside a listed licence is a second claim and given as well. A `license_link` decides only
    where no name does, and only when it is a licence's own address: a file's address says where, not which.
    A value that is not understood is *unknown*; *none stated* means that all three fields are absent or empty.
    """
    name, link = _words(metadata.get("license_name")), _words(metadata.get("license_link"))
    named = _named(name, link)
    found: list[Licence] = []
    for value in _stated(metadata)[:LIST_LIMIT]:
        licence = lookup(value) if value is None or isinstance(value, str) else UNKNOWN
        if licence.id in {"other", "unknown"} and named is not None:
            licence = named
        if licence is not NONE_STATED:
            found.append(licence)
    if named is not None and (name or not found):
        found.append(named)
    return tuple({licence.id: licence for licence in found or [_hinted(metadata)]}.values())


def not_understood(metadata: Mapping[str, object]) -> str:
    """What the metadata says of a licence in a form that is not read, in words; '' where everything is understood.

    The words name fields and kinds of value ("license is a mapping, not a name") and quote nothing from the card. A
    `license_link` counts only where no name is given, as in `lookup_metadata`.
    """
    values = _stated(metadata)
    told = [
        f"license {'holds' if isinstance(_value(metadata), (list, tuple)) else 'is'} {_kind(value)}, not a name"
        for value in values[:LIST_LIMIT]
        if not (value is None or isinstance(value, str))
    ]
    if len(values) > LIST_LIMIT:
        told.append(f"license lists {len(values)} licences, of which {LIST_LIMIT} are read")
    name, link = metadata.get("license_name"), metadata.get("license_link")
    if not (name is None or isinstance(name, str)):
        told.append(f"license_name is {_kind(name)}, not a name")
    if not (link is None or isinstance(link, str)) and not _words(name) and not any(map(_words, values)):
        told.append(f"license_link is {_kind(link)}, not an address")
    return "; ".join(dict.fromkeys(told))


def _value(metadata: Mapping[str, object]) -> object:
    """The value of `license`, or of `licence` where that is empty or a list of nothing."""
    value = metadata.get("license")
    members = value if isinstance(value, (list, tuple)) else [value]
    return metadata.get("licence") if all(each is None or each == "" for each in members) else value


def _stated(metadata: Mapping[str, object]) -> list[object]:
    """The members of `license`, one where it is no list."""
    value = _value(metadata)
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _named(name: str, link: str) -> Licence | None:
    """What `license_name` and `license_link` say together, or None when they name nothing."""
    if name.lower() not in _NO_NAME:
        return known(tidy(name)) or (known(link) if link else None) or unclassified(name, link)
    return known(link) if "://" in link[:10] else None


def _hinted(metadata: Mapping[str, object]) -> Licence:
    """What follows where no licence is named: something may still say that there is one."""
    name, link = metadata.get("license_name"), metadata.get("license_link")
    if not_understood(metadata) or _words(name).lower() == "unknown":
        return UNKNOWN
    return OTHER if _words(name).lower() not in _NOTHING or _words(link) else NONE_STATED


def _words(value: object) -> str:
    return value[:1000].strip() if isinstance(value, str) else ""


def _kind(value: object) -> str:
    """The kind of a YAML value, in words."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, bool):
        return "true or false"
    return "a number" if isinstance(value, (int, float)) else "a value of another kind"
