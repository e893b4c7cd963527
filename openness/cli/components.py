"""`openness component list|show`."""

from __future__ import annotations

from openness.cli.page import send, target
from openness.core.errors import EXIT_OK


def list_components(format: str = "table", output: str | None = None) -> int:
    """List every component and aspect: 0. Raises `UsageError` for a format or a file that is not."""
    from openness.outputs.components import subjects_page

    send(lambda page: subjects_page(format, page), target(output))
    return EXIT_OK


def show_component(name: str, format: str = "table", output: str | None = None) -> int:
    """Show what each status means for one of them, how it is found and who asks for it: 0. Raises `UsageError`."""
    from openness.engine import subject
    from openness.outputs.components import subject_page

    path = target(output)
    found = subject(name)
    send(lambda page: subject_page(found, format, page), path)
    return EXIT_OK
