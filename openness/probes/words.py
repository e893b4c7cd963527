"""Words that decide how a sentence is to be read: refusal, promise, proprietary sources."""

from __future__ import annotations


def phrases(text: str) -> tuple[str, ...]:
    """Words to look for, written with bars between them."""
    return tuple(text.split(" | "))


REFUSALS = (" not ", "n't ", "cannot", "unable to", " no ", "without releasing", "undisclosed", "not disclose", "withh")
PROMISES = ("will be ", "will release", "plan to", "soon", "upcoming", "in the future", "stay tuned")
CLOSED = ("proprietary", "undisclosed", "private data", "internal data", "in-house", "confidential")
RELEASING = ("releas", "publish", "shar", "open", "disclos", "available", "provide", "public", "distribut")


def refuses(sentence: str) -> bool:
    """Whether a sentence about releasing something says that it is not done."""
    return any(word in sentence for word in REFUSALS) and any(word in sentence for word in RELEASING)


def promises(sentence: str) -> bool:
    """Whether a sentence speaks of what is to come."""
    return any(word in sentence for word in PROMISES)


def closed(sentence: str) -> bool:
    """Whether a sentence says that its subject is not public."""
    return any(word in sentence for word in CLOSED)
