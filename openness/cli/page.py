"""Where a page goes: its width and colours, and writing it to stdout or, whole or not at all, to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from openness.outputs.base import Canvas, draw, prepare, require

if TYPE_CHECKING:
    from openness.core.options import PageOptions


class PageTarget:
    """A page, its format, and the file that it is written to.

    Raises `UsageError` for a format that the page does not have, and for a place that cannot be written to.
    """

    def __init__(self, page: str, options: PageOptions) -> None:
        require(page, options.format)
        self.page = page
        self.format = options.format
        self.path = target(options.output)

    def prepare(self) -> None:
        """Import what draws the page."""
        prepare(self.page, self.format)

    def send(self, content: object) -> None:
        """Draw the page and write it where it belongs. Raises `UsageError` where the file cannot be written."""
        write(draw(self.page, self.format, content, Canvas() if self.path else fitting()), self.path)


def target(output: str | None) -> Path | None:
    """The file to write, None for stdout. Raises `UsageError` where there is no such place."""
    if output is None or output == "-":
        return None
    from openness.jobs.files import place

    return place(output)


def write(page: str, path: Path | None) -> None:
    """Write a page to a file, whole or not at all, or to stdout. Raises `UsageError` where the file cannot be written."""
    if path:
        from openness.jobs.files import put

        put(path, page.encode("utf-8"))
    else:
        _print(page)


def fitting() -> Canvas:
    """The canvas that fits where stdout leads."""
    terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    colour = (terminal or bool(os.environ.get("FORCE_COLOR"))) and not os.environ.get("NO_COLOR")
    return Canvas(_terminal_width() if terminal else _columns(), colour, terminal)


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _columns() -> int:
    """Width of a page that is piped: COLUMNS where it is set, else 100."""
    said = os.environ.get("COLUMNS", "")
    return min(int(said), 500) if said.isdigit() and int(said) >= 20 else 100


def _print(page: str) -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        reconfigure(errors="replace")
    sys.stdout.write(page)
    sys.stdout.flush()
