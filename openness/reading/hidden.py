"""Text that no reader sees: found, and blanked so that it is no evidence.

What is blanked: HTML comments and declarations; elements hidden by attribute or style (`hidden`, `display:none`, size or
opacity of nought, white on white, moved off the page); scripts, styles, templates and their like; `alt` and `title` texts;
reference definitions (`[x]: address "title"`); text that is struck out; characters without width. `<details>` can be opened,
so it is visible. Tags shown as code are code.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from operator import itemgetter

from openness.core.record import record
from openness.core.text import LineIndex, ascii_lower, in_code

__all__ = ["HiddenSpan", "visible"]

MOST = 500
"""Hidden spans that are given back for one text; all are blanked."""
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]")
"""As in `openness.sources.cards`; characters without width, each replaced by a space."""
_TAGGED = re.compile("[\U000e0020-\U000e007e\U000e007f]{1,5000}")
"""Tag characters: ASCII that nothing shows."""
_MARKUP = re.compile(
    r"<!--|<!(?=[A-Za-z\[])|<\?|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]{0,30})(?P<attributes>(?:[\s/][^<>]{0,3000})?)>"
)
_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]\n]|\[[^\[\]\n]{0,200}\]){0,500})\](?=[(\[])")
_TARGET_TITLE = re.compile(
    r"\]\([ \t]*[^()\s]{0,1000}(?:\([^()\s]{0,100}\)[^()\s]{0,200})?[ \t]+"
    r"(?P<title>\"[^\"\n]{0,500}\"|'[^'\n]{0,500}')[ \t]*\)"
)
_DEFINITION = re.compile(
    r" {0,3}\[(?!\^)[^\[\]\n]{1,200}\]:[ \t]*(?:<[^<>\n]{0,1000}>|[^\s<]\S{0,1000})"
    r"(?:[ \t]+(?:\"[^\"\n]{0,1000}\"|'[^'\n]{0,1000}'|\([^()\n]{0,1000}\)))?[ \t]*"
)
_STRUCK = re.compile(r"(?<![~\\])~~(?=[^\s~])(?:[^~\n]|~(?!~)|\n(?!\s*\n)){1,2000}(?<=\S)~~(?!~)")
_NEVER_SHOWN = frozenset(
    {"script", "style", "template", "noscript", "iframe", "title", "head", "datalist", "object", "canvas"}
)
_STRUCK_TAGS = frozenset({"del", "s", "strike"})
_VOID = frozenset(
    {"img", "br", "hr", "input", "meta", "link", "source", "area", "wbr", "col", "embed", "base", "track"}
)
_LOOSE = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
"""Elements whose end tag may be left out: they end with their paragraph."""
_ATTRIBUTE = re.compile(
    r"\b(?:alt|title|aria-label|data-[\w-]{1,40}|value|content)\s{0,5}=\s{0,5}"
    r"(\"[^\"]{0,2000}\"|'[^']{0,2000}')",
    re.I,
)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?:\s|/|$|=\s*[\"']?(?:hidden|true|until-found)?[\"']?(?:\s|/|$))", re.I)
_STYLE = re.compile(r"\bstyle\s{0,5}=\s{0,5}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'=<>`]{1,2000}))", re.I)
_COLOUR = re.compile(r"\bcolor\s{0,5}=\s{0,5}[\"']?\s{0,5}(white|#fff(?:fff)?)\b", re.I)
_UNSEEN = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|font-size:\.?0+(?:\.0*)?(?:px|pt|r?em|%|vw)?(?:;|!|$)|font-size:0?\.0\d*"
    r"|opacity:0*(?:\.0+\d?)?%?(?:;|!|$)|(?:text-indent|left|top|margin-left|right):-\d{3,}|(?:^|;)(?:max-)?(?:height|width):0(?:px|em|%)?(?:;|!|$)"
    r"|clip:rect\(0|clip-path:inset\((?:50|100)%|transform:scale\(0\)|(?:^|;)color:transparent|(?:^|;)content-visibility:hidden"
)
_WHITE = re.compile(
    r"(?:^|;)color:(white|#fff(?:fff)?(?:ff)?|rgba?\(255,255,255(?:,1)?\)|snow|ivory|#fefefe|#fdfdfd)(?:;|!|$)"
)
_OF_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,40})")
_OF_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,40})")


@record(frozen=True, slots=True)
class HiddenSpan:
    """Text that no reader sees: how it is hidden, its 1-based lines, and itself.

    `kind` is comment, attribute, style, element, alt, title, reference, struck or invisible.
    """

    kind: str
    lines: tuple[int, int]
    text: str


def visible(text: str) -> tuple[str, tuple[HiddenSpan, ...]]:
    """What a reader sees of Markdown, at the same offsets and on the same lines, and what was hidden.

    Hidden text becomes spaces; line feeds stay. A comment in code is blanked and not given back: readers see it, and it says
    nothing. Time is linear in the text.
    """
    found: list[tuple[int, int, str]] = []
    code = _code(text) if ("<" in text or "~~" in text or "]:" in text or "![" in text) else ()
    if "<" in text:
        found += _markup(text, code)
    if "![" in text:
        found += [(*each.span("alt"), "alt") for each in _IMAGE.finditer(text) if each["alt"].strip()]
    if "](" in text:
        found += [(*each.span("title"), "title") for each in _TARGET_TITLE.finditer(text)]
    if "]:" in text:
        found += _definitions(text)
    if "~~" in text:
        found += [(*each.span(), "struck") for each in _STRUCK.finditer(text)]
    found = [each for each in found if each[2] == "comment" or not _inside(each[0], code)]
    if not text.isascii():
        found += [(*each.span(), "invisible") for each in _TAGGED.finditer(text)]
    shown, spans = _blanked(text, sorted(found), code) if found else (text, ())
    if not shown.isascii():
        shown = _INVISIBLE.sub(" ", shown)
    return shown, spans


def _blanked(
    text: str, found: list[tuple[int, int, str]], code: tuple[tuple[int, int], ...]
) -> tuple[str, tuple[HiddenSpan, ...]]:
    parts: list[str] = []
    spans: list[HiddenSpan] = []
    done = 0
    index = LineIndex(text)
    for start, end, kind in found:
        if end <= done:
            continue
        begin = max(start, done)
        hidden = text[begin:end]
        parts += [text[done:begin], "\n".join(" " * len(line) for line in hidden.split("\n"))]
        done = end
        if len(spans) < MOST and not (kind == "comment" and _inside(start, code)):
            words = _decoded(hidden) if kind == "invisible" else hidden.strip()
            if words:
                spans.append(HiddenSpan(kind, index.span(begin, end), words))
    parts.append(text[done:])
    return "".join(parts), tuple(spans)


def _decoded(tagged: str) -> str:
    return "".join(chr(ord(each) - 0xE0000) for each in tagged if ord(each) < 0xE007F)


def _code(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open offsets of code: blocks between fences, and spans between backticks, in order."""
    if "`" not in text and "~~~" not in text:
        return ()
    lines = text.split("\n")
    found, position, begin = [], 0, -1
    for line, code in zip(lines, in_code(lines), strict=True):
        if code and begin < 0:
            begin = position
        elif not code:
            if begin >= 0:
                found.append((begin, position))
                begin = -1
            if "`" in line:
                found += _spans(line, position)
        position += len(line) + 1
    if begin >= 0:
        found.append((begin, len(text)))
    return tuple(found)


