"""Scorecards for commands that show some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from openness.cli.guard import tell
from openness.cli.progress import Shown
from openness.core.errors import EXIT_OK, OpennessError, worst

if TYPE_CHECKING:
    from openness.core.options import Options
    from openness.core.scorecard import Scorecard


def scored(models: Sequence[str], options: Options, meanwhile: Callable[[], object]) -> tuple[list[Scorecard], int]:
    """The scorecards of releases, and the exit code; an error of a release is told on stderr.

    `meanwhile` is called while the Hub is waited for.
    """
    from openness.jobs.scoring import score_many

    codes: list[int] = []
    cards: list[Scorecard] = []
    for found in score_many(models, options, Shown(), meanwhile):
        if isinstance(found, OpennessError):
            codes.append(found.exit_code)
            tell(found)
        else:
            codes.append(EXIT_OK)
            cards.append(found)
    return cards, worst(codes)
