"""The page of a score: what it says, in which order, as blocks.

Several scores, the scores of one release by several standards, and one criterion explained are pages of the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openness.core import words
from openness.core.components import ASPECTS, name_of, value_words
from openness.core.finding import Evidence, Finding, Origin, Status
from openness.core.licence import Summary
from openness.core.record import record
from openness.core.scorecard import ClaimCheck, CriterionResult, Scorecard
from openness.outputs import standards, view
from openness.outputs.base import DISCLAIMER, Explained, explained
from openness.outputs.blocks import (
    Bars,
    Block,
    Claim,
    Column,
    Detail,
    EvidenceGroup,
    EvidenceTable,
    Explanation,
    Figure,
    Found,
    Grid,
    Heading,
    PageSource,
    Paragraph,
    Question,
    Quote,
    ScoreBar,
    Signed,
    Signs,
    Sources,
    Span,
    TermList,
    Title,
)
from openness.outputs.saved import SCHEMA_VERSION, Document, plain

USES = "What an outsider can do"
WIDE, NARROW = 120, 60
"""Columns of a terminal from which a table of releases shows the dimensions, and a table of standards the reasons."""


@record(frozen=True, slots=True)
class ScorePage:
    """The blocks of one scorecard's page."""

    title: Title
    gates: Signs
    bars: Bars
    figure: Figure
    standings: tuple[str, ...]
    claim: Claim | None
    uses: Signs
    terms: TermList | None
    evidence: EvidenceTable
    sources: Sources

    def blocks(self) -> list[Block]:
        """All of them in the order in which they are read."""
        return [self.title, self.gates, *self.rest()]

    def rest(self) -> list[Block]:
        """What follows the verdict."""
        found: list[Block] = [self.bars, self.figure]
        found += [Paragraph(each, close=True) for each in self.standings]
        found += [self.claim] if self.claim else []
        found += [Heading(USES), self.uses]
        found += [self.terms] if self.terms else []
        return [*found, self.evidence, self.sources]


def score_page(card: Scorecard) -> ScorePage:
    """The page of one scorecard."""
    return ScorePage(
        _title(card),
        Signs(
            [
                Signed(words.GATE_SIGNS[gate.state], gate.title, gate.cite, (*gate.failing, *gate.open))
                for gate in card.gates
            ]
        ),
        Bars([ScoreBar(each.title, each.score, each.beside, each.summary) for each in card.dimensions]),
        Figure("Openness", card.score, view.coverage(card)),
        tuple(view.standings(card)),
        _claim(card.claim) if card.claim else None,
        Signs(
            [Signed(words.sign(each.possible), each.title, each.cite, (each.why,)) for each in card.affordances], True
        ),
        _terms(card.terms) if card.terms else None,
        EvidenceTable(_groups(card)),
        Sources([*_facts(card), PageSource("judged", view.rubric_line(card), card.rubric.source)], DISCLAIMER),
    )


def blocks(cards: Sequence[Scorecard]) -> list[Block]:
    """The page of scorecards: one in full, several as a table and then one by one, several standards as a table."""
    if standards.several(cards):
        return [block for each, rows in standards.by_release(cards) for block in _by_standards(each, rows)]
    if len(cards) == 1:
        return score_page(cards[0]).blocks()
    found: list[Block] = [_overview(cards)]
    for card in cards:
        page = score_page(card)
        found += [page.title, page.gates, Detail(page.rest(), [Sources(_facts(card), close=True)])]
    hint = Paragraph("For the evidence, score one release, or write --format markdown.", "aside")
    return [*found, Detail((), [hint])]


def explanation_blocks(content: Explained) -> list[Block]:
    """One criterion of each scorecard with all of its evidence. Raises `UsageError` for a criterion that is not known."""
    found: list[Block] = []
    for card in content.cards:
        wanted = explained(card, content.criterion)
        result = next(each for each in card.criteria if each.id == wanted)
        found += [Explanation(view.title(card), question(result, set())), Sources(_facts(card))]
    return found


def document(content: Sequence[Scorecard] | Explained) -> object:
    """The scorecards as a saved run."""
    cards = content.cards if isinstance(content, Explained) else content
    return plain(Document(SCHEMA_VERSION, tuple(cards)))


def _title(card: Scorecard) -> Title:
    release = card.release
    return Title(
        view.title(card),
        release.name or release.id,
        release.id,
        release.url,
        release.revision or "",
        release.publisher,
        card.verdict.headline,
        "" if card.verdict.certain else words.verdict(card.verdict),
    )


