"""Tables on a terminal, and when they are drawn as lists."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table

from openness.outputs.base import Canvas
from openness.outputs.blocks import Column, Grid, Phrase, words_of
from openness.outputs.safe import text
from openness.outputs.terminal_text import Pen, line

ROOM, LEAST = 22, 6
"""Columns that each column of words needs in a grid, and in one that is as wide as its cells; with less it becomes a list."""


def as_list(grid: Grid, canvas: Canvas) -> bool:
    """Whether a grid is drawn as a list."""
    widths = zip(_widths(grid, canvas), grid.columns, strict=True)
    room = LEAST if grid.tight else ROOM
    return grid.listed or any(width < room and not column.whole for width, column in widths)


def listed(grid: Grid, row: Sequence[Phrase]) -> tuple[Phrase, Sequence[Phrase]]:
    """A row of a grid as a label with lines; empty cells are left out."""
    lines: list[Phrase] = [
        f"{column.title}: {words_of(cell)}" if column.named else cell
        for column, cell in zip(grid.columns[1:], row[1:], strict=True)
        if cell
    ]
    return row[0], [" · ".join(map(words_of, lines))] if grid.joined else lines


def grid(block: Grid, pen: Pen) -> RenderableType:
    """A grid as a table."""
    shown = [place for place, column in enumerate(block.columns) if pen.canvas.width >= column.least]
    widths = _widths(block, pen.canvas)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for place in shown:
        column = block.columns[place]
        _add(table, column, None if block.tight else widths[place])
    for row in block.rows:
        table.add_row(*(line(row[place], pen) for place in shown))
    return table


def _add(table: Table, column: Column, width: int | None) -> None:
    """Add a column: of a width, or as wide as its cells, the last one of words as wide as there is room."""
    table.add_column(
        text(column.title),
        overflow="fold",
        width=width,
        no_wrap=column.whole and width is None,
        justify="right" if column.right else "left",
    )


def _widths(grid: Grid, canvas: Canvas) -> list[int]:
    """The widths of the columns: what stays whole as wide as it is, the rest shared by the others."""
    cells = [[column.title, *(words_of(row[place]) for row in grid.rows)] for place, column in enumerate(grid.columns)]
    longest = [max(cell_len(text(cell)) for cell in column) for column in cells]
    shown = [
        (width, column) for width, column in zip(longest, grid.columns, strict=True) if canvas.width >= column.least
    ]
    left = canvas.width - 2 * (len(shown) - 1) - sum(width for width, column in shown if column.whole)
    others = max(1, sum(not column.whole for _, column in shown))
    return [width if column.whole else left // others for width, column in zip(longest, grid.columns, strict=True)]
