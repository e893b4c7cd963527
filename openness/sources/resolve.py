"""Which source answers for a release: the Hub, else the cache, else the catalogue; and what the reader is told about it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from openness.core.errors import NotAvailableOffline, SourceUnavailable
from openness.core.release import Release
from openness.sources import catalogue, folder, hub, linked
from openness.sources.cache import Cache
from openness.sources.reference import Reference, names_folder, parse_reference

DEFAULT_TIMEOUT = 15.0
"""Seconds for one request to the Hub."""

_TRUE = frozenset({"1", "on", "yes", "true"})


def resolve(
    asked: str,
    *,
    offline: bool = False,
    refresh: bool = False,
    timeout: float = DEFAULT_TIMEOUT,
    follow: bool = False,
    cache: Cache | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Release:
    """The release that `asked` names, a folder or a model on the Hub, with the catalogue's attested findings about it.

    `timeout` is in seconds for one request. `meanwhile` runs in a thread of its own while the Hub is asked. With `follow`, the
    places that the card links to are looked at too (`sources.linked`).

    Raises `UsageError` for a malformed name, `ReleaseNotFound` and `RevisionNotFound` where the Hub has no such release,
    `NotAvailableOffline`, and `SourceUnavailable` when the Hub cannot be asked and nothing else knows the release.
    """
    if names_folder(asked):
        found = folder.read(asked)
        return _followed(found, cache or Cache(), offline, refresh, timeout) if follow else found
    reference, known = _named(asked)
    if known and not catalogue.entry(known).on_hub:
        return catalogue.load(known, asked, "the release is not on the Hub")
    store = cache or Cache()
    offline = offline or os.environ.get("HF_HUB_OFFLINE", "").lower() in _TRUE
    if offline:
        release = _without_network(reference, store, asked, "the network was not used (offline)")
        if release is None:
            raise NotAvailableOffline(
                f"{reference.id} is neither in the cache nor in the bundled catalogue",
                "score it once with the network on",
            )
    else:
        try:
            release = hub.fetch(reference, store, refresh=refresh, timeout=timeout, meanwhile=meanwhile)
        except SourceUnavailable as error:
            fallback = _without_network(reference, store, asked, error.message)
            if fallback is None:
                raise
            release = fallback
    if release.provenance.source != "catalogue":
        release = _with_attestations(release)
        if follow:
            release = _followed(release, store, offline, refresh, timeout)
    return replace(release, notices=(*release.notices, *store.warnings)) if store.warnings else release


def _followed(release: Release, store: Cache, offline: bool, refresh: bool, timeout: float) -> Release:
    return linked.follow(release, store, offline=offline, refresh=refresh, timeout=timeout)


def _named(asked: str) -> tuple[Reference, str | None]:
    """The reference, and the catalogue's id where the words before the @ are a name in the catalogue."""
    words, at, revision = asked.strip().partition("@")
    known = catalogue.find(words) if "/" not in words else None
    if known is None:
        return parse_reference(asked), None
    return replace(parse_reference(f"{known}{at}{revision}"), asked=asked), known


def _without_network(reference: Reference, store: Cache, asked: str, why: str) -> Release | None:
    release = hub.cached(reference, store)
    if release is not None:
        note = f"Answered from the cache of {release.provenance.seen_on}: {why}."
        return replace(release, notices=(note, *release.notices))
    known = catalogue.find(reference.id)
    if known is None:
        return None
    release = catalogue.load(known, asked, why)
    if reference.revision and reference.revision != release.revision:
        return None
    note = f"Answered from the bundled catalogue of {release.provenance.seen_on}: {why}."
    return replace(release, notices=(note, *release.notices))


def _with_attestations(release: Release) -> Release:
    try:
        return replace(release, attested=catalogue.entry(release.id).findings)
    except KeyError:
        return release
