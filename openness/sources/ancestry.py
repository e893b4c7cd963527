"""What a release was made from, base models and data sets, and which licence those state.

A base model's terms bind what is made from it, so its licence is asked for together with the release's own texts: from the
catalogue where the catalogue has the base model, else from the head of the base model's card, which is one more text file. An
ancestor's statement is of the day on which it was read; nobody records under which terms the ancestor stood when the release
was made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from urllib.parse import quote

from openness.core.errors import UsageError
from openness.core.release import Ancestor, ReadText, Reason, Unread
from openness.sources import entries
from openness.sources.answer import strings
from openness.sources.cards import FRONT_MATTER_LIMIT, read_metadata
from openness.sources.facts import Fields, HubInfo
from openness.sources.reference import endpoint, parse_reference

MOST = 4
"""How many ancestors of each kind are asked for; a card may name hundreds. The others stay unknown, unless the catalogue has
them."""

HEAD = FRONT_MATTER_LIMIT + 1024
"""Bytes read of an ancestor's card: its front matter."""

_FIELDS = ("license", "license_name", "license_link")
_PREFIX = {"model": "", "dataset": "datasets/"}


def named(bases: Iterable[str], metadata: Fields) -> list[tuple[str, str]]:
    """Kind and id of every ancestor: the base models, and the data sets of the metadata, each once."""
    given = [("model", name) for name in bases] + [("dataset", name) for name in strings(metadata.get("datasets"))]
    return [(kind, name) for kind, name in dict.fromkeys(given) if _is_name(name)]


def _is_name(name: str) -> bool:
    try:
        return parse_reference(name).id == name
    except UsageError:
        return False


def wanted(info: HubInfo) -> dict[str, str]:
    """The ancestors whose card has to be read, by key, each with the path of the card on the Hub.

    Neither a base model of the catalogue is read, nor one by the same account: nobody is bound by a licence of their own.
    """
    metadata: Fields = {} if isinstance(info.metadata, Unread) else info.metadata
    bases = info.bases.ids or (strings(metadata.get("base_model")) if info.bases.unread else ())
    found = named(bases, metadata)
    models, data_sets = ([each for each in found if each[0] == kind][:MOST] for kind in _PREFIX)
    return {
        key(kind, name): f"/{_PREFIX[kind]}{quote(name)}/resolve/main/README.md"
        for kind, name in (*models, *data_sets)
        if not (kind == "model" and (_account(name) == _account(info.id) or entries.find(name)))
    }


def _account(name: str) -> str:
    account, slash, _ = name.partition("/")
    return account.lower() if slash else name


def stated(name: str, card: ReadText | Unread) -> Fields | Unread:
    """The licence fields of an ancestor's card, or why they are not known."""
    if isinstance(card, Unread):
        gated = card.reason is Reason.GATED  # the Hub gives one answer to all three
        return replace(card, detail=f"{name} is gated, private or gone") if gated else card
    metadata = read_metadata(card.text)
    if isinstance(metadata, Unread):
        return metadata
    return {field: metadata[field] for field in _FIELDS if field in metadata}


def is_settled(kept: Fields | Unread | None) -> bool:
    """Whether asking again would hardly give another answer: the card was read, or nobody can have it."""
    return kept is not None and not (isinstance(kept, Unread) and kept.retriable)


def key(kind: str, name: str) -> str:
    """The name under which an ancestor's statement is kept."""
    return f"{_PREFIX[kind]}{name}"


def ancestors(
    bases: Iterable[str], metadata: Fields, kept: Mapping[str, Fields | Unread], seen_on: str
) -> tuple[Ancestor, ...]:
    """The ancestors of a release, from what is kept of their cards and from the catalogue."""
    return tuple(_ancestor(kind, name, kept.get(key(kind, name)), seen_on) for kind, name in named(bases, metadata))


def _ancestor(kind: str, name: str, kept: Fields | Unread | None, seen_on: str) -> Ancestor:
    known = entries.licence_of(name) if kind == "model" else None
    if known:
        return known
    url = f"{endpoint()}/{key(kind, name)}"
    if kept is None:
        return Ancestor(kind, name, {}, url, missing=Unread(Reason.NOT_FOLLOWED, f"{name} was not looked at"))
    if isinstance(kept, Unread):
        return Ancestor(kind, name, {}, url, seen_on, kept)
    return Ancestor(kind, name, kept, f"{url}/blob/main/README.md", seen_on)
