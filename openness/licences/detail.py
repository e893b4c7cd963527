"""All that is known of a licence by one of its names, the list of all, and what a name that is not known may have meant."""

from __future__ import annotations

from difflib import get_close_matches

from openness.core.licence import Licence, LicenceClass
from openness.core.register import LicenceDetail, LicenceLine, TextPlace
from openness.licences.keys import fold
from openness.licences.lookup import known, tidy, unclassified
from openness.licences.patterns import compiled
from openness.licences.store import class_name, entry_of, explain_class, index, licence_ids

_OPERATORS = r"[()]|\bWITH \S+|\b(?:AND|OR)\b"


def describe(words: str) -> LicenceDetail | None:
    """The licence that an identifier, name, address or expression means, with all that is known of it; None if unknown."""
    licence = known(tidy(words))
    return None if licence is None else _detail(licence)


def lines(licence_class: LicenceClass | None = None) -> tuple[LicenceLine, ...]:
    """The licences of the register, in the order of their ids, all or those of one class."""
    every = [_listed(each) for each in sorted(licence_ids(), key=str.lower)]
    return tuple(line for each in every for line in each if licence_class in (None, line.licence_class))


def near(words: str, limit: int = 3) -> tuple[str, ...]:
    """Identifiers that look like `words`, the likest first."""
    place = index()
    meant = {key: licence_id for key, licence_id in place.keys.items() if not key.startswith("url:")}
    meant |= {low: listed[0] for low, listed in place.spdx.items() if low not in meant}
    low = words[:80].lower()
    found = get_close_matches(low, meant, limit * 2, 0.7) + get_close_matches(fold(low), meant, limit * 2, 0.7)
    return tuple(dict.fromkeys(meant[each] for each in found))[:limit]


def _detail(licence: Licence) -> LicenceDetail:
    entry = entry_of(licence.id)
    name, rule = class_name(licence.licence_class), explain_class(licence.licence_class)
    if entry is None:
        parts = _parts(licence)
        read = bool(parts) and all(each.read for each in parts)
        members = tuple(_line(each.licence, each.hub) for each in parts)
        kind, note = ("expression", _choice(licence)) if parts else ("licence", "")
        return LicenceDetail(licence, name, rule, read, kind, note=note, members=members)
    return LicenceDetail(
        licence,
        name,
        rule,
        entry.read,
        "family" if licence.family else entry.kind,
        entry.publisher,
        entry.version,
        entry.note,
        entry.hub,
        entry.aliases,
        tuple(TextPlace(*place) for place in entry.texts),
        tuple(line for each in entry.members for line in _listed(each)),
    )


def _parts(licence: Licence) -> tuple[LicenceDetail, ...]:
    """The licences that an expression is made of, each once."""
    if " " not in licence.id:
        return ()
    names = dict.fromkeys(name.strip() for name in compiled(_OPERATORS).sub("|", licence.id).split("|"))
    found = [known(name) or unclassified(name) for name in names if name]
    return tuple(_detail(each) for each in found)


def _choice(licence: Licence) -> str:
    """How the parts of an expression make one."""
    told = []
    if " OR " in licence.id:
        told.append("With OR you choose one: class and terms are those of the most permissive.")
    if " AND " in licence.id:
        told.append("With AND all bind: class and terms are those of the least permissive.")
    if " WITH " in licence.id:
        told.append("The exception after WITH adds permissions and was not read.")
    return " ".join(told)


def _listed(licence_id: str) -> tuple[LicenceLine, ...]:
    """The line of one licence of the register; none where the register has no such id."""
    entry = entry_of(licence_id)
    return (_line(entry.licence, entry.hub),) if entry else ()


def _line(licence: Licence, hub: tuple[str, ...]) -> LicenceLine:
    return LicenceLine(licence.id, licence.name, licence.licence_class, licence.osi, hub)
