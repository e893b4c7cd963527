"""Scores, outcomes, statuses and states in words and signs: each in one place, so that every page says the same."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from openness.core.finding import Status
from openness.core.gate import Outcome
from openness.core.scorecard import CriterionResult, GateState, Interval, Level, Verdict

NO_SCORE = "not scored"

YES, PARTLY, NO, OPEN, NONE = "✓", "~", "✗", "?", "·"
NOTED = "!"
SIGN_WORDS = {YES: "yes", PARTLY: "partly", NO: "no", OPEN: "undecided", NONE: "does not apply", NOTED: "taken note of"}
"""Every sign, and the words for a reader who cannot see it."""

LEVEL_SIGNS = {Level.MET: YES, Level.PARTLY: PARTLY, Level.NOT_MET: NO}
GATE_SIGNS = {GateState.PASS: YES, GateState.FAIL: NO, GateState.OPEN: OPEN}
OUTCOME_SIGNS = {
    Outcome.VIOLATED: NO,
    Outcome.RETRY: OPEN,
    Outcome.UNDECIDED: OPEN,
    Outcome.EXCEPTED: NOTED,
    Outcome.TOLERATED: NOTED,
    Outcome.HOLDS: YES,
}
"""The sign of each outcome of a demand, the worst outcome first."""
OUTCOME_WORDS = {
    Outcome.VIOLATED: "violated",
    Outcome.RETRY: "could not be looked at",
    Outcome.UNDECIDED: "undecided",
    Outcome.EXCEPTED: "excepted",
    Outcome.TOLERATED: "tolerated",
    Outcome.HOLDS: "held",
}
WAYS = {
    "better": "▲ better",
    "worse": "▼ worse",
    "unclear": "? not certain",
    "other": "≠ other",
    "same": "= same",
    "": "",
}
"""How the second of two compared releases stands to the first."""


def percent(interval: Interval | None, without: str = NO_SCORE) -> str:
    """An interval in whole per cent, rounded outward: "57 %" where it is certain, else "12–16 %"; `without` for None."""
    return without if interval is None else f"{figures(interval)} %"


def figures(interval: Interval) -> str:
    """An interval in whole per cent, without the sign: "57" or "12–16"."""
    low, high = interval.percent
    return str(low) if low == high else f"{low}–{high}"


def spaced(value: str | Enum) -> str:
    """An identifier such as `not-applicable` as words."""
    return str(value.value if isinstance(value, Enum) else value).replace("-", " ")


def either(names: Iterable[str]) -> str:
    """Names of which one holds."""
    return " or ".join(names)


def verdict(found: Verdict) -> str:
    """The classes that are still possible."""
    return either(title for _, title in found.classes)


def status(found: Status) -> str:
    """A status as a reader sees it."""
    return spaced(found)


def outcome(result: CriterionResult) -> str:
    """The outcome of a criterion: every level that is still possible."""
    if result.applies is False:
        return SIGN_WORDS[NONE]
    levels = either(map(spaced, result.possible))
    return levels if result.applies else f"{levels}, or {SIGN_WORDS[NONE]}"


def mark(result: CriterionResult) -> str:
    """The outcome of a criterion as one sign."""
    if result.applies is False:
        return NONE
    return LEVEL_SIGNS[result.possible[0]] if result.certain else OPEN


def sign(truth: bool | None) -> str:
    """The sign of something that is so, is not, or is undecided (None)."""
    return OPEN if truth is None else YES if truth else NO


def counted(count: int, noun: str) -> str:
    """A count with its noun: "1 word", "3 words"."""
    return f"{count} {noun}{'s' * (count != 1)}"
