"""All that is known of a licence by one of its names, the list of all, and what a name that is not known may have meant."""

from __future__ import annotations

import re
from typing import Any

from openness.core.licence import Licence, LicenceClass
from openness.core.register import LicenceDetail, LicenceLine, TextPlace
from openness.licences.keys import fold
from openness.licences.lookup import known, tidy
from openness.licences.store import class_name, entry_of, explain_class, index, licence_ids

_OPERATORS = re.compile(r"[()]|\bWITH \S+|\b(?:AND|OR)\b")


def describe(words: str) -> LicenceDetail | None:
    """The licence that an identifier, name, address or expression means, with all that is known of it; None if unknown."""
    licence = known(tidy(words))
    return None if licence is None else _detail(licence)


def lines(licence_class: LicenceClass | None = None) -> tuple[LicenceLine, ...]:
    """The licences of the register, in the order of their ids, all or those of one class."""
    entries = [entry_of(each) or {} for each in sorted(licence_ids(), key=str.lower)]
    return tuple(_line(entry) for entry in entries if licence_class is None or entry["class"] == licence_class.value)


def near(words: str, limit: int = 3) -> tuple[str, ...]:
    """Identifiers that look like `words`, the likest first."""
    from difflib import get_close_matches

    place = index()
    meant = {key: licence_id for key, licence_id in place.keys.items() if not key.startswith("url:")}
    meant |= {low: listed[0] for low, listed in place.spdx.items() if low not in meant}
    low = words[:80].lower()
    found = get_close_matches(low, meant, limit * 2, 0.7) + get_close_matches(fold(low), meant, limit * 2, 0.7)
    return tuple(dict.fromkeys(meant[each] for each in found))[:limit]


def _detail(licence: Licence) -> LicenceDetail:
    entry = entry_of(licence.id)
    parts = None if entry else _parts(licence)
    rule = explain_class(licence.licence_class)
    if entry is None:
        read = bool(parts) and all(each.read for each in parts or ())
        members = tuple(_short(each.licence, each.hub) for each in parts or ())
        kind, note = ("expression", _choice(licence, parts or ())) if parts else ("licence", "")
        return LicenceDetail(licence, class_name(licence.licence_class), rule, read, kind, note=note, members=members)
    return LicenceDetail(
        licence,
        class_name(licence.licence_class),
        rule,
        entry["read"],
        "family" if licence.family else entry.get("kind", "licence"),
        entry.get("publisher", ""),
        entry.get("version", ""),
        entry.get("note", ""),
        tuple(entry.get("hub", ())),
        tuple(entry.get("aliases", ())),
        tuple(TextPlace(*place) for place in entry.get("texts", ())),
        tuple(_line(entry_of(each) or {}) for each in entry.get("members", ())),
    )


def _parts(licence: Licence) -> tuple[LicenceDetail, ...]:
    """The licences that an expression is made of, each once."""
    if " " not in licence.id:
        return ()
    names = dict.fromkeys(name.strip() for name in _OPERATORS.sub("|", licence.id).split("|"))
    found = [known(name) or Licence(name, name, LicenceClass.BESPOKE) for name in names if name]
    return tuple(_detail(each) for each in found)


def _choice(licence: Licence, parts: tuple[LicenceDetail, ...]) -> str:
    """How the parts of an expression make one."""
    told = []
    if " OR " in licence.id:
        told.append("With OR you choose one: class and terms are those of the most permissive.")
    if " AND " in licence.id:
        told.append("With AND all bind: class and terms are those of the least permissive.")
    if " WITH " in licence.id:
        told.append("The exception after WITH adds permissions and was not read.")
    return " ".join(told)


def _line(entry: dict[str, Any]) -> LicenceLine:
    hub = tuple(entry.get("hub", ()))
    return LicenceLine(entry["id"], entry["name"], LicenceClass(entry["class"]), entry["osi"], hub)


def _short(licence: Licence, hub: tuple[str, ...]) -> LicenceLine:
    return LicenceLine(licence.id, licence.name, licence.licence_class, licence.osi, hub)
