"""The page on how a report is made: its rubric in words, and the meaning of each status."""

from __future__ import annotations

from collections.abc import Iterator

from openness.core.components import COMPONENTS
from openness.core.finding import Status
from openness.core.meanings import GENERAL, meaning
from openness.core.rubric import Rubric
from openness.core.scorecard import Scorecard
from openness.outputs.blocks import Block, Column, Facts, Grid, Heading, Paragraph, Phrase, Points, Span
from openness.outputs.rubric_page import parts

TITLE = "How this is found"
ABOUT = (
    "Each release is pinned to a revision. A program reads its files, its card, its licence and its fields on the Hub; what "
    "people have attested is merged with that openly. Every finding names the place where it was seen.",
    "A rubric turns findings into a verdict. What could not be looked at counts for nobody: a score is then two figures, with "
    "every unknown at its worst and at its best, and a verdict is certain only if no unknown can change it. A question that is "
    "met counts in full, a question that is partly met counts half.",
)
WORDS = (
    ("released", "The thing itself is there."),
    ("partial", "A part of it is there."),
    ("described", "There are only words about it."),
    *((status.value, GENERAL[status]) for status in (Status.WITHHELD, Status.SILENT, Status.UNKNOWN)),
)


def methodology(card: Scorecard, rubric: Rubric | None) -> Iterator[Block]:
    """The page of a report that was made by the rubric of `card`; without the rubric's text it shows the questions alone."""
    ref = card.rubric
    yield Heading(TITLE, 1)
    yield from map(Paragraph, ABOUT)
    described = f". {' '.join(rubric.description.split())}" if rubric else "."
    yield Paragraph(
        (
            "Judged by ",
            Span(ref.title, address=ref.source),
            ": rubric ",
            Span(ref.id, "id"),
            f" {ref.version}, text ",
            Span(ref.digest[:12], "id"),
            described,
        )
    )
    yield Heading("Words")
    yield Facts([(word, [means]) for word, means in WORDS])
    yield from parts(rubric) if rubric else _outline(card)
    yield Heading("Components, and what is said of each")
    yield _components()


def _outline(card: Scorecard) -> Iterator[Block]:
    """What a scorecard alone says about its rubric."""
    if card.gates:
        yield Heading("Gates")
        yield Points([(Span(each.title, "strong"), f" ({each.cite})") for each in card.gates])
    yield Heading("Questions")
    columns = (Column("Id"), Column("Question"))
    for each in card.dimensions:
        yield Heading(each.title + (" (beside the score)" if each.beside else ""), 3)
        asked = [result for result in card.criteria if result.dimension == each.id]
        rows = [(one.id, (one.question, Span(f"{one.cite}; weight {one.weight}", "below"))) for one in asked]
        yield Grid(columns, rows, listed=True, label=f"Questions: {each.title}", anchors=[one.id for one in asked])
    yield Heading("What an outsider can do")
    yield Points([(Span(each.title, "strong"), f" ({each.cite})") for each in card.affordances])


def _components() -> Grid:
    columns = (
        Column("Component"),
        *(Column(f"{word} if", named=True) for word in ("Released", "Partial", "Described")),
    )
    statuses = (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)
    rows: list[tuple[Phrase, ...]] = [
        ((each.name, Span(each.definition, "below")), *(meaning(name, status) for status in statuses))
        for name, each in COMPONENTS.items()
    ]
    return Grid(columns, rows, listed=True, label="Components")
