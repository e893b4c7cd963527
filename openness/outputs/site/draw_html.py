"""Pages as HTML: one file each, which fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from openness.outputs import pages
from openness.outputs.base import Canvas
from openness.outputs.blocks import Block, Heading
from openness.outputs.site.environment import filled


def draw(page: str, format_name: str, content: object, canvas: Canvas) -> str:
    """A page that belongs to no site."""
    blocks = pages.blocks(page, content)
    title = next((each.words for each in blocks if isinstance(each, Heading)), "openness")
    return as_html(blocks, title, title)


def as_html(
    blocks: Sequence[Block], title: str, description: str, nav: Sequence[tuple[str, str]] = (), foot: Sequence[str] = ()
) -> str:
    """Blocks as a page. `nav` holds words and relative addresses, that of the page itself empty; `foot` the lines at the end."""
    return filled("page.html.j2", title=title, description=description, nav=nav, foot=foot, script=False, shown=blocks)
