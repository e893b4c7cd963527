"""What a licence is to the rest of the house: an identity, a class and terms, each with the clause that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from openness.core.record import record


class LicenceClass(StrEnum):
    """Classes a user understands; the rule of each stands in `openness/licences/classes.yaml`."""

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
"""The terms that are read from a licence, with their titles, in the order in which they are shown."""


@record(frozen=True, slots=True)
class Term:
    """One term of a licence: its value, and the clause it was read from (`quote` holds at most 25 words)."""

    value: str
    section: str = ""
    quote: str = ""
    note: str = ""


@record(frozen=True, slots=True)
class Licence:
    """A licence as identified.

    `id` is the SPDX identifier where there is one, else our register's id, else the publisher's own words.
    `osi` is OSI's approval (None: cannot be told); `family` marks a tag such as `gpl` that names several licences; `stated`
    holds the words by which a person named it, '' where it was identified otherwise.
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
    """A passage that a text has and the known one does not: its 1-based line, its head, its length in words.

    `telling` says that it may change the terms: it holds an operative word or a number, or is too long to be a name.
    """

    line: int
    quote: str
    words: int
    telling: bool


@record(frozen=True, slots=True)
class TextMatch:
    """What a text was found to be.

    `kind` is `identified` (then `licence` is it), `modified` (then `licence` stands for a modified or unknown version of
    `based_on`, its terms unknown) or `unknown`. `score` is the share of words on which the two texts agree, `leftover` an
    excerpt of what the known text does not say, `title_line` the line on which the known text begins, `note` what differs.
    `differences` are the passages that the known text does not have, in order, the weightiest few of them; `more` counts
    those left out, `missing` the words of the known text that are not there (of which only hashes are held).
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
    """A licence that prose names: the line and words where it does, and what the sentence speaks of."""

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
    """A licence in plain words; all four are empty when nothing is known of its terms. No legal advice."""

    licence: str
    name: str
    may: tuple[TermSentence, ...] = ()
    must: tuple[TermSentence, ...] = ()
    may_not: tuple[TermSentence, ...] = ()
    know: tuple[TermSentence, ...] = ()
