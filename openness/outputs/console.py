"""What Rich draws, as text: escape sequences only where the page has colour or links, and the same bytes for the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType

from openness.outputs.base import Page

_LINK_ID = re.compile("\x1b\\]8;id=[0-9-]+;")
"""Rich gives each link a random id, but the same facts give the same bytes."""


def drawn(parts: Iterable[RenderableType], page: Page) -> str:
    """The parts below each other, without blanks at the ends of lines."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(20, page.width),
        force_terminal=page.colour or page.links,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=not page.colour,
        color_system="standard" if page.colour else None,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in _LINK_ID.sub("\x1b]8;;", out.getvalue()).split("\n"))
