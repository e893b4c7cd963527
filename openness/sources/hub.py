"""The Hugging Face Hub: one question for the revision, then card and licence files of that revision at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from openness.core.errors import BadAnswer, OpennessError, RevisionNotFound, SourceUnavailable
from openness.core.release import File, Need, Provenance, ReadText, Reason, Release, Unread
from openness.sources import ancestry, hubfacts
from openness.sources.cache import Cache
from openness.sources.cards import Metadata, read_metadata
from openness.sources.reference import Reference, endpoint

if TYPE_CHECKING:
    from openness.sources.hubclient import Answer, HubClient

INFO_LIMIT = 32 << 20
CARD_LIMIT = 2 << 20
LICENCE_LIMIT = 1 << 20
"""Most bytes read of an answer, a card and a licence file; of larger files the head is read, and that is said."""

_FIELDS = (
    "author",
    "baseModels",
    "cardData",
    "createdAt",
    "disabled",
    "gated",
    "lastModified",
    "library_name",
    "pipeline_tag",
    "private",
    "sha",
    "siblings",
    "tags",
)
_SHA = re.compile(r"[0-9a-f]{40}\Z")

Stored = dict[str, Any]


def fetch(
    reference: Reference,
    cache: Cache,
    *,
    refresh: bool = False,
    timeout: float,
    meanwhile: Callable[[], object] = lambda: None,
) -> Release:
    """The release as the Hub shows it now (from the cache alone where a full commit sha was asked and is there).

    `meanwhile` runs in a thread of its own while the Hub is being asked.
    Raises `ReleaseNotFound`, `RevisionNotFound`, `SourceUnavailable`, `RateLimited`, `BadAnswer`.
    """
    if reference.pinned and not refresh:
        stored = _stored(cache, reference.id, reference.revision or "")
        if stored and not _unread(stored):
            return build(reference, stored, "cache")
    from openness.sources.hubclient import HubClient

    aside = Thread(target=meanwhile, daemon=True)
    client = HubClient(timeout)
    aside.start()
    try:
        return _ask(client, reference, cache, refresh)
    finally:
        aside.join()


def _ask(client: HubClient, reference: Reference, cache: Cache, refresh: bool) -> Release:
    info = _info(client, reference)
    stored = None if refresh else _stored(cache, info["id"], info["sha"])
    texts = dict(stored["texts"]) if stored else {}
    fresh: Stored = {
        "info": info,
        "texts": texts,
        "ancestors": dict(stored.get("ancestors", {})) if stored else {},
        "seen_on": stored["seen_on"] if stored else _today(),
    }
    _read_texts(client, fresh)
    _read_front_matter(fresh)
    cache.put(fresh, "facts", client.endpoint, info["id"], info["sha"])
    for id in {reference.id, info["id"]}:
        for revision in {reference.revision or "", info["sha"]}:
            cache.put({"id": info["id"], "sha": info["sha"], "seen_on": _today()}, "ref", client.endpoint, id, revision)
    return build(reference, fresh | {"seen_on": _today()}, "hub")


def cached(reference: Reference, cache: Cache) -> Release | None:
    """The release as it was when it was last seen, without asking anybody; None when it never was."""
    stored = _stored(cache, reference.id, reference.revision or "")
    return build(reference, stored, "cache") if stored else None


def build(reference: Reference, stored: Stored, source: str) -> Release:
    """A `Release` from what is stored of it (no input or output)."""
    info, texts = stored["info"], {path: _text(path, value) for path, value in stored["texts"].items()}
    listed = hubfacts.file_list(info)
    files: tuple[File, ...] = () if isinstance(listed, Unread) else listed
    paths = [file.path for file in files]
    card_path = hubfacts.card_path(paths)
    card, metadata, missing, notice = hubfacts.card_facts(
        info, texts.get(card_path) if card_path else None, _front(stored)
    )
    licences = [texts[path] for path in hubfacts.licence_files(paths) if path in texts]
    unread = next((text for text in licences if isinstance(text, Unread)), None)
    if isinstance(listed, Unread):
        missing |= {Need.FILE_LIST: listed, Need.CARD: listed, Need.LICENCE_TEXT: listed}
    elif unread:
        missing[Need.LICENCE_TEXT] = unread
    gated = hubfacts.gating(info)
    if gated is None and not (info.get("private") or info.get("disabled")):
        missing[Need.GATING] = Unread(Reason.NOT_RECORDED, "whether access is gated was not recorded")
    missing[Need.REVISIONS] = Unread(Reason.NOT_FOLLOWED, "branches and tags were not asked for")
    missing[Need.LINKED] = Unread(Reason.NOT_FOLLOWED, "linked repositories were not followed")
    bases, relation = hubfacts.base_models(info, metadata)
    if Need.CARD_METADATA in missing and not isinstance(info.get("baseModels"), dict):
        missing[Need.LINEAGE] = missing[Need.CARD_METADATA]
    notices = [notice] if notice else []
    if info["id"] != reference.id:
        notices.append(f"{reference.id} is now {info['id']}.")
    notices += [f"{path} {value['notice']}." for path, value in sorted(stored["texts"].items()) if value.get("notice")]
    notices += [
        f"{text.path} is larger than is read; its head was."
        for text in texts.values()
        if isinstance(text, ReadText) and text.truncated
    ]
    return Release(
        id=info["id"],
        asked=reference.asked,
        revision=info["sha"],
        name=info["id"].rsplit("/", 1)[-1],
        publisher=info.get("author") or info["id"].partition("/")[0],
        url=f"{endpoint()}/{info['id']}",
        provenance=Provenance(source, stored["seen_on"], endpoint()),
        gated=gated,
        private=hubfacts.flag(info, "private"),
        disabled=hubfacts.flag(info, "disabled"),
        metadata=metadata,
        tags=hubfacts.strings(info.get("tags"), 1_000),
        files=files,
        card=card,
        texts=tuple(text for text in licences if isinstance(text, ReadText)),
        base_models=bases,
        base_relation=relation,
        ancestors=ancestry.ancestors(bases, metadata, stored.get("ancestors", {}), stored["seen_on"]),
        missing=missing,
        notices=tuple(notices),
        dates={key: info[key][:10] for key in ("createdAt", "lastModified") if isinstance(info.get(key), str)},
    )


def _info(client: HubClient, reference: Reference) -> Stored:
    at = f"/revision/{quote(reference.revision, safe='')}" if reference.revision else ""
    answer, info = client.get_json(
        f"/api/models/{quote(reference.id)}{at}", INFO_LIMIT, [("expand", field) for field in _FIELDS]
    )
    if answer.status >= 400:
        raise _refusal(answer, reference, client)
    if not isinstance(info, dict) or not _is_id(info.get("id")) or not _SHA.match(str(info.get("sha"))):
        raise BadAnswer(
            f"{client.endpoint} gives no id and revision for {reference.id}", "is it a Hub? See HF_ENDPOINT"
        )
    return {key: info[key] for key in ("id", *_FIELDS) if key in info}


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200 and value.isascii()


def _refusal(answer: Answer, reference: Reference, client: HubClient) -> OpennessError:
    if answer.status == 404 and answer.code == "RevisionNotFound":
        return RevisionNotFound(
            f"{reference.id} has no revision {reference.revision!r}",
            "a branch, a tag or a full commit sha is asked for",
        )
    from openness.sources.hubclient import explain_refusal

    return explain_refusal(answer, reference.id, client.has_token)


def wanted(info: Mapping[str, Any]) -> dict[str, int]:
    """The text files to read, each with its limit in bytes."""
    listed = hubfacts.file_list(info)
    if isinstance(listed, Unread):
        return {}
    paths = [file.path for file in listed]
    wanted = dict.fromkeys(hubfacts.licence_files(paths), LICENCE_LIMIT)
    card = hubfacts.card_path(paths)
    return wanted | ({card: CARD_LIMIT} if card else {})


def _unread(stored: Stored) -> dict[str, int]:
    return {
        path: limit for path, limit in wanted(stored["info"]).items() if "text" not in stored["texts"].get(path, {})
    }


def _read_texts(client: HubClient, stored: Stored) -> None:
    """Read what is not there yet, all at once: the release's texts, and the heads of its ancestors' cards."""
    info, texts, ancestors = stored["info"], stored["texts"], stored["ancestors"]
    at = f"/{quote(info['id'])}/resolve/{info['sha']}/"

    def read_own(path: str, limit: int) -> None:
        texts[path] = _read(client, at + quote(path), path, limit)

    def read_ancestor(key: str, address: str) -> None:
        ancestors[key] = ancestry.said(key, _read(client, address, key, ancestry.HEAD))

    readers = [Thread(target=read_own, args=item, daemon=True) for item in _unread(stored).items()]
    for (kind, id), address in ancestry.wanted(info).items():
        key = ancestry.key(kind, id)
        if not ancestry.settled(ancestors.get(key)):
            readers.append(Thread(target=read_ancestor, args=(key, address), daemon=True))
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()


def _read_front_matter(stored: Stored) -> None:
    """Keep the card's metadata beside its text: the next score of this commit need not parse them."""
    listed = hubfacts.file_list(stored["info"])
    path = None if isinstance(listed, Unread) else hubfacts.card_path([file.path for file in listed])
    text = stored["texts"].get(path, {}).get("text") if path else None
    if text is not None:
        read = read_metadata(text)
        stored["front"] = (
            {"missing": read.reason, "detail": read.detail} if isinstance(read, Unread) else {"data": read}
        )


