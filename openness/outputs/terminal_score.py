"""The blocks of a score on a terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openness.core import words
from openness.core.finding import Status
from openness.core.scorecard import Interval
from openness.outputs.blocks import (
    Bars,
    Claim,
    EvidenceTable,
    Explanation,
    Figure,
    Found,
    Quote,
    Signs,
    Sources,
    TermList,
    Title,
)
from openness.outputs.safe import text
from openness.outputs.terminal_text import Pen, styled

NARROW = 60
"""Columns below which the table of dimensions becomes a list."""

_STATUS_STYLE = {
    Status.RELEASED: "green",
    Status.PARTIAL: "yellow",
    Status.DESCRIBED: "yellow",
    Status.WITHHELD: "red",
    Status.SILENT: "red",
    Status.UNKNOWN: "magenta",
    Status.NOT_APPLICABLE: "dim",
}
_SIGN_STYLE = {words.YES: "green", words.PARTLY: "yellow", words.NO: "red", words.OPEN: "magenta", words.NONE: "dim"}

Parts = list[RenderableType]


def title(block: Title, pen: Pen) -> Parts:
    """The release and the verdict on it."""
    return [Text(), styled(block.line, "bold"), styled(block.headline, "bold")]


def signs(block: Signs, pen: Pen) -> Parts:
    """Signs with titles; the reasons below the title, in the colour of the sign, or beside it."""
    table = _grid()
    for row in block.rows:
        sign = Text(row.sign, style=_SIGN_STYLE[row.sign])
        if block.beside:
            table.add_row(sign, styled(row.title), styled(" ".join(row.why), "dim"))
            continue
        said = styled(f"{row.title} ({row.cite})")
        for each in row.why:
            said.append(f"\n{text(each)}", style="red" if row.sign == words.NO else "magenta")
        table.add_row(sign, said)
    return [table]


def bars(block: Bars, pen: Pen) -> Parts:
    """The dimensions, each with a bar: what is certain, what is possible, what is not."""
    if pen.canvas.width < NARROW:
        lines = [styled(f"{each.title} {words.percent(each.score)}: {each.summary}") for each in block.rows]
        return [Text(), *lines]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Dimension", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Score", no_wrap=True, justify="right")
    table.add_column("What was found", overflow="fold", ratio=1)
    for each in block.rows:
        name = text(each.title) + (" *" if each.beside else "")
        table.add_row(name, _bar(each.score), words.percent(each.score), styled(each.summary))
    beside = [each.title for each in block.rows if each.beside]
    note = styled(f"* {', '.join(beside)}: reported beside openness, not part of the score.", "dim")
    return [Text(), Group(table, note) if beside else table]


def _bar(interval: Interval | None, width: int = 10) -> Text:
    if interval is None:
        return Text("·" * width, style="dim")
    full, possible = interval.low * width // 10_000, -(-interval.high * width // 10_000)
    bar = Text("█" * full, style="green")
    bar.append("▒" * (possible - full), style="magenta")
    bar.append("░" * (width - possible), style="dim")
    return bar


def figure(block: Figure, pen: Pen) -> Parts:
    """The score, and how much was seen."""
    label = f"{block.label} {words.percent(block.score)}"
    return [Text.assemble((text(label), "bold"), (f"   {text(block.note)}", "dim"))]


def claim(block: Claim, pen: Pen) -> Parts:
    """What the publisher calls the release."""
    return [styled(f"Claim: {block.statement}", {True: "", False: "red", None: "magenta"}[block.honoured])]


def terms(block: TermList, pen: Pen) -> Parts:
    """What the licence lets one do, the sentences of each kind in one line."""
    table = _grid()
    table.add_column(width=12)
    table.add_column(overflow="fold", width=pen.canvas.width - 12)
    for begin, sentences in block.rows:
        said = "; ".join(f"{each} [{section}]" if section else each for each, section in sentences)
        table.add_row(styled(begin, "bold"), styled(said))
    return [Text(), styled(f"What the licence says: {block.name}", "bold"), table]


def evidence(block: EvidenceTable, pen: Pen) -> Parts:
    """The findings of each dimension; all tables share their columns, whose fixed widths also spare Rich the measuring."""
    rows = {each.title: each.findings() for each in block.groups}
    every = [row for each in rows.values() for row in each]
    share = max(10, (pen.canvas.width - 4) // 4)
    widths = [
        min(share, max((len(text(each)) for each in column), default=1))
        for column in ([row.name for row in every], [row.found for row in every])
    ]
    widths.append(pen.canvas.width - sum(widths) - 4)
    parts: Parts = []
    for group in block.groups:
        if not rows[group.title]:
            continue
        table = _grid()
        for width in widths:
            table.add_column(overflow="fold", width=width)
        for row in rows[group.title]:
            table.add_row(styled(row.name), styled(row.found, _STATUS_STYLE[row.status]), _line(row, pen))
        parts += [Text(), styled(f"Evidence: {group.title}", "bold"), table]
    return parts


def _line(found: Found, pen: Pen) -> Text:
    """A finding in one line, with the address of its first evidence."""
    said = styled(found.line)
    if found.quotes:
        first = found.quotes[0]
        said.append_text(pen.linked(first.place or first.method, first.address))
    if len(found.quotes) > 1:
        said.append(f" (+{len(found.quotes) - 1} more)", style="dim")
    return said


def explanation(block: Explanation, pen: Pen) -> Parts:
    """One question, and each finding with all of its evidence."""
    asked = block.question
    about = f"{asked.cite}; weight {asked.weight}; decided by {asked.decided_by}"
    sign = Text(asked.sign, style=_SIGN_STYLE[asked.sign])
    parts: Parts = [
        Text(),
        styled(f"{block.title}: {asked.name}", "bold"),
        styled(f"{asked.question} ({about})"),
        Text.assemble(sign, " ", text(asked.outcome), ": ", text(asked.statement)),
    ]
    for found in asked.findings:
        about = f"  ({text(found.origin)}, confidence {text(found.confidence)})"
        head = (text(found.name), "bold"), ": ", (text(found.found), _STATUS_STYLE[found.status]), about
        parts += [Text(), Text.assemble(*head)]
        if found.line:
            parts.append(Padding(styled(found.line), (0, 0, 0, 2)))
        parts += [Padding(_quote(each, pen), (0, 0, 0, 2)) for each in found.quotes]
    return parts


def _quote(quote: Quote, pen: Pen) -> Text:
    said = f"“{text(quote.quote)}” " if quote.quote else ""
    about = ", ".join(part for part in (text(quote.place), text(quote.method), text(quote.seen)) if part)
    line = Text.assemble("• ", said, f"{text(quote.note)} " if quote.note else "", (f"({about})", "dim"))
    line.append_text(pen.linked("", quote.address, sign="↗"))
    return line


def sources(block: Sources, pen: Pen) -> Parts:
    """Where the facts come from, remarks, and who judged."""
    parts: Parts = [] if block.close else [Text()]
    for each in block.rows:
        if each.kind == "facts":
            parts.append(styled(f"Facts: {each.words}", "dim"))
        elif each.kind == "note":
            parts.append(styled(f"Note: {each.words}", "yellow"))
        else:
            parts.append(styled(f"Judged by {each.words}. {block.disclaimer}", "dim"))
    return parts


def _grid() -> Table:
    """Columns without lines, one blank before each."""
    return Table.grid(padding=(0, 0, 0, 1), pad_edge=True)