def _spans(line: str, start: int) -> Iterator[tuple[int, int]]:
    """Code spans of one line: a run of backticks up to the next run of the same length, at most 50 runs away."""
    runs = [run.span() for run in re.finditer("`+", line)]
    place = 0
    while place < len(runs):
        size = runs[place][1] - runs[place][0]
        end = next(
            (
                other
                for other in range(place + 1, min(len(runs), place + 50))
                if runs[other][1] - runs[other][0] == size
            ),
            None,
        )
        if end is not None:
            yield start + runs[place][0], start + runs[end][1]
            place = end
        place += 1


def _inside(offset: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    place = bisect_right(ranges, offset, key=itemgetter(0)) - 1
    return place >= 0 and offset < ranges[place][1]


def _markup(text: str, code: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int, str]]:
    position = 0
    while True:
        tag = _MARKUP.search(text, position)
        if not tag:
            return
        position = tag.end()
        name = ascii_lower(tag["name"] or "")
        if not name:
            end = _declared(text, tag.start())
            if tag[0] == "<!--" or not _inside(tag.start(), code):
                yield tag.start(), end, "comment"
                position = end
            continue
        if tag["close"] or _inside(tag.start(), code):
            continue
        attributes = tag["attributes"]
        kind = (
            "element"
            if name in _NEVER_SHOWN
            else "struck"
            if name in _STRUCK_TAGS
            else _how(attributes, text, tag.start())
        )
        if kind and name not in _VOID and not attributes.endswith("/"):
            position = _closing(text, name, tag.end())
            yield tag.start(), position, kind
        elif "=" in attributes:
            offset = tag.start("attributes")
            for each in _ATTRIBUTE.finditer(attributes):
                yield offset + each.start(1), offset + each.end(1), "alt"


