"""`openness compare`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK, worst
from openness.core.options import Argument, Options, PageOf, PageOptions

EXAMPLES = (
    "Examples: openness compare org/one org/two · openness compare org/name@v1.0 org/name · "
    "openness compare saved.json org/name --format markdown"
)


def compare(
    models: Annotated[
        list[str], Argument("A B [C...]", "Releases, revisions of one (org/name@v1), folders, or saved JSON files.")
    ],
    page: Annotated[PageOptions, PageOf("compare")],
    options: Annotated[Options, {"rubric": ""}],
) -> int:
    """Show releases side by side: differences first, what changed and why."""
    from openness.cli.guard import tell
    from openness.cli.page import PageTarget
    from openness.cli.progress import Shown
    from openness.jobs.comparing import compare_releases

    target = PageTarget("compare", page)
    compared = compare_releases(models, options, Shown())
    for error in compared.errors:
        tell(error)
    if compared.comparison is None:
        return worst(error.exit_code for error in compared.errors)
    target.send(compared.comparison)
    return EXIT_OK
