"""`openness score`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from openness.cli.guard import tell, worst
from openness.cli.page import send, target
from openness.core.errors import EXIT_OK, OpennessError, UsageError
from openness.outputs.base import prepare, require, together

if TYPE_CHECKING:
    from openness.core.scorecard import Scorecard
    from openness.engine import Options


def run_score(
    models: list[str],
    format: str = "table",
    output: str | None = None,
    rubric: str = "retort",
    explain: str | None = None,
    offline: bool = False,
    refresh: bool = False,
    attestations: bool = True,
    timeout: float = 15.0,
    follow: bool = False,
    attest: Sequence[str] = (),
) -> int:
    """Score releases, print or write the page, and return the exit code."""
    from openness.engine import Options

    if offline and refresh:
        raise UsageError("--offline and --refresh contradict each other", "leave one of them out")
    page = "explain" if explain else "score"
    require(page, format)
    options = Options(rubric, offline, refresh, timeout, attestations, follow, tuple(attest))
    path = target(output)
    cards, code = scored(models, options, lambda: prepare(page, format))
    if cards:
        send(page, format, together(cards, explain) if explain else cards, path)
    return code


def scored(
    models: list[str], options: Options, meanwhile: Callable[[], object] = lambda: None
) -> tuple[list[Scorecard], int]:
    """The scorecards there are, and the exit code; why there is none of a release is told on stderr."""
    from openness.cli.progress import progress
    from openness.engine import score_many

    codes: list[int] = []
    cards: list[Scorecard] = []
    with progress(f"Looking at {models[0]} …" if len(models) == 1 else f"Looking at {len(models)} releases …"):
        for result in score_many(models, options, meanwhile):
            if isinstance(result, OpennessError):
                codes.append(result.exit_code)
                tell(result)
            else:
                codes.append(EXIT_OK)
                cards.append(result)
    return cards, worst(codes)