def _definitions(text: str) -> Iterator[tuple[int, int, str]]:
    """Reference definitions; one that stands in a paragraph is text of it (CommonMark 0.31, section 4.7)."""
    position, free = 0, True
    for line in text.split("\n"):
        bare = line.strip()
        defined = free and "]:" in line and _DEFINITION.fullmatch(line) is not None
        if defined:
            yield position, position + len(line), "reference"
        free = not bare or defined or bare[0] == "#" or bare[:3] in ("---", "***", "```", "~~~")
        position += len(line) + 1


def _declared(text: str, start: int) -> int:
    """Where a comment, declaration or processing instruction ends; the text's end where it is not closed."""
    opening, closing = next(
        (each for each in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")) if text.startswith(each[0], start)),
        ("<!", ">"),
    )
    end = text.find(closing, start + len(opening))
    return len(text) if end < 0 else end + len(closing)


def _closing(text: str, name: str, position: int) -> int:
    """Where an element ends whose start tag ends at `position`."""
    limit = len(text)
    if name in _LOOSE:
        blank = text.find("\n\n", position)
        limit = blank if blank >= 0 else limit
    depth = 1
    for tag in re.compile(rf"<(/?){name}(?=[\s/>])[^<>]{{0,3000}}>", re.I).finditer(text, position, limit):
        depth += -1 if tag[1] else 0 if tag[0].endswith("/>") else 1
        if depth == 0:
            return tag.end()
    return limit


def _how(attributes: str, text: str, start: int) -> str:
    """How an element's attributes hide it; '' where they do not."""
    if not attributes:
        return ""
    low = ascii_lower(attributes)
    if "hidden" in low and _HIDDEN.search(re.sub(r"\"[^\"]*\"|'[^']*'", '""', low)):
        return "attribute"
    if "style" in low:
        found = _STYLE.search(low)
        style = unescape(found[1] or found[2] or found[3] or "") if found else ""
        style = re.sub(r"/\*[^*]{0,200}\*/|[\s\\]+", "", style)
        if _UNSEEN.search(style) or _pale(style, text, start):
            return "style"
    return "style" if "color" in low and _COLOUR.search(low) and not _ground(text, start) else ""


def _pale(style: str, text: str, start: int) -> bool:
    """Whether a style gives text the colour of its ground: the same one twice, or white where no ground is told."""
    if "color:" not in style:
        return False
    colour, ground = _OF_COLOUR.search(style), _OF_GROUND.search(style)
    if colour and ground:
        return colour[1] == ground[1]
    return _WHITE.search(style) is not None and not _ground(text, start)


def _ground(text: str, start: int) -> bool:
    """Whether something shortly before says what ground text stands on."""
    before = ascii_lower(text[max(0, start - 2_000) : start])
    return "background" in before or "bgcolor" in before
