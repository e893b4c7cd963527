"""Advice: a smallest set of changes that reaches a better class, found by search over the rubric's conditions.

For a condition the search collects every minimal set of changes that makes it certainly true (or false): the sets of `all` are
unions of one of each part, those of `any` the sets of every part. What it finds is then judged like any release, so that no set
is advised that does not reach the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, islice
from typing import Any

from openness.core.finding import Finding
from openness.core.kleene import Truth
from openness.core.release import Release
from openness.core.scorecard import Advice, Change
from openness.rubric.assess import assess, judged
from openness.rubric.changes import Lookup, Move, moves
from openness.rubric.closures import State, as_list
from openness.rubric.compile import Compiled

Ways = list[frozenset[Move]]
"""Sets of changes, none of which holds another."""

WIDEST = 512
"""Sets kept of one condition, the smallest first."""
TRIED = 200
"""Sets of equal size that are judged to count the ways there are."""


def advise(
    release: Release, findings: Sequence[Finding], rubric: Compiled, data: Mapping[str, Any], lookup: Lookup
) -> Advice | None:
    """The smallest change that certainly reaches a better class than the worst that is possible now.

    `data` are those that the rubric was compiled from. None where the release is in the best class, or where no publisher
    could bring it into a better one.
    """
    search = _Search(release, findings, rubric, data, lookup)
    classes = [id for id, *_ in rubric.classes]
    now = classes.index(assess(release, findings, rubric, "").verdict.classes[-1][0])
    aims = [id for id in classes[:now] if data["classes"][id].get("aim", True)]
    for target in reversed(aims):
        found = search.reach(classes[: classes.index(target) + 1], aims[: aims.index(target) + 1])
        if found:
            best, ways = found
            id = search.result(best)
            title = next(title for each, title, *_ in rubric.classes if each == id)
            order = sorted(best, key=lambda move: (move.effort, move.about))
            return Advice(id, title, tuple(Change(move.about, move.text) for move in order), ways)
    return None


class _Search:
    def __init__(
        self, release: Release, findings: Sequence[Finding], rubric: Compiled, data: Mapping[str, Any], lookup: Lookup
    ) -> None:
        self._release, self._rubric, self._data = release, rubric, data
        self._state = judged(release, findings, rubric)
        self._moves = {about: moves(self._state.findings[about], lookup) for about in rubric.about}

    def reach(self, classes: Sequence[str], aims: Sequence[str]) -> tuple[frozenset[Move], int] | None:
        """A smallest set of changes that aims at some classes and certainly leads to one of them or a better one, and how
        many are as small."""
        candidates = _least(way for id in aims for way in self._ways(self._data["classes"][id]["when"], Truth.TRUE))
        candidates.sort(key=_rank)
        for number, way in enumerate(candidates):
            if set(self._classes(way)) <= set(classes):
                equal = islice((each for each in candidates[number:] if len(each) == len(way)), TRIED)
                return way, sum(set(self._classes(each)) <= set(classes) for each in equal)
        return None

    def result(self, way: frozenset[Move]) -> str:
        """The worst class that a release so changed may be in."""
        return self._classes(way)[-1]

    def _after(self, way: Iterable[Move]) -> dict[str, Finding]:
        return dict(self._state.findings) | {move.about: move.finding for move in way}

    def _classes(self, way: frozenset[Move]) -> list[str]:
        card = assess(self._release, list(self._after(way).values()), self._rubric, "")
        return [id for id, _ in card.verdict.classes]

    def _ways(self, condition: Mapping[str, Any], want: Truth) -> Ways:
        """Every minimal set of changes after which the condition is certainly what is wanted; the empty one where it is."""
        yes = want is Truth.TRUE
        if self._rubric.closures.condition(condition)(self._state) is want:
            return [frozenset()]
        if "all" in condition or "any" in condition:
            parts = [self._ways(part, want) for part in condition.get("all", condition.get("any"))]
            return _together(parts) if ("all" in condition) is yes else _least(way for part in parts for way in part)
        if "not" in condition:
            return self._ways(condition["not"], Truth.FALSE if yes else Truth.TRUE)
        if "at_least" in condition:
            parts = [self._ways(part, want) for part in condition["at_least"]["of"]]
            count = condition["at_least"]["n"]
            return _some(parts, count if yes else len(parts) - count + 1)
        if "criterion" in condition:
            return self._criterion(condition["criterion"], frozenset(as_list(condition.get("level", "met"))), want)
        if "gate" in condition:
            return self._gate(condition["gate"]) if yes else []
        if "nearly" in condition:
            return self._ways(self._data["classes"][condition["nearly"]["class"]]["when"], want) if yes else []
        return self._finding(condition, want)

    def _criterion(self, id: str, levels: frozenset[str], want: Truth) -> Ways:
        """For levels that hold the best one; what asks for less than the best is nothing to strive for."""
        data = self._data["criteria"][id]
        if "met" not in levels:
            return []
        parts = [data["levels"][level] for level in ("met", "partly") if level in levels and data["levels"].get(level)]
        ways = [self._ways(part, want) for part in parts]
        if want is Truth.FALSE:
            return _together(ways)
        if data.get("applies_if"):
            ways.append(self._ways(data["applies_if"], Truth.FALSE))
        return _least(way for part in ways for way in part)

    def _gate(self, id: str) -> Ways:
        gate = self._data["gates"][id]
        accepts = frozenset(gate.get("accepts", ("met",)))
        parts = [self._criterion(name, accepts, Truth.TRUE) for name in gate["criteria"]]
        return _some(parts, gate.get("at_least", len(parts)))

    def _finding(self, condition: Mapping[str, Any], want: Truth) -> Ways:
        """Of the one or two subjects that a condition on a finding looks at, the fewest that have to change."""
        check = self._rubric.closures.condition(condition)
        subjects = dict.fromkeys(self._rubric.closures.subjects(condition))
        options = [self._moves.get(about, ()) for about in subjects]
        sets = [frozenset({move}) for each in options for move in each]
        if len(options) > 1:
            sets += [frozenset({one, two}) for one in options[0] for two in options[1]]
        return _least(way for way in sets if check(State(self._after(way))) is want)


def _rank(way: frozenset[Move]) -> tuple[int, int, list[tuple[str, str]]]:
    return len(way), sum(move.effort for move in way), sorted((move.about, move.text) for move in way)


def _together(parts: Iterable[Ways]) -> Ways:
    """Sets that hold one of each part."""
    found: Ways = [frozenset()]
    for part in parts:
        found = _least(one | other for one in found for other in part if _coherent(one | other))
        if not found:
            return []
    return found


def _some(parts: Sequence[Ways], count: int) -> Ways:
    if count >= len(parts):
        return _together(parts)
    return _least(way for chosen in combinations(parts, count) for way in _together(chosen))


def _coherent(way: frozenset[Move]) -> bool:
    """Whether no subject is changed in two ways."""
    return len({move.about for move in way}) == len(way)


def _least(ways: Iterable[frozenset[Move]]) -> Ways:
    """The sets that hold no other, smallest first."""
    kept: Ways = []
    for way in sorted(set(ways), key=_rank):
        if not any(other <= way for other in kept):
            kept.append(way)
            if len(kept) == WIDEST:
                break
    return kept
