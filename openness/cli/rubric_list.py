"""`openness rubric list`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import PageOf, PageOptions

EXAMPLES = "Examples: openness rubric list · openness rubric list --format json"


def rubric_list(page: Annotated[PageOptions, PageOf("rubrics")]) -> int:
    """List the rubrics: those that are bundled, and those of the project."""
    from openness.cli.page import PageTarget
    from openness.engine import load, rubrics

    target = PageTarget("rubrics", page)
    target.send([(name, load(name).rubric) for name in rubrics("all")])
    return EXIT_OK
