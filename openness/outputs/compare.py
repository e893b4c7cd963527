"""Releases beside each other: differences first, what changed and why."""

from __future__ import annotations

from collections.abc import Iterator

from openness.core.comparison import ComparedRow, Comparison
from openness.core.scorecard import ReleaseRef
from openness.outputs.base import DISCLAIMER, Page
from openness.outputs.blocks import Block, Column, Facts, Grid, Heading, Paragraph, as_markdown, as_table
from openness.outputs.json import SCHEMA_VERSION, plain, written

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


def compare_page(comparison: Comparison, format: str, page: Page) -> str:
    """A comparison in a format: table, markdown, json or html."""
    if format == "html":
        return _html(comparison)
    if format == "json":
        return written({"schema_version": SCHEMA_VERSION, "comparison": plain(comparison)})
    blocks = list(_blocks(comparison))
    return as_markdown(blocks) if format == "markdown" else as_table(blocks, page)


PARTS = (
    ("In short", ("verdict", "score", "licence", "access")),
    ("Gates", ("gate",)),
    ("Dimensions", ("dimension",)),
    ("What an outsider can do", ("affordance",)),
)
"""Headings, and the kinds of rows that stand below each."""


def _html(comparison: Comparison) -> str:
    from openness.outputs.site.environment import page

    names = _names(comparison.releases)
    criteria = ("What differs, and why", [row for row in comparison.rows if row.kind == "criterion" and row.differs])
    parts = [each for each in (*_parts(comparison), criteria) if each[1]]
    title = " beside ".join(names)
    return page(
        "beside.html.j2",
        title=title,
        description=f"{title}: what differs, and why.",
        nav=[],
        foot=[_foot(comparison)],
        script=False,
        comparison=comparison,
        names=names,
        parts=parts,
        ways=WAYS,
    )


def _parts(comparison: Comparison) -> Iterator[tuple[str, list[ComparedRow]]]:
    for title, kinds in PARTS:
        rows = [row for row in comparison.rows if row.kind in kinds and (row.differs or row.kind in SAME_IN_FULL)]
        if rows:
            yield title, rows


def _foot(comparison: Comparison) -> str:
    same = sum(not row.differs and row.kind == "criterion" for row in comparison.rows)
    rubric = comparison.rubric
    return f"{same} criteria do not differ. Judged by {rubric.title} ({rubric.id} {rubric.version}). {DISCLAIMER}"


def _blocks(comparison: Comparison) -> Iterator[Block]:
    names = _names(comparison.releases)
    yield Heading(" · ".join(names), 1)
    yield from (Paragraph(notice) for notice in comparison.notices)
    for title, rows in _parts(comparison):
        yield Heading(title)
        yield _grid(names, rows)
    criteria = [row for row in comparison.rows if row.kind == "criterion" and row.differs]
    if criteria:
        yield Heading("What differs, and why")
        yield Facts([(row.id, _why(row, names)) for row in criteria])
    yield Paragraph(_foot(comparison), True)


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


def _names(releases: tuple[ReleaseRef, ...]) -> list[str]:
    """Ids; with the revision where one id stands there twice."""
    ids = [release.id for release in releases]
    return [
        f"{each.id} @ {(each.revision or 'no revision')[:12]}" if ids.count(each.id) > 1 else each.id
        for each in releases
    ]
