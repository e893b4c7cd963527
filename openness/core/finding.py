"""Findings: what probes and people say of a release, each with its evidence."""

from __future__ import annotations

from enum import StrEnum

from openness.core.licence import Licence
from openness.core.record import record
from openness.core.release import Unread
from openness.core.text import cut_quote, digest


class Status(StrEnum):
    """What was found of a component or aspect. `core.meanings` says what each status means for each component."""

    RELEASED = "released"
    """It can be had, whole. For an aspect: it is stated."""
    PARTIAL = "partial"
    """A part of it can be had, or all of it only behind a gate."""
    DESCRIBED = "described"
    """Words say what it is; it cannot be had. A dead link and a link to an empty place are words."""
    WITHHELD = "withheld"
    """The publisher says that it is not released; the evidence quotes the words."""
    SILENT = "silent"
    """Every place where it would be was seen and understood, and nothing speaks of it. It counts against the publisher."""
    UNKNOWN = "unknown"
    """A place where it would be could not be seen, or what was seen there was not understood. The reason is given.

    It counts for nobody: `Finding.possible` holds the statuses that it may still turn out to be.
    """
    NOT_APPLICABLE = "not-applicable"
    """The question does not arise for this release."""


KNOWN_STATUSES = tuple(status for status in Status if status is not Status.UNKNOWN)
AT_LEAST_DESCRIBED = (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)
"""What is still possible of something that the publisher speaks of, or gives a link to, where nobody has looked."""


class Method(StrEnum):
    """The kind of place that evidence was seen in."""

    HUB_FIELD = "hub-field"
    FILE_LIST = "file-list"
    CARD_SECTION = "card-section"
    LICENCE_TEXT = "licence-text"
    LINKED_REPOSITORY = "linked-repository"
    ATTESTATION = "attestation"


class Origin(StrEnum):
    """Who makes a finding: a probe (automatic) or a person (attested)."""

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

    `quote` is a verbatim slice of at most 280 characters; it is '' where the evidence is a field, a file's name or a place
    that holds nothing. `note` is in our own or the attesting person's words. `lines` are 1-based and inclusive, None where
    the place has no lines. `pinned` says whether `url` names the revision that was read. `seen_on` is an ISO 8601 date.
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
    """What was found of a component or aspect, and why that is believed.

    `probe` names the probe or the source that made the finding. `value` is what an aspect says (`core.components` lists the
    values). `missing` says why the status is `unknown`; `possible` holds the statuses that it may still be, () for any: what
    stands behind a link that was not followed is at least `described`.

    Raises ValueError for a status without evidence, `unknown` without a reason, and `withheld` without words.
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
        """Every status that the finding leaves possible; a single one where it is certain."""
        return (self.possible or KNOWN_STATUSES) if self.status is Status.UNKNOWN else (self.status,)

    def fingerprint(self, release_id: str) -> str:
        """The identity of the finding over runs: 16 hexadecimal digits of release, subject, status, value, method and quote.

        Lines, notes and advice do not count, so that an edit elsewhere in the card makes no new finding.
        """
        first = self.evidence[0] if self.evidence else None
        words = " ".join(cut_quote(first.quote).lower().split()) if first else ""
        parts = (release_id, self.about, self.status, self.value or "", first.method if first else "", words)
        return digest("\x1f".join(parts))[:16]
