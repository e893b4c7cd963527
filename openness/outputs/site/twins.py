"""The Markdown twins of a report's own pages, and the section for a model card."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core import words
from openness.core.scorecard import Scorecard
from openness.outputs import view
from openness.outputs.base import DISCLAIMER
from openness.outputs.blocks import Column, Grid, Heading, Paragraph, Span
from openness.outputs.markdown import as_markdown
from openness.outputs.safe import markdown, url
from openness.outputs.score_page import score_page
from openness.outputs.site.rows import IndexRow


def index(title: str, lead: str, rows: Sequence[IndexRow]) -> str:
    """The list of all releases."""
    columns = (Column("Release"), Column("Verdict"), Column("Licence"), Column("Openness", right=True))
    cells = [
        ((Span(row.name, page=f"releases/{row.slug}"),), row.verdict, row.licence_class, row.score) for row in rows
    ]
    browser = Span("index.html", file="index.html")
    return as_markdown(
        [
            Heading(title, 1),
            Paragraph(lead),
            Grid(columns, cells),
            Paragraph(("The same for a browser: ", browser, ". ", Span("How this is found", page="methodology"), ".")),
            Paragraph(f"Judged by {view.rubric_line(rows[0].card)}. {DISCLAIMER}"),
        ]
    )


def compare(rows: Sequence[IndexRow]) -> str:
    """How two releases are compared where no script runs."""
    names = " ".join(row.card.release.id for row in (rows[0], rows[-1]))
    return (
        "# Compare two releases\n\n[compare.html](compare.html) puts any two side by side in a browser. In a terminal:\n\n"
        f"    openness compare {markdown(names)}\n"
    )


def card_section(card: Scorecard, page: str, badge: str) -> str:
    """A section for a model card: the verdict, the figures of each dimension, and a link to the report.

    `page` and `badge` are addresses; without them there is no link, and no picture.
    """
    target, picture = url(page), url(badge)
    score = score_page(card)
    lines = ["## Openness", ""]
    if picture:
        image = f"![Openness: {markdown(words.percent(card.score))}](<{picture}>)"
        lines += [f"[{image}](<{target}>)" if target else image, ""]
    lines += [f"**{markdown(score.title.headline)}**", ""]
    for row in score.gates.rows:
        lines.append(f"* {row.sign} {markdown(row.title)}" + (f": {markdown(' '.join(row.why))}" if row.why else ""))
    lines += ["", "| Dimension | Score |", "|---|--:|"]
    lines += [f"| {markdown(each.title)} | {words.percent(each.score)} |" for each in score.bars.rows]
    lines += [f"| **Openness** | **{words.percent(card.score)}** |", ""]
    where = f" [Every finding with its evidence](<{target}>)." if target else ""
    facts = f"Facts: {view.facts(card)}. Judged by {view.rubric_line(card)}. {DISCLAIMER}"
    return "\n".join([*lines, f"{markdown(facts)}{where}", ""])
