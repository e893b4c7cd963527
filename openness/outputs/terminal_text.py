"""Words on a terminal, made harmless, and the pen that draws a page."""

from __future__ import annotations

from rich.text import Text

from openness.outputs.base import Canvas
from openness.outputs.blocks import Phrase, spans
from openness.outputs.safe import text, url

_STYLES = {"strong": "bold", "soft": "dim", "below": "dim"}


class Pen:
    """What a page is drawn with: its canvas, the width of its labels, and the addresses that its end lists.

    A canvas without links lists each address once, on a line of its own, so that it can be copied.
    """

    def __init__(self, canvas: Canvas, label: int) -> None:
        self.canvas = canvas
        self.label = label
        self._numbers: dict[str, int] = {}

    def linked(self, words: str, address: str, sign: str = "") -> Text:
        """The source of a line: `words` or `sign` as a link if the canvas has links, else the number of the address.

        Empty if the address is not a web address.
        """
        target = url(address)
        if not target:
            return Text()
        if not self.canvas.links:
            return Text(f" [{self._numbers.setdefault(target, len(self._numbers) + 1)}]", style="dim")
        if sign:
            return Text(f" {sign}", style=f"link {target}")
        return Text.assemble(" [", (text(words), f"link {target}"), "]")

    def listed(self) -> str:
        """The list of addresses."""
        if not self._numbers:
            return ""
        return "\nSources\n" + "".join(f"[{number}] {address}\n" for address, number in self._numbers.items())


def styled(words: str, style: str = "") -> Text:
    """One line of harmless text."""
    return Text(text(words), style=style)


def line(words: Phrase, pen: Pen, style: str = "") -> Text:
    """A line; one that is an address, or leads to one, can be followed where the terminal can link."""
    if isinstance(words, str):
        target = url(words) if pen.canvas.links else ""
        return Text(text(words), style=f"{style} link {target}".strip() if target else style)
    said = Text(style=style)
    for each in spans(words):
        shown = text(each.words)
        target = url(each.address) if each.address and pen.canvas.links else ""
        mark = f"{_STYLES.get(each.style, '')} {f'link {target}' if target else ''}".strip()
        said.append(f" ({shown})" if each.style == "below" else shown, style=mark)
    return said
