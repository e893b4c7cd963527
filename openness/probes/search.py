"""Finds many phrases in one card, without regular expressions.

Most phrases of most probes are in no card. So a phrase is searched for only where the card's vocabulary holds its words: a
look into a set costs a fiftieth of a search through the text. The places of a word are found once, for all phrases that begin
with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property, lru_cache

from openness.core.record import record
from openness.probes.words import phrases

_COMMON = frozenset(
    phrases("the | a | in | of | to | for | on | we | is | and | this | it | was | all | with | as | can | you | be")
)
_WORD = re.compile(r"[a-z0-9]+")
_BETWEEN = "".join(chr(code) if _WORD.match(chr(code)) else " " for code in range(128))
"""A translation of everything but words into spaces: to translate and split takes half the time of a pattern."""


@record(frozen=True, slots=True)
class SoughtPhrase:
    """A phrase to search for.

    `whole` are its words that must stand whole, `last` is its last word where a longer word may begin with it ('' otherwise),
    `begins` and `ends` say whether the phrase must begin and end a word, and `anchor` is its first word where that is rare.
    """

    text: str
    whole: frozenset[str]
    last: str
    begins: bool
    ends: bool
    anchor: str


@lru_cache(maxsize=8192)
def _sought(phrase: str) -> SoughtPhrase:
    text = phrase.removesuffix("$")
    words = _WORD.findall(text)
    ends = text != phrase
    last = words.pop() if words and not ends and text[-1:].isalnum() else ""
    begins = text[:1].isalnum()
    anchor = words[0] if words and begins and words[0] not in _COMMON else ""
    return SoughtPhrase(text, frozenset(words), last, begins, ends, anchor)


@lru_cache(maxsize=1024)
def _all_sought(words: tuple[str, ...]) -> tuple[SoughtPhrase, ...]:
    return tuple(_sought(word) for word in words)


def _plain(text: str) -> str:
    """`text` with a question mark for every character beyond ASCII: same offsets, and searches in one-byte strings are fast."""
    return text if text.isascii() else text.encode("ascii", "replace").decode("ascii")


class Searchable:
    """A text in lower case that can be searched for phrases; `plain` is the text in ASCII, with the same offsets."""

    def __init__(self, lower: str) -> None:
        self.plain = _plain(lower)
        self._among: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._places: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The card's words (letters and digits of ASCII)."""
        return frozenset(self.plain.translate(_BETWEEN).split())

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.vocabulary)

    def may_hold(self, phrase: str) -> bool:
        """Whether the card holds the words of a phrase, so that it may hold the phrase."""
        return self._possible(_sought(phrase))

    def _possible(self, sought: SoughtPhrase) -> bool:
        vocabulary, last = self.vocabulary, sought.last
        return sought.whole <= vocabulary and (not last or last in vocabulary or self._begun(last))

    def _begun(self, beginning: str) -> bool:
        """Whether a word of the card begins with `beginning`."""
        place = bisect_left(self._sorted, beginning)
        return place < len(self._sorted) and self._sorted[place].startswith(beginning)

    def among(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The phrases that may be in the card."""
        if words not in self._among:
            self._among[words] = tuple(each.text for each in _all_sought(words) if self._possible(each))
        return self._among[words]

    def positions(self, phrase: str, text: str) -> Iterator[int]:
        """The offsets of a phrase in `text` (`plain`, or `plain` with parts blanked), each at the beginning of a word."""
        sought = _sought(phrase)
        return self._positions(sought, text) if self._possible(sought) else iter(())

    def _positions(self, sought: SoughtPhrase, text: str) -> Iterator[int]:
        phrase, ends = sought.text, sought.ends
        if sought.anchor:  # where its first word stands is known for all phrases that begin with it
            for place in self._standing(sought.anchor, text):
                if text.startswith(phrase, place) and not (
                    ends and text[place + len(phrase) : place + len(phrase) + 1].isalnum()
                ):
                    yield place
            return
        place = text.find(phrase)
        while place >= 0:
            end = place + len(phrase)
            inside = sought.begins and place > 0 and text[place - 1].isalnum()
            if not inside and not (ends and text[end : end + 1].isalnum()):
                yield place
            place = text.find(phrase, place + 1)

    def _standing(self, word: str, text: str) -> list[int]:
        """The offsets at which a word begins in the card's text (all of it, or its prose)."""
        known = self._places[text is self.plain]
        if word not in known:
            places = []
            place = text.find(word)
            while place >= 0:
                if not (place and text[place - 1].isalnum()):
                    places.append(place)
                place = text.find(word, place + len(word))
            known[word] = places
        return known[word]

    def search(self, words: tuple[str, ...], text: str) -> Iterator[tuple[str, Iterator[int]]]:
        """The phrases that may be in the card, in order, each with its offsets in `text` (see `positions`)."""
        vocabulary = self.vocabulary
        for sought in _all_sought(words):
            if sought.whole <= vocabulary and self._possible(sought):
                yield sought.text, self._positions(sought, text)
