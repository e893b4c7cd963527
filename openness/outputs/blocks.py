"""Pages made of a few kinds of blocks, drawn for a terminal or as Markdown. Every string leaves through `safe` here.

A page about a licence is the same page in both formats; what differs is the drawing. Rich is imported for the terminal alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from openness.outputs.base import Canvas
from openness.outputs.safe import markdown, markdown_link, text, url

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

LABEL = 26
"""Widest column of labels in a terminal, in columns, and a third of its width at most; a longer label is folded."""

NARROW = 48
"""Columns of a terminal below which a label stands above its lines instead of beside them."""

ROOM = 22
"""Columns that each column of words needs in a grid; with less it becomes a list."""


class Heading(NamedTuple):
    """A title; `level` 1 is the page's own."""

    words: str
    level: int = 2


class Paragraph(NamedTuple):
    """A sentence or two; `aside` marks what is not the matter itself."""

    words: str
    aside: bool = False


class Facts(NamedTuple):
    """Labels, and beside each its lines: the first says it and the others explain it, or all are `points` of one rank."""

    rows: Sequence[tuple[str, Sequence[str]]]
    points: bool = False


class Column(NamedTuple):
    """A column of a grid: its title, whether its cells stay in one piece; `named` cells keep the title beside them where
    the grid is drawn as a list."""

    title: str
    whole: bool = False
    named: bool = False


class Grid(NamedTuple):
    """A table. Where a terminal is too narrow for it, or `listed` asks for it, its rows are drawn as labels with lines:
    the first cell as the label, each other cell a line, or all in one line if `joined`."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    listed: bool = False
    joined: bool = False


class Detail(NamedTuple):
    """Blocks for a page that may be long: Markdown shows them, a terminal does not."""

    blocks: Sequence[Block]


Block = Heading | Paragraph | Facts | Grid | Detail


def as_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as Markdown."""
    lines: list[str] = []
    for block in blocks:
        lines += [*_markdown_lines(block), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _markdown_lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {markdown(block.words)}"
    elif isinstance(block, Paragraph):
        yield markdown(block.words)
    elif isinstance(block, Facts):
        for label, said in block.rows:
            first, rest = ("", said) if block.points else (f": {_linked(said[0])}", said[1:])
            yield f"* **{markdown(label)}**{first}"
            yield from (f"  * {_linked(line)}" for line in rest)
    elif isinstance(block, Detail):
        yield as_markdown(block.blocks).rstrip("\n")
    else:
        yield "| " + " | ".join(markdown(column.title) for column in block.columns) + " |"
        yield "|" + "---|" * len(block.columns)
        for row in block.rows:
            yield "| " + " | ".join(map(_linked, row)) + " |"


def _linked(line: str) -> str:
    """A line of Markdown; one that is an address is a link."""
    return markdown_link(line, line)


def as_table(blocks: Sequence[Block], canvas: Canvas) -> str:
    """The blocks for a terminal that is `canvas.width` columns wide."""
    from openness.outputs.console import drawn

    return drawn([part for each in blocks for part in _drawn(each, canvas, _label_width(blocks, canvas))], canvas)


def _label_width(blocks: Sequence[Block], canvas: Canvas) -> int:
    """One width for the labels of all blocks, so that their lines stand below each other."""
    labels = [label for each in blocks if isinstance(each, Facts) for label, _ in each.rows]
    for each in blocks:
        if isinstance(each, Grid) and _as_list(each, canvas):
            labels += [row[0] for row in each.rows]
    return min(LABEL, canvas.width // 3, max(map(len, labels), default=0))


def _drawn(block: Block, canvas: Canvas, label: int) -> list[RenderableType]:
    from rich.text import Text

    if isinstance(block, Heading):
        title = Text(text(block.words), style="bold")
        return [title] if block.level == 1 else [Text(), title]
    if isinstance(block, Paragraph):
        return [Text(), Text(text(block.words), style="dim" if block.aside else "")]
    if isinstance(block, Facts):
        return [_labelled(block.rows, canvas, label, block.points)]
    if isinstance(block, Detail):
        return []
    if _as_list(block, canvas):
        return [_labelled([_listed(block, row) for row in block.rows], canvas, label, False)]
    return [_grid(block, canvas)]


def _labelled(rows: Sequence[tuple[str, Sequence[str]]], canvas: Canvas, label: int, points: bool) -> RenderableType:
    """Labels with their lines beside them, or below them where the terminal is narrow."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 0, 0, 1), pad_edge=True)
    narrow = canvas.width < NARROW
    widths = [2 if narrow else label + 2, *([2] if points else [])]  # each with the blank before it
    for width in (*widths, max(9, canvas.width - sum(widths))):
        table.add_column(overflow="fold", width=width)
    for title, lines in rows:
        name = Text(text(title), style="bold")
        words = [_words(line, canvas, "dim" if number and not points else "") for number, line in enumerate(lines)]
        if narrow:
            table.add_row(*[""] * len(widths), name)
        first = "" if narrow else name
        if points:
            for number, each in enumerate(words):
                table.add_row("" if number else first, Text("•", style="dim"), each)
        else:
            table.add_row(first, Text("\n").join(words))
    return table


def _words(line: str, canvas: Canvas, style: str) -> Text:
    """A line; one that is an address can be followed where the terminal can link."""
    from rich.text import Text

    address = url(line)
    return Text(text(line), style=f"{style} link {address}".strip() if address and canvas.links else style)


def _listed(grid: Grid, row: Sequence[str]) -> tuple[str, Sequence[str]]:
    """A row of a grid as a label with lines; empty cells are left out."""
    lines = [
        f"{column.title}: {cell}" if column.named else cell
        for column, cell in zip(grid.columns[1:], row[1:], strict=True)
        if cell
    ]
    return row[0], [" · ".join(lines)] if grid.joined else lines


def _widths(grid: Grid, canvas: Canvas) -> list[int]:
    """The widths of a grid's columns: what stays whole as wide as it is, the rest shared by the others."""
    from rich.cells import cell_len

    cells = [[column.title, *(row[place] for row in grid.rows)] for place, column in enumerate(grid.columns)]
    longest = [max(cell_len(text(cell)) for cell in column) for column in cells]
    left = canvas.width - 2 * (len(longest) - 1)
    left -= sum(width for width, column in zip(longest, grid.columns, strict=True) if column.whole)
    others = sum(not column.whole for column in grid.columns)
    return [width if column.whole else left // others for width, column in zip(longest, grid.columns, strict=True)]


def _as_list(grid: Grid, canvas: Canvas) -> bool:
    """Whether a grid is drawn as a list."""
    return grid.listed or any(
        width < ROOM and not column.whole for width, column in zip(_widths(grid, canvas), grid.columns, strict=True)
    )


def _grid(grid: Grid, canvas: Canvas) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column, width in zip(grid.columns, _widths(grid, canvas), strict=True):
        table.add_column(text(column.title), overflow="fold", width=width)
    for row in grid.rows:
        table.add_row(*(Text(text(cell)) for cell in row))
    return table
