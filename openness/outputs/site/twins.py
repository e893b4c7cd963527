"""The Markdown twin of each page, for where Markdown is shown: repositories, cards, issues."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core.scorecard import Scorecard
from openness.outputs import markdown as report
from openness.outputs import view
from openness.outputs.base import DISCLAIMER, Canvas
from openness.outputs.safe import markdown, markdown_link, url
from openness.outputs.site.drawing import Relative
from openness.outputs.site.history import Entry
from openness.outputs.site.methodology import ABOUT, COMPONENT_WORDS, WORDS, Method
from openness.outputs.site.rows import Row


def index(title: str, lead: str, rows: Sequence[Row]) -> str:
    """The list of all releases."""
    lines = [f"# {markdown(title)}", "", markdown(lead), ""]
    lines += ["| Release | Verdict | Licence | Openness |", "|---|---|---|--:|"]
    for row in rows:
        name = f"[{markdown(row.name)}](releases/{row.slug}.md)"
        lines.append(f"| {name} | {markdown(row.verdict)} | {markdown(row.licence_class)} | {row.score} |")
    lines += ["", "The same for a browser: [index.html](index.html). [How this is found](methodology.md)."]
    lines += ["", f"Judged by {markdown(view.rubric_line(rows[0].card))}. {DISCLAIMER}"]
    return "\n".join(lines) + "\n"


def release(
    row: Row, others: Sequence[Scorecard], up: Sequence[Relative], down: Sequence[Relative], history: Sequence[Entry]
) -> str:
    """The report on one release, and what its page adds to it."""
    lines = [report.draw("score", "markdown", [row.card], Canvas()).rstrip("\n"), ""]
    lines += [f"![Openness profile: one bar for each dimension; the figures stand above]({row.slug}.svg)", ""]
    if row.card.advice:
        lines += [f"## What would make it {markdown(row.card.advice.class_title)}", ""]
        lines += [f"{number}. {markdown(each.text)}" for number, each in enumerate(row.card.advice.changes, 1)] + [""]
    if up or down:
        lines += ["## Lineage", ""]
        lines += [_relative("Made from", each) for each in up] + [_relative("Made from it", each) for each in down]
        lines.append("")
    if others:
        lines += ["## By other standards", "", "| Standard | Verdict | Score |", "|---|---|--:|"]
        for card in others:
            name = markdown_link(card.rubric.title, card.rubric.source)
            lines.append(f"| {name} | {markdown(card.verdict.headline)} | {view.percent(card.score)} |")
        lines.append("")
    lines += ["## History", ""]
    lines += [f"* {markdown(': '.join((each.date, '; '.join((each.title, *each.changes)))))}" for each in history]
    lines += ["", "[All releases](../README.md) · [How this is found](../methodology.md)"]
    return "\n".join(lines) + "\n"


def _relative(begin: str, each: Relative) -> str:
    name = markdown(each.name)
    linked = f"[{name}]({each.page.removesuffix('.html')}.md)" if each.page else name
    said = ", ".join(filter(None, (each.verdict, each.how, each.terms)))
    return f"* {begin}: {linked} ({markdown(said)})"


def methodology(method: Method) -> str:
    """The rubric in words."""
    lines = ["# How this is found", ""]
    for words in ABOUT:
        lines += [markdown(words), ""]
    lines += [f"{markdown_link(method.title, method.source)}: {markdown(method.description)}", ""]
    lines += [f"* **{word}**: {markdown(means)}" for word, means in WORDS]
    lines += ["", "## Verdicts, the first that fits", ""]
    for each in method.classes:
        lines.append(f"1. **{markdown(each.title)}**" + (f" if {markdown(each.when)}" if each.when else ""))
    for chapter in method.dimensions:
        lines += ["", f"## {markdown(chapter.title)}" + (" (beside the score)" if chapter.beside else ""), ""]
        lines += ["| Question | Met if | Partly met if | Weight |", "|---|---|---|--:|"]
        for asked in chapter.questions:
            cells = (markdown(f"{asked.question} ({asked.cite})"), markdown(asked.met), markdown(asked.partly or "–"))
            lines.append(f"| {' | '.join(cells)} | {asked.weight} |")
    lines += ["", "## Components", "", "| Component | Released | Partial | Described |", "|---|---|---|---|"]
    for name, definition, *meanings in COMPONENT_WORDS:
        lines.append(f"| {' | '.join(markdown(cell) for cell in (f'{name}: {definition}', *meanings))} |")
    return "\n".join(lines) + "\n"


def compare(rows: Sequence[Row]) -> str:
    """How two releases are compared where no script runs."""
    names = " ".join(row.card.release.id for row in (rows[0], rows[-1]))
    return (
        "# Compare two releases\n\n[compare.html](compare.html) puts any two side by side in a browser. In a terminal:\n\n"
        f"    openness score {markdown(names)}\n"
    )


def card_section(card: Scorecard, page: str, badge: str) -> str:
    """A section for a model card: the verdict, the figures of each dimension, and a link to the report.

    `page` and `badge` are addresses; without them there is no link, and no picture.
    """
    target, picture = url(page), url(badge)
    lines = ["## Openness", ""]
    if picture:
        image = f"![Openness: {markdown(view.percent(card.score))}](<{picture}>)"
        lines += [f"[{image}](<{target}>)" if target else image, ""]
    lines += [f"**{markdown(card.verdict.headline)}**", ""]
    for sign, title, _, statements in view.gates(card):
        lines.append(f"* {sign} {markdown(title)}" + (f": {markdown(' '.join(statements))}" if statements else ""))
    lines += ["", "| Dimension | Score |", "|---|--:|"]
    lines += [f"| {markdown(each.title)} | {view.percent(each.score)} |" for each in card.dimensions]
    lines += [f"| **Openness** | **{view.percent(card.score)}** |", ""]
    where = f" [Every finding with its evidence](<{target}>)." if target else ""
    facts = f"Facts: {view.facts(card)}. Judged by {view.rubric_line(card)}. {DISCLAIMER}"
    return "\n".join([*lines, f"{markdown(facts)}{where}", ""])
