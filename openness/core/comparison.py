"""Releases beside each other under one rubric: what is the same, what differs, and, of two, which way it goes."""

from __future__ import annotations

from openness.core.record import record
from openness.core.scorecard import ReleaseRef, RubricRef


@record(frozen=True, slots=True)
class Cell:
    """What is concluded of one release: in a word or two, and why."""

    outcome: str
    why: str = ""


@record(frozen=True, slots=True)
class ComparedRow:
    """One thing that is compared, with a cell for each release.

    `kind` is verdict, score, gate, dimension, licence, access, affordance or criterion. `way` says of two releases how the second
    stands to the first: `better`, `worse`, `same`, `unclear` (an unknown decides) or `other` (neither is better).
    """

    kind: str
    id: str
    title: str
    cells: tuple[Cell, ...]
    differs: bool
    way: str


@record(frozen=True, slots=True)
class Comparison:
    """Two or more releases (or revisions of one) compared; differences stand first in each kind."""

    rubric: RubricRef
    releases: tuple[ReleaseRef, ...]
    rows: tuple[ComparedRow, ...]
    notices: tuple[str, ...] = ()
