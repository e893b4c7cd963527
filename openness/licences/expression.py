"""SPDX licence expressions: `MIT OR Apache-2.0`, `Apache-2.0 AND CC-BY-4.0`, `GPL-2.0-only WITH Classpath-exception-2.0`.

Whether an expression is well formed is `packaging.licenses`' judgement; what it means is ours: with OR the user chooses,
so the most permissive part counts; with AND all bind, so the least permissive does. An exception adds permissions to
its licence and takes none away, so the licence's class stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from openness.core.licence import Licence, LicenceClass, Term

LIMIT = 300
"""Characters of an expression that is read; nested deeper than `DEPTH` it is not."""

DEPTH = 10

_LOOKS = re.compile(r"\b(?:and|or|with)\b|\+$|^licenseref-", re.IGNORECASE)
_PART = re.compile(r"\(|\)|[^\s()]+")
_ORDER = (
    LicenceClass.OPEN_SOURCE,
    LicenceClass.OPEN_CONTENT,
    LicenceClass.SHARE_ALIKE,
    LicenceClass.USE_RESTRICTED,
    LicenceClass.THRESHOLD_RESTRICTED,
    LicenceClass.NON_COMMERCIAL,
    LicenceClass.RESEARCH_ONLY,
    LicenceClass.BESPOKE,
    LicenceClass.UNKNOWN,
    LicenceClass.NONE_STATED,
)
_OPEN = frozenset(_ORDER[:3])
Known = Callable[[str], Licence | None]


def is_expression(words: str) -> bool:
    """Whether the words may be an SPDX expression at all (a cheap question, asked before `packaging` is imported)."""
    return len(words) <= LIMIT and words.isascii() and bool(_LOOKS.search(words))


def evaluate(words: str, known: Known) -> Licence | None:
    """The licence that an expression amounts to, or None when it is not well formed or names something unknown."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    if words.count("(") > DEPTH:
        return None
    try:
        canonical = str(canonicalize_license_expression(words))
    except (InvalidLicenseExpression, ValueError, RecursionError):
        return None
    parts = _PART.findall(canonical)
    if len(parts) == 1:
        only = _simple(parts[0], known)
        return only if only is None or only.id == canonical else _rename(only, canonical)
    result = _alternatives(_Parts(iter(parts)), known)
    return result and _rename(result, canonical)


class _Parts:
    """The parts of an expression with one of them in view."""

    __slots__ = ("_rest", "here")

    def __init__(self, parts: Iterator[str]) -> None:
        self._rest = parts
        self.here: str | None = next(parts, None)

    def take(self) -> str | None:
        taken, self.here = self.here, next(self._rest, None)
        return taken


def _alternatives(parts: _Parts, known: Known) -> Licence | None:
    members = [_conjunction(parts, known)]
    while parts.here == "OR":
        parts.take()
        members.append(_conjunction(parts, known))
    return _combine(members, "OR")


def _conjunction(parts: _Parts, known: Known) -> Licence | None:
    members = [_member(parts, known)]
    while parts.here == "AND":
        parts.take()
        members.append(_member(parts, known))
    return _combine(members, "AND")


def _member(parts: _Parts, known: Known) -> Licence | None:
    part = parts.take()
    if part is None:
        return None
    if part == "(":
        inside = _alternatives(parts, known)
        parts.take()
        return inside
    licence = _simple(part, known)
    if parts.here == "WITH":
        parts.take()
        exception = parts.take()
        return licence and _rename(licence, f"{licence.id} WITH {exception}")
    return licence


def _simple(part: str, known: Known) -> Licence | None:
    if part.lower().startswith("licenseref-"):
        return Licence(part, part, LicenceClass.UNKNOWN)
    if part.endswith("+"):
        return known(part[:-1] + "-or-later") or known(part[:-1])
    return known(part)


def _combine(members: list[Licence | None], operator: str) -> Licence | None:
    """One licence for several: OR takes the most permissive class, AND the least; OSI's approval in Kleene's logic."""
    told = [member for member in members if member is not None]
    if len(told) != len(members):
        return None
    if len(told) == 1:
        return told[0]
    pick = min if operator == "OR" else max
    leading = pick(told, key=lambda member: _ORDER.index(member.licence_class))
    if operator == "OR" and leading.licence_class not in _OPEN:
        leading = next((member for member in told if member.licence_class is LicenceClass.UNKNOWN), leading)
    expression = f" {operator} ".join(f"({member.id})" if " " in member.id else member.id for member in told)
    return Licence(
        expression,
        expression,
        leading.licence_class,
        spdx=expression,
        osi=_kleene([member.osi for member in told], operator),
        fsf=_kleene([member.fsf for member in told], operator),
        family=any(member.family for member in told),
        url=leading.url,
        terms=leading.terms if operator == "OR" else _all_bind(leading, told),
    )


def _all_bind(leading: Licence, members: list[Licence]) -> dict[str, Term]:
    """The terms of an AND: where members differ, those of the least permissive one; where it is silent, none."""
    told: dict[str, Term] = {}
    differing: set[str] = set()
    for member in members:
        for key, term in member.terms.items():
            if told.setdefault(key, term).value != term.value:
                differing.add(key)
    agreed = {key: term for key, term in told.items() if key not in differing}
    return agreed | {key: leading.terms[key] for key in differing if key in leading.terms}


def _kleene(flags: list[bool | None], operator: str) -> bool | None:
    decisive = operator == "OR"
    if decisive in flags:
        return decisive
    return None if None in flags else not decisive


def _rename(licence: Licence, expression: str) -> Licence:
    return Licence(
        expression,
        expression,
        licence.licence_class,
        spdx=expression,
        osi=licence.osi,
        fsf=licence.fsf,
        family=licence.family,
        url=licence.url,
        terms=licence.terms,
    )
