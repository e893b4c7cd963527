"""Words that decide how a sentence is read: as a refusal, as a promise, as one about closed data or somebody else's work.

Every function takes one sentence in lower case. A negation counts only where it negates the releasing ("do not release", "no
code is provided"), not where it stands elsewhere in the sentence ("not intended for …; the code is available").
"""

from __future__ import annotations

import re
from functools import lru_cache


def phrases(text: str) -> tuple[str, ...]:
    """Phrases written with bars between them, as a tuple. A phrase begins a word; one that ends in `$` also ends a word."""
    return tuple(text.split(" | "))


NEGATIONS = (
    " not ",
    "n't ",
    "cannot ",
    "unable to ",
    " no ",
    " nor ",
    "neither ",
    "never ",
    "without ",
    " not be",
    "no plan",
    " none of ",
)
RELEASING = (
    "releas",
    "publish",
    "publicly",
    "public ",
    "public.",
    "share",
    "sharing",
    "open-sourc",
    "open sourc",
    "opensourc",
    "disclos",
    "available",
    "provide",
    "distribut",
    "reveal",
    "upload",
    "made open",
    "give out",
    "accessible",
)
OUTRIGHT = (
    "undisclosed",
    "withheld",
    "withhold",
    "kept private",
    "remain private",
    "not public",
    "non-public",
    "keep private",
)
"""Words that are a refusal by themselves."""
HEDGES = (
    "will ",
    "'ll ",
    "plan to",
    "plans to",
    "planning to",
    "planned",
    "to be ",
    "going to",
    "aim to",
    "intend to",
    "hope to",
    "working on",
    "we would like to",
    "once ",
)
PROMISES = (
    "coming soon",
    " soon",
    "stay tuned",
    "upcoming",
    "not yet",
    "in the future",
    "in the near future",
    "next step",
    "todo",
    "to-do",
    "tbd",
    "in progress",
    "under preparation",
    "being prepared",
    "(wip",
    "worked on",
    "work in progress",
    "under construction",
    "n't yet",
)
CLOSED = (
    "proprietary",
    "undisclosed",
    "private",
    "internal",
    "in-house",
    "confidential",
    "non-public",
    "closed-source",
    "licensed",
)
_PENDING = re.compile(r"[^,;.(]{0,80}\((?:coming soon|soon|tba|to be released)[^)]{0,40}\)")
_DATA_NOUNS = (
    "data",
    "corpus",
    "corpora",
    "mix",
    "source",
    "document",
    "text",
    "image",
    "collection",
    "material",
    "chat",
    "conversation",
)
_BREAKS = (", but", " but ", ";", ": ", ", and the", ", while", " however", ", which", ", so", "not only")
_REACH = 60
OTHERS = (
    "unlike",
    "in contrast to",
    "other model",
    "previous work",
    "prior work",
    "original author",
    "original model",
    "acknowledg",
    "thank",
    "inspired by",
    "borrow",
    "results are from",
    "results from",
    "copied from",
    "parent model",
)
"""Words of sentences that speak of somebody else's work."""


def _soon_after(sentence: str, marker: str, wanted: tuple[str, ...], reach: int = _REACH) -> bool:
    """Whether one of the wanted words follows the marker in the same part of the sentence, within `reach` characters."""
    start = sentence.find(marker)
    while start >= 0:
        part = sentence[start : start + len(marker) + reach]
        for stop in _BREAKS:
            cut = part.find(stop)
            if cut >= 0:
                part = part[:cut]
        if any(word in part for word in wanted):
            return True
        start = sentence.find(marker, start + len(marker))
    return False


def _negated_before(sentence: str) -> bool:
    """Whether a negation is soon followed by a word of releasing: `the data is not …`, `no … is released`."""
    padded = f" {sentence} "
    return any(marker in padded and _soon_after(padded, marker, RELEASING) for marker in NEGATIONS)


@lru_cache(maxsize=1024)
def refuses(sentence: str) -> bool:
    """Whether a sentence about releasing something says that it is not done."""
    return any(word in sentence for word in OUTRIGHT) or _negated_before(sentence)


def refuses_the(nouns: tuple[str, ...], sentence: str) -> bool:
    """Whether a sentence says that one of these things is not released: its noun stands beside the refusal."""
    if not refuses(sentence):
        return False
    places = [sentence.find(word) for word in (*OUTRIGHT, *(marker.strip() + " " for marker in NEGATIONS))]
    return any(
        any(noun in sentence[max(0, place - _REACH) : place + _REACH] for noun in nouns)
        for place in places
        if place >= 0
    )


@lru_cache(maxsize=1024)
def promises(sentence: str) -> bool:
    """Whether a sentence speaks of a release that is to come."""
    if any(word in sentence for word in PROMISES):
        return True
    return any(marker in sentence and _soon_after(sentence, marker, (*RELEASING, "add", "updat")) for marker in HEDGES)


@lru_cache(maxsize=1024)
def closed(sentence: str) -> bool:
    """Whether a sentence says that data are not public ("a mix of proprietary data")."""
    return any(word in sentence and _soon_after(sentence, word, _DATA_NOUNS, 40) for word in CLOSED)


def settled(sentence: str) -> str:
    """A sentence without what it says is still to come: in `code, logs (coming soon) and weights`, without the logs."""
    return _PENDING.sub(" ", sentence) if "soon" in sentence or "tba" in sentence else sentence


@lru_cache(maxsize=1024)
def foreign(sentence: str) -> bool:
    """Whether a sentence speaks of somebody else's work."""
    return any(word in sentence for word in OTHERS)
