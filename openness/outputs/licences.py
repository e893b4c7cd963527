"""Pages about licences: one licence, a list, two side by side, and an identified text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openness.core.licence import TERMS, Licence, Mention, Summary, Term, TermSentence, TextMatch
from openness.core.record import record
from openness.core.register import Identification, LicenceDetail, LicenceLine
from openness.core.words import counted
from openness.outputs.base import DISCLAIMER
from openness.outputs.blocks import Block, Column, Detail, Facts, Grid, Heading, Paragraph
from openness.outputs.saved import plain

SCHEMA_VERSION = "1.0"
"""The version of the JSON documents. The first part grows when a key goes or changes its meaning, the second when one
is added."""

NOT_READ = "text not read, terms unknown"
MARKS = {True: "≠ ", False: "  ", None: "? "}
"""The mark of something on which two licences differ, agree, or (None) cannot be compared."""

_OSI = {True: "yes", False: "no", None: "unknown"}
_KINDS = {
    "use-policy": "a use policy: terms that a licence refers to, not a licence",
    "family": "a tag that may mean any of several licences",
    "expression": "an SPDX expression",
}
Rows = Sequence[tuple[str, Term | None, Term | None]]


@record(frozen=True, slots=True)
class LicenceSheet:
    """The content of a page about one licence: what the register says of it, and the same in plain words."""

    detail: LicenceDetail
    summary: Summary


@record(frozen=True, slots=True)
class LicencePair:
    """The content of a page with two licences side by side.

    `rows` hold the key of a term and the term of each licence, None where the licence does not state it.
    """

    one: LicenceDetail
    other: LicenceDetail
    rows: Rows


@record(frozen=True, slots=True)
class IdentifiedText:
    """The content of a page about a text: what it was found to be. `detail` is the licence, None if none was identified."""

    found: Identification
    detail: LicenceDetail | None


def sheet_blocks(content: LicenceSheet) -> list[Block]:
    """One licence: what it is, what it allows and demands, and every term with its clause."""
    detail, licence = content.detail, content.detail.licence
    blocks: list[Block] = [Heading(licence.name, 1), Facts(_identity(detail))]
    if detail.members:
        title = "May mean" if detail.kind == "family" else "Parts"
        blocks += [Heading(title), _list(detail.members, listed=True)]
    blocks += _in_plain_words(content.summary)
    if licence.terms:
        title = "Terms and their clauses"
        if detail.kind == "family" and detail.members:
            title = f"Terms that all of them share, with the clauses of {detail.members[0].id}"
        blocks += [Heading(title), _terms(licence.terms)]
    return blocks


def sheet_document(content: LicenceSheet) -> dict[str, object]:
    """One licence, for JSON."""
    return {**plain(content.detail), "summary": plain(content.summary)}


def pair_blocks(content: LicencePair) -> list[Block]:
    """Two licences side by side."""
    one, other, rows = content.one, content.other, content.rows
    columns = (Column("Term", whole=True), *(Column(each.licence.id, named=True) for each in (one, other)))
    return [
        Heading(f"{one.licence.name} and {other.licence.name}", 1),
        Grid(columns, [*_standing(one, other), *(_pair(one, other, row) for row in rows)]),
        Paragraph(f"≠ they differ · ? not known · [clause]. {DISCLAIMER}", "aside"),
        Detail([Heading("The clauses"), Facts([_clauses(one, other, row) for row in rows], points=True)]),
    ]


def pair_document(content: LicencePair) -> dict[str, object]:
    """Two licences side by side, for JSON."""
    one, other = content.one, content.other
    terms = [
        {"term": key, "title": TERMS[key], "differs": _differ(one, other, a, b), "one": a, "other": b}
        for key, a, b in content.rows
    ]
    return {"one": _head(one), "other": _head(other), "terms": plain(terms)}


def text_blocks(content: IdentifiedText) -> list[Block]:
    """What a text was found to be."""
    found, match = content.found, content.found.match
    blocks: list[Block] = [Heading(found.source, 1), Facts(_match(found, content.detail))]
    if match.differences:
        blocks += [Heading("Passages that the known text does not have"), Facts(_differences(match))]
    if match.more:
        blocks.append(Paragraph(f"And {counted(match.more, 'more passage')}.", "aside"))
    if found.mentions:
        blocks += [Heading("Licences that the text names"), Facts([_mention(each) for each in found.mentions])]
    if found.summary:
        blocks += _in_plain_words(found.summary)
    near = match.based_on or (match.licence if match.kind == "identified" else None)
    if near:
        told = "Every term with its clause" if match.kind == "identified" else f"What {near.name} says"
        blocks.append(Paragraph(f"{told}: openness licence show {near.id}", "aside"))
    return blocks


def _identity(detail: LicenceDetail) -> list[tuple[str, list[str]]]:
    """What a licence is, as labels and lines."""
    licence = detail.licence
    published = ", version ".join(part for part in (detail.publisher, detail.version) if part)
    rows = [
        ("Id", [licence.id]),
        ("Kind", [_KINDS[detail.kind]] if detail.kind in _KINDS else []),
        ("Class", [detail.class_name, detail.rule]),
        ("SPDX id", [licence.spdx or "none"]),
        ("OSI approved", [_OSI[licence.osi]]),
        ("FSF calls it free", ["yes" if licence.fsf else "no" if licence.fsf is False else "not said"]),
        ("Published by", [published] if detail.publisher else []),
        ("Version", [detail.version] if detail.version and not detail.publisher else []),
        ("On the Hub", [", ".join(detail.hub)] if detail.hub else []),
        ("Also called", [", ".join(detail.aliases)] if detail.aliases else []),
        ("Address", [licence.url] if licence.url else []),
        ("Text", _text_lines(detail)),
        ("Note", [detail.note] if detail.note else []),
    ]
    return [(label, lines) for label, lines in rows if lines]


def _text_lines(detail: LicenceDetail) -> list[str]:
    """Whether the text was read, and where it is."""
    if not detail.read:
        return ["text not read; the terms follow from OSI's approval" if detail.licence.terms else NOT_READ]
    places = [
        f"{place.repo}, {place.path}" + (f" @ {place.commit[:12]}" if place.commit else "") for place in detail.texts
    ]
    return ["all of them read" if detail.members else "read", *places]


def _in_plain_words(summary: Summary) -> list[Block]:
    parts = (
        ("You may", summary.may),
        ("You must", summary.must),
        ("You may not", summary.may_not),
        ("Know that", summary.know),
    )
    rows = [(begin, [_sentence(each) for each in said]) for begin, said in parts if said]
    return (
        [Heading(f"In plain words ({DISCLAIMER[0].lower()}{DISCLAIMER[1:].rstrip('.')})"), Facts(rows, points=True)]
        if rows
        else []
    )


def _sentence(sentence: TermSentence) -> str:
    return f"{sentence.text} [{sentence.section}]" if sentence.section else sentence.text


def _terms(terms: Mapping[str, Term]) -> Grid:
    """Every term. A clause is quoted once; after that, the page refers to the quote."""
    rows: list[tuple[str, ...]] = []
    quoted: dict[str, str] = {}
    for key, title in TERMS.items():
        if key not in terms:
            continue
        term = terms[key]
        clause = _clause(term)
        if term.quote in quoted:
            clause = f"{_section(term.section)}, as quoted under {quoted[term.quote]}"
        elif term.quote:
            quoted[term.quote] = title
        rows.append((title, term.value, clause, term.note))
    columns = (Column("Term"), Column("What it says"), Column("Clause"), Column("Note", named=True))
    return Grid(columns, rows, listed=True)


def _section(section: str) -> str:
    return f"section {section}" if section[:1].isdigit() else section


def _clause(term: Term) -> str:
    """Section and quote of a term, as one would cite it."""
    return ": ".join(part for part in (_section(term.section), _quoted(term.quote)) if part)


def _quoted(quote: str) -> str:
    """An excerpt in quotation marks, with an ellipsis where it starts or ends in the middle of a sentence."""
    words = " ".join(quote.split())
    if not words:
        return ""
    begin = "… " if words[0].islower() else ""
    end = "" if words[-1] in ".;:!?。；" else " …"
    return f"“{begin}{words}{end}”"


def _list(lines: Sequence[LicenceLine], listed: bool = False) -> Grid:
    columns = (
        Column("Id", whole=True),
        Column("Name"),
        Column("Class", whole=True),
        Column("OSI", whole=True, named=True),
        Column("Hub", whole=True, named=True),
    )
    rows = [(each.id, each.name, each.licence_class.value, _OSI[each.osi], ", ".join(each.hub)) for each in lines]
    return Grid(columns, rows, listed, joined=True)


def _standing(one: LicenceDetail, other: LicenceDetail) -> list[tuple[str, str, str]]:
    """The class of both licences, OSI's approval, and whether their texts were read."""
    pairs = [("Class", one.class_name, other.class_name)]
    pairs.append(("OSI approved", _OSI[one.licence.osi], _OSI[other.licence.osi]))
    if not (one.read and other.read):
        read, other_read = ("read" if each.read else NOT_READ for each in (one, other))
        pairs.append(("Text", read, other_read))
    return [(MARKS[a != b] + title, a, b) for title, a, b in pairs]


