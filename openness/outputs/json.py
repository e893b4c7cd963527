"""Every page as a JSON document. Scorecards have one shape for one release or many, with a published schema."""

from __future__ import annotations

from openness.outputs import pages
from openness.outputs.base import Canvas
from openness.outputs.safe import redacted
from openness.outputs.saved import written

REDACTED = frozenset({"check"})
"""Pages that CI shows in a log: what looks like a token is hidden there."""


def draw(page: str, format_name: str, content: object, canvas: Canvas) -> str:
    """The document of a page; the same facts give the same bytes."""
    drawn = written(pages.document(page, content))
    return redacted(drawn) if page in REDACTED else drawn
