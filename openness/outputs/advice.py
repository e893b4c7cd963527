"""The page of advice: for each standard, the changes that would reach a better class."""

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
    how = "No smaller set of changes reaches that class. It was found by a search over the rubric's conditions."
    yield Paragraph(f"{how} {DISCLAIMER}", "aside")


def _steps(card: Scorecard) -> Iterator[tuple[str, list[str]]]:
    advice = card.advice
    if advice is None:
        best = card.verdict.certain and not card.verdict.reasons
        yield (
            "Next",
            [
                "nothing to do: this is the best class"
                if best
                else "nothing that its publisher can change reaches a better class"
            ],
        )
        return
    more = advice.ways - 1
    others = f" ({more} other way{' is' if more == 1 else 's are'} as short)" if more else ""
    yield "Next", [f"{advice.class_title}, by {words.counted(len(advice.changes), 'change')}{others}"]
    for number, change in enumerate(advice.changes, 1):
        yield f"{number}.", [change.text]


DOCUMENTS = {"advice": document}
BLOCKS = {"advice": lambda cards: list(_blocks(cards))}
