"""`openness explain`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from openness.core.options import Argument, Options, PageOf, PageOptions

EXAMPLES = "Examples: openness explain org/name data-exact · openness explain org/name mof/training-code --follow"


def explain(
    model: Annotated[str, Argument("MODEL", "A release.")],
    criterion: Annotated[str, Argument("CRITERION", "A criterion, as ID or RUBRIC/ID (openness rubric show RUBRIC).")],
    page: Annotated[PageOptions, PageOf("explain")],
    options: Annotated[Options, {"rubric": ""}],
) -> int:
    """Show one criterion with all of its evidence."""
    from openness.cli.page import PageTarget
    from openness.cli.scored import scored
    from openness.jobs.manual import find_criterion
    from openness.outputs.base import together

    target = PageTarget("explain", page)
    rubric, name = find_criterion(criterion, options.rubric)
    cards, code = scored([model], replace(options, rubric=rubric), target.prepare)
    if cards:
        target.send(together(cards, name))
    return code
