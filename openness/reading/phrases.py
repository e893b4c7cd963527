"""Phrases of the lexicon: a small language of words, compiled to bounded patterns over the words of a sentence.

A phrase is a row of elements with spaces between them:

* `word`: that word; `a|b_c`: any of these, `_` joining the words of one of them.
* `word*`: a word that begins so.
* `[word]`: that word or nothing.
* `~3`: at most three words of any kind.
* `$name`: any of the words of a named set.

Chinese characters are words of their own, so that one language serves both. Every gap is bounded, so a search takes time
linear in the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from openness.core.record import record
from openness.core.text import ascii_lower

__all__ = ["PhraseError", "PhrasePattern", "Spelling", "compiled", "needs", "read_words"]

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’][a-z]+)?")
_ELEMENT = re.compile(r"[\w'-]+\*?")
_GAP = re.compile(r"~(\d{1,2})")
GAP_LIMIT = 12


class PhraseError(ValueError):
    """A phrase of the lexicon that cannot be read; its message says why."""


class Spelling:
    """A stretch of text as words: lower case, one space before and after each, with the way back to offsets."""

    __slots__ = ("ends", "places", "starts", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        found = [(match[0], match.start(), match.end()) for match in _WORD.finditer(text, start, end)]
        self.starts = [each[1] for each in found]
        self.ends = [each[2] for each in found]
        self.words = " " + "".join(ascii_lower(each[0]).replace("’", "'") + " " for each in found)
        self.places = [place for place, character in enumerate(self.words) if character == " "]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets into the text for a match in `words` between `first` and `last`."""
        begin = bisect_left(self.places, first - 1)
        end = bisect_left(self.places, last - 1)
        return self.starts[begin], self.ends[max(begin, end - 1)]

    def before(self, place: int, count: int) -> list[str]:
        """At most `count` words that stand before a place in `words`."""
        return self.words[max(0, place - 24 * count) : place].split()[-count:]


def read_words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return Spelling(text, 0, len(text)).words.split()


@record(frozen=True, slots=True)
class PhrasePattern:
    """A phrase, compiled; `phrase` is its source."""

    phrase: str
    pattern: re.Pattern[str]


def _alternatives(element: str, sets: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for each in element.split("|"):
        if each.startswith("$"):
            if each[1:] not in sets:
                raise PhraseError(f"no set of words is called {each!r}")
            found += [word for part in sets[each[1:]].split() for word in _alternatives(part, sets)]
        elif not _ELEMENT.fullmatch(each):
            raise PhraseError(f"{each!r} is no word, set or gap")
        else:
            found.append(each)
    return found


def _pattern(alternatives: Iterable[str]) -> str:
    shown = []
    for each in alternatives:
        prefix = each.endswith("*")
        words = read_words(each.removesuffix("*").replace("_", " ").replace("-", " "))
        if not words:
            raise PhraseError(f"{each!r} holds no word")
        shown.append(" ".join(map(re.escape, words)) + ("[^ ]{0,30}" if prefix else ""))
    return f"(?:{'|'.join(shown)}) "


def compiled(phrase: str, sets: Mapping[str, str]) -> PhrasePattern:
    """The phrase as a pattern over `Spelling.words`. Raises PhraseError."""
    parts = []
    for element in phrase.split():
        gap = _GAP.fullmatch(element)
        if gap:
            if int(gap[1]) > GAP_LIMIT:
                raise PhraseError(f"a gap of {gap[1]} words is wider than {GAP_LIMIT}")
            parts.append(f"(?:[^ ]+ ){{0,{gap[1]}}}?")
        elif element.startswith("[") and element.endswith("]"):
            parts.append(f"(?:{_pattern(_alternatives(element[1:-1], sets))})?")
        else:
            parts.append(_pattern(_alternatives(element, sets)))
    if not parts or _GAP.fullmatch(phrase.split()[0]):
        raise PhraseError(f"{phrase!r} begins with no word")
    return PhrasePattern(phrase, re.compile("(?<= )" + "".join(parts)))


def needs(phrase: str, sets: Mapping[str, str], literals: Iterable[str]) -> bool:
    """Whether each text that the phrase matches holds one of the literals, so that a search may begin with them."""
    known = tuple(literals)
    for element in phrase.split():
        if not element.startswith(("~", "[")):
            words = [each.replace("_", " ").rstrip("*") for each in _alternatives(element, sets)]
            if all(any(literal.strip() in word for literal in known) for word in words):
                return True
    return False