def _claim(claim: ClaimCheck) -> Claim:
    source = next((quote(each) for each in claim.finding.evidence[:1]), None)
    return Claim(claim.statement, claim.honoured, claim.claim != "none", source)


def _terms(said: Summary) -> TermList | None:
    rows = [
        (begin, [(each.text, each.section) for each in sentences])
        for begin, sentences in view.in_plain_words(said)
        if sentences
    ]
    return TermList(said.name, rows) if rows else None


def _facts(card: Scorecard) -> list[PageSource]:
    return [PageSource("facts", view.facts(card)), *(PageSource("note", notice) for notice in card.release.notices)]


def _overview(cards: Sequence[Scorecard]) -> Grid:
    dimensions = [Column(each.title, least=WIDE) for each in cards[0].dimensions]
    return Grid(
        [Column("Release"), Column("Verdict"), Column("Openness", whole=True), *dimensions],
        [
            (
                card.release.id,
                words.verdict(card.verdict),
                words.percent(card.score),
                *(words.percent(each.score) for each in card.dimensions),
            )
            for card in cards
        ],
        tight=True,
    )


def _by_standards(card: Scorecard, rows: Sequence[standards.StandardRow]) -> Iterator[Block]:
    """One release by several standards: a row per standard."""
    yield Heading(view.title(card), 1)
    columns = (
        Column("", whole=True),
        Column("Standard"),
        Column("Verdict"),
        Column("Score", whole=True, right=True),
        Column("In the way", least=NARROW),
    )
    cells = [
        (
            words.NONE if each.certain else words.OPEN,
            each.title,
            (Span(each.verdict, "strong"),),
            each.score,
            (Span(each.why, "soft"),),
        )
        for each in rows
    ]
    yield Grid(columns, cells, tight=True)
    yield Paragraph(
        f"For the reasons, score it with one of --rubric {', '.join(each.rubric for each in rows)}.", "aside"
    )
    yield Sources(_facts(card), DISCLAIMER, close=True)


def _groups(card: Scorecard) -> list[EvidenceGroup]:
    """The dimensions of a scorecard. A finding is `above` everywhere but in the first place that shows it."""
    told: set[str] = set()
    found = []
    for dimension in card.dimensions:
        asked = [result for result in card.criteria if result.dimension == dimension.id]
        questions = tuple(question(result, told) for result in asked)
        here = {finding.about for result in asked if result.applies is not False for finding in result.because}
        shown = tuple(
            found_block(each, told)
            for each in card.findings
            if each.about in dimension.shows and each.about not in here and each.status is not Status.SILENT
        )
        found.append(EvidenceGroup(dimension.id, dimension.title, dimension.score, dimension.beside, questions, shown))
    return found


def question(result: CriterionResult, told: set[str]) -> Question:
    """A criterion with its findings; `told` holds what was shown before, and grows."""
    return Question(
        result.id,
        words.mark(result),
        words.outcome(result),
        result.statement,
        result.question,
        result.weight,
        result.cite,
        result.decided_by,
        result.why,
        tuple(found_block(each, told) for each in result.because),
    )


def found_block(finding: Finding, told: set[str]) -> Found:
    """A finding with all of its evidence; `told` holds what was shown before, and grows."""
    above = finding.about in told
    told.add(finding.about)
    return Found(
        name_of(finding.about),
        finding.status,
        _in_short(finding),
        view.finding_line(finding),
        view.finding_words(finding),
        finding.origin.value,
        finding.confidence.value,
        finding.origin is Origin.ATTESTED,
        f"f-{finding.about}",
        above,
        tuple(map(quote, finding.evidence)),
    )


def _in_short(finding: Finding) -> str:
    """What was found, in a word or two: the status, or what an aspect says."""
    found = words.status(finding.status)
    if not finding.value or finding.status is Status.UNKNOWN or finding.about == "licence":
        return found
    if finding.about in ASPECTS and finding.status in (Status.RELEASED, Status.DESCRIBED):
        return value_words(finding.value)
    return f"{found} ({words.spaced(finding.value)})"


def quote(evidence: Evidence) -> Quote:
    """A piece of evidence."""
    return Quote(
        evidence.quote,
        evidence.note,
        evidence.path,
        view.place(evidence),
        view.where(evidence),
        evidence.method.value,
        evidence.url,
        evidence.seen_on,
    )


BLOCKS = {"score": blocks, "explain": explanation_blocks}
DOCUMENTS = {"score": document, "explain": document}
