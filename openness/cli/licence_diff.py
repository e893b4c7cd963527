"""`openness licence diff`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import Argument, PageOf, PageOptions

EXAMPLES = "Example: openness licence diff mit llama2 --format markdown"


def licence_diff(
    one: Annotated[str, Argument("A", "A licence, by any of its names.")],
    other: Annotated[str, Argument("B", "Another.")],
    page: Annotated[PageOptions, PageOf("licence-diff")],
) -> int:
    """Show the terms of two licences side by side."""
    from openness.cli.page import PageTarget
    from openness.jobs.asking import pair

    target = PageTarget("licence-diff", page)
    target.send(pair(one, other))
    return EXIT_OK
