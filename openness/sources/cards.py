"""The bounded reader of model cards: front matter as text, Markdown as sections and links, hidden text left out."""

from __future__ import annotations

import re

from openness.core.events import StructureError, read_events, text_scalar
from openness.core.release import Card, Link, Reason, Section, Unread
from openness.core.text import in_code
from openness.sources.facts import Fields

FRONT_MATTER_LIMIT = 64 * 1024
"""Longest front matter that is read, in characters (the corpus's longest has 20,000)."""
MAX_LINE = 2_000
MAX_LINKS = 400
MAX_SECTIONS = 1_000

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.{0,300})")
_ADDRESS = re.compile(r"https?://(?:[^\s<>\"'`\])}|\\(]|\([^\s<>\"'`\])}|\\(]{1,80}\)){1,500}")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")


def read_card(
    path: str, text: str, truncated: bool = False, known: Fields | Unread | None = None
) -> tuple[Card, Fields | Unread]:
    """The card, and its front matter (every scalar a string; {} where the card has none) or why it could not be read.

    `known` is the result of reading this card's front matter before, so that it is not parsed again.
    """
    text = _unix(text)
    metadata = read_metadata(text) if known is None else known
    body = _visible(text, _front_matter(text)[1])
    sections, links = _structure(body)
    return Card(path, text, body, sections, links, truncated), metadata


def read_metadata(text: str) -> Fields | Unread:
    """A card's front matter alone, as `read_card` gives it."""
    front, _ = _front_matter(_unix(text))
    return front if isinstance(front, Unread) else _parsed(front)


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _front_matter(text: str) -> tuple[str | Unread, int]:
    """The YAML of the front matter ('' where the card has none), and the offset behind it."""
    if not text.startswith("---\n"):
        return "", 0
    end = text.find("\n---", 3)
    while end >= 0 and text[end + 4 : end + 5] not in ("\n", "", " ", "\t"):
        end = text.find("\n---", end + 4)
    if end < 0:
        return Unread(Reason.MALFORMED, "the front matter of the card has no end"), 0
    after = text.find("\n", end + 1)
    after = len(text) if after < 0 else after + 1
    if end > FRONT_MATTER_LIMIT:
        return Unread(Reason.TOO_LARGE, "the front matter of the card is larger than 64 KiB"), after
    return text[4 : end + 1], after


def _parsed(front: str) -> Fields | Unread:
    if not front:
        return {}
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data, _ = read_events(yaml.parse(front, Loader=loader), text_scalar, max_nodes=5_000)
    except StructureError as error:
        return Unread(Reason.MALFORMED, f"front matter, line {error.line + 1}: {error.message}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        return Unread(Reason.MALFORMED, f"front matter{where}: {getattr(error, 'problem', None) or 'not YAML'}")
    if data is None:
        return {}
    if not isinstance(data, dict):
        return Unread(Reason.MALFORMED, "the front matter of the card is not a mapping")
    return data


def _blank(text: str) -> str:
    """A text with as many characters and lines as `text`, all blank."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _visible(text: str, start: int) -> str:
    """`text` with front matter, HTML comments and invisible characters blanked, offsets kept."""
    parts = [_blank(text[:start])]
    while True:
        opening = text.find("<!--", start)
        if opening < 0:
            parts.append(text[start:])
            break
        closing = text.find("-->", opening + 4)
        closing = len(text) if closing < 0 else closing + 3
        parts += [text[start:opening], _blank(text[opening:closing])]
        start = closing
    return _INVISIBLE.sub(" ", "".join(parts))


def _structure(body: str) -> tuple[tuple[Section, ...], tuple[Link, ...]]:
    starts: list[tuple[int, int, str]] = [(1, 0, "")]
    links: list[Link] = []
    lines = [line[:MAX_LINE] for line in body.split("\n")]
    for number, (line, code) in enumerate(zip(lines, in_code(lines), strict=True), 1):
        if len(links) < MAX_LINKS and "http" in line:
            links += [
                Link(m[0].rstrip(".,;:*_"), _words_before(line, m.start()), number) for m in _ADDRESS.finditer(line)
            ]
        if code:
            continue
        heading = _HEADING.match(line) if "#" in line[:4] else None
        if heading and len(starts) < MAX_SECTIONS:
            starts.append((number, len(heading[1]), heading[2].strip(" \t#*_")))
        elif number > 1 and line[:3] in ("===", "---") and not line.strip(line[0]) and len(starts) < MAX_SECTIONS:
            title = lines[number - 2].strip()
            if title and len(title) <= 300 and not title.startswith(("|", "#", ">", "-")):
                starts.append((number - 1, 1 if line[0] == "=" else 2, title.strip("*_ ")))
    ends = [start - 1 for start, _, _ in starts[1:]] + [len(lines)]
    sections = tuple(
        Section(title, level, first, last)
        for (first, level, title), last in zip(starts, ends, strict=True)
        if last >= first
    )
    return sections, tuple(links[:MAX_LINKS])


def _words_before(line: str, start: int) -> str:
    """The words of a link: of `[words](address)`, else the words before the address."""
    if line[max(0, start - 2) : start] == "](":
        opening = line.rfind("[", 0, start - 2)
        return line[opening + 1 : start - 2][:200] if opening >= 0 else ""
    return line[max(0, start - 80) : start].strip()
