"""Pages as Markdown (GitHub's dialect)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from openness.core import words
from openness.outputs import pages
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
    Found,
    Grid,
    Heading,
    PageSection,
    Paragraph,
    Phrase,
    Points,
    Quote,
    Signs,
    Sources,
    Span,
    TermList,
    Title,
    spans,
)
from openness.outputs.safe import markdown, markdown_link

Lines = Iterator[str]


def draw(page: str, format_name: str, content: object, canvas: Canvas) -> str:
    """A page as Markdown."""
    return as_markdown(pages.blocks(page, content))


def as_markdown(blocks: Sequence[Block]) -> str:
    """Blocks as Markdown."""
    lines: list[str] = []
    for block in blocks:
        found = list(_DRAWERS[type(block)](block))
        close = isinstance(block, (Paragraph, Claim)) and (isinstance(block, Claim) or block.close)
        if found:
            lines += ["", *found] if lines and not close else found
    return "\n".join(lines) + "\n"


def line(said: Phrase) -> str:
    """A line of Markdown; one that is an address is a link."""
    if isinstance(said, str):
        return markdown_link(said, said)
    return "".join(map(_span, spans(said)))


def _span(span: Span) -> str:
    shown = markdown(span.words)
    if span.page:
        target, _, anchor = span.page.partition("#")
        shown = f"[{shown}]({target}.md{f'#{anchor}' if anchor else ''})"
    elif span.file:
        shown = f"[{shown}]({span.file})"
    elif span.address:
        shown = markdown_link(span.words, span.address)
    if span.style == "strong":
        return f"**{shown}**"
    return f" ({shown})" if span.style == "below" else shown


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(titles: Sequence[str], rows: Sequence[Sequence[str]], rules: Sequence[str] = ()) -> Lines:
    yield _row(titles)
    yield f"|{'|'.join(rules or ['---'] * len(titles))}|"
    yield from map(_row, rows)


def _heading(block: Heading) -> Lines:
    yield f"{'#' * block.level} {markdown(block.words)}"


def _paragraph(block: Paragraph) -> Lines:
    yield line(block.words)


def _points(block: Points) -> Lines:
    for number, each in enumerate(block.items, 1):
        yield f"{f'{number}.' if block.ordered else '*'} {line(each)}"


def _facts(block: Facts) -> Lines:
    for label, said in block.rows:
        first, rest = ("", said) if block.points else (f": {line(said[0])}", said[1:])
        yield f"* **{markdown(label)}**{first}"
        yield from (f"  * {line(each)}" for each in rest)


def _grid(block: Grid) -> Lines:
    rules = ["--:" if column.right else "---" for column in block.columns]
    rows = [[line(cell) for cell in row] for row in block.rows]
    yield from _table([markdown(column.title) for column in block.columns], rows, rules)


def _dated(block: Dated) -> Lines:
    for day, title, changes in block.rows:
        yield f"* {markdown(': '.join((day, '; '.join((title, *changes)))))}"


def _code(block: Code) -> Lines:
    yield from (f"    {markdown(each)}" for each in block.lines)


def _section(block: PageSection) -> Lines:
    yield f"## {markdown(block.title)}"
    yield ""
    yield as_markdown(block.blocks).rstrip("\n")


def _detail(block: Detail) -> Lines:
    if block.blocks:
        yield as_markdown(block.blocks).rstrip("\n")


def _drawing(block: Drawing) -> Lines:
    if block.file:
        yield f"![{block.alt}]({block.file})"


def _title(block: Title) -> Lines:
    yield f"# {markdown(block.line)}"
    yield ""
    yield f"**{markdown(block.headline)}**"


def _signs(block: Signs) -> Lines:
    for row in block.rows:
        why = markdown(" ".join(row.why))
        if block.beside:
            yield f"* {row.sign} {markdown(row.title)}: {why} ({markdown(row.cite)})"
        else:
            yield f"* {row.sign} {markdown(row.title)} ({markdown(row.cite)})" + (f": {why}" if why else "")


def _bars(block: Bars) -> Lines:
    rows = [
        (markdown(each.title + (" (beside)" if each.beside else "")), words.percent(each.score), markdown(each.summary))
        for each in block.rows
    ]
    yield from _table(("Dimension", "Score", "What was found"), rows)


def _figure(block: Figure) -> Lines:
    yield f"{markdown(block.label)}: **{words.percent(block.score)}** ({markdown(block.note)})."


def _claim(block: Claim) -> Lines:
    yield markdown(block.statement) + (_source(block.source) if block.source else "")


def _terms(block: TermList) -> Lines:
    yield f"## What the licence says: {markdown(block.name)}"
    yield ""
    for begin, sentences in block.rows:
        said = "; ".join(f"{each} [{section}]" if section else each for each, section in sentences)
        yield f"* **{begin}** {markdown(said)}"


def _evidence(block: EvidenceTable) -> Lines:
    yield "## Evidence"
    for group in block.groups:
        rows = [_finding(each) for each in group.findings()]
        if rows:
            yield ""
            yield f"### {markdown(group.title)}"
            yield ""
            yield from _table(("Finding", "Status", "Evidence"), rows)


def _finding(found: Found) -> tuple[str, str, str]:
    source = _source(found.quotes[0]) if found.quotes else ""
    return markdown(found.name), markdown(found.found), f"{markdown(found.line)}{source}"


def _source(quote: Quote) -> str:
    """A link to a piece of evidence that has an address."""
    linked = markdown_link(quote.place or quote.method, quote.address)
    return f" ({linked})" if linked.startswith("[") else ""


def _explanation(block: Explanation) -> Lines:
    asked = block.question
    yield f"# {markdown(block.title)}: {markdown(asked.name)}"
    yield ""
    yield f"{markdown(asked.question)} ({markdown(asked.cite)})"
    yield ""
    yield f"**{markdown(asked.outcome)}**: {markdown(asked.statement)}"
    for found in asked.findings:
        yield ""
        yield f"## {markdown(found.name)}: {markdown(found.found)}"
        yield ""
        yield f"{markdown(found.origin)}, confidence {markdown(found.confidence)}. {markdown(found.line)}"
        yield ""
        yield from map(_quote, found.quotes)


def _quote(quote: Quote) -> str:
    said = f"“{markdown(quote.quote)}” " if quote.quote else ""
    where = markdown_link(quote.place or quote.method, quote.address)
    return f"* {said}{markdown(quote.note)} ({where}, {markdown(quote.method)}, {markdown(quote.seen)})"


def _sources(block: Sources) -> Lines:
    yield "## Sources"
    yield ""
    labels = {"facts": "Facts", "note": "Note", "judged": "Judged by"}
    for each in block.rows:
        yield f"* {labels[each.kind]}: {markdown_link(each.words, each.address)}"
    if block.disclaimer:
        yield f"* {block.disclaimer}"


_DRAWERS: dict[type, Callable[[Any], Lines]] = {
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
    Title: _title,
    Signs: _signs,
    Bars: _bars,
    Figure: _figure,
    Claim: _claim,
    TermList: _terms,
    EvidenceTable: _evidence,
    Explanation: _explanation,
    Sources: _sources,
}
"""The function that draws each kind of block."""
