"""What pages are made of: blocks of plain data, which each format draws in its own way.

Blocks are named tuples, which cost a fifth of a record at import. They hold strings as they were found. The drawers (`terminal`,
`markdown`, `site/draw_html`) pass every string through `safe`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from openness.core.finding import Status
from openness.core.record import record
from openness.core.scorecard import Interval
from openness.core.words import NONE


@record(frozen=True, slots=True)
class Span:
    """Words within a line.

    `style` is '', `strong`, `soft`, `id`, `chip` or `below` (an explanation that stands below where there is room). The words may
    lead to an http `address`, to a `page` of the same site (relative and without its ending), or to another `file` of it.
    """

    words: str
    style: str = ""
    address: str = ""
    page: str = ""
    file: str = ""


Phrase = str | tuple[str | Span, ...]
"""Words on one line, in one piece or in several."""


def spans(line: Phrase) -> tuple[Span, ...]:
    """The pieces of a line."""
    if isinstance(line, str):
        return (Span(line),)
    return tuple(Span(each) if isinstance(each, str) else each for each in line)


def words_of(line: Phrase) -> str:
    """The words of a line, without their styles."""
    return "".join(f" ({each.words})" if each.style == "below" else each.words for each in spans(line))


class Heading(NamedTuple):
    """A title; `level` 1 is the page's own."""

    words: str
    level: int = 2


class Paragraph(NamedTuple):
    """A sentence or two.

    `kind` is '', `aside` (a remark) or `open` (something that is not decided). A `close` paragraph follows the block before it
    without a blank line.
    """

    words: Phrase
    kind: str = ""
    close: bool = False


class Points(NamedTuple):
    """A list, numbered if `ordered`."""

    items: Sequence[Phrase]
    ordered: bool = False


class Facts(NamedTuple):
    """Labels, and beside each its lines.

    The first line is the matter and the others explain it, or all lines are `points` of equal rank.
    """

    rows: Sequence[tuple[str, Sequence[str]]]
    points: bool = False


class Column(NamedTuple):
    """A column of a grid.

    The cells of a `whole` column stay in one piece. Those of a `named` column keep the title beside them where the grid is drawn
    as a list. Figures stand on the `right`. A terminal of fewer than `least` columns leaves the column out.
    """

    title: str
    whole: bool = False
    named: bool = False
    right: bool = False
    least: int = 0


