"""Facts of a repository as a source saw them, before they become a `Release`: each is a value, or `Unread` with the reason.

A field that the Hub's answer does not have is `Unread(NOT_RECORDED)`; a field of a wrong type is `Unread(MALFORMED)`. The
two are never mixed up, and neither is taken for an empty value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from openness.core.record import record
from openness.core.release import File, Gating, ReadText, Reason, Unread

Fields = Mapping[str, object]
"""The front matter of a card, or a part of it: plain JSON values by key."""


def today() -> str:
    """The day on which facts are seen (ISO 8601, UTC)."""
    import datetime  # 1.5 ms that a release of the catalogue does without

    return datetime.datetime.now(datetime.UTC).date().isoformat()


def absent(name: str) -> Unread:
    """The reason for a field that the answer does not have."""
    return Unread(Reason.NOT_RECORDED, f"the Hub's answer has no field {name}")


def malformed(fact: object) -> Unread | None:
    """The reason, where a fact came and could not be read; None for a value, and for a fact that did not come."""
    return fact if isinstance(fact, Unread) and fact.reason is not Reason.NOT_RECORDED else None


NO_FILE_LIST = Unread(Reason.NOT_RECORDED, "the answer holds no file list")
NO_GATING = Unread(Reason.NOT_RECORDED, "whether access is gated was not recorded")


@record(frozen=True, slots=True)
class FileList:
    """The files that could be read from a list, sorted by path, and why the list may be incomplete (None: it is complete)."""

    files: tuple[File, ...] = ()
    unread: Unread | None = None

    @property
    def paths(self) -> list[str]:
        """The paths of the files."""
        return [file.path for file in self.files]


@record(frozen=True, slots=True)
class Tags:
    """The tags that could be read, and why they may be incomplete (None: they are complete)."""

    names: tuple[str, ...] = ()
    unread: Unread | None = None


@record(frozen=True, slots=True)
class BaseModels:
    """The base models that the Hub derived, how the release relates to them, and why the list may be incomplete."""

    ids: tuple[str, ...] = ()
    relation: str | None = None
    unread: Unread | None = None


@record(frozen=True, slots=True)
class HubInfo:
    """The Hub's answer about a model at one revision, field by field.

    `sha` is the full commit sha, None for a folder without a commit. `metadata` is the Hub's `cardData`, `bases` its
    `baseModels`; `created` and `modified` are times (ISO 8601).
    """

    id: str
    sha: str | None
    author: str | Unread = absent("author")
    gated: Gating | Unread = NO_GATING
    private: bool | Unread = absent("private")
    disabled: bool | Unread = absent("disabled")
    metadata: Fields | Unread = absent("cardData")
    tags: Tags = Tags(unread=absent("tags"))
    files: FileList = FileList(unread=NO_FILE_LIST)
    bases: BaseModels = BaseModels(unread=absent("baseModels"))
    created: str | Unread = absent("createdAt")
    modified: str | Unread = absent("lastModified")


@record(frozen=True, slots=True)
class HubFacts:
    """All that is kept of a release at one revision.

    `texts` holds card and licence texts by path, `front_matter` what parsing the card's gave (None: not parsed yet),
    `ancestors` the licence fields of its ancestors' cards by `ancestry.key`, `seen_on` the day (ISO 8601).
    """

    info: HubInfo
    texts: Mapping[str, ReadText | Unread] = field(default_factory=dict)
    front_matter: Fields | Unread | None = None
    ancestors: Mapping[str, Fields | Unread] = field(default_factory=dict)
    seen_on: str = ""


@record(frozen=True, slots=True)
class Pin:
    """The commit that a name and a revision led to when the Hub was last asked."""

    id: str
    sha: str
