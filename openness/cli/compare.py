"""`openness compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openness.cli.guard import tell, worst
from openness.cli.page import send, target
from openness.core.errors import EXIT_OK, OpennessError, UsageError
from openness.outputs.base import known

if TYPE_CHECKING:
    from openness.core.comparison import Comparison
    from openness.core.scorecard import Scorecard
    from openness.engine import Options


def run_compare(
    models: list[str],
    rubric: str | None = None,
    format: str = "table",
    output: str | None = None,
    offline: bool = False,
    follow: bool = False,
    timeout: float = 15.0,
) -> int:
    """Print releases beside each other, and return the exit code: what cannot be scored is told, and nothing compared."""
    from openness.cli.progress import progress
    from openness.engine import DEFAULT_RUBRIC, Options
    from openness.outputs.compare import compare_page

    if format != "html":
        known(format)
    path = target(output)
    if len(models) < 2:
        raise UsageError(
            "one release cannot be compared", "name two or more, or two revisions: org/name@v1 org/name@v2"
        )
    options = Options(rubric or DEFAULT_RUBRIC, offline, timeout=timeout, follow=follow)
    with progress(f"Looking at {len(models)} releases …"):
        cards, errors = collect(models, options, rubric)
    for error in errors:
        tell(error)
    if errors:
        return worst(error.exit_code for error in errors)
    comparison = compared(cards)
    send(lambda page: compare_page(comparison, format, page), path)
    return EXIT_OK


def collect(models: list[str], options: Options, rubric: str | None) -> tuple[list[Scorecard], list[OpennessError]]:
    """A scorecard for each name, in order: scored now, or read from a saved run, whose rubric is taken for the others.

    A saved run must hold one scorecard (of the rubric that is asked for).
    """
    from dataclasses import replace

    from openness.engine import score_many
    from openness.sources import snapshot

    saved = {each: _saved(snapshot.read(each), each, rubric) for each in models if snapshot.names_snapshot(each)}
    judged = {card.rubric.id for card in saved.values()}
    if rubric is None and len(judged) == 1:
        options = replace(options, rubric=judged.pop())
    asked = [each for each in models if each not in saved]
    scored = iter(list(score_many(asked, options)) if asked else [])
    results = [saved[each] if each in saved else next(scored) for each in models]
    cards = [each for each in results if not isinstance(each, OpennessError)]
    return cards, [each for each in results if isinstance(each, OpennessError)]


def _saved(cards: tuple[Scorecard, ...], path: str, rubric: str | None) -> Scorecard:
    fitting = [card for card in cards if rubric is None or card.rubric.id == rubric]
    if len(fitting) != 1:
        what = f" of the rubric {rubric}" if rubric else ""
        raise UsageError(
            f"{path}: holds {len(fitting)} scorecards{what}, and one is compared",
            "save one release, or say which --rubric",
        )
    return fitting[0]


def compared(cards: list[Scorecard]) -> Comparison:
    """The comparison of scorecards. Raises `UsageError` where they are by different rubrics."""
    from openness.core.comparison import compare
    from openness.engine import load

    rubrics = sorted({card.rubric.id for card in cards})
    if len(rubrics) > 1:
        raise UsageError(f"they were judged by different rubrics: {', '.join(rubrics)}", "score them by one --rubric")
    first = [result.id for result in cards[0].criteria]
    if any([result.id for result in card.criteria] != first for card in cards):
        raise UsageError("they were judged by versions of the rubric that ask different questions", "score both anew")
    return compare(cards, [id for id, *_ in load(rubrics[0]).compiled.classes])
