"""Compares releases under one rubric: what is the same, what differs, and which of two is better.

One release is certainly worse than another only if everything that is still possible for it is worse.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from openness.core import words
from openness.core.components import value_words
from openness.core.finding import Status
from openness.core.licence import UNKNOWN
from openness.core.questions import in_force
from openness.core.record import record
from openness.core.scorecard import LEVEL_VALUE, CriterionResult, GateState, Interval, ReleaseRef, RubricRef, Scorecard

Range = tuple[int, int]
"""The least and the greatest value that is possible; more is better."""

_GATE = {GateState.FAIL: (0, 0), GateState.OPEN: (0, 1), GateState.PASS: (1, 1)}
_POSSIBLE = {True: (1, 1), False: (0, 0), None: (0, 1)}
_KINDS = ("verdict", "score", "licence", "access", "gate", "dimension", "affordance", "criterion")


@record(frozen=True, slots=True)
class Cell:
    """The outcome for one release in a word or two, and the reason."""

    outcome: str
    why: str = ""


@record(frozen=True, slots=True)
class ComparedRow:
    """One thing that is compared, with a cell for each release.

    `kind` is verdict, score, gate, dimension, licence, access, affordance or criterion. For two releases `way` says how the
    second compares with the first: `better`, `worse`, `same`, `unclear` (an unknown decides) or `other` (neither is better).
    """

    kind: str
    id: str
    title: str
    cells: tuple[Cell, ...]
    differs: bool
    way: str


@record(frozen=True, slots=True)
class Comparison:
    """A comparison of releases, or of revisions of one. Rows that differ come first."""

    rubric: RubricRef
    releases: tuple[ReleaseRef, ...]
    rows: tuple[ComparedRow, ...]
    notices: tuple[str, ...] = ()


def compare(cards: Sequence[Scorecard], classes: Sequence[str]) -> Comparison:
    """The comparison of two or more scorecards of one rubric; `classes` are the ids of its classes, best first.

    Raises `ValueError` for fewer than two scorecards, or for scorecards of different rubrics.
    """
    if len(cards) < 2 or len({card.rubric.id for card in cards}) > 1:
        raise ValueError("a comparison needs two or more scorecards of one rubric")
    rows = [*_whole(cards, classes), *_findings(cards), *_parts(cards)]
    rows.sort(key=lambda row: (not row.differs, _KINDS.index(row.kind)))
    digests = {card.rubric.digest for card in cards}
    notices = ["They were judged by different versions of the rubric."] if len(digests) > 1 else []
    return Comparison(cards[0].rubric, tuple(card.release for card in cards), tuple(rows), tuple(notices))


def way(before: Range | None, after: Range | None) -> str:
    """How the second range compares with the first: `better` or `worse` only if they do not overlap."""
    if before is None or after is None:
        return "same" if before == after else "other"
    if before == after and before[0] == before[1]:
        return "same"
    if after[0] > before[1]:
        return "better"
    if after[1] < before[0]:
        return "worse"
    return "unclear"


def class_range(card: Scorecard, classes: Sequence[str]) -> Range:
    """The verdict as a range; classes are counted from the worst (1)."""
    places = [len(classes) - classes.index(name) for name, _ in card.verdict.classes if name in classes]
    return (min(places, default=0), max(places, default=len(classes)))


def score_range(interval: Interval | None) -> Range | None:
    """A score as a range in 1/10000; None for no score."""
    return (interval.low, interval.high) if interval else None


def _row(kind: str, name: str, title: str, cells: Iterable[Cell], ranges: Sequence[Range | None]) -> ComparedRow:
    found = tuple(cells)
    differs = len({cell.outcome for cell in found}) > 1
    direction = way(ranges[0], ranges[1]) if len(found) == 2 else ""
    return ComparedRow(kind, name, title, found, differs, direction if differs or direction != "unclear" else "same")


def _whole(cards: Sequence[Scorecard], classes: Sequence[str]) -> Iterator[ComparedRow]:
    verdicts = [Cell(words.verdict(card.verdict), " ".join(card.verdict.reasons)) for card in cards]
    yield _row("verdict", "verdict", "Verdict", verdicts, [class_range(card, classes) for card in cards])
    yield _row(
        "score",
        "score",
        "Openness",
        [Cell(words.percent(card.score)) for card in cards],
        [score_range(card.score) for card in cards],
    )


def _findings(cards: Sequence[Scorecard]) -> Iterator[ComparedRow]:
    for about, title in (("licence", "Licence"), ("access", "Access")):
        cells = [_finding_cell(card, about) for card in cards]
        if any(cell.outcome != "not asked for" for cell in cells):
            differs = len({cell.outcome for cell in cells}) > 1
            yield ComparedRow(about, about, title, tuple(cells), differs, "other" if differs else "same")


def _finding_cell(card: Scorecard, about: str) -> Cell:
    finding = next((each for each in card.findings if each.about == about), None)
    if finding is None:
        return Cell("not asked for")
    if finding.status is Status.UNKNOWN:
        return Cell("unknown", finding.missing.detail or finding.missing.reason.value if finding.missing else "")
    if about == "licence":
        licence = in_force(finding) or UNKNOWN
        return Cell(licence.name)
    return Cell(value_words(finding.value) if finding.value else finding.status.value)


def _parts(cards: Sequence[Scorecard]) -> Iterator[ComparedRow]:
    first = cards[0]
    for gate in first.gates:
        states = [next(each for each in card.gates if each.id == gate.id) for card in cards]
        cells = [Cell(each.state.value, " ".join((*each.failing, *each.open))) for each in states]
        yield _row("gate", gate.id, gate.title, cells, [_GATE[each.state] for each in states])
    for dimension in first.dimensions:
        same = [next(each for each in card.dimensions if each.id == dimension.id) for card in cards]
        ranges = [score_range(each.score) for each in same]
        yield _row(
            "dimension", dimension.id, dimension.title, [Cell(words.percent(each.score)) for each in same], ranges
        )
    for affordance in first.affordances:
        may = [next(each for each in card.affordances if each.id == affordance.id) for card in cards]
        cells = [Cell({True: "yes", False: "no", None: "not decided"}[each.possible], each.why) for each in may]
        yield _row("affordance", affordance.id, affordance.title, cells, [_POSSIBLE[each.possible] for each in may])
    for criterion in first.criteria:
        asked = [next(each for each in card.criteria if each.id == criterion.id) for card in cards]
        cells = [Cell(words.outcome(each), each.statement) for each in asked]
        yield _row("criterion", criterion.id, criterion.question, cells, [_range(each) for each in asked])


def _range(result: CriterionResult) -> Range | None:
    if result.applies is False:
        return None
    values = [LEVEL_VALUE[level] for level in result.possible]
    return (min(values), max(values))
