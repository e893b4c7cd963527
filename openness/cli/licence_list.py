"""`openness licence list`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import PageOf, PageOptions, flag

EXAMPLES = "Examples: openness licence list · openness licence list --class non-commercial --format json"


def licence_list(
    page: Annotated[PageOptions, PageOf("licences")],
    licence_class: Annotated[
        str | None, flag("--class", metavar="CLASS", says="Only those of one class, such as non-commercial.")
    ] = None,
) -> int:
    """List the licences of the register: id, name, class, OSI's approval, identifier on the Hub."""
    from openness.cli.guard import say
    from openness.cli.page import PageTarget
    from openness.jobs.asking import listed

    target = PageTarget("licences", page)
    found = listed(licence_class)
    target.send(found)
    say(f"{len(found)} licence{'s' * (len(found) != 1)}" + (f" of class {licence_class}" if licence_class else ""))
    return EXIT_OK
