"""What a licence is to all rooms: an identity, a class, and terms, each with the clause that states it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from openness.core.record import record


class LicenceClass(StrEnum):
    """What a licence lets a user do, in one word. The rule of each class is in `openness/licences/classes.yaml`."""

    OPEN_SOURCE = "open-source"
    OPEN_CONTENT = "open-content"
    SHARE_ALIKE = "share-alike"
    USE_RESTRICTED = "use-restricted"
    THRESHOLD_RESTRICTED = "threshold-restricted"
    NON_COMMERCIAL = "non-commercial"
    RESEARCH_ONLY = "research-only"
    BESPOKE = "bespoke-unclassified"
    NONE_STATED = "none-stated"
    UNKNOWN = "unknown"


TERMS: Mapping[str, str] = {
    "commercial-use": "Commercial use",
    "threshold": "Threshold",
    "field-of-use": "Fields of use excluded",
    "use-policy": "Use policy",
    "research-only": "Research only",
    "redistribution": "Redistribution",
    "adaptation": "Sharing what is changed",
    "pass-on": "To pass on",
    "naming": "Naming duty",
    "display": "Display duty",
    "attribution": "Attribution",
    "outputs-may-train-others": "Outputs may train others",
    "territory": "Territories excluded",
    "revocation": "Revocation",
    "unilateral-change": "Change by the publisher",
    "remote-restriction": "Restriction from afar",
    "update-duty": "Duty to update",
    "patent-termination": "Ends upon litigation",
    "copyleft": "Copyleft",
    "governing-law": "Governing law",
    "click-acceptance": "Acceptance by click",
}
"""The terms that are read from a licence, with their titles, in the order in which pages show them."""


@record(frozen=True, slots=True)
class Term:
    """One term of a licence: its value, and the clause it was read from. `quote` has at most 25 words."""

    value: str
    section: str = ""
    quote: str = ""
    note: str = ""


@record(frozen=True, slots=True)
class Licence:
    """A licence as identified.

    `id` is the SPDX identifier where there is one, else the register's id, else the publisher's own words. `osi` and `fsf`
    say whether the Open Source Initiative and the Free Software Foundation have approved it (None: not known). `family` marks
    a tag such as `gpl` that names several licences. `stated` holds the words by which a person named the licence, '' where
    it was identified otherwise.
    """

    id: str
    name: str
    licence_class: LicenceClass
    spdx: str | None = None
    osi: bool | None = None
    fsf: bool | None = None
    family: bool = False
    url: str = ""
    terms: Mapping[str, Term] = field(default_factory=dict)
    stated: str = ""


NONE_STATED = Licence("none", "no licence stated", LicenceClass.NONE_STATED, osi=False)
UNKNOWN = Licence("unknown", "licence unknown", LicenceClass.UNKNOWN)


@record(frozen=True, slots=True)
class Difference:
    """A passage that a text has and the known text does not: its 1-based line, its first words, its length in words.

    `telling` says that the passage may change the terms: it holds an operative word or a number, or is too long for a name.
    """

    line: int
    quote: str
    words: int
    telling: bool


@record(frozen=True, slots=True)
class TextMatch:
    """What a text was found to be.

    `kind` is `identified` (`licence` is the licence), `modified` (`licence` stands for a modified or unknown version of
    `based_on`, and its terms are unknown) or `unknown`. `score` is the share of words on which the two texts agree, from 0
    to 1. `leftover` is an excerpt of what the known text does not say, `title_line` the 1-based line on which the known text
    begins, `note` what differs. `differences` are the weightiest passages that the known text does not have, in order; `more`
    counts the passages left out. `missing` counts the words of the known text that are not there; they cannot be shown,
    because only hashes of known texts are kept.
    """

    kind: str
    licence: Licence | None
    based_on: Licence | None
    score: float
    leftover: str = ""
    title_line: int | None = None
    note: str = ""
    differences: tuple[Difference, ...] = ()
    more: int = 0
    missing: int = 0


@record(frozen=True, slots=True)
class Mention:
    """A licence that prose names: the 1-based line, the sentence, and what it speaks of (`code`, `weights`, `data`)."""

    licence: Licence
    line: int
    quote: str
    about: frozenset[str]


@record(frozen=True, slots=True)
class TermSentence:
    """A half sentence after "You may", "You must", "You may not" or "Know that", and the term it comes from."""

    text: str
    term: str
    section: str = ""


@record(frozen=True, slots=True)
class Summary:
    """A licence in plain words; all four lists are empty where no term is known. This is no legal advice."""

    licence: str
    name: str
    may: tuple[TermSentence, ...] = ()
    must: tuple[TermSentence, ...] = ()
    may_not: tuple[TermSentence, ...] = ()
    know: tuple[TermSentence, ...] = ()
