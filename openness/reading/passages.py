"""A Markdown or plain text as passages: paragraphs, list items and table rows below their headings, cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openness.core.record import record
from openness.core.text import in_code

__all__ = ["BREAK", "Passage", "masked", "passages", "sentences"]

BREAK = "\x00"
"""Stands in a masked text where a block of HTML begins or ends."""
LONGEST = 2_000
"""Characters of a sentence, at most; a longer one is cut there, so that work on a sentence is bounded."""

_HEADING = re.compile(r"[ \t>]{0,6}(#{1,6})[ \t]*([^#\s].{0,300})")
_BOLD = re.compile(r"[ \t>]{0,6}(?:\*\*|__)([^*_\n]{1,100})(?:\*\*|__)[ \t]*[:：]?[ \t]*$")
_ITEM = re.compile(r"[ \t>]{0,20}(?:[-*+•·][ \t]|\(?\d{1,3}[.)、][ \t]?)")
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{2,}[-:| \t]*$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_BLOCK = re.compile(r"</?(?:p|div|li|ul|ol|br|td|th|tr|table|h[1-6]|summary|details|blockquote|center)\b", re.I)
_TITLE = re.compile(r"<h([1-6])\b[^<>]{0,300}>(.{1,300}?)</h\1>", re.I)
_TARGET = re.compile(r"\]\([^()\s]{1,1000}(?:\([^()\s]{0,100}\)[^()\s]{0,300})?(?:[ \t]\"[^\"\n]{0,200}\")?\)")
_URL = re.compile(r"https?://[^\s<>\"')\]]{1,1000}")
_END = re.compile(r"[.!?]+(?=[\s\"'”’)\]*_]|$)|[。！？；;\x00]")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|etc|vs|cf|approx|inc|ltd|co|corp|dr|fig|resp|incl|et al)$", re.I)


@record(frozen=True, slots=True)
class Passage:
    """A paragraph, list item, table row or cell: half-open offsets into the text, and what stands above it.

    `kind` is text, item, row or cell. `heading` holds the titles above it, the nearest last; `column` is the head of a
    cell's column, `row` the first cell of its row.
    """

    start: int
    end: int
    kind: str
    heading: tuple[str, ...] = ()
    column: str = ""
    row: str = ""


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _tag(match: re.Match[str]) -> str:
    return (BREAK if _BLOCK.match(match[0]) else " ") + " " * (len(match[0]) - 1)


def _keep_lines(match: re.Match[str]) -> str:
    shown = _tag(match)
    if "\n" not in match[0]:
        return shown
    return "".join("\n" if old == "\n" else new for old, new in zip(match[0], shown, strict=True))


def masked(text: str) -> str:
    """`text` without tags and addresses, of the same length and lines: what stands there as words.

    Tags of blocks become `BREAK`, all else becomes spaces. The words of a link are kept.
    """
    if "](" in text:
        text = _TARGET.sub(lambda found: "]" + " " * (len(found[0]) - 1), text)
    if "://" in text:
        text = _URL.sub(_blank, text)
    return _TAG.sub(_keep_lines, text) if "<" in text else text


def passages(text: str) -> Iterator[Passage]:
    """The passages of a text in order. Code between fences, headings, and rules are none.

    A heading is an ATX or setext heading, a `<h2>` on one line, or up to three words in bold on a line.
    """
    titles: list[tuple[int, str]] = []
    head: list[str] = []
    lines = text.split("\n")
    begin, kind = -1, "text"
    position = end = 0
    last = len(lines) - 1
    for number, (line, code) in enumerate(zip(lines, in_code(lines), strict=True)):
        start, position = position, position + len(line) + 1
        bare = line.strip()
        title = None if code or not bare else _title(line, bare)
        row = not code and not title and "|" in bare and (bare[0] == "|" or bool(head) or _heads(lines, number))
        item = not title and not row and bool(bare) and _ITEM.match(line) is not None
        if begin >= 0 and (code or not bare or title or row or item):
            yield Passage(begin, end, kind, _names(titles))
            begin = -1
        if not row:
            head = []
        if code or not bare:
            continue
        if title:
            level, words = title
            titles = [each for each in titles if each[0] < level] + [(level, words)]
        elif row:
            if _RULE.match(line):
                continue
            cells = _cells(line)
            if number < last and _RULE.match(lines[number + 1]) and "-" in lines[number + 1]:
                head = [line[first:after].strip(" *_`") for first, after in cells]
                continue
            yield from _row(line, start, cells, head, _names(titles))
        elif begin < 0 and not item and number < last and _underline(lines[number + 1], bare):
            titles = [each for each in titles if each[0] < 2] + [(2, bare.strip("*_ "))]
        elif not (set(bare) <= set("=-*_")):
            if begin < 0:
                begin, kind = start, "item" if item else "text"
            end = start + len(line)
    if begin >= 0:
        yield Passage(begin, end, kind, _names(titles))


def _names(titles: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(words for _, words in titles)


def _title(line: str, bare: str) -> tuple[int, str] | None:
    if bare[0] in "#>":
        found = _HEADING.match(line)
        if found:
            return len(found[1]), found[2].strip(" \t#*_:：")
    if bare[0] in "*_>" and bare.rstrip(" :：")[-2:] in ("**", "__"):
        found = _BOLD.match(line)
        if found and found[1][-1] not in ".!?。！" and len(found[1].split()) < 4:
            return 7, found[1].strip(" :：")
    if bare[0] == "<" and bare[1:2] in "hH":
        found = _TITLE.match(bare)
        if found:
            return int(found[1]), _TAG.sub("", found[2]).strip()
    return None


def _underline(line: str, above: str) -> bool:
    bare = line.strip()
    return bare[:3] in ("===", "---") and not bare.strip(bare[0]) and len(above) <= 300 and above[0] not in "|>-"


def _heads(lines: list[str], number: int) -> bool:
    below = lines[number + 1] if number + 1 < len(lines) else ""
    return "|" in below and _RULE.match(below) is not None


def _cells(line: str) -> list[tuple[int, int]]:
    """Offsets of the cells of a row of a table."""
    cells, start = [], 0
    for part in line.split("|"):
        cells.append((start, start + len(part)))
        start += len(part) + 1
    if cells and not line[slice(*cells[0])].strip():
        cells.pop(0)
    if cells and not line[slice(*cells[-1])].strip():
        cells.pop()
    return cells


def _row(
    line: str, start: int, cells: list[tuple[int, int]], head: list[str], heading: tuple[str, ...]
) -> Iterator[Passage]:
    """A row of two cells as one passage ("Licence | non-commercial"), one of more cells cell by cell."""
    filled = [number for number, (first, after) in enumerate(cells) if line[first:after].strip()]
    if not filled:
        return
    if len(cells) <= 2:
        yield Passage(start + cells[filled[0]][0], start + cells[filled[-1]][1], "row", heading)
        return
    name = line[slice(*cells[filled[0]])].strip()
    for number in filled:
        first, after = cells[number]
        column = head[number] if number < len(head) else ""
        yield Passage(start + first, start + after, "cell", heading, column, "" if number == filled[0] else name)


def sentences(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Half-open offsets of the sentences of a passage, of at most `LONGEST` characters; `words` is the masked text."""
    begin = start
    for found in _END.finditer(words, start, end):
        stop = found.end()
        if found[0] == "." and _ABBREVIATION.search(words, max(begin, stop - 10), stop - 1):
            continue
        yield from _bounded(words, begin, stop)
        begin = stop
    yield from _bounded(words, begin, end)


def _bounded(words: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and words[begin] in " \t\n\x00":
        begin += 1
    while begin < end:
        stop = min(end, begin + LONGEST)
        if stop < end:
            space = words.rfind(" ", begin, stop)
            stop = space if space > begin else stop
        if any(character.isalnum() for character in words[begin : min(stop, begin + 80)]):
            yield begin, stop
        begin = stop
