"""Scorecards for sites: those of the catalogue, and as many more as are wanted, made by varying them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from openness.core.scorecard import Scorecard
from openness.engine import Options, judge, load
from openness.outputs.site.build import Report
from openness.sources import catalogue


@cache
def catalogued() -> tuple[Scorecard, ...]:
    """The scorecards of every bundled release."""
    return tuple(judge(catalogue.load(id, id), Options(advise=True)) for id in catalogue.ids())


def many(count: int) -> tuple[Scorecard, ...]:
    """`count` scorecards: the catalogue's over and over, under names of their own."""
    cards = catalogued()
    return tuple(_variant(cards[number % len(cards)], number) for number in range(count))


def _variant(card: Scorecard, number: int) -> Scorecard:
    release = card.release
    id = f"{release.id if '/' in release.id else 'closed/' + release.id}-{number}"
    return replace(card, release=replace(release, id=id, name=f"{release.name} {number}", revision=f"{number:040x}"))


def report(cards: tuple[Scorecard, ...]) -> Report:
    """A report on them."""
    return Report(cards, "A report", {}, load("retort").rubric, parquet=False)
