"""What a release was made from, base models and data sets, and what those say of their own licence.

A base model's terms bind what is made from it, so its licence is asked for with the release's own texts: from the catalogue
where it holds the base, else from the head of the base's card, which is one more text file. What an ancestor says is of the
day on which it was read; under which terms it stood when the release was made from it is not recorded anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from openness.core.errors import UsageError
from openness.core.release import RETRIABLE, Ancestor, Reason, Unread
from openness.sources import catalogue, hubfacts
from openness.sources.cards import FRONT_MATTER_LIMIT, read_metadata
from openness.sources.reference import endpoint, parse_reference

MOST = {"model": 4, "dataset": 4}
"""How many ancestors of each kind are looked at; a card may name hundreds."""

HEAD = FRONT_MATTER_LIMIT + 1024
"""Bytes read of an ancestor's card: its front matter."""

_FIELDS = ("license", "license_name", "license_link")
_PREFIX = {"model": "", "dataset": "datasets/"}

Stored = dict[str, Any]


def named(bases: Iterable[str], metadata: Mapping[str, object]) -> list[tuple[str, str]]:
    """Kind and id of the ancestors that are looked at: the base models, and the data sets of the metadata."""
    given = {"model": tuple(bases), "dataset": hubfacts.strings(metadata.get("datasets"))}
    return [
        (kind, id)
        for kind, ids in given.items()
        for id in list(dict.fromkeys(id for id in ids if _is_id(id)))[: MOST[kind]]
    ]


def _is_id(id: str) -> bool:
    try:
        return parse_reference(id).id == id
    except UsageError:
        return False


def wanted(info: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Ancestors whose card has to be read, each with the path of the card on the Hub.

    What the catalogue holds need not be, nor a base by the same account: nobody is bound by a licence of their own.
    """
    card = info.get("cardData")
    metadata: Mapping[str, object] = card if isinstance(card, dict) else {}
    bases, _ = hubfacts.base_models(info, metadata)
    return {
        (kind, id): f"/{_PREFIX[kind]}{quote(id)}/resolve/main/README.md"
        for kind, id in named(bases, metadata)
        if not (kind == "model" and (_account(id) == _account(info["id"]) or catalogue.find(id)))
    }


def _account(id: str) -> str:
    account, slash, _ = id.partition("/")
    return account.lower() if slash else id


def said(key: str, read: Mapping[str, Any]) -> Stored:
    """What is kept of the card of the ancestor `key`, which was `read` as {text} or {missing, detail}."""
    if "text" not in read:
        shut = read["missing"] == Reason.GATED  # the Hub gives one answer to all three
        return {"missing": read["missing"], "detail": f"{key} is gated, private or gone" if shut else read["detail"]}
    metadata = read_metadata(read["text"])
    if isinstance(metadata, Unread):
        return {"missing": metadata.reason, "detail": metadata.detail}
    return {"metadata": {field: metadata[field] for field in _FIELDS if field in metadata}}


def settled(kept: Mapping[str, Any] | None) -> bool:
    """Whether asking again would hardly give another answer: it was read, or is not to be had."""
    return kept is not None and kept.get("missing") not in RETRIABLE


def key(kind: str, id: str) -> str:
    """Under which key an ancestor is stored."""
    return f"{_PREFIX[kind]}{id}"


def ancestors(
    bases: Iterable[str], metadata: Mapping[str, object], stored: Mapping[str, Any], seen_on: str
) -> tuple[Ancestor, ...]:
    """The ancestors of a release, from what is stored of their cards and from the catalogue."""
    return tuple(_ancestor(kind, id, stored.get(key(kind, id)), seen_on) for kind, id in named(bases, metadata))


def _ancestor(kind: str, id: str, kept: Mapping[str, Any] | None, seen_on: str) -> Ancestor:
    known = catalogue.licence_of(id) if kind == "model" else None
    if known:
        return Ancestor(kind, id, *known)
    url = f"{endpoint()}/{key(kind, id)}"
    if kept is None:
        return Ancestor(kind, id, {}, url, missing=Unread(Reason.NOT_FOLLOWED, f"{id} was not looked at"))
    if "metadata" in kept:
        return Ancestor(kind, id, kept["metadata"], f"{url}/blob/main/README.md", seen_on)
    return Ancestor(kind, id, {}, url, seen_on, Unread(Reason(kept["missing"]), kept["detail"]))
