"""Scores and outcomes in words: every value of every enumeration has its word and sign."""

from __future__ import annotations

import pytest

from openness.core import words
from openness.core.finding import Status
from openness.core.gate import Outcome
from openness.core.scorecard import CriterionResult, GateState, Interval, Level


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(5_700, 5_700, "57 %"), (1_234, 1_567, "12–16 %"), (3_333, 3_334, "33 %"), (0, 10_000, "0–100 %")],
)
def test_a_score_is_rounded_outward(low: int, high: int, said: str) -> None:
    assert words.percent(Interval(low, high)) == said
    assert words.figures(Interval(low, high)) == said.removesuffix(" %")


def test_no_score_is_said() -> None:
    assert words.percent(None) == "not scored"
    assert words.percent(None, "–") == "–"


def criterion(applies: bool | None, *possible: Level) -> CriterionResult:
    return CriterionResult("x", "d", "Is it?", "cite", 1, possible, applies, (), "It is.")


@pytest.mark.parametrize(
    ("result", "sign", "said"),
    [
        (criterion(True, Level.MET), "✓", "met"),
        (criterion(True, Level.PARTLY), "~", "partly"),
        (criterion(True, Level.NOT_MET), "✗", "not met"),
        (criterion(True, Level.MET, Level.NOT_MET), "?", "met or not met"),
        (criterion(None, Level.MET), "?", "met, or does not apply"),
        (criterion(False, Level.MET), "·", "does not apply"),
    ],
)
def test_an_outcome_has_a_sign_and_words(result: CriterionResult, sign: str, said: str) -> None:
    assert (words.mark(result), words.outcome(result)) == (sign, said)


def test_every_value_has_its_word_and_sign() -> None:
    assert set(words.LEVEL_SIGNS) == set(Level)
    assert set(words.GATE_SIGNS) == set(GateState)
    assert set(words.OUTCOME_SIGNS) == set(words.OUTCOME_WORDS) == set(Outcome)
    signs = {*words.LEVEL_SIGNS.values(), *words.GATE_SIGNS.values(), *words.OUTCOME_SIGNS.values()}
    assert signs <= set(words.SIGN_WORDS)
    assert {words.sign(each) for each in (True, False, None)} <= set(words.SIGN_WORDS)
    assert words.status(Status.NOT_APPLICABLE) == "not applicable"


def test_a_count_has_the_right_noun() -> None:
    assert (words.counted(1, "word"), words.counted(0, "word"), words.counted(2, "word")) == (
        "1 word",
        "0 words",
        "2 words",
    )
