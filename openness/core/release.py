"""One model release, pinned to a revision, as its sources saw it: facts, and why other facts could not be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from openness.core.record import record


class Need(StrEnum):
    """A kind of fact that a probe must be able to see."""

    HUB_INFO = "hub-info"
    GATING = "gating"
    CARD = "card"
    CARD_METADATA = "card-metadata"
    FILE_LIST = "file-list"
    LICENCE_TEXT = "licence-text"
    LINEAGE = "lineage"
    REVISIONS = "revisions"
    LINKED = "linked-repositories"


class Reason(StrEnum):
    """Why a fact could not be seen or could not be understood."""

    OFFLINE = "offline"
    GATED = "gated"
    RATE_LIMITED = "rate-limited"
    TOO_LARGE = "too-large"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    MALFORMED = "malformed"
    NOT_FOLLOWED = "not-followed"
    NOT_RECORDED = "not-recorded"
    PROBE_ERROR = "probe-error"
    DISPUTED = "disputed"
    NOT_ATTESTED = "not-attested"


RETRIABLE = frozenset({Reason.RATE_LIMITED, Reason.TIMEOUT, Reason.UNREACHABLE})


@record(frozen=True, slots=True)
class Unread:
    """A fact that could not be seen or not be understood: the reason, and one line of detail for the reader."""

    reason: Reason
    detail: str = ""

    @property
    def retriable(self) -> bool:
        """Whether asking again later may help."""
        return self.reason in RETRIABLE


class Gating(StrEnum):
    """The Hub's `gated` field."""

    NONE = "none"
    AUTO = "auto"
    MANUAL = "manual"


@record(frozen=True, slots=True)
class File:
    """A file of the repository; `size` is in bytes, None where it is not known."""

    path: str
    size: int | None = None


@record(frozen=True, slots=True)
class ReadText:
    """A text file that was read.

    `truncated` says that only its head was read; `notice` says so where its encoding is not UTF-8 ('' otherwise).
    """

    path: str
    text: str
    truncated: bool = False
    notice: str = ""


@record(frozen=True, slots=True)
class Section:
    """A part of a card under one heading; lines are 1-based and inclusive, level 0 is the text before the first heading."""

    title: str
    level: int
    first: int
    last: int


@record(frozen=True, slots=True)
class Link:
    """A link of a card: its address, its words, its line (1-based)."""

    url: str
    text: str
    line: int


@record(frozen=True, slots=True)
class Card:
    """A model card.

    `text` is the whole file; `body` has the same length and lines, with front matter, HTML comments and invisible characters
    blanked out, so that an offset in it is an offset in the file. Hidden text is not evidence.
    """

    path: str
    text: str
    body: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...]
    truncated: bool = False


@record(frozen=True, slots=True)
class Provenance:
    """The source of the facts (`hub`, `cache`, `folder` or `catalogue`), and the day on which they were seen (ISO 8601)."""

    source: str
    seen_on: str
    detail: str = ""


@record(frozen=True, slots=True)
class Ancestor:
    """A release (`model`) or data set (`dataset`) that this release was made from, and the licence that it states.

    `metadata` holds the `license` fields of its card or of the catalogue; `missing` says why they are not known.
    """

    kind: str
    id: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    url: str = ""
    seen_on: str = ""
    missing: Unread | None = None


@record(frozen=True, slots=True)
class Linked:
    """A place that the card or its metadata lead to, as it was seen when the link was followed.

    `kind` is code, dataset, paper, model or page. `links` are the addresses and ids that lead there, as written, and `line` is
    the line of the first (None: the metadata name it). `exists` is None where nobody could look. `missing` says what could not
    be seen and why; of a place that exists, its file list or one of its texts. `files_at` is the address before a path of
    `files`; `revision` is the full commit sha where `url` and `files_at` name one.
    """

    url: str
    kind: str
    links: tuple[str, ...] = ()
    line: int | None = None
    exists: bool | None = None
    title: str = ""
    licence: str | None = None
    licence_text: ReadText | None = None
    files: tuple[File, ...] = ()
    files_at: str = ""
    readme: str = ""
    gated: Gating | None = None
    revision: str | None = None
    seen_on: str = ""
    missing: Unread | None = None


@record(frozen=True, slots=True)
class Attestation:
    """What a person states about a release: the finding, the public source, the day and the author."""

    about: str
    status: str
    source: str
    seen: str
    author: str
    note: str = ""
    value: str | None = None
    licence: str | None = None
    confidence: str = "medium"
    quote: str = ""
    supersedes: str | None = None


@record(frozen=True, slots=True)
class Release:
    """A model release as seen.

    `asked` is what the user typed, `id` the name that the source answered to. `missing` names every need that was not met. A
    need that is not in it was met, even where nothing was found: a repository without a card has `card=None` and no entry.
    Beside an unmet need stand the facts that could be seen, such as the readable part of a file list.
    """

    id: str
    asked: str
    provenance: Provenance
    revision: str | None = None
    name: str = ""
    publisher: str = ""
    url: str = ""
    on_hub: bool = True
    gated: Gating | None = None
    private: bool | None = None
    disabled: bool | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    card: Card | None = None
    texts: tuple[ReadText, ...] = ()
    base_models: tuple[str, ...] = ()
    base_relation: str | None = None
    ancestors: tuple[Ancestor, ...] = ()
    linked: tuple[Linked, ...] = ()
    missing: Mapping[Need, Unread] = field(default_factory=dict)
    attested: tuple[Attestation, ...] = ()
    notices: tuple[str, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)

    def sees(self, need: Need) -> bool:
        """Whether the need was met."""
        return need not in self.missing

    def blob_url(self, path: str) -> str:
        """The address of a file at the pinned revision, or at the default branch where no revision is known."""
        from urllib.parse import quote

        return f"{self.url}/blob/{self.revision or 'main'}/{quote(path)}" if self.url else ""
