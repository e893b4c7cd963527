"""The page of a comparison: releases side by side, differences first, with reasons."""

from __future__ import annotations

from collections.abc import Iterator

from openness.core import words
from openness.core.comparison import ComparedRow, Comparison
from openness.core.scorecard import ReleaseRef
from openness.outputs.base import DISCLAIMER
from openness.outputs.blocks import Block, Column, Grid, Heading, Paragraph
from openness.outputs.saved import SCHEMA_VERSION, plain

DIFFERENCES = "What differs, and why"
SAME_IN_FULL = frozenset({"verdict", "score", "licence", "access"})
"""Kinds of rows that are shown even if they do not differ."""
PARTS = (
    ("In short", ("verdict", "score", "licence", "access")),
    ("Gates", ("gate",)),
    ("Dimensions", ("dimension",)),
    ("What an outsider can do", ("affordance",)),
)
"""Headings, and the kinds of rows below each."""


def _parts(comparison: Comparison) -> Iterator[tuple[str, list[ComparedRow]]]:
    """The headings, each with the rows below it."""
    for title, kinds in PARTS:
        rows = [row for row in comparison.rows if row.kind in kinds and (row.differs or row.kind in SAME_IN_FULL)]
        if rows:
            yield title, rows


def _foot(comparison: Comparison) -> str:
    """The last line of the page."""
    same = sum(not row.differs and row.kind == "criterion" for row in comparison.rows)
    rubric = comparison.rubric
    return f"{same} criteria do not differ. Judged by {rubric.title} ({rubric.id} {rubric.version}). {DISCLAIMER}"


def _blocks(comparison: Comparison) -> Iterator[Block]:
    names = _names(comparison.releases)
    yield Heading(" · ".join(names), 1)
    yield from (Paragraph(notice) for notice in comparison.notices)
    for title, rows in _parts(comparison):
        yield Heading(title)
        yield _grid(title, names, rows)
    criteria = [row for row in comparison.rows if row.kind == "criterion" and row.differs]
    if criteria:
        yield Heading(DIFFERENCES)
        yield _reasons(names, criteria)
    yield Paragraph(_foot(comparison), "aside")


def _grid(title: str, names: list[str], rows: list[ComparedRow]) -> Grid:
    """A row per thing compared. For two releases, the last column says how the second stands to the first."""
    two = len(names) == 2
    columns = [Column(""), *(Column(name, named=True) for name in names), *([Column("", whole=True)] if two else [])]
    cells = [
        [row.title, *(cell.outcome for cell in row.cells), *([words.WAYS[row.way]] if two else [])] for row in rows
    ]
    notes = [["", *(cell.why if row.differs else "" for cell in row.cells), *([""] if two else [])] for row in rows]
    return Grid(columns, cells, label=title, notes=notes)


def _reasons(names: list[str], rows: list[ComparedRow]) -> Grid:
    """The questions that are answered differently, each with the reasons."""
    columns = [Column("Id"), Column("Question"), *(Column(name, named=True) for name in names)]
    cells = []
    for row in rows:
        head = f"{words.WAYS[row.way]}: {row.title}" if row.way else row.title
        cells.append([row.id, head, *(f"{cell.outcome}. {cell.why}" for cell in row.cells)])
    return Grid(columns, cells, listed=True, label=DIFFERENCES)


def _names(releases: tuple[ReleaseRef, ...]) -> list[str]:
    """The ids of the releases, with the revision if an id is there twice."""
    ids = [release.id for release in releases]
    return [
        f"{each.id} @ {(each.revision or 'no revision')[:12]}" if ids.count(each.id) > 1 else each.id
        for each in releases
    ]


BLOCKS = {"compare": lambda comparison: list(_blocks(comparison))}
DOCUMENTS = {"compare": lambda comparison: {"schema_version": SCHEMA_VERSION, "comparison": plain(comparison)}}
