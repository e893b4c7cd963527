"""`openness component list|show`."""

from __future__ import annotations

from openness.cli.page import send, target
from openness.core.errors import EXIT_OK
from openness.outputs.base import require


def list_components(format: str = "table", output: str | None = None) -> int:
    """List every component and aspect: 0. Raises `UsageError` for a format or a file that is not."""
    require("components", format)
    send("components", format, None, target(output))
    return EXIT_OK


def show_component(name: str, format: str = "table", output: str | None = None) -> int:
    """Show what each status means for one of them, how it is found and who asks for it: 0. Raises `UsageError`."""
    from openness.engine import subject

    require("component", format)
    path = target(output)
    found = subject(name)
    send("component", format, found, path)
    return EXIT_OK