def _front(stored: Stored) -> Metadata | Unread | None:
    kept = stored.get("front")
    if not kept:
        return None
    data: Metadata | None = kept.get("data")
    return Unread(Reason(kept["missing"]), kept["detail"]) if data is None else data


def _read(client: HubClient, address: str, path: str, limit: int) -> Stored:
    """One text file as it is stored: {text, truncated, notice} or {missing, detail}."""
    try:
        answer = client.get(address, limit)
    except SourceUnavailable as error:
        reason = Reason.RATE_LIMITED if "429" in error.message else Reason.UNREACHABLE
        return {"missing": reason, "detail": f"{path}: {error.message}"}
    if answer.status in (401, 403):
        return {"missing": Reason.GATED, "detail": f"{path} stands behind the gate"}
    if answer.status >= 400:
        return {"missing": Reason.UNREACHABLE, "detail": f"{path}: HTTP {answer.status}"}
    text, notice = hubfacts.decode(answer.body)
    return {"text": text, "truncated": answer.truncated, "notice": notice}


def _text(path: str, value: Stored) -> ReadText | Unread:
    if "text" in value:
        return ReadText(path, value["text"], bool(value.get("truncated")))
    return Unread(Reason(value["missing"]), value["detail"])


def _stored(cache: Cache, id: str, revision: str) -> Stored | None:
    place = cache.get("ref", endpoint(), id, revision)
    stored = cache.get("facts", endpoint(), place["id"], place["sha"]) if place else None
    return stored if isinstance(stored, dict) else None


def _today() -> str:
    import datetime

    return datetime.datetime.now(datetime.UTC).date().isoformat()