def _pair(one: LicenceDetail, other: LicenceDetail, row: tuple[str, Term | None, Term | None]) -> tuple[str, str, str]:
    key, a, b = row
    return MARKS[_differ(one, other, a, b)] + TERMS[key], _value(one, a), _value(other, b)


def _differ(one: LicenceDetail, other: LicenceDetail, a: Term | None, b: Term | None) -> bool | None:
    """Whether two licences differ on a term; None if the terms of one of them are not known."""
    if (a is None and not _says_all(one)) or (b is None and not _says_all(other)):
        return None
    return a is None or b is None or a.value != b.value


def _says_all(detail: LicenceDetail) -> bool:
    """Whether a missing term is known to be absent. It is not for a tag of several licences, or for a text that was not read."""
    return detail.read and detail.kind in ("licence", "use-policy")


def _value(detail: LicenceDetail, term: Term | None) -> str:
    if term is None:
        return "not stated" if _says_all(detail) else "unknown"
    return f"{term.value} [{term.section}]" if term.section else term.value


def _clauses(
    one: LicenceDetail, other: LicenceDetail, row: tuple[str, Term | None, Term | None]
) -> tuple[str, list[str]]:
    key, *terms = row
    told = zip((one, other), terms, strict=True)
    lines = [f"{each.licence.id}: {_clause(term) if term else _value(each, None)}" for each, term in told]
    return TERMS[key], lines


