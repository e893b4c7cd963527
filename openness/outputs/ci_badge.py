"""A badge: as SVG, or as the JSON of shields.io's endpoint (https://shields.io/badges/endpoint-badge)."""

from __future__ import annotations

import json
from html import escape

from openness.core.gate import Gated, Outcome
from openness.outputs.base import Canvas
from openness.outputs.check import headline, worst
from openness.outputs.safe import text

LABEL = "openness"
COLOUR = {Outcome.HOLDS: "#2e7d32", Outcome.VIOLATED: "#c62828"}
OTHER = "#9e6a03"
WORD = {
    Outcome.HOLDS: "policy holds",
    Outcome.VIOLATED: "violated",
    Outcome.EXCEPTED: "with exceptions",
    Outcome.TOLERATED: "tolerated",
}
WIDTH = 6.6
"""Mean width of a character at 11 px, in px. The text is stretched to fit."""


def draw(page: str, format_name: str, gated: Gated, canvas: Canvas) -> str:
    """The badge of a checked project. Its title has the day and the revisions, the endpoint's message the day."""
    outcome = worst(gated)
    word, colour = WORD.get(outcome, "undecided"), COLOUR.get(outcome, OTHER)
    if format_name == "endpoint":
        return (
            json.dumps(
                {"schemaVersion": 1, "label": LABEL, "message": f"{word} on {gated.day}", "color": colour.lstrip("#")}
            )
            + "\n"
        )
    revisions = dict.fromkeys((each.release, (each.revision or "no revision")[:12]) for each in gated.results)
    title = text(
        f"{gated.day}: {headline(gated)}. " + "; ".join(f"{release} @ {revision}" for release, revision in revisions)
    )
    return _svg(word, colour, title)


def _svg(word: str, colour: str, title: str) -> str:
    left, right = (round(len(each) * WIDTH) + 12 for each in (LABEL, word))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" '
        f'aria-label="{LABEL}: {escape(word)}">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{left}" height="20" fill="#444"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="6" y="14" textLength="{left - 12}">{LABEL}</text>'
        f'<text x="{left + 6}" y="14" textLength="{right - 12}">{escape(word)}</text></g></svg>\n'
    )