class Grid(NamedTuple):
    """A table.

    A terminal that is too narrow for it draws each row as a label with lines, as it does if `listed`: the first cell is the
    label, each other cell a line, or all are one line if `joined`. A `tight` grid is as wide as its cells, not as the terminal.
    `label` says what it holds. `notes` explain the cells, row by row, where there is room. `anchors` name the rows, so that an
    address can lead to one.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Phrase]]
    listed: bool = False
    joined: bool = False
    tight: bool = False
    label: str = ""
    notes: Sequence[Sequence[str]] = ()
    anchors: Sequence[str] = ()


class Signed(NamedTuple):
    """Something that is so (✓), partly so (~), not so (✗) or undecided (?), the source that asks for it (`cite`), and why."""

    sign: str
    title: str
    cite: str
    why: tuple[str, ...]


class Signs(NamedTuple):
    """Rows with a sign each. The reasons stand `beside` the title, or below it."""

    rows: Sequence[Signed]
    beside: bool = False


class Title(NamedTuple):
    """The release that a page is about, and the verdict on it.

    `line` is name, id and revision in one. `headline` is the verdict as a sentence, `open` the verdicts that are still possible
    where it is undecided, else ''.
    """

    line: str
    name: str
    release: str
    address: str
    revision: str
    publisher: str
    headline: str
    open: str


class ScoreBar(NamedTuple):
    """The score of a dimension (None where nothing is scored) and what was found. `beside` the score, or part of it."""

    title: str
    score: Interval | None
    beside: bool
    summary: str


class Bars(NamedTuple):
    """The dimensions of a scorecard."""

    rows: Sequence[ScoreBar]


class Figure(NamedTuple):
    """The figure that a page is about, and a remark on it."""

    label: str
    score: Interval | None
    note: str


class Quote(NamedTuple):
    """A piece of evidence: the quote, a note on it, how it was seen and when (ISO 8601).

    `path` is the file or field, `place` file and lines ('' where there is no file), `where` the place in words for any evidence.
    """

    quote: str
    note: str
    path: str
    place: str
    where: str
    method: str
    address: str
    seen: str


class Claim(NamedTuple):
    """What the publisher calls the release. `made` is false where nothing is claimed; `honoured` is None if undecided."""

    statement: str
    honoured: bool | None
    made: bool
    source: Quote | None


class TermList(NamedTuple):
    """What a licence lets one do: `rows` hold "You may" and its kin, each with sentences and the clause of each ('' if none)."""

    name: str
    rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]


class Found(NamedTuple):
    """A finding.

    `found` is what was found, in a word or two; `line` says it in one line with the first evidence, `words` without any evidence.
    `anchor` names the finding where it is shown in full; it is `above` if that is further up on the page.
    """

    name: str
    status: Status
    found: str
    line: str
    words: str
    origin: str
    confidence: str
    attested: bool
    anchor: str
    above: bool
    quotes: tuple[Quote, ...]


class Question(NamedTuple):
    """A criterion, its outcome, and the findings that it rests on. `why` says what kept us from deciding."""

    name: str
    sign: str
    outcome: str
    statement: str
    question: str
    weight: int
    cite: str
    decided_by: str
    why: tuple[str, ...]
    findings: tuple[Found, ...]


class EvidenceGroup(NamedTuple):
    """A dimension with its questions, and the findings that are shown with it although no question asks for them."""

    name: str
    title: str
    score: Interval | None
    beside: bool
    questions: tuple[Question, ...]
    shown: tuple[Found, ...]

    def findings(self) -> list[Found]:
        """The findings behind the dimension, each once: those of the questions that apply, then those that are shown with it."""
        found: dict[str, Found] = {}
        for asked in self.questions:
            if asked.sign != NONE:
                found |= {each.anchor: each for each in asked.findings if each.anchor not in found}
        return [*found.values(), *(each for each in self.shown if each.anchor not in found)]


class EvidenceTable(NamedTuple):
    """Everything that a scorecard rests on. HTML shows all evidence; terminals and Markdown show the first of each finding."""

    groups: Sequence[EvidenceGroup]


class Explanation(NamedTuple):
    """One question with all of its evidence; `title` names the release."""

    title: str
    question: Question


class PageSource(NamedTuple):
    """Where facts come from, a remark on them, or who judged; `kind` is `facts`, `note` or `judged`."""

    kind: str
    words: str
    address: str = ""


class Sources(NamedTuple):
    """The end of a page. `disclaimer` is '' where the page goes on."""

    rows: Sequence[PageSource]
    disclaimer: str = ""
    close: bool = False


class Dated(NamedTuple):
    """What happened, latest first: the day (ISO 8601), a title, and the changes."""

    rows: Sequence[tuple[str, str, Sequence[str]]]


class Code(NamedTuple):
    """Lines for a reader to copy; `label` says what they are."""

    label: str
    lines: Sequence[str]


class Drawing(NamedTuple):
    """A picture of `name`.

    In HTML, `kind` names the template that makes SVG of `drawn` (lengths and words). In Markdown, it is the picture in `file`
    with the description `alt`; without a file it is left out.
    """

    kind: str
    drawn: object
    name: str
    alt: str = ""
    file: str = ""


class PageSection(NamedTuple):
    """A part of a page that an address can lead to, with a title, a shorter title for a list of contents, and blocks.

    `drawing` stands beside the blocks.
    """

    anchor: str
    title: str
    short: str
    blocks: Sequence[Block]
    drawing: Drawing | None = None


class Detail(NamedTuple):
    """Blocks for a page that may be long. A terminal shows `brief` instead."""

    blocks: Sequence[Block]
    brief: Sequence[Block] = ()


Block = (
    Heading
    | Paragraph
    | Points
    | Facts
    | Grid
    | Signs
    | Title
    | Bars
    | Figure
    | Claim
    | TermList
    | EvidenceTable
    | Explanation
    | Sources
    | Dated
    | Code
    | Drawing
    | PageSection
    | Detail
)
