"""Names of files. They are made here and never taken from a repository."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from openness.core.scorecard import Scorecard
from openness.core.text import digest

_OTHER = re.compile(r"[^a-z0-9]+")
LONGEST = 60
"""Characters of a name that are kept for readers. The hash behind them makes the name unique."""


def slugs(cards: Sequence[Scorecard]) -> list[str]:
    """A file name without ending for each scorecard: readable words, and a hash of the release's id.

    The hash covers the revision too if the same release is there more than once.
    """
    often = Counter(card.release.id for card in cards)
    return [_slug(card, often[card.release.id] > 1) for card in cards]


def _slug(card: Scorecard, with_revision: bool) -> str:
    name, revision = card.release.id, card.release.revision or ""
    words = _OTHER.sub("-", name[:200].lower()).strip("-")[:LONGEST].strip("-")
    return f"{words or 'release'}-{digest(f'{name}@{revision}' if with_revision else name)[:8]}"
