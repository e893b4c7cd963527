"""Releases beside each other: differences first, what changed and why."""

from __future__ import annotations

from collections.abc import Iterator

from openness.core.comparison import ComparedRow, Comparison
from openness.core.scorecard import ReleaseRef
from openness.outputs.base import DISCLAIMER
from openness.outputs.blocks import Block, Column, Facts, Grid, Heading, Paragraph
from openness.outputs.saved import SCHEMA_VERSION, plain

WAYS = {
    "better": "▲ better",
    "worse": "▼ worse",
    "unclear": "? not certain",
    "other": "≠ other",
    "same": "= same",
    "": "",
}
SAME_IN_FULL = frozenset({"verdict", "score", "licence", "access"})
"""Kinds that are shown also where they do not differ."""


PARTS = (
    ("In short", ("verdict", "score", "licence", "access")),
    ("Gates", ("gate",)),
    ("Dimensions", ("dimension",)),
    ("What an outsider can do", ("affordance",)),
)
"""Headings, and the kinds of rows that stand below each."""


def parts(comparison: Comparison) -> Iterator[tuple[str, list[ComparedRow]]]:
    """The headings, each with the rows below it."""
    for title, kinds in PARTS:
        rows = [row for row in comparison.rows if row.kind in kinds and (row.differs or row.kind in SAME_IN_FULL)]
        if rows:
            yield title, rows


def foot(comparison: Comparison) -> str:
    """What stands at the end of the page."""
    same = sum(not row.differs and row.kind == "criterion" for row in comparison.rows)
    rubric = comparison.rubric
    return f"{same} criteria do not differ. Judged by {rubric.title} ({rubric.id} {rubric.version}). {DISCLAIMER}"


def _blocks(comparison: Comparison) -> Iterator[Block]:
    names = names_of(comparison.releases)
    yield Heading(" · ".join(names), 1)
    yield from (Paragraph(notice) for notice in comparison.notices)
    for title, rows in parts(comparison):
        yield Heading(title)
        yield _grid(names, rows)
    criteria = [row for row in comparison.rows if row.kind == "criterion" and row.differs]
    if criteria:
        yield Heading("What differs, and why")
        yield Facts([(row.id, _why(row, names)) for row in criteria])
    yield Paragraph(foot(comparison), True)


def _grid(names: list[str], rows: list[ComparedRow]) -> Grid:
    two = len(names) == 2
    columns = [Column(""), *(Column(name, named=True) for name in names), *([Column("", whole=True)] if two else [])]
    cells = [[row.title, *(cell.outcome for cell in row.cells), *([WAYS[row.way]] if two else [])] for row in rows]
    return Grid(columns, cells)


def _why(row: ComparedRow, names: list[str]) -> list[str]:
    head = WAYS[row.way] or row.title
    return [f"{head}: {row.title}" if row.way else row.title] + [
        f"{name}: {cell.outcome}. {cell.why}" for name, cell in zip(names, row.cells, strict=True)
    ]


def names_of(releases: tuple[ReleaseRef, ...]) -> list[str]:
    """Ids; with the revision where one id stands there twice."""
    ids = [release.id for release in releases]
    return [
        f"{each.id} @ {(each.revision or 'no revision')[:12]}" if ids.count(each.id) > 1 else each.id
        for each in releases
    ]


BLOCKS = {"compare": lambda comparison: list(_blocks(comparison))}
DOCUMENTS = {"compare": lambda comparison: {"schema_version": SCHEMA_VERSION, "comparison": plain(comparison)}}