def _match(found: Identification, detail: LicenceDetail | None) -> list[tuple[str, list[str]]]:
    """What a text was found to be, as labels and lines."""
    match = found.match
    said = {
        "identified": ["a known licence text"],
        "modified": [
            "a modified or unknown version of a known licence",
            "it is not that licence, and its terms are unknown",
        ],
        "unknown": ["not a known licence text"],
    }
    if detail and detail.kind == "use-policy":
        said["identified"] = ["a known use policy, which is not a licence"]
    near = match.licence if match.kind == "identified" else match.based_on
    rows = [
        ("Found", said[match.kind]),
        ("Licence" if detail else "Nearest", [f"{near.name} ({near.id})"] if near else []),
        ("Class", [detail.class_name] if detail else []),
        ("Agreement", [f"{match.score * 100:.1f} % of the words"] if near else []),
        ("Why", [match.note] if match.note else []),
        ("Known text", _known_text(match) if near else []),
        (
            "Left over" if near else "It begins",
            [_said(match.leftover)] if match.leftover and not match.differences else [],
        ),
        ("Reading", list(found.notices)),
    ]
    return [(label, lines) for label, lines in rows if lines]


def _known_text(match: TextMatch) -> list[str]:
    lines = [f"begins on line {match.title_line}"] if match.title_line else []
    if match.missing:
        verb = "is" if match.missing == 1 else "are"
        lines.append(f"{counted(match.missing, 'word')} of it {verb} missing (the register holds only hashes)")
    return lines


def _differences(match: TextMatch) -> list[tuple[str, list[str]]]:
    rows = []
    for each in match.differences:
        weight = "may change the terms" if each.telling else "does not change the terms"
        rows.append((f"line {each.line}", [_said(each.quote, each.words), f"{counted(each.words, 'word')}, {weight}"]))
    return rows


def _said(quote: str, words: int = 0) -> str:
    """A passage in quotation marks, with an ellipsis if it is longer than what is shown."""
    shown = quote.split()
    return f"“{' '.join(shown)}{' …' if len(quote) > 100 and words > len(shown) else ''}”"


def _mention(mention: Mention) -> tuple[str, list[str]]:
    about = f", of the {' and '.join(sorted(mention.about))}" if mention.about else ""
    return f"line {mention.line}", [f"{mention.licence.name} ({mention.licence.id}){about}", _said(mention.quote)]


def text_document(content: IdentifiedText) -> dict[str, object]:
    """What a text was found to be, for JSON."""
    found, match = content.found, content.found.match
    return {
        "source": found.source,
        "notices": list(found.notices),
        "match": plain(match) | {"based_on": match.based_on and _named(match.based_on)},
        "summary": plain(found.summary),
        "mentions": [
            _named(each.licence) | {"line": each.line, "quote": each.quote, "about": sorted(each.about)}
            for each in found.mentions
        ],
    }


def _head(detail: LicenceDetail) -> dict[str, object]:
    return _named(detail.licence) | {"osi": detail.licence.osi, "read": detail.read, "kind": detail.kind}


def _named(licence: Licence) -> dict[str, object]:
    return {"id": licence.id, "name": licence.name, "licence_class": licence.licence_class.value}


def _versioned(document: Callable[[Any], dict[str, object]]) -> Callable[[Any], dict[str, object]]:
    return lambda content: {"schema_version": SCHEMA_VERSION} | document(content)


BLOCKS = {
    "licence": sheet_blocks,
    "licences": lambda lines: [_list(lines)],
    "licence-diff": pair_blocks,
    "identification": text_blocks,
}
DOCUMENTS = {
    "licence": _versioned(sheet_document),
    "licences": _versioned(lambda lines: {"licences": plain(tuple(lines))}),
    "licence-diff": _versioned(pair_document),
    "identification": _versioned(text_document),
}
