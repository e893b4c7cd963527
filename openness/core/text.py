"""Offsets, lines and quotes of texts. Every room uses these functions, so that a quote stands where its lines say."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

QUOTE_LIMIT = 280
"""Longest quote kept as evidence, in characters (`docs/design.md`, Evidence)."""
_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")


def ascii_lower(text: str) -> str:
    """`text` with A–Z in lower case and everything else as it is.

    Offsets in the result are offsets in `text`; `str.lower` does not promise that ('İ'.lower() has two characters).
    """
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


class LineIndex:
    """Turns offsets into 1-based line numbers."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        ends = accumulate(map(len, text.split("\n")))
        self._starts = [0, *(end + number for number, end in enumerate(ends, 1))][:-1]

    def line(self, offset: int) -> int:
        """The 1-based line that holds `offset`."""
        return bisect_right(self._starts, offset)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """First and last line of the half-open range of offsets."""
        return self.line(start), self.line(max(start, end - 1))

    def start(self, line: int) -> int:
        """Offset of the first character of a 1-based line."""
        return self._starts[line - 1]


def cut_quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """The beginning of `text` without white space at its ends, at most `limit` characters long, cut where a word ends."""
    quote = text.strip()
    if len(quote) <= limit:
        return quote
    head = quote[:limit]
    space = head.rfind(" ", limit // 2)
    return (head[:space] if space > 0 else head).rstrip()


def is_text(value: str) -> bool:
    """Whether a string can be written as UTF-8. JSON can spell lone surrogates, which no file name or address holds."""
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def digest(text: str) -> str:
    """SHA-256 of `text` as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def nearest(name: str, names: Iterable[str]) -> str:
    """The name that is most like `name`; '' where no name is alike."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, list(names), 1)), "")


def in_code(lines: Iterable[str]) -> Iterator[bool]:
    """For each line of Markdown, whether it is code between fences, or a fence (CommonMark 0.31, section 4.5).

    Fences may be indented as far as lists go. A line that both opens and closes one is text with code in it.
    """
    fence = ""
    for line in lines:
        marker = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if marker and not fence and (marker[1][0] == "~" or "`" not in marker[2]):
            fence = marker[1]
            yield True
        elif marker and fence and marker[1].startswith(fence) and not marker[2].strip():
            fence = ""
            yield True
        else:
            yield bool(fence)
