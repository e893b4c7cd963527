"""One release by several standards: a row per standard, with the verdict in the standard's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from openness.core import words
from openness.core.record import record
from openness.core.scorecard import GateState, Scorecard


@record(frozen=True, slots=True)
class StandardRow:
    """A standard, its verdict, its score, and what is in the way of a better verdict or of a certain one."""

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
    """The rows of each release, with a scorecard that names the release."""
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
"""Gates that a row names; the others are counted."""


def why(card: Scorecard) -> str:
    """The first gates that fail, else the first that are open, each with the number of criteria in its way."""
    for state, begin in ((GateState.FAIL, "fails"), (GateState.OPEN, "open")):
        gates = [gate for gate in card.gates if gate.state is state]
        if gates:
            counted = [f"{gate.title} ({len(gate.failing) or len(gate.open)})" for gate in gates[:SHOWN]]
            more = f" and {len(gates) - SHOWN} more" if len(gates) > SHOWN else ""
            return f"{begin}: {'; '.join(counted)}{more}"
    return ""
