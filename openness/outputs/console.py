"""Rich's output as text: escape sequences only if the canvas has colour or links, and the same bytes for the same facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO

from rich.console import Console, RenderableType

from openness.outputs.base import Canvas

_LINK_ID = re.compile("\x1b\\]8;id=[0-9-]+;")
"""The random id that Rich gives each link; it is removed, so that the same facts give the same bytes."""


def drawn(parts: Iterable[RenderableType], canvas: Canvas) -> str:
    """The parts, one below the other, without trailing blanks."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(20, canvas.width),
        force_terminal=canvas.colour or canvas.links,
        highlight=False,
        markup=False,
        emoji=False,
        no_color=not canvas.colour,
        color_system="standard" if canvas.colour else None,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in _LINK_ID.sub("\x1b]8;;", out.getvalue()).split("\n"))
