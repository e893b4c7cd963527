"""Advice: a smallest set of changes that reaches a better class, found by a search over the rubric's conditions.

For each condition the search collects the minimal sets of changes that make it certainly true (or false). A set for `all` is a
union of one set for each part; the sets for `any` are those of all its parts. The release is then judged as each set would
change it, so that no set is advised that does not reach the class.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, islice
from typing import assert_never

from openness.core import kleene
from openness.core.finding import Finding
from openness.core.kleene import Truth
from openness.core.release import Release
from openness.core.rubric import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Criterion,
    Gate,
    Nearly,
    Negation,
    OfCriterion,
    OfFinding,
    OfGate,
)
from openness.core.scorecard import Advice, Change, Level
from openness.rubric.assess import assess, judged
from openness.rubric.changes import Lookup, Move, moves
from openness.rubric.closures import State
from openness.rubric.compile import Compiled

Ways = list[frozenset[Move]]
"""Sets of changes, none of which contains another."""

WIDEST = 512
"""The most sets that are kept for one condition; the smallest are kept."""
TRIED = 200
"""The most sets of equal size that are judged to count how many of them reach the class."""


def advise(release: Release, findings: Sequence[Finding], rubric: Compiled, lookup: Lookup) -> Advice | None:
    """A smallest set of changes that certainly leads to a better class than the worst one possible now.

    None if the release is in the best class, or if nothing that a publisher can do leads to a better one. `lookup` finds a
    licence by its identifier.
    """
    search = _Search(release, findings, rubric, lookup)
    classes = rubric.rubric.class_ids
    now = classes.index(assess(release, findings, rubric, "").verdict.classes[-1][0])
    aims = [each.id for each in rubric.rubric.classes[:now] if each.aim]
    for target in reversed(aims):
        found = search.reach(classes[: classes.index(target) + 1], aims[: aims.index(target) + 1])
        if found:
            best, ways = found
            reached = rubric.rubric.classes[classes.index(search.result(best))]
            order = sorted(best, key=lambda move: (move.effort, move.about))
            return Advice(reached.id, reached.title, tuple(Change(move.about, move.text) for move in order), ways)
    return None


class _Search:
    def __init__(self, release: Release, findings: Sequence[Finding], rubric: Compiled, lookup: Lookup) -> None:
        self._release, self._rubric = release, rubric
        self._criteria = {each.id: each for each in rubric.rubric.criteria}
        self._gates = {each.id: each for each in rubric.rubric.gates}
        self._conditions = {each.id: each.when for each in rubric.rubric.classes}
        self._state = judged(release, findings, rubric)
        self._moves = {about: moves(self._state.findings[about], lookup) for about in rubric.about}

    def reach(self, classes: Sequence[str], aims: Sequence[str]) -> tuple[frozenset[Move], int] | None:
        """A smallest set of changes that certainly leads to one of `classes`, and how many sets are as small; None for none.

        The sets are those that meet the condition of one of `aims`.
        """
        candidates = _least(way for aim in aims for way in self._class(aim, Truth.TRUE))
        candidates.sort(key=_rank)
        for number, way in enumerate(candidates):
            if set(self._classes(way)) <= set(classes):
                equal = islice((each for each in candidates[number:] if len(each) == len(way)), TRIED)
                return way, sum(set(self._classes(each)) <= set(classes) for each in equal)
        return None

    def result(self, way: frozenset[Move]) -> str:
        """The worst class that is possible after the changes."""
        return self._classes(way)[-1]

    def _after(self, way: Iterable[Move]) -> dict[str, Finding]:
        return dict(self._state.findings) | {move.about: move.finding for move in way}

    def _classes(self, way: frozenset[Move]) -> list[str]:
        card = assess(self._release, list(self._after(way).values()), self._rubric, "")
        return [name for name, _ in card.verdict.classes]

    def _ways(self, asked: Condition, want: Truth) -> Ways:
        """The minimal sets of changes that make the condition certainly `want`; the empty set if it already is."""
        yes = want is Truth.TRUE
        if self._rubric.closures.condition(asked)(self._state) is want:
            return [frozenset()]
        match asked:
            case AllOf(parts) | AnyOf(parts):
                ways = [self._ways(part, want) for part in parts]
                every = isinstance(asked, AllOf) is yes
                return _together(ways) if every else _least(way for part in ways for way in part)
            case Negation(part):
                return self._ways(part, kleene.negated(want))
            case AtLeast(count, parts):
                return _some([self._ways(part, want) for part in parts], count if yes else len(parts) - count + 1)
            case OfCriterion(criterion, levels):
                return self._criterion(self._criteria[criterion], levels, want)
            case OfGate(gate):
                return self._gate(self._gates[gate]) if yes else []
            case Nearly(class_id):
                return self._class(class_id, want) if yes else []
            case OfFinding():
                return self._finding(asked, want)
            case _:
                assert_never(asked)

    def _class(self, class_id: str, want: Truth) -> Ways:
        asked = self._conditions[class_id]
        return [frozenset()] if asked is None else self._ways(asked, want)

    def _criterion(self, criterion: Criterion, levels: Sequence[Level], want: Truth) -> Ways:
        """No set unless `levels` include `met`: an outcome that is less than met is not worth aiming for."""
        if Level.MET not in levels:
            return []
        ways = [self._ways(condition, want) for level, condition in criterion.levels if level in levels]
        if want is Truth.FALSE:
            return _together(ways)
        if criterion.applies_if:
            ways.append(self._ways(criterion.applies_if, Truth.FALSE))
        return _least(way for part in ways for way in part)

    def _gate(self, gate: Gate) -> Ways:
        parts = [self._criterion(self._criteria[name], gate.accepts, Truth.TRUE) for name in gate.criteria]
        return _some(parts, gate.at_least)

    def _finding(self, asked: OfFinding, want: Truth) -> Ways:
        """The smallest changes to the one or two subjects that a condition on a finding looks at."""
        check = self._rubric.closures.condition(asked)
        subjects = dict.fromkeys(self._rubric.closures.subjects(asked))
        options = [self._moves.get(about, ()) for about in subjects]
        sets = [frozenset({move}) for each in options for move in each]
        if len(options) > 1:
            sets += [frozenset({one, two}) for one in options[0] for two in options[1]]
        return _least(way for way in sets if check(State(self._after(way))) is want)


def _rank(way: frozenset[Move]) -> tuple[int, int, list[tuple[str, str]]]:
    return len(way), sum(move.effort for move in way), sorted((move.about, move.text) for move in way)


def _together(parts: Iterable[Ways]) -> Ways:
    """The unions of one set from each part, except those that change a subject in two ways."""
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
    """Whether the changes are all to different subjects."""
    return len({move.about for move in way}) == len(way)


def _least(ways: Iterable[frozenset[Move]]) -> Ways:
    """The sets that contain no other set, smallest first."""
    kept: Ways = []
    for way in sorted(set(ways), key=_rank):
        if not any(other <= way for other in kept):
            kept.append(way)
            if len(kept) == WIDEST:
                break
    return kept
