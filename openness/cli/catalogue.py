"""`openness catalogue`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import PageOf, PageOptions

EXAMPLES = "Examples: openness catalogue · openness catalogue --format json"


def catalogue(page: Annotated[PageOptions, PageOf("catalogue")]) -> int:
    """List the releases that are bundled, with the names they answer to."""
    from openness.cli.page import PageTarget
    from openness.outputs.catalogue import CatalogueLine
    from openness.sources.catalogue import entry, ids

    target = PageTarget("catalogue", page)
    bundled = [(name, entry(name)) for name in ids()]
    target.send([CatalogueLine(name, each.captured, each.name, tuple(each.aliases)) for name, each in bundled])
    return EXIT_OK
