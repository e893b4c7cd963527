"""The Hugging Face Hub: one request for the revision, then card and licence files of that revision all at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from threading import Thread
from urllib.parse import quote

from openness.core.errors import BadAnswer, OpennessError, RateLimited, RevisionNotFound, SourceUnavailable
from openness.core.release import ReadText, Reason, Release, Unread
from openness.sources import ancestry
from openness.sources.answer import read_info
from openness.sources.assemble import build
from openness.sources.cache import Cache
from openness.sources.cards import read_metadata
from openness.sources.codec import decode, encode
from openness.sources.facts import HubFacts, HubInfo, Pin, today
from openness.sources.hubclient import Answer, HubClient, explain_refusal
from openness.sources.reference import Reference, endpoint
from openness.sources.texts import card_path, limits, read_text

INFO_LIMIT = 32 << 20
"""Most bytes that are read of the answer about a release."""

_FIELDS = (
    "author",
    "baseModels",
    "cardData",
    "createdAt",
    "disabled",
    "gated",
    "lastModified",
    "private",
    "sha",
    "siblings",
    "tags",
)
_EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
"""The ETag of an empty file: git's name for it (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects)."""


def fetch(
    reference: Reference,
    cache: Cache,
    *,
    refresh: bool = False,
    timeout: float,
    meanwhile: Callable[[], object] = lambda: None,
) -> Release:
    """The release as the Hub shows it now. A full commit sha whose facts are all in the cache is not asked for again.

    `timeout` is in seconds for one request. `meanwhile` runs in a thread of its own while the Hub is asked.
    Raises `ReleaseNotFound`, `RevisionNotFound`, `SourceUnavailable`, `RateLimited`, `BadAnswer`.
    """
    if reference.pinned and not refresh:
        kept = _kept(cache, reference.id, reference.revision or "")
        if kept and not _still_unread(kept):
            return build(reference, kept, "cache")
    aside = Thread(target=meanwhile, daemon=True)
    client = HubClient(timeout)
    aside.start()
    try:
        return _ask(client, reference, cache, refresh)
    finally:
        aside.join()


def cached(reference: Reference, cache: Cache) -> Release | None:
    """The release as it was last seen, without asking anybody; None where it never was."""
    kept = _kept(cache, reference.id, reference.revision or "")
    return build(reference, kept, "cache") if kept else None


def _ask(client: HubClient, reference: Reference, cache: Cache, refresh: bool) -> Release:
    info = _info(client, reference)
    sha = info.sha or ""
    kept = None if refresh else _facts(cache, info.id, sha)
    facts = replace(kept, info=info) if kept else HubFacts(info, seen_on=today())
    facts = _with_front_matter(_with_texts(client, facts))
    cache.put(encode(facts), "facts", client.endpoint, info.id, sha)
    pin = encode(Pin(info.id, sha))
    for name in {reference.id, info.id}:
        for revision in {reference.revision or "", sha}:
            cache.put(pin, "ref", client.endpoint, name, revision)
    return build(reference, replace(facts, seen_on=today()), "hub")


def _info(client: HubClient, reference: Reference) -> HubInfo:
    at = f"/revision/{quote(reference.revision, safe='')}" if reference.revision else ""
    answer, value = client.get_json(
        f"/api/models/{quote(reference.id)}{at}", INFO_LIMIT, [("expand", field) for field in _FIELDS]
    )
    if answer.status >= 400:
        raise _refusal(answer, reference, client)
    if not isinstance(value, dict) or not _is_id(value.get("id")) or not _is_sha(value.get("sha")):
        raise BadAnswer(
            f"{client.endpoint} gives no id and revision for {reference.id}", "is it a Hub? See HF_ENDPOINT"
        )
    return read_info(value)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isascii()


def _is_sha(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{40}", value) is not None


def _refusal(answer: Answer, reference: Reference, client: HubClient) -> OpennessError:
    if answer.status == 404 and answer.code == "RevisionNotFound":
        return RevisionNotFound(
            f"{reference.id} has no revision {reference.revision!r}", "name a branch, a tag or a full commit sha"
        )
    return explain_refusal(answer, reference.id, client.has_token)


def _still_unread(facts: HubFacts) -> dict[str, int]:
    """The paths of the texts that are not read yet, each with its limit in bytes."""
    wanted = limits(facts.info.files.paths)
    return {path: limit for path, limit in wanted.items() if not isinstance(facts.texts.get(path), ReadText)}


def _with_texts(client: HubClient, facts: HubFacts) -> HubFacts:
    """The facts with what was not read yet, all asked for at once: texts, and the heads of the ancestors' cards."""
    at = f"/{quote(facts.info.id)}/resolve/{facts.info.sha}/"
    texts, ancestors = dict(facts.texts), dict(facts.ancestors)

    def read_own(path: str, limit: int) -> None:
        texts[path] = _read(client, at + quote(path), path, limit)

    def read_ancestor(key: str, address: str) -> None:
        ancestors[key] = ancestry.stated(key, _read(client, address, key, ancestry.HEAD))

    readers = [Thread(target=read_own, args=item, daemon=True) for item in _still_unread(facts).items()]
    for key, address in ancestry.wanted(facts.info).items():
        if not ancestry.is_settled(ancestors.get(key)):
            readers.append(Thread(target=read_ancestor, args=(key, address), daemon=True))
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return replace(facts, texts=texts, ancestors=ancestors)


def _with_front_matter(facts: HubFacts) -> HubFacts:
    """The facts with the card's parsed front matter: the next score of this commit need not parse it."""
    path = card_path(facts.info.files.paths)
    card = facts.texts.get(path) if path else None
    if facts.front_matter is not None or not isinstance(card, ReadText):
        return facts
    return replace(facts, front_matter=read_metadata(card.text))


def _read(client: HubClient, address: str, path: str, limit: int) -> ReadText | Unread:
    """One text file, or why it could not be read."""
    try:
        answer = client.get(address, limit)
    except RateLimited as error:
        return Unread(Reason.RATE_LIMITED, f"{path}: {error.message}")
    except SourceUnavailable as error:
        return Unread(Reason.UNREACHABLE, f"{path}: {error.message}")
    if answer.status in (401, 403):
        return Unread(Reason.GATED, f"{path} is behind the gate")
    if answer.status >= 400:
        return Unread(Reason.UNREACHABLE, f"{path}: HTTP {answer.status}")
    if answer.headers.get("content-type", "").startswith("text/html"):  # the Hub serves every file as plain text
        return Unread(Reason.MALFORMED, f"{path}: a web page came in place of the file")
    if not answer.body and _EMPTY_BLOB not in answer.headers.get("etag", ""):
        return Unread(Reason.MALFORMED, f"{path}: the answer was empty")
    text = read_text(path, answer.body, limit)
    return replace(text, truncated=answer.truncated)


def _kept(cache: Cache, name: str, revision: str) -> HubFacts | None:
    """The facts of a name and revision as they were last seen."""
    pin = decode(Pin, cache.get("ref", endpoint(), name, revision))
    return _facts(cache, pin.id, pin.sha) if pin else None


def _facts(cache: Cache, name: str, sha: str) -> HubFacts | None:
    return decode(HubFacts, cache.get("facts", endpoint(), name, sha))
