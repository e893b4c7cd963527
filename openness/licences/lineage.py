"""Whether a release may be under the licence it states, given the licence of what it was made from.

A publisher can grant no more than was granted to them. So the two licences are compared term by term: where the stated one
grants what the base's withholds, that is named with both clauses. How much of the base is in the derivative decides what
follows (`RULES`): a fine-tuned or merged model holds its weights, a quantised one holds nothing else, an adapter holds only
differences. Whether the terms of a licence reach an adapter is for its own definition of a derivative to say, which is not
among the terms that are read here; that the base's terms bind whoever runs the two together is certain.
This is no legal advice: fair dealing, other grants and whether weights are protected at all are not looked at.
"""

from __future__ import annotations

from typing import NamedTuple

from openness.core.licence import Licence, LicenceClass, Term
from openness.licences.store import covers

COMPATIBLE, RELICENSED, BASE_APPLIES = "compatible", "relicensed-without-right", "base-terms-apply"


class TermRule(NamedTuple):
    """What a relation makes of a licence that grants more than the base's, and why."""

    verdict: str
    why: str


RULES = {
    "finetune": TermRule(RELICENSED, "a fine-tuned model holds its base's weights"),
    "merge": TermRule(RELICENSED, "a merged model holds the weights of each of its bases"),
    "quantized": TermRule(RELICENSED, "a quantised model holds its base's weights and nothing else"),
    "adapter": TermRule(
        BASE_APPLIES,
        "an adapter's own files may be under another licence, but it runs only with its base, on its terms",
    ),
}


class Overreach(NamedTuple):
    """A term on which the stated licence grants what the base's withholds; `granted` None where it is silent on it."""

    term: str
    words: str
    withheld: Term
    granted: Term | None


class Inheritance(NamedTuple):
    """What follows for one base: the verdict (None: cannot be told, `why` says so), and each overreach."""

    verdict: str | None
    why: str
    overreaches: tuple[Overreach, ...] = ()


_COMMERCIAL = {"no": 0, "on-request": 1, "threshold": 2, "yes": 3}
_UNREADABLE = (LicenceClass.BESPOKE, LicenceClass.UNKNOWN)
_COPYLEFT_INTO: dict[str, tuple[str, ...]] = {
    "LGPL-2.1-only": ("LGPL-2.1", "LGPL-3.0", "GPL-2.0", "GPL-3.0"),
    "LGPL-3.0-only": ("LGPL-3.0", "GPL-3.0", "AGPL-3.0"),
    "GPL-3.0-only": ("GPL-3.0", "AGPL-3.0"),
    "MPL-2.0": ("MPL-2.0", "LGPL-", "GPL-", "AGPL-"),
    "CC-BY-SA-4.0": ("CC-BY-SA-4.0", "GPL-3.0"),
    "EUPL-1.2": ("EUPL-1.2", "GPL-", "AGPL-3.0", "LGPL-", "MPL-2.0", "EPL-", "OSL-", "CeCILL-", "CC-BY-SA-"),
}
"""Licences that a copyleft licence lets derivatives pass to, by the beginning of their identifiers: LGPL 2.1 section 3,
LGPL 3.0 section 2(b), GPL 3.0 section 13, MPL 2.0 section 3.3, EUPL 1.2 appendix, and
https://creativecommons.org/compatiblelicenses for CC-BY-SA 4.0. Any other must stay under its own."""


def inheritance(base: Licence, stated: Licence, relation: str) -> Inheritance:
    """Hold the stated licence of a release against that of one base; `relation` as the Hub names it."""
    rule = RULES.get(relation, RULES["finetune"])
    if base.licence_class is LicenceClass.NONE_STATED:
        return Inheritance(None, "the base states no licence, so that nobody is known to have a right to pass it on")
    copied = relation == "quantized"  # a change of format, which CC-BY-ND 4.0 section 2(a)(4) calls no adaptation
    if _same(base, stated) and (copied or "adaptation" not in base.terms):
        return Inheritance(COMPATIBLE, "it is under the licence of its base")
    if stated.licence_class is LicenceClass.NONE_STATED:
        return Inheritance(None, "it states no licence of its own; that of its base applies to what it holds of it")
    if base.licence_class in _UNREADABLE and not base.terms:
        return Inheritance(None, f"the terms of its base ({base.name}) are not known")
    if stated.licence_class in _UNREADABLE and not stated.terms:
        return Inheritance(None, f"the terms of its own licence ({stated.name}) are not known")
    found = tuple(each for each in _overreaches(base, stated) if not (copied and each.term == "adaptation"))
    if found:
        return Inheritance(rule.verdict, rule.why, found)
    carried = base.terms.get("pass-on")
    duty = "; the terms of its base must be passed on with it" if carried else ""
    return Inheritance(COMPATIBLE, f"it grants nothing that its base withholds{duty}")


def _same(base: Licence, stated: Licence) -> bool:
    later = base.id.removesuffix("-or-later") == stated.id.removesuffix("-only")
    return later or covers(base, stated) or covers(stated, base)


def _overreaches(base: Licence, stated: Licence) -> list[Overreach]:
    found = []
    for term, words in _WORDS.items():
        withheld, granted = base.terms.get(term), stated.terms.get(term)
        if withheld and _exceeds(term, withheld.value, granted.value if granted else None):
            found.append(Overreach(term, words, withheld, granted))
    kept = base.terms.get("copyleft")
    if kept and kept.value.startswith(("yes", "no, but")) and not _may_pass(base, stated):
        words = "it leaves the licence under which derivatives of its base must stay"
        found.append(Overreach("copyleft", words, kept, stated.terms.get("copyleft")))
    return found


_WORDS = {
    "commercial-use": "it grants commercial use beyond what its base grants",
    "research-only": "it grants more than research, which is all that its base grants",
    "field-of-use": "it grants uses that its base excludes",
    "redistribution": "it grants passing on, which its base does not",
    "adaptation": "it shares what is made from its base, which its base does not allow",
    "territory": "it grants use where its base excludes it",
}


def _exceeds(term: str, withheld: str, granted: str | None) -> bool:
    """Whether a licence grants more on a term than the base's does; what it does not say it does not restrict."""
    if term == "commercial-use":
        return granted is not None and _COMMERCIAL.get(granted, 0) > _COMMERCIAL.get(withheld, 3)
    if term == "redistribution":
        return withheld == "no" and granted in ("yes", "conditions")
    if term == "adaptation":
        return withheld == "no"
    if term == "territory":
        return granted is None
    return withheld.startswith("yes") and granted == "no"


def _may_pass(base: Licence, stated: Licence) -> bool:
    return stated.id.startswith(_COPYLEFT_INTO.get(base.id.replace("-or-later", "-only"), (base.id,)))
