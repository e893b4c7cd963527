"""`openness component list`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import PageOf, PageOptions

EXAMPLES = "Examples: openness component list · openness component list --format json"


def component_list(page: Annotated[PageOptions, PageOf("components")]) -> int:
    """List the components (what can be released) and aspects (what else is found)."""
    from openness.cli.page import PageTarget

    PageTarget("components", page).send(None)
    return EXIT_OK
