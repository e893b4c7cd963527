"""The links of a card, followed: which places exist, and what they hold. Nothing is followed unless the user asks for it.

Up to 24 places are asked, eight at once, each by `http.Web`, which says what it refuses. Answers are kept for a week, because
linked places change. A failure that a retry may cure is never kept, and stays unknown with its reason.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from openness.core.release import Linked, Need, Reason, Release, Unread
from openness.sources.cache import Cache
from openness.sources.codec import decode, encode
from openness.sources.connections import Unseen
from openness.sources.facts import today
from openness.sources.http import Manners, Web
from openness.sources.places import ask
from openness.sources.reference import endpoint
from openness.sources.targets import Target, choose

AT_ONCE = 8
BUDGET = 30.0
"""Seconds that following the links of one release may take in all."""
FRESH_DAYS = 7
"""Days after which what was seen of a place is asked for again."""


@cache
def _manners() -> Manners:
    return Manners()


def open_web(timeout: float) -> Web:
    """The client that follows links; tests put their own in its place."""
    return Web(timeout, BUDGET, endpoint(), _manners())


def follow(
    release: Release, cache: Cache, *, offline: bool = False, refresh: bool = False, timeout: float = 15.0
) -> Release:
    """The release with what its links lead to; `timeout` is in seconds for each request.

    `offline` asks nobody and takes what is kept, `refresh` asks anew for what is kept. Nothing is raised: what could not be
    looked at is named in `Linked.missing`, and then `Need.LINKED` stays unmet with the first reason.
    """
    targets, beyond = choose(release)
    seen = {target.url: _kept(cache, target) for target in targets}
    stale = [] if offline else [target for target in targets if refresh or not _is_fresh(seen[target.url])]
    for target, answer in zip(stale, _ask_all(stale, timeout), strict=True):
        if isinstance(answer, Unread):
            seen[target.url] = seen[target.url] or Linked(target.url, target.kind, missing=answer)
            continue
        seen[target.url] = place = replace(answer, seen_on=today())
        if not (place.missing and place.missing.retriable):
            cache.put(encode(place), *_key(target))
    nobody = Unread(Reason.OFFLINE, "the link was not followed (offline)")
    linked = tuple(
        replace(seen[each.url] or Linked(each.url, each.kind, missing=nobody), links=each.links, line=each.line)
        for each in targets
    )
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
    return ("linked", endpoint(), target.url, *target.folders)


def _kept(cache: Cache, target: Target) -> Linked | None:
    return decode(Linked, cache.get(*_key(target)))


def _is_fresh(seen: Linked | None) -> bool:
    from datetime import date

    try:
        age = (date.fromisoformat(today()) - date.fromisoformat(seen.seen_on if seen else "")).days
    except ValueError:
        return False
    return 0 <= age <= FRESH_DAYS


def _ask_all(targets: list[Target], timeout: float) -> list[Linked | Unread]:
    """What is seen of each target, or why nothing is; in about BUDGET seconds, whatever the other side does."""
    if not targets:
        return []
    web = open_web(timeout)
    answers: list[Linked | Unread] = [Unread(Reason.TIMEOUT, "the link was not followed in time")] * len(targets)
    waiting = iter(enumerate(targets))
    lock = threading.Lock()

    def one(target: Target) -> Linked | Unread:
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
