"""One release by several standards: a row for each, with its verdict in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from openness.core import words
from openness.core.record import record
from openness.core.scorecard import GateState, Scorecard


@record(frozen=True, slots=True)
class StandardRow:
    """A standard, what it concludes, its figure, and what stands in the way of more or of a decision."""

    rubric: str
    title: str
    certain: bool
    verdict: str
    score: str
    why: str


def several(cards: Sequence[Scorecard]) -> bool:
    """Whether the scorecards are by more than one rubric."""
    return len({card.rubric.id for card in cards}) > 1


def by_release(cards: Sequence[Scorecard]) -> Iterator[tuple[Scorecard, list[StandardRow]]]:
    """The rows of each release, with one scorecard to name it by."""
    for _, group in groupby(cards, key=lambda card: (card.release.id, card.release.revision)):
        of_release = list(group)
        yield of_release[0], [row(card) for card in of_release]


def row(card: Scorecard) -> StandardRow:
    """One standard's row."""
    return StandardRow(
        card.rubric.id,
        card.rubric.title,
        card.verdict.certain,
        words.verdict(card.verdict),
        words.percent(card.score),
        why(card),
    )


SHOWN = 2
"""Gates named in a row; the rest is counted."""


def why(card: Scorecard) -> str:
    """The first gates that are failed, else those that are open, with how many criteria stand in the way of each."""
    for state, begin in ((GateState.FAIL, "fails"), (GateState.OPEN, "open")):
        gates = [gate for gate in card.gates if gate.state is state]
        if gates:
            counted = [f"{gate.title} ({len(gate.failing) or len(gate.open)})" for gate in gates[:SHOWN]]
            more = f" and {len(gates) - SHOWN} more" if len(gates) > SHOWN else ""
            return f"{begin}: {'; '.join(counted)}{more}"
    return ""
