"""One row for each release, from which the index, the tables and the comparison are made."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core import words
from openness.core.licence import UNKNOWN, Licence
from openness.core.questions import in_force
from openness.core.record import record
from openness.core.scorecard import Interval, Scorecard
from openness.outputs.site.names import slugs

NO_FIGURE = "–"
"""What stands in a table where there is no score."""


@record(frozen=True, slots=True)
class IndexRow:
    """A release in a table; `slug` is its pages' name without ending, `dimensions` stand in the rubric's order."""

    card: Scorecard
    slug: str
    licence: Licence

    @property
    def name(self) -> str:
        """The release's name, its id where it has none."""
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
    """The rows of a report: the most open first, by the worst that its score may be, then the best, then by id."""
    found = [IndexRow(card, slug, licence_of(card)) for card, slug in zip(cards, slugs(cards), strict=True)]
    return sorted(
        found, key=lambda row: (*_falling(row.card.score), row.card.release.id, row.card.release.revision or "")
    )


def _falling(score: Interval | None) -> tuple[int, int]:
    return (-score.low, -score.high) if score else (1, 1)


def licence_of(card: Scorecard) -> Licence:
    """The licence in force as it was found; one that is unknown where nobody could look."""
    return in_force(next((each for each in card.findings if each.about == "licence"), None)) or UNKNOWN
