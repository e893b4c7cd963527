"""Releases beside each other: scored now, or read from a saved run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from openness.core.comparison import Comparison, compare
from openness.core.errors import OpennessError, UsageError
from openness.core.options import DEFAULT_RUBRIC, Options
from openness.core.record import record
from openness.core.scorecard import Scorecard
from openness.engine import load
from openness.jobs.scoring import score_many
from openness.jobs.watcher import SILENT, Watcher
from openness.outputs.saved import names_snapshot, read


@record(frozen=True, slots=True)
class Compared:
    """A comparison, or None and the errors of the releases that could not be scored."""

    comparison: Comparison | None
    errors: tuple[OpennessError, ...] = ()


def compare_releases(models: Sequence[str], options: Options, watcher: Watcher = SILENT) -> Compared:
    """Releases side by side: names, revisions, folders, or paths of saved JSON files.

    A rubric of '' is the one of the saved runs, else the default one. Raises `UsageError` where fewer than two are named, where a
    saved run holds more than one scorecard that fits, and where they were judged by different rubrics.
    """
    if len(models) < 2:
        raise UsageError(
            "one release cannot be compared", "name two or more, or two revisions: org/name@v1 org/name@v2"
        )
    saved = {each: _saved(read(each), each, options.rubric) for each in models if names_snapshot(each)}
    judged = {card.rubric.id for card in saved.values()}
    rubric = options.rubric or (judged.pop() if len(judged) == 1 else DEFAULT_RUBRIC)
    asked = [each for each in models if each not in saved]
    scored = iter(score_many(asked, replace(options, rubric=rubric), watcher)) if asked else iter(())
    results = [saved[each] if each in saved else next(scored) for each in models]
    errors = tuple(each for each in results if isinstance(each, OpennessError))
    if errors:
        return Compared(None, errors)
    return Compared(_compared([each for each in results if not isinstance(each, OpennessError)]))


def _saved(cards: tuple[Scorecard, ...], path: str, rubric: str) -> Scorecard:
    having = [card for card in cards if not rubric or card.rubric.id == rubric]
    if len(having) != 1:
        what = f" of the rubric {rubric}" if rubric else ""
        raise UsageError(
            f"{path}: holds {len(having)} scorecards{what}, and one is compared",
            "save one release, or say which --rubric",
        )
    return having[0]


def _compared(cards: list[Scorecard]) -> Comparison:
    """The comparison of scorecards. Raises `UsageError` where they are by different rubrics."""
    rubrics = sorted({card.rubric.id for card in cards})
    if len(rubrics) > 1:
        raise UsageError(f"they were judged by different rubrics: {', '.join(rubrics)}", "score them by one --rubric")
    first = [result.id for result in cards[0].criteria]
    if any([result.id for result in card.criteria] != first for card in cards):
        raise UsageError("they were judged by versions of the rubric that ask different questions", "score both anew")
    return compare(cards, load(rubrics[0]).rubric.class_ids)
