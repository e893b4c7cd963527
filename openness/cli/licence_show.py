"""`openness licence show`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import Argument, PageOf, PageOptions

EXAMPLES = "Examples: openness licence show llama3.1 · openness licence show 'MIT OR Apache-2.0' --format markdown"


def licence_show(
    licence: Annotated[
        str, Argument("ID", "An identifier (ours, SPDX's, the Hub's), a name, an expression or an address.")
    ],
    page: Annotated[PageOptions, PageOf("licence")],
) -> int:
    """Show a licence: its class, what it lets you do in plain words, and every term with its clause."""
    from openness.cli.page import PageTarget
    from openness.jobs.asking import show

    target = PageTarget("licence", page)
    target.send(show(licence))
    return EXIT_OK
