"""`openness licence identify`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK, EXIT_UNDECIDED
from openness.core.options import Argument, PageOf, PageOptions

EXAMPLES = (
    "Examples: openness licence identify LICENSE · curl -s ADDRESS | openness licence identify - --format json. "
    "Exit code 0: identified; 3: a modified or unknown version, or no known licence; 2: the file cannot be read."
)


def licence_identify(
    file: Annotated[str, Argument("FILE|-", "A licence text, or - for standard input.")],
    page: Annotated[PageOptions, PageOf("identification")],
) -> int:
    """Say which licence a text is, and where it differs from the known one."""
    from openness.cli.page import PageTarget
    from openness.jobs.asking import identify

    target = PageTarget("identification", page)
    identified = identify(file)
    target.send(identified)
    return EXIT_OK if identified.detail else EXIT_UNDECIDED
