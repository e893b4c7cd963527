"""`openness rubric show`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import PageOf, PageOptions, RubricName, flag

EXAMPLES = "Examples: openness rubric show retort · openness rubric show retort --yaml"


def rubric_show(
    rubric: RubricName,
    page: Annotated[PageOptions, PageOf("rubric")],
    yaml: Annotated[bool, flag("--yaml", says="Print the file itself.")] = False,
) -> int:
    """Show a rubric in words: classes, gates, and every question with its condition, weight and source."""
    from openness.cli.page import PageTarget, write
    from openness.engine import load
    from openness.outputs.rubric_page import RubricSheet

    target = PageTarget("rubric", page)
    loaded = load(rubric)
    if yaml:
        write(loaded.text, target.path)
    else:
        target.send(RubricSheet(loaded.rubric, loaded.compiled.digest))
    return EXIT_OK
