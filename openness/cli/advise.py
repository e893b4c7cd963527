"""`openness advise` and `openness explain`."""

from __future__ import annotations

from openness.cli.page import send, target
from openness.outputs.base import require


def run_advise(
    models: list[str],
    rubric: str = "retort",
    format: str = "table",
    output: str | None = None,
    offline: bool = False,
    follow: bool = False,
    timeout: float = 15.0,
) -> int:
    """Print what would bring releases into a better class, and return the exit code."""
    from openness.cli.score import scored
    from openness.engine import Options

    require("advice", format)
    path = target(output)
    options = Options(rubric, offline, timeout=timeout, follow=follow, advise=True)
    cards, code = scored(models, options)
    if cards:
        send("advice", format, cards, path)
    return code


def run_explain(
    model: str,
    criterion: str,
    rubric: str | None = None,
    format: str = "table",
    output: str | None = None,
    offline: bool = False,
    follow: bool = False,
    timeout: float = 15.0,
) -> int:
    """Print one criterion with all of its evidence, and return the exit code."""
    from openness.cli.score import run_score
    from openness.engine import find_criterion

    require("explain", format)
    name, id = find_criterion(criterion, rubric)
    return run_score([model], format, output, name, id, offline, follow=follow, timeout=timeout)
