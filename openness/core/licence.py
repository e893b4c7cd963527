"""What a licence is to the rest of the house: an identity, a class and terms, each with the clause that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a licence: its value, and the clause it was read from (`quote` holds at most 25 words)."""

    value: str
    section: str = ""
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as identified.

    `id` is the SPDX identifier where there is one, else our register's id, else the publisher's own words.
    `osi` is OSI's approval (None: cannot be told); `family` marks a tag such as `gpl` that names several licences.
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


NONE_STATED = Licence("none", "no licence stated", LicenceClass.NONE_STATED, osi=False)
UNKNOWN = Licence("unknown", "licence unknown", LicenceClass.UNKNOWN)
