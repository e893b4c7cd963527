"""Pages for a terminal: text that fits its width, with escape sequences only where the canvas has colour or links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from openness.outputs import pages
from openness.outputs import terminal_score as score
from openness.outputs.base import Canvas
from openness.outputs.blocks import (
    Bars,
    Block,
    Claim,
    Code,
    Dated,
    Detail,
    Drawing,
    EvidenceTable,
    Explanation,
    Facts,
    Figure,
    Grid,
    Heading,
    PageSection,
    Paragraph,
    Phrase,
    Points,
    Signs,
    Sources,
    TermList,
    Title,
    words_of,
)
from openness.outputs.console import drawn
from openness.outputs.safe import text
from openness.outputs.terminal_grid import as_list, grid, listed
from openness.outputs.terminal_text import Pen, line, styled

LABEL = 26
"""Widest column of labels, in columns. It takes a third of the width at most; a longer label is folded."""

NARROW = 48
"""Columns below which a label stands above its lines instead of beside them."""

Parts = list[RenderableType]


def draw(page: str, format_name: str, content: object, canvas: Canvas) -> str:
    """A page as text."""
    return as_text(pages.blocks(page, content), canvas)


def as_text(blocks: Sequence[Block], canvas: Canvas) -> str:
    """Blocks as text; addresses that cannot stand behind words are listed at the end."""
    pen = Pen(canvas, _label_width(blocks, canvas))
    parts = [part for each in blocks for part in _parts(each, pen)]
    if parts and isinstance(parts[0], Text) and not parts[0].plain:
        parts = parts[1:]
    return drawn(parts, canvas) + pen.listed()


def _parts(block: Block, pen: Pen) -> Parts:
    return _DRAWERS[type(block)](block, pen)


def _label_width(blocks: Sequence[Block], canvas: Canvas) -> int:
    """One width for the labels of all blocks, so that their lines are aligned."""
    labels = [label for each in blocks if isinstance(each, Facts) for label, _ in each.rows]
    for each in blocks:
        if isinstance(each, Grid) and as_list(each, canvas):
            labels += [words_of(row[0]) for row in each.rows]
    return min(LABEL, canvas.width // 3, max(map(len, labels), default=0))


def _heading(block: Heading, pen: Pen) -> Parts:
    title = Text(text(block.words), style="bold")
    return [title] if block.level == 1 else [Text(), title]


def _paragraph(block: Paragraph, pen: Pen) -> Parts:
    said = line(block.words, pen, {"aside": "dim", "open": "magenta"}.get(block.kind, ""))
    return [said] if block.close else [Text(), said]


def _points(block: Points, pen: Pen) -> Parts:
    table = Table.grid(padding=(0, 0, 0, 1), pad_edge=True)
    for number, each in enumerate(block.items, 1):
        table.add_row(Text(f"{number}." if block.ordered else "•", style="dim"), line(each, pen))
    return [table]


def _facts(block: Facts, pen: Pen) -> Parts:
    return [_labelled(block.rows, pen, block.points)]


def _grid(block: Grid, pen: Pen) -> Parts:
    if as_list(block, pen.canvas):
        return [_labelled([listed(block, row) for row in block.rows], pen, False)]
    return [grid(block, pen)]


def _labelled(rows: Sequence[tuple[Phrase, Sequence[Phrase]]], pen: Pen, points: bool) -> RenderableType:
    """Labels with their lines beside them, or below them if the terminal is narrow."""
    table = Table.grid(padding=(0, 0, 0, 1), pad_edge=True)
    narrow = pen.canvas.width < NARROW
    widths = [2 if narrow else pen.label + 2, *([2] if points else [])]  # each with the blank before it
    for width in (*widths, max(9, pen.canvas.width - sum(widths))):
        table.add_column(overflow="fold", width=width)
    for title, lines in rows:
        name = Text(text(words_of(title)), style="bold")
        said = [line(each, pen, "dim" if number and not points else "") for number, each in enumerate(lines)]
        if narrow:
            table.add_row(*[""] * len(widths), name)
        first = "" if narrow else name
        if points:
            for number, each in enumerate(said):
                table.add_row("" if number else first, Text("•", style="dim"), each)
        else:
            table.add_row(first, Text("\n").join(said))
    return table


def _dated(block: Dated, pen: Pen) -> Parts:
    return [_labelled([(day, (title, *changes)) for day, title, changes in block.rows], pen, False)]


def _code(block: Code, pen: Pen) -> Parts:
    return [styled(each) for each in block.lines]


def _section(block: PageSection, pen: Pen) -> Parts:
    return [Text(), styled(block.title, "bold"), *(part for each in block.blocks for part in _parts(each, pen))]


def _detail(block: Detail, pen: Pen) -> Parts:
    return [part for each in block.brief for part in _parts(each, pen)]


def _drawing(block: Drawing, pen: Pen) -> Parts:
    return []


_DRAWERS: dict[type, Callable[[Any, Pen], Parts]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Points: _points,
    Facts: _facts,
    Grid: _grid,
    Dated: _dated,
    Code: _code,
    PageSection: _section,
    Detail: _detail,
    Drawing: _drawing,
    Title: score.title,
    Signs: score.signs,
    Bars: score.bars,
    Figure: score.figure,
    Claim: score.claim,
    TermList: score.terms,
    EvidenceTable: score.evidence,
    Explanation: score.explanation,
    Sources: score.sources,
}
"""The function that draws each kind of block."""
