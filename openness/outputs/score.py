"""Scorecards as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core.scorecard import Scorecard
from openness.outputs.base import Explained
from openness.outputs.saved import SCHEMA_VERSION, Document, plain


def document(content: Sequence[Scorecard] | Explained) -> object:
    """The scorecards as a saved run."""
    cards = content.cards if isinstance(content, Explained) else content
    return plain(Document(SCHEMA_VERSION, tuple(cards)))


DOCUMENTS = {"score": document, "explain": document}
