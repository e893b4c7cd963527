"""Where a page goes: its width and colours, and writing it to stdout or, whole or not at all, to a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from openness.core.errors import UsageError
from openness.outputs.base import Canvas, draw


def target(output: str | None) -> Path | None:
    """The file to write, None for stdout. Raises `UsageError` where none can be."""
    if output is None or output == "-":
        return None
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output} is a folder", "name the file to write")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} does not exist", "make it first")
    return path


def send(page: str, format_name: str, content: object, path: Path | None) -> None:
    """Draw a page and write it where it belongs. Raises `UsageError` where the file cannot be written."""
    write(draw(page, format_name, content, Canvas() if path else fitting()), path)


def write(page: str, path: Path | None) -> None:
    """Write a page to a file, whole or not at all, or to stdout. Raises `UsageError` where the file cannot be written."""
    if path:
        _write(path, page)
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


def _write(path: Path, page: str) -> None:
    from openness.sources.cache import write_atomically

    try:
        write_atomically(path, page.encode("utf-8"), 0o644)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another file") from None
