"""`openness advise`."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from openness.core.options import Argument, Options, PageOf, PageOptions

EXAMPLES = "Examples: openness advise org/name · openness advise org/name --rubric mof · openness advise ./folder"


def advise(
    models: Annotated[list[str], Argument("MODEL|FOLDER...", "Releases, or folders to be released.")],
    page: Annotated[PageOptions, PageOf("advice")],
    options: Options,
) -> int:
    """Say what would bring releases into the next class: the smallest set of changes."""
    from openness.cli.page import PageTarget
    from openness.cli.scored import scored

    target = PageTarget("advice", page)
    cards, code = scored(models, replace(options, advise=True), target.prepare)
    if cards:
        target.send(cards)
    return code
