"""Scorecards as a Markdown report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from openness.core.finding import Evidence
from openness.core.scorecard import Scorecard
from openness.outputs import pages, standards, view
from openness.outputs.base import Canvas, Explained, explained
from openness.outputs.blocks import as_markdown
from openness.outputs.safe import markdown, markdown_link


def draw(page: str, format_name: str, content: Any, canvas: Canvas) -> str:
    """A page as Markdown."""
    if page not in ("score", "explain"):
        return as_markdown(pages.blocks(page, content))
    lines: list[str] = []
    cards = content.cards if isinstance(content, Explained) else content
    if isinstance(content, Explained):
        for card in cards:
            lines += [*_explanation(card, explained(card, content.criterion)), ""]
    elif standards.several(cards):
        for card, rows in standards.by_release(cards):
            lines += [*_standards(card, rows), ""]
    else:
        if len(cards) > 1:
            lines += [*_overview(cards), ""]
        for card in cards:
            lines += [*_report(card), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview(cards: Sequence[Scorecard]) -> Iterator[str]:
    dimensions = [dimension.title for dimension in cards[0].dimensions]
    yield "| Release | Verdict | Openness | " + " | ".join(markdown(title) for title in dimensions) + " |"
    yield "|---|---|---|" + "---|" * len(dimensions)
    for card in cards:
        cells = [
            markdown(card.release.id),
            markdown(" or ".join(title for _, title in card.verdict.classes)),
            view.percent(card.score),
        ]
        cells += [view.percent(dimension.score) for dimension in card.dimensions]
        yield "| " + " | ".join(cells) + " |"


def _standards(card: Scorecard, rows: Sequence[standards.Row]) -> Iterator[str]:
    yield f"# {markdown(view.title(card))}"
    yield ""
    yield "| Standard | Verdict | Score | In the way |"
    yield "|---|---|---|---|"
    for each in rows:
        cells = (each.title, each.verdict, each.score, each.why)
        yield "| " + " | ".join(markdown(cell) for cell in cells) + " |"
    yield ""
    yield f"Facts: {markdown(view.facts(card))}. {view.DISCLAIMER}"


def _report(card: Scorecard) -> Iterator[str]:
    yield f"# {markdown(view.title(card))}"
    yield ""
    yield f"**{markdown(card.verdict.headline)}**"
    yield ""
    for sign, title, cite, statements in view.gates(card):
        yield f"* {sign} {markdown(title)} ({markdown(cite)})" + (
            "" if not statements else ": " + markdown(" ".join(statements))
        )
    yield ""
    yield f"Openness: **{view.percent(card.score)}** ({markdown(view.coverage(card))})."
    for sentence in view.standings(card):
        yield markdown(sentence)
    if card.claim:
        yield markdown(card.claim.statement) + _source(card.claim.finding.evidence[:1])
    yield ""
    yield "| Dimension | Score | What was found |"
    yield "|---|---|---|"
    for dimension in card.dimensions:
        title = dimension.title + (" (beside)" if dimension.beside else "")
        yield f"| {markdown(title)} | {view.percent(dimension.score)} | {markdown(dimension.summary)} |"
    yield ""
    yield "## What an outsider can do"
    yield ""
    for each in card.affordances:
        sign = {True: "✓", False: "✗", None: "?"}[each.possible]
        yield f"* {sign} {markdown(each.title)}: {markdown(each.why)} ({markdown(each.cite)})"
    yield ""
    said = view.terms(card)
    if said and card.terms:
        yield f"## What the licence says: {markdown(card.terms.name)}"
        yield ""
        for begin, sentences in said:
            yield f"* **{begin}** {markdown(sentences)}"
        yield ""
    yield "## Evidence"
    for dimension in card.dimensions:
        rows = view.finding_rows(card, dimension.id)
        if rows:
            yield ""
            yield f"### {markdown(dimension.title)}"
            yield ""
            yield "| Finding | Status | Evidence |"
            yield "|---|---|---|"
            for row in rows:
                source = _source((row.evidence,)) if row.evidence else ""
                yield f"| {markdown(row.name)} | {markdown(row.found)} | {markdown(row.words)}{source} |"
    yield ""
    yield "## Sources"
    yield ""
    yield f"* Facts: {markdown(view.facts(card))}"
    for notice in card.release.notices:
        yield f"* Note: {markdown(notice)}"
    yield f"* Judged by: {markdown_link(view.rubric_line(card), card.rubric.source)}"
    yield f"* {view.DISCLAIMER}"


def _source(evidence: Sequence[Evidence]) -> str:
    """A link to the first piece of evidence that has an address."""
    for each in evidence:
        words = view.place(each) or each.method.value
        linked = markdown_link(words, each.url)
        if linked.startswith("["):
            return f" ({linked})"
    return ""


def _explanation(card: Scorecard, criterion: str) -> Iterator[str]:
    result, findings = view.explain(card, criterion)
    yield f"# {markdown(view.title(card))}: {markdown(result.id)}"
    yield ""
    yield f"{markdown(result.question)} ({markdown(result.cite)})"
    yield ""
    yield f"**{markdown(view.outcome(result))}**: {markdown(result.statement)}"
    for finding, evidence in findings:
        row = view.finding_row(finding)
        yield ""
        yield f"## {markdown(row.name)}: {markdown(row.found)}"
        yield ""
        yield f"{markdown(finding.origin.value)}, confidence {markdown(finding.confidence.value)}. {markdown(row.words)}"
        yield ""
        for each, place in evidence:
            said = f"“{markdown(each.quote)}” " if each.quote else ""
            note = markdown(each.note) if each.note else ""
            where = markdown_link(place or each.method.value, each.url)
            yield f"* {said}{note} ({where}, {markdown(each.method.value)}, {markdown(each.seen_on)})"
    yield ""
    yield f"Facts: {markdown(view.facts(card))}"
