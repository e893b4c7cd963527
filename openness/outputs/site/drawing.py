"""The places of lines and boxes in the drawings, which the templates fill in. Lengths are in the units of the SVG."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core import words
from openness.core.record import record
from openness.outputs.blocks import Bars

WIDTH = 360
"""Width of every drawing. It is that of a phone, so that letters keep their size there."""
LINE = 38
"""Height of one dimension in a profile."""
GAP = 14
"""Space above what is reported beside the score."""
BOX = 46
"""Height of a release in a lineage."""
STEP = 32
"""Space above a box of a lineage, for the words on its arrow."""
SPACE = 10
"""Space above a box where there are no words."""
LETTERS = 40
"""Letters of the smaller type that fit into a box."""


@record(frozen=True, slots=True)
class ProfileBar:
    """One dimension of a profile: `sure` and `open` are the lengths of what is certain and of what is undecided."""

    title: str
    value: str
    top: int
    sure: float
    open: float
    scored: bool


@record(frozen=True, slots=True)
class Profile:
    """The bars of a profile, its height, and the same in words."""

    bars: tuple[ProfileBar, ...]
    height: int
    words: str


def profile(dimensions: Bars) -> Profile:
    """The openness profile of a release: a bar for each dimension, those beside the score last and set apart."""
    bars = []
    top = 0
    inside = [each for each in dimensions.rows if not each.beside]
    beside = [each for each in dimensions.rows if each.beside]
    for number, each in enumerate((*inside, *beside)):
        top += GAP if number == len(inside) and number else 0
        low, high = (each.score.low, each.score.high) if each.score else (0, 0)
        certain = each.score is None or each.score.certain
        unit = WIDTH / 10_000
        value = words.percent(each.score)
        bars.append(
            ProfileBar(
                f"{each.title} (beside the score)" if each.beside else each.title,
                value,
                top,
                round(low * unit, 2),
                0 if certain else round((high - low) * unit, 2),
                each.score is not None,
            )
        )
        top += LINE
    return Profile(tuple(bars), top, "; ".join(f"{bar.title}: {bar.value}" for bar in bars))


@record(frozen=True, slots=True)
class Relative:
    """A release in a lineage.

    `page` is its page on the site ('' if there is none), `how` says how it is related, `terms` what that means for the terms of
    its licence ('' if that is not known).
    """

    name: str
    verdict: str
    page: str
    how: str
    terms: str = ""


@record(frozen=True, slots=True)
class Node:
    """A box of a lineage; `side` is base, own or child."""

    name: str
    verdict: str
    top: int
    label: str
    side: str


@record(frozen=True, slots=True)
class LineageDrawing:
    """The boxes of a lineage from the top down, and its height; `more` counts the relatives that were left out."""

    nodes: tuple[Node, ...]
    height: int
    more: int


MOST = 8
"""Most relatives that are drawn on either side. The list beside the drawing names all."""


def lineage(name: str, verdict: str, bases: Sequence[Relative], children: Sequence[Relative]) -> LineageDrawing | None:
    """A release between those that it was made from and those made from it; None if it has no relatives."""
    if not bases and not children:
        return None
    nodes: list[Node] = []

    top = 0

    def add(each: Relative, label: str, side: str) -> None:
        nonlocal top
        top += (STEP if label else SPACE) if nodes else 0
        nodes.append(Node(_fit(each.name), _fit(each.verdict), top, label, side))
        top += BOX

    for each in bases[:MOST]:
        add(each, "", "base")
    add(
        Relative(name, verdict, "", ""), ", ".join(filter(None, (bases[0].how, bases[0].terms))) if bases else "", "own"
    )
    for each in children[:MOST]:
        add(each, each.how, "child")
    return LineageDrawing(tuple(nodes), top, max(0, len(bases) - MOST) + max(0, len(children) - MOST))


def _fit(words: str) -> str:
    return words if len(words) <= LETTERS else words[: LETTERS - 1].rstrip() + "…"
