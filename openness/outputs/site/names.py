"""Names of files: made here, never taken from a repository."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from openness.core.scorecard import Scorecard
from openness.core.text import digest

_OTHER = re.compile(r"[^a-z0-9]+")
LONGEST = 60
"""Characters of a name that are kept for the reader; what tells names apart is the hash behind them."""


def slugs(cards: Sequence[Scorecard]) -> list[str]:
    """A file name without ending for each scorecard: readable words and a hash of the release's id, and of its revision
    where the same release is there more than once."""
    often = Counter(card.release.id for card in cards)
    return [_slug(card, often[card.release.id] > 1) for card in cards]


def _slug(card: Scorecard, with_revision: bool) -> str:
    id, revision = card.release.id, card.release.revision or ""
    words = _OTHER.sub("-", id[:200].lower()).strip("-")[:LONGEST].strip("-")
    return f"{words or 'release'}-{digest(f'{id}@{revision}' if with_revision else id)[:8]}"
