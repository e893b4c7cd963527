"""Advice as a page: for each standard the changes that reach its next class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openness.core import words
from openness.core.scorecard import Scorecard
from openness.outputs import view
from openness.outputs.base import DISCLAIMER
from openness.outputs.blocks import Block, Facts, Heading, Paragraph
from openness.outputs.score_page import document


def _blocks(cards: Sequence[Scorecard]) -> Iterator[Block]:
    shown = None
    for card in cards:
        if shown != card.release:
            shown = card.release
            yield Heading(view.title(card), 1)
            yield from (Paragraph(f"Note: {notice}", "aside") for notice in card.release.notices)
        yield Heading(card.rubric.title)
        yield Facts([("Now", [words.verdict(card.verdict)]), *_steps(card)])
    yield Paragraph(
        f"A smallest set of changes is shown, found by search over the conditions of the rubric. {DISCLAIMER}", "aside"
    )


def _steps(card: Scorecard) -> Iterator[tuple[str, list[str]]]:
    advice = card.advice
    if advice is None:
        best = card.verdict.certain and not card.verdict.reasons
        yield (
            "Next",
            ["nothing to do: this is the best class" if best else "no change by its publisher reaches a better class"],
        )
        return
    more = advice.ways - 1
    others = f" ({more} other way{' is' if more == 1 else 's are'} as short)" if more else ""
    count = len(advice.changes)
    yield "Next", [f"{advice.class_title}, by {count} change{'s' * (count != 1)}{others}"]
    for number, change in enumerate(advice.changes, 1):
        yield f"{number}.", [change.text]


DOCUMENTS = {"advice": document}
BLOCKS = {"advice": lambda cards: list(_blocks(cards))}
