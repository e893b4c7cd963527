"""`openness component show`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import Argument, PageOf, PageOptions

EXAMPLES = "Examples: openness component show datasets · openness component show model-card --format markdown"


def component_show(
    name: Annotated[str, Argument("NAME", "A component or aspect (openness component list).")],
    page: Annotated[PageOptions, PageOf("component")],
) -> int:
    """Show what released, partial, described, withheld and silent mean for it, how it is found, and who asks for it."""
    from openness.cli.page import PageTarget
    from openness.jobs.manual import subject

    target = PageTarget("component", page)
    target.send(subject(name))
    return EXIT_OK
