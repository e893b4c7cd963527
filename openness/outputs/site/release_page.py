"""The page of a release on a site: the page of its score, and what a site adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openness.core import words
from openness.core.finding import Status
from openness.core.record import record
from openness.core.scorecard import Scorecard
from openness.outputs.base import DISCLAIMER
from openness.outputs.blocks import (
    Block,
    Code,
    Column,
    Dated,
    Drawing,
    Grid,
    Heading,
    PageSection,
    Paragraph,
    Points,
    Span,
)
from openness.outputs.score_page import USES, ScorePage, found_block, score_page
from openness.outputs.site import cite
from openness.outputs.site.drawing import Relative, lineage, profile
from openness.outputs.site.history import HistoryEntry
from openness.outputs.site.relatives import finding_of
from openness.outputs.site.rows import IndexRow


@record(frozen=True, slots=True)
class ReleaseInSite:
    """What a site knows of one of its releases.

    `others` are its scorecards by other rubrics, `up` the releases that it was made from, `down` those made from it. `history`
    has the latest entry first. `address` is that of its page, '' if it is not known.
    """

    row: IndexRow
    others: tuple[Scorecard, ...]
    up: tuple[Relative, ...]
    down: tuple[Relative, ...]
    history: tuple[HistoryEntry, ...]
    address: str


@record(frozen=True, slots=True)
class ReleasePage:
    """The blocks of a release's page; `picture` is its profile."""

    score: ScorePage
    picture: Drawing
    sections: tuple[PageSection, ...]

    def twin(self) -> list[Block]:
        """The page in Markdown: the score, and of the sections those that say more."""
        more = [each for each in self.sections if each.anchor in ("advice", "lineage", "others", "history")]
        links = (Span("All releases", file="../README.md"), " · ", Span("How this is found", page="../methodology"))
        return [*self.score.blocks(), self.picture, *more, Paragraph(links)]


def release_page(site: ReleaseInSite) -> ReleasePage:
    """The page of one release."""
    card, row = site.row.card, site.row
    score = score_page(card)
    alt = "Openness profile: one bar for each dimension; the figures stand above"
    picture = Drawing("profile", profile(score.bars), row.name, alt, f"{row.slug}.svg")
    sections = [
        PageSection("use", USES, "What one can do", [score.uses]),
        *_advice(card),
        PageSection("licence", "The licence in plain words", "Licence", list(_licence(row, score))),
        _lineage(site),
        PageSection("dimensions", "Every question and its evidence", "Evidence", [score.evidence]),
        PageSection("standing", "Compared", "Compared", list(_compared(row, score))),
        *_others(site.others),
        PageSection("history", "History", "History", [_history(site.history)]),
        PageSection("cite", "Cite and reuse", "Cite", list(_cite(site))),
    ]
    return ReleasePage(score, picture, tuple(sections))


def _advice(card: Scorecard) -> Iterator[PageSection]:
    if card.advice is None:
        return
    ways = f" ({card.advice.ways} ways are equally short; this is one)" if card.advice.ways > 1 else ""
    begin = "The fewest changes that would make it "
    blocks: list[Block] = [
        Paragraph((begin, Span(card.advice.class_title, "strong"), f"{ways}:")),
        Points([each.text for each in card.advice.changes], ordered=True),
    ]
    yield PageSection("advice", "What would change the verdict", "What would change it", blocks)


def _licence(row: IndexRow, score: ScorePage) -> Iterator[Block]:
    spdx = (" ", Span(row.licence.spdx, "id")) if row.licence.spdx else ()
    yield Paragraph((Span(row.licence.name, "strong"), *spdx, " ", Span(row.licence_class, "chip")))
    if score.terms:
        yield score.terms
        yield Paragraph(f"Numbers in brackets name the clause. {DISCLAIMER}", "aside")
    else:
        yield Paragraph("Nothing more is known about its terms.", "aside")


def _lineage(site: ReleaseInSite) -> PageSection:
    row = site.row
    blocks: list[Block] = []
    for title, relatives in (("Made from", site.up), ("Made from it, as far as this report goes", site.down)):
        if relatives:
            blocks += [Heading(title, 3), Points([_relative(each) for each in relatives])]
    for about in ("lineage", "lineage-terms", "data-terms"):
        finding = finding_of(row.card, about)
        if finding is not None and finding.status is not Status.SILENT:
            said = found_block(finding, set())
            why = f". {said.words}" if said.words else ""
            blocks.append(Paragraph((Span(f"{said.name}:", "strong"), f" {said.found}{why}")))
    if not blocks:
        blocks.append(Paragraph("It is not stated what it was made from.", "aside"))
    tree = lineage(row.name, row.verdict, site.up, site.down)
    return PageSection("lineage", "Lineage", "Lineage", blocks, Drawing("lineage", tree, row.name) if tree else None)


def _relative(each: Relative) -> tuple[str | Span, ...]:
    verdict = (Span(f" ({each.verdict})", "soft"),) if each.verdict else ()
    return (Span(each.name, page=each.page), *verdict, f": {', '.join(filter(None, (each.how, each.terms)))}")


def _compared(row: IndexRow, score: ScorePage) -> Iterator[Block]:
    yield from (Paragraph(each) for each in score.standings)
    yield Paragraph((Span(f"Compare {row.name} with another release", page=f"../compare#a={row.slug}"),))


def _others(cards: Sequence[Scorecard]) -> Iterator[PageSection]:
    if not cards:
        return
    rows = [
        ((Span(each.rubric.title, address=each.rubric.source),), each.verdict.headline, words.percent(each.score))
        for each in cards
    ]
    columns = (Column("Standard"), Column("Verdict"), Column("Score", right=True))
    yield PageSection("others", "By other standards", "Other standards", [Grid(columns, rows)])


def _history(entries: Sequence[HistoryEntry]) -> Dated:
    return Dated([(each.date, each.title, each.changes) for each in entries])


def _cite(site: ReleaseInSite) -> Iterator[Block]:
    card, slug = site.row.card, site.row.slug
    files = Span("JSON", file=f"{slug}.json"), Span("Markdown", file=f"{slug}.md"), Span("SVG", file=f"{slug}.svg")
    yield Paragraph(("This page as ", files[0], " or ", files[1], "; its profile as ", files[2], "."))
    yield Heading("BibTeX", 3)
    yield Code("BibTeX entry", cite.release_bibtex(card, site.address))
    yield Heading("CITATION.cff", 3)
    yield Code("CITATION.cff", cite.release_cff(card, site.address))
