"""Scoring several releases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from openness.core.errors import OpennessError
from openness.core.options import Options
from openness.core.scorecard import Scorecard
from openness.engine import nothing, score_by_all
from openness.jobs.batch import run
from openness.jobs.watcher import SILENT, Watcher


def score_many(
    asked: Sequence[str], options: Options, watcher: Watcher = SILENT, meanwhile: Callable[[], object] = nothing
) -> Iterator[Scorecard | OpennessError]:
    """The scorecards of each name, in order; a name that cannot be scored yields its error.

    `meanwhile` is called while the Hub is waited for.
    """
    watcher.begun(len(asked), f"Looking at {asked[0]}" if len(asked) == 1 else f"Looking at {len(asked)} releases")
    try:
        for found in run(asked, lambda name: score_by_all(name, options, meanwhile), watcher):
            if isinstance(found, OpennessError):
                yield found
            else:
                yield from found
    finally:
        watcher.ended()
