"""A row per release, from which the index, the tables and the comparison are made."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core import words
from openness.core.licence import UNKNOWN, Licence
from openness.core.questions import in_force
from openness.core.record import record
from openness.core.scorecard import Interval, Scorecard
from openness.outputs.site.names import slugs

NO_FIGURE = "–"
"""What a table shows instead of a score."""


@record(frozen=True, slots=True)
class IndexRow:
    """A release in a table; `slug` is the file name of its pages, without ending."""

    card: Scorecard
    slug: str
    licence: Licence

    @property
    def name(self) -> str:
        """The name of the release, else its id."""
        return self.card.release.name or self.card.release.id

    @property
    def verdict(self) -> str:
        """The classes that are possible, in words."""
        return words.verdict(self.card.verdict)

    @property
    def score(self) -> str:
        """The score in words."""
        return words.percent(self.card.score, NO_FIGURE)

    @property
    def licence_class(self) -> str:
        """The class of its licence, in words."""
        return words.spaced(self.licence.licence_class)


def rows(cards: Sequence[Scorecard]) -> list[IndexRow]:
    """The rows of a report, most open first: by the low end of the score, then the high end, then the id."""
    found = [IndexRow(card, slug, licence_of(card)) for card, slug in zip(cards, slugs(cards), strict=True)]
    return sorted(
        found, key=lambda row: (*_falling(row.card.score), row.card.release.id, row.card.release.revision or "")
    )


def _falling(score: Interval | None) -> tuple[int, int]:
    return (-score.low, -score.high) if score else (1, 1)


def licence_of(card: Scorecard) -> Licence:
    """The licence that was found; the unknown licence if none was."""
    return in_force(next((each for each in card.findings if each.about == "licence"), None)) or UNKNOWN
