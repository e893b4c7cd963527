"""The links of a card, followed: which places exist, and what they hold. Nothing is followed unless it is asked for.

Up to 24 places, eight at once, each by `http.Web` (which see for what is refused). What was seen is kept for a week, for
linked places change; what could not be seen is never kept, and stays unknown with its reason.
"""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from openness.core.release import RETRIABLE, File, Gating, Linked, Need, ReadText, Reason, Release, Unread
from openness.sources.cache import Cache
from openness.sources.reference import endpoint
from openness.sources.targets import Target, choose

if TYPE_CHECKING:
    from openness.sources.http import Manners, Web

AT_ONCE = 8
BUDGET = 30.0
"""Seconds that following the links of one release may take in all."""
FRESH_DAYS = 7
"""Days after which what was seen of a place is asked for again."""
FORMAT = "1"

Seen = dict[str, Any]


@cache
def _manners() -> Manners:
    from openness.sources.http import Manners

    return Manners()


def open_web(timeout: float) -> Web:
    """The client by which links are followed; tests put one of their own in its place."""
    from openness.sources.http import Web

    return Web(timeout, BUDGET, endpoint(), _manners())


def follow(
    release: Release, cache: Cache, *, offline: bool = False, refresh: bool = False, timeout: float = 15.0
) -> Release:
    """The release with what its links lead to; `timeout` is in seconds for each request.

    `offline` asks nobody and takes what is kept, `refresh` asks anew for what is kept. Nothing is raised: what could not be
    looked at is named in `Linked.missing`, and then `Need.LINKED` stays unmet with the first reason.
    """
    targets, beyond = choose(release)
    today = datetime.datetime.now(datetime.UTC).date()
    kept = {target.url: _kept(cache, target) for target in targets}
    stale = [
        target
        for target in targets
        if not offline and (refresh or kept[target.url] is None or not _fresh(kept[target.url], today))
    ]
    for target, seen in zip(stale, _ask_all(stale, timeout), strict=True):
        if isinstance(seen, Unread):
            kept[target.url] = kept[target.url] or {"missing": [seen.reason, seen.detail]}
            continue
        kept[target.url] = seen | {"seen_on": today.isoformat()}
        if not seen.get("missing") or Reason(seen["missing"][0]) not in RETRIABLE:
            cache.put(kept[target.url], *_key(target))
    nobody: Seen = {"missing": [Reason.OFFLINE, "the link was not followed (offline)"]}
    linked = tuple(_linked(target, kept[target.url] or nobody) for target in targets)
    return replace(release, linked=linked, missing=_unmet(release, linked, beyond), notices=_notices(release, linked))


def _unmet(release: Release, linked: tuple[Linked, ...], beyond: int) -> dict[Need, Unread]:
    """The release's unmet needs, with `Need.LINKED` only where a link could not be looked at."""
    missing = dict(release.missing)
    missing.pop(Need.LINKED, None)
    unseen = [each.missing for each in linked if each.missing]
    if Need.CARD in missing:
        card = missing[Need.CARD]
        missing[Need.LINKED] = Unread(card.reason, f"links are in the card, which was not seen: {card.detail}")
    elif unseen:
        first = next((each for each in unseen if each.retriable), unseen[0])
        missing[Need.LINKED] = Unread(first.reason, f"{len(unseen)} of {len(linked)} links: {first.detail}")
    elif beyond:
        missing[Need.LINKED] = Unread(Reason.NOT_FOLLOWED, f"{beyond} more links were not followed")
    return missing


def _notices(release: Release, linked: tuple[Linked, ...]) -> tuple[str, ...]:
    dead = [each.links[0] if each.line else each.title for each in linked if each.exists is False]
    if not dead:
        return release.notices
    more = f" and {len(dead) - 4} more" if len(dead) > 4 else ""
    return (*release.notices, f"Linked but not there: {', '.join(link[:100] for link in dead[:4])}{more}.")


def _key(target: Target) -> tuple[str, ...]:
    return ("linked", FORMAT, endpoint(), target.url, *target.folders)


def _kept(cache: Cache, target: Target) -> Seen | None:
    seen = cache.get(*_key(target))
    return seen if isinstance(seen, dict) else None


def _fresh(seen: Seen | None, today: datetime.date) -> bool:
    try:
        age = (today - datetime.date.fromisoformat(str((seen or {}).get("seen_on")))).days
    except ValueError:
        return False
    return 0 <= age <= FRESH_DAYS


def _ask_all(targets: list[Target], timeout: float) -> list[Seen | Unread]:
    """What is seen of each target, or why nothing is; in about BUDGET seconds, whatever the other side does."""
    if not targets:
        return []
    from openness.sources.http import Unseen
    from openness.sources.places import ask

    web = open_web(timeout)
    answers: list[Seen | Unread] = [Unread(Reason.TIMEOUT, "the link was not followed in time")] * len(targets)
    waiting = iter(enumerate(targets))
    lock = threading.Lock()

    def one(target: Target) -> Seen | Unread:
        try:
            return ask(web, target)
        except Unseen as error:
            return error.missing
        except Exception as error:  # the odd answer of one place must not end the score
            return Unread(Reason.PROBE_ERROR, f"following the link failed ({type(error).__name__})")

    def work() -> None:
        while True:
            with lock:
                number, target = next(waiting, (-1, None))
            if target is None:
                return
            answers[number] = one(target)

    _run(work, min(AT_ONCE, len(targets)), BUDGET + 1.0)
    web.close()
    return list(answers)


def _run(work: Callable[[], None], count: int, seconds: float) -> None:
    """Run `work` in some threads and wait; what still hangs then (a resolver has no time limit) is left behind."""
    end = time.monotonic() + seconds
    workers = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(max(0.0, end - time.monotonic()))


def _linked(target: Target, seen: Seen) -> Linked:
    text = seen.get("text")
    why = seen.get("missing")
    gated = seen.get("gated")
    return Linked(
        url=target.url,
        kind=seen.get("kind", target.kind),
        links=target.links,
        line=target.line,
        exists=seen.get("exists"),
        title=seen.get("title", ""),
        licence=seen.get("licence"),
        licence_text=ReadText(text["path"], text["text"], bool(text["truncated"])) if text else None,
        files=tuple(File(path, size) for path, size in seen.get("files", ())),
        files_at=seen.get("files_at", ""),
        readme=seen.get("readme", ""),
        gated=Gating(gated) if gated else None,
        revision=seen.get("revision"),
        seen_on=seen.get("seen_on", ""),
        missing=Unread(Reason(why[0]), why[1]) if why else None,
    )
