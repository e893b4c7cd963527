"""A licence text as words: what stays the same when it is re-wrapped, quoted, marked up or given a copyright line.

TextWords are lower case; numbers keep their inner points (`3.1` is a version); a Chinese, Japanese or Korean character is
a word of its own; marks of lists and sections, HTML tags and copyright lines do not count.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from typing import NamedTuple
from zlib import crc32

from openness.licences.patterns import compiled

TEXT_LIMIT = 400_000
"""Characters read of a text. The longest licence known here has 36,000; what goes beyond is reported as left over."""

_WORD = (
    r"v?[0-9]+(?:\.[0-9]+)+|[^\W_\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]+"
    r"|[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]"
)
_TAG = r"</?[a-zA-Z][^<>]{0,300}>|<!--[^<>]{0,2000}-->"
_HTML = r"(?i)</(?:p|div|li|h[1-6]|body|html|span|a|td)>|<br ?/?>"
_ENTITY = r"(?i)&(?:[a-z]{2,8}|#\d{2,5}|#x[0-9a-f]{2,4});"
_MARKER = r"(?m)(?:(?<=[\s*_#>|(])|^)(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)](?=[\s*_]|$)|§+ ?[0-9.]{1,6}"
_YEARS = r"(?:\d{4}(?:[ \t]?[-,–/][ \t]?\d{2,4}){0,9}|[<\[{]?y(?:ear|yyy)[>\]}]?)"
_NOTICE = rf"(?:copyright|©|\(c\))(?:[\s,:]{{0,4}}(?:copyright|©|\(c\))){{0,2}}[\s,:]{{0,4}}{_YEARS}"
_COPYRIGHT = (
    rf"(?im)^[^\w\n©(<\[{{]{{0,12}}(?:[a-z]{{1,12}} )?"
    rf"(?:{_NOTICE}[^\n]{{0,90}}|(?:copyright|©|\(c\))[ \t]{{0,4}}(?:\(c\)|©|by\b|[<\[{{])[^\n]{{0,90}})$"
    rf"|{_NOTICE}|\ball rights reserved\b"
)
_CLAUSE = (
    r"(?i)\b(?:only|not|no|non|must|may|shall|commercial\w*|noncommercial\w*|research|academic|use|used|except|unless|provided|prohibit\w*"
    r"|restrict\w*|licen[sc]e[ds]?|permission|permitted|subject|terms|under|without|sale|revo\w+|agree\w*|if|for"
    r"|nur|nicht|keine?|verboten|untersagt|seulement|uniquement|interdite?|sauf|solo|sólo|prohibid[oa]|vietato|apenas|proibido)\b"
    r"|(?-i:[\u3040-\u9fff\uac00-\ud7af])"  # these scripts have no case; saying so spares 10 ms of compiling
)
_BLANK_NAME = (
    r"(?i)[<\[{][^<>\[\]{}\n]{0,40}(?:name|year|yyyy|holder|owner|author|organi[sz]ation)[^<>\[\]{}\n]{0,40}[>\]}]"
)
_ESCAPE = r"\\([!-/:-@\[-`{-~])"
"""A mark that Markdown escapes (https://spec.commonmark.org/0.31.2/#backslash-escapes): `3\\.1` is 3.1."""

_CONTROL = dict.fromkeys(range(32), " ") | {9: "\t", 10: "\n", 13: "\n", 0xAD: None, 0x200B: None, 0xFEFF: None}


class TextWords(NamedTuple):
    """A text's words, where each stands in `text`, and the text they were read from."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    text: str
    cut: bool


def read_words(text: str) -> TextWords:
    """The words of a licence text; linear in its length, of which at most `TEXT_LIMIT` characters are read."""
    cut = len(text) > TEXT_LIMIT
    plain = text[:TEXT_LIMIT].replace("\r\n", "\n")
    if compiled(_ENTITY).search(plain):
        plain = html.unescape(plain)
    plain = unicodedata.normalize("NFKC", plain.translate(_CONTROL))
    if "\\" in plain:
        plain = compiled(_ESCAPE).sub(r"\1", plain)
    if compiled(_HTML).search(plain):
        plain = compiled(_TAG).sub(_blank, plain)
    bare = compiled(_MARKER).sub(_blank, compiled(_BLANK_NAME).sub(_blank, compiled(_COPYRIGHT).sub(_notice, plain)))
    if len(low := bare.lower()) == len(bare):
        bare = low
    words, starts, ends = [], [], []
    for found in compiled(_WORD).finditer(bare):
        words.append(found[0])
        start, end = found.span()
        starts.append(start)
        ends.append(end)
    return TextWords(words, starts, ends, plain, cut)


def vocabulary(plain: str) -> set[str]:
    """All words of a text, those of its copyright lines too: a publisher is often named there alone."""
    return set(compiled(_WORD).findall(plain.lower()))


def _notice(found: re.Match[str]) -> str:
    """A copyright line blanked, but never a clause that stands in it: then only the mark and the years are."""
    line = found[0]
    if compiled(_CLAUSE).search(line):
        mark = compiled(f"(?i){_NOTICE}").match(line)
        return _blank(mark) + line[mark.end() :] if mark else line
    return " " * len(line)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


class _Symbols(dict[str, int]):
    """One byte for each word: the low byte of its CRC-32, worked out when the word is first seen."""

    def __missing__(self, word: str) -> int:
        self[word] = symbol = crc32(word.encode("utf-8", "surrogatepass")) & 0xFF
        return symbol


def symbols(words: list[str]) -> bytes:
    """The text as a row of one-byte hashes: enough to align two texts word by word, too little to read one."""
    return bytes(map(_Symbols().__getitem__, words))


def text_digest(words: list[str]) -> str:
    """64 bits of the SHA-256 of all words: two texts with one digest are equal after normalisation."""
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]
