"""What probes and people say of a release, each with the evidence for it."""

from __future__ import annotations

from enum import StrEnum

from openness.core.licence import Licence
from openness.core.record import record
from openness.core.release import Unread
from openness.core.text import cut_quote, digest


class Status(StrEnum):
    """What was found; the meaning of each stands in `shared/DESIGN.md`, word list."""

    RELEASED = "released"
    PARTIAL = "partial"
    DESCRIBED = "described"
    WITHHELD = "withheld"
    SILENT = "silent"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


KNOWN_STATUSES = tuple(status for status in Status if status is not Status.UNKNOWN)
AT_LEAST_DESCRIBED = (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)
"""What is still possible of something that the publisher speaks of, or gives a link to, where nobody has looked."""


class Method(StrEnum):
    """How evidence was seen."""

    HUB_FIELD = "hub-field"
    FILE_LIST = "file-list"
    CARD_SECTION = "card-section"
    LICENCE_TEXT = "licence-text"
    LINKED_REPOSITORY = "linked-repository"
    ATTESTATION = "attestation"


class Origin(StrEnum):
    """Who says so."""

    AUTOMATIC = "automatic"
    ATTESTED = "attested"


class Confidence(StrEnum):
    """How sure a finding is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@record(frozen=True, slots=True)
class Evidence:
    """Where something was seen.

    `quote` is a verbatim slice of at most 280 characters ('' where the absence of something, a field or a file name is
    the evidence); `note` is in our own or the attesting person's words. `lines` are 1-based and inclusive, None where
    lines make no sense. `pinned` is true when `url` names the revision that was read.
    """

    method: Method
    url: str = ""
    path: str = ""
    lines: tuple[int, int] | None = None
    quote: str = ""
    note: str = ""
    seen_on: str = ""
    pinned: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the quote, so that a later reader can check it."""
        return digest(self.quote)


@record(frozen=True, slots=True)
class Finding:
    """A component or aspect, what was found of it, and why that is believed.

    `value` is what an aspect says (see `core.components`), `missing` why an `unknown` could not be looked at, `possible`
    which statuses an `unknown` may still turn out to be (a link that was not followed is at least `described`).
    """

    about: str
    status: Status
    probe: str
    value: str | None = None
    licence: Licence | None = None
    confidence: Confidence = Confidence.MEDIUM
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    origin: Origin = Origin.AUTOMATIC
    missing: Unread | None = None
    possible: tuple[Status, ...] = ()

    def __post_init__(self) -> None:
        if self.status not in (Status.UNKNOWN, Status.NOT_APPLICABLE) and not self.evidence:
            raise ValueError(f"finding {self.about!r} is {self.status} without evidence")
        if self.status is Status.UNKNOWN and not self.missing:
            raise ValueError(f"finding {self.about!r} is unknown without a reason")
        if self.status is Status.WITHHELD and not any(e.quote or e.note for e in self.evidence):
            raise ValueError(f"finding {self.about!r} is withheld without the publisher's words")

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Every status that the finding leaves possible; one where it is certain."""
        return (self.possible or KNOWN_STATUSES) if self.status is Status.UNKNOWN else (self.status,)

    def fingerprint(self, release_id: str) -> str:
        """Identity over runs: release, subject, status, method and quote; never lines, notes or advice."""
        first = self.evidence[0] if self.evidence else None
        words = " ".join(cut_quote(first.quote).lower().split()) if first else ""
        parts = (release_id, self.about, self.status, self.value or "", first.method if first else "", words)
        return digest("\x1f".join(parts))[:16]
