"""Scorecards for a terminal: Rich tables that fit the width, plain text when piped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openness.core.finding import Status
from openness.core.scorecard import Interval, Scorecard
from openness.outputs import pages, standards, view
from openness.outputs.base import Canvas, Explained, explained
from openness.outputs.blocks import as_table
from openness.outputs.console import drawn
from openness.outputs.safe import text, url

NARROW = 60
"""Columns below which tables become lists."""

_STATUS_STYLE = {
    Status.RELEASED: "green",
    Status.PARTIAL: "yellow",
    Status.DESCRIBED: "yellow",
    Status.WITHHELD: "red",
    Status.SILENT: "red",
    Status.UNKNOWN: "magenta",
    Status.NOT_APPLICABLE: "dim",
}
_SIGN_STYLE = {"✓": "green", "~": "yellow", "✗": "red", "?": "magenta", "·": "dim"}


def draw(page: str, format_name: str, content: Any, canvas: Canvas) -> str:
    """A page as text, with escape sequences only where the canvas has colour or links."""
    if page not in ("score", "explain"):
        return as_table(pages.blocks(page, content), canvas)
    sources = _Sources()
    parts: list[RenderableType] = []
    cards = content.cards if isinstance(content, Explained) else content
    if isinstance(content, Explained):
        parts += [_explanation(card, explained(card, content.criterion), canvas, sources) for card in cards]
    elif standards.several(cards):
        parts += [_standards(card, rows, canvas) for card, rows in standards.by_release(cards)]
    elif len(cards) > 1:
        parts += [_overview(cards, canvas), *map(_short, cards)]
        parts.append(_text("For the evidence, score one release, or write --format markdown.", "dim"))
    else:
        parts += [_whole(card, canvas, sources) for card in cards]
    return drawn(parts, canvas) + sources.listed()


class _Sources:
    """Addresses that a page without links lists at its end, each on a line of its own and once, so that it can be copied."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, address: str) -> int:
        """The number of an address."""
        return self._numbers.setdefault(address, len(self._numbers) + 1)

    def listed(self) -> str:
        """The list."""
        if not self._numbers:
            return ""
        return "\nSources\n" + "".join(f"[{number}] {address}\n" for address, number in self._numbers.items())


def _text(value: str, style: str = "") -> Text:
    return Text(text(value), style=style)


def _sign(sign: str) -> Text:
    return Text(sign, style=_SIGN_STYLE[sign])


def _grid() -> Table:
    """Columns without lines, one blank before each."""
    return Table.grid(padding=(0, 0, 0, 1), pad_edge=True)


def _bar(interval: Interval | None, width: int = 10) -> Text:
    if interval is None:
        return Text("·" * width, style="dim")
    full, possible = interval.low * width // 10_000, -(-interval.high * width // 10_000)
    bar = Text("█" * full, style="green")
    bar.append("▒" * (possible - full), style="magenta")
    bar.append("░" * (width - possible), style="dim")
    return bar


def _head(card: Scorecard) -> list[RenderableType]:
    parts: list[RenderableType] = [_text(view.title(card), "bold"), _text(card.verdict.headline, "bold")]
    rows = _grid()
    for sign, title, cite, statements in view.gates(card):
        words = _text(f"{title} ({cite})")
        for statement in statements:
            words.append(f"\n{text(statement)}", style="red" if sign == "✗" else "magenta")
        rows.add_row(_sign(sign), words)
    parts.append(rows)
    return parts


def _short(card: Scorecard) -> Group:
    return Group(*_head(card), _text(f"Facts: {view.facts(card)}", "dim"), *_notices(card), Text())


def _notices(card: Scorecard) -> list[RenderableType]:
    return [_text(f"Note: {notice}", "yellow") for notice in card.release.notices]


def _overview(cards: Sequence[Scorecard], canvas: Canvas) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Release", overflow="fold")
    table.add_column("Verdict", overflow="fold")
    table.add_column("Openness", no_wrap=True)
    wide = canvas.width >= 120
    for dimension in cards[0].dimensions if wide else ():
        table.add_column(text(dimension.title), overflow="fold")
    for card in cards:
        verdict = " or ".join(title for _, title in card.verdict.classes)
        scores = [view.percent(dimension.score) for dimension in card.dimensions] if wide else []
        table.add_row(_text(card.release.id), _text(verdict), view.percent(card.score), *scores)
    return Padding(table, (0, 0, 1, 0))


def _standards(card: Scorecard, rows: Sequence[standards.Row], canvas: Canvas) -> Group:
    """A release by several standards: one row each."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("", no_wrap=True)
    table.add_column("Standard", overflow="fold")
    table.add_column("Verdict", overflow="fold")
    table.add_column("Score", no_wrap=True, justify="right")
    if canvas.width >= NARROW:
        table.add_column("In the way", overflow="fold", ratio=1)
    for each in rows:
        sign = Text("·" if each.certain else "?", style="dim" if each.certain else "magenta")
        cells = [sign, _text(each.title), _text(each.verdict, "bold"), _text(each.score)]
        table.add_row(*cells, *([_text(each.why, "dim")] if canvas.width >= NARROW else []))
    hint = _text(f"For the reasons, score it with one of --rubric {', '.join(each.rubric for each in rows)}.", "dim")
    facts = _text(f"Facts: {view.facts(card)}", "dim")
    return Group(_text(view.title(card), "bold"), table, Text(), hint, facts, *_notices(card), Text())


def _whole(card: Scorecard, canvas: Canvas, sources: _Sources) -> Group:
    parts = _head(card)
    parts.append(Text())
    parts.append(_dimensions(card, canvas))
    score = Text("Openness ", style="bold")
    score.append(view.percent(card.score), style="bold")
    score.append(f"   {text(view.coverage(card))}", style="dim")
    parts += [score, *(_text(sentence) for sentence in view.standings(card))]
    if card.claim:
        parts.append(
            _text(f"Claim: {card.claim.statement}", {True: "", False: "red", None: "magenta"}[card.claim.honoured])
        )
    parts += [
        Text(),
        _text("What an outsider can do", "bold"),
        _affordances(card, canvas),
        Text(),
        *_terms(card, canvas),
        *_evidence(card, canvas, sources),
    ]
    parts += [_text(f"Facts: {view.facts(card)}", "dim"), *_notices(card)]
    parts.append(_text(f"Judged by {view.rubric_line(card)}. {view.DISCLAIMER}", "dim"))
    return Group(*parts)


def _dimensions(card: Scorecard, canvas: Canvas) -> RenderableType:
    if canvas.width < NARROW:
        return Group(
            *(
                Text.assemble(text(each.title), f" {view.percent(each.score)}: ", text(each.summary))
                for each in card.dimensions
            )
        )
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Dimension", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Score", no_wrap=True, justify="right")
    table.add_column("What was found", overflow="fold", ratio=1)
    for each in card.dimensions:
        title = text(each.title) + (" *" if each.beside else "")
        table.add_row(title, _bar(each.score), view.percent(each.score), _text(each.summary))
    beside = [each.title for each in card.dimensions if each.beside]
    note = _text(f"* {', '.join(beside)}: reported beside openness, not part of the score.", "dim")
    return Group(table, note) if beside else table


def _affordances(card: Scorecard, canvas: Canvas) -> RenderableType:
    table = _grid()
    for each in card.affordances:
        table.add_row(
            _sign({True: "✓", False: "✗", None: "?"}[each.possible]), _text(each.title), _text(each.why, "dim")
        )
    return table


def _terms(card: Scorecard, canvas: Canvas) -> list[RenderableType]:
    rows = view.terms(card)
    if not rows or not card.terms:
        return []
    table = _grid()
    table.add_column(width=12)
    table.add_column(overflow="fold", width=canvas.width - 12)
    for begin, sentences in rows:
        table.add_row(_text(begin, "bold"), _text(sentences))
    return [_text(f"What the licence says: {card.terms.name}", "bold"), table, Text()]


def _evidence(card: Scorecard, canvas: Canvas, sources: _Sources) -> list[RenderableType]:
    """The findings of each dimension; all tables share their columns, whose fixed widths also spare Rich the measuring."""
    rows = {each.id: view.finding_rows(card, each.id) for each in card.dimensions}
    every = [row for each in rows.values() for row in each]
    share = max(10, (canvas.width - 4) // 4)
    widths = [
        min(share, max((len(text(getattr(row, part))) for row in every), default=1)) for part in ("name", "found")
    ]
    widths.append(canvas.width - sum(widths) - 4)
    parts: list[RenderableType] = []
    for dimension in card.dimensions:
        if not rows[dimension.id]:
            continue
        table = _grid()
        for width in widths:
            table.add_column(overflow="fold", width=width)
        for row in rows[dimension.id]:
            table.add_row(_text(row.name), _text(row.found, _STATUS_STYLE[row.status]), _words(row, canvas, sources))
        parts += [_text(f"Evidence: {dimension.title}", "bold"), table, Text()]
    return parts


def _words(row: view.FindingRow, canvas: Canvas, sources: _Sources) -> Text:
    """The words of a finding; its address behind the place where the terminal can link, else in the list at the end."""
    words = _text(row.words)
    address = url(row.evidence.url) if row.evidence else ""
    if row.evidence and address:
        place = view.place(row.evidence) or row.evidence.method.value
        if canvas.links:
            words.append(" [")
            words.append(text(place), style=f"link {address}")
            words.append("]")
        else:
            words.append(f" [{sources.number(address)}]", style="dim")
    if row.more:
        words.append(f" (+{row.more} more)", style="dim")
    return words


def _explanation(card: Scorecard, criterion: str, canvas: Canvas, sources: _Sources) -> Group:
    result, findings = view.explain(card, criterion)
    parts: list[RenderableType] = [
        _text(f"{view.title(card)}: {result.id}", "bold"),
        _text(f"{result.question} ({result.cite}; weight {result.weight}; decided by {result.decided_by})"),
        Text.assemble(_sign(view.mark(result)), " ", text(view.outcome(result)), ": ", text(result.statement)),
        Text(),
    ]
    for finding, evidence in findings:
        row = view.finding_row(finding)
        parts.append(
            Text.assemble(
                (text(row.name), "bold"),
                ": ",
                (text(row.found), _STATUS_STYLE[row.status]),
                f"  ({text(finding.origin.value)}, confidence {text(finding.confidence.value)})",
            )
        )
        if row.words:
            parts.append(Padding(_text(row.words), (0, 0, 0, 2)))
        for each, place in evidence:
            said = f"“{text(each.quote)}” " if each.quote else ""
            about = ", ".join(part for part in (text(place), each.method.value, text(each.seen_on)) if part)
            line = Text.assemble("• ", said, (text(each.note) + " ") if each.note else "", (f"({about})", "dim"))
            address = url(each.url)
            if address and canvas.links:
                line.append(" ↗", style=f"link {address}")
            elif address:
                line.append(f" [{sources.number(address)}]", style="dim")
            parts.append(Padding(line, (0, 0, 0, 2)))
        parts.append(Text())
    parts += [_text(f"Facts: {view.facts(card)}", "dim"), *_notices(card)]
    return Group(*parts)
