"""The text of a model card as probes read it: sentences around phrases, sections, links, and each of them as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from openness.core.finding import Evidence, Method
from openness.core.record import record
from openness.core.release import Card, Link, Section
from openness.core.text import LineIndex, ascii_lower, cut_quote, in_code
from openness.probes.locator import Locator
from openness.probes.search import Searchable

_END = re.compile(r"[.!?](?=[\s\"')\]*_])|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|#>]|\d+\.)[ \t])")
_PLAIN_ENDS = (". ", "\n\n", ".\n", "\n- ", "\n| ")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\)")
_REACH = 600
"""Characters on either side of a word that are searched for the ends of its sentence."""
_MAX_CONTEXTS = 80

INDICES = ("isitopen.ai", "osai-index", "opening-up-chatgpt", "crfm.stanford.edu/fmti")
"""Places where other indices publish their judgements: their badges are no evidence here."""
_PICTURES = (".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp")
_BADGES = ("img.shields.io/", "badgen.net/", "badge.fury.io/")
_TEMPLATE = ("[more information needed]", "[needs more information]", "<!-- ", "{{ ")


@record(frozen=True, slots=True)
class CardSentence:
    """A sentence of the card: its offsets in the body, and its text in lower case."""

    start: int
    end: int
    lower: str

    @property
    def heading(self) -> bool:
        """Whether the sentence is a heading, which names what follows and says nothing itself."""
        return self.lower.lstrip().startswith("#")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


class CardText(Searchable):
    """The text of a release's card; an empty one where there is no card.

    `body` is the card without what readers do not see, and `lower` is the body in lower case; both have the file's offsets.
    """

    def __init__(self, card: Card | None, locator: Locator) -> None:
        self.card = card
        self.body = card.body if card else ""
        self.lower = ascii_lower(self.body).replace("’", "'")
        super().__init__(self.lower)
        self._locator = locator
        self._sentences: dict[tuple[int, int], CardSentence] = {}
        self._links_to: dict[tuple[str, ...], list[Link]] = {}
        self._contexts: dict[tuple[str, ...], list[tuple[Link, CardSentence]]] = {}

    @property
    def whole(self) -> bool:
        """Whether the card was read to its end."""
        return self.card is None or not self.card.truncated

    @cached_property
    def lines(self) -> LineIndex:
        """Offsets of the card's lines."""
        return LineIndex(self.body)

    @cached_property
    def lower_lines(self) -> list[str]:
        """The card's lines in lower case."""
        return self.lower.split("\n")

    @cached_property
    def prose(self) -> str:
        """The card in lower case and ASCII, with blocks of code and pictures blanked; offsets are those of the file."""
        text = self.plain
        if "```" in text or "~~~" in text:
            lines = text.split("\n")
            text = "\n".join(
                " " * len(line) if code else line for line, code in zip(lines, in_code(lines), strict=True)
            )
        return _IMAGE.sub(_blank, text) if "![" in text else text

    def holds(self, phrase: str) -> bool:
        """Whether the card's prose holds a phrase."""
        return next(self.positions(phrase, self.prose), None) is not None

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The card's links, pictures and badges left out."""
        kept = []
        for link in self.card.links if self.card else ():
            url = link.url.lower()
            if not url.endswith(_PICTURES) and not any(host in url for host in _BADGES + INDICES):
                kept.append(link)
        return tuple(kept)

    @cached_property
    def _urls(self) -> list[str]:
        return [link.url.lower() for link in self.links]

    def links_to(self, places: tuple[str, ...]) -> list[Link]:
        """Links of the card that lead to any of the places."""
        if places not in self._links_to:
            self._links_to[places] = [
                link for link, url in zip(self.links, self._urls, strict=True) if any(place in url for place in places)
            ]
        return self._links_to[places]

    def contexts(self, places: tuple[str, ...]) -> list[tuple[Link, CardSentence]]:
        """The first links to any of the places, each with the sentence (or the line of a list or table) that holds it."""
        if places not in self._contexts:
            self._contexts[places] = [(link, self.around(link)) for link in self.links_to(places)[:_MAX_CONTEXTS]]
        return self._contexts[places]

    def around(self, link: Link) -> CardSentence:
        """The sentence that holds a link."""
        start = self.lines.start(link.line)
        place = self.body.find(link.url, start)
        return self._around(place, place + len(link.url)) if place >= 0 else self._around(start, start)

    def sentences(self, words: Iterable[str], code: bool = False) -> Iterator[CardSentence]:
        """Sentences that hold any of the phrases (in lower case), in the order of the phrases, each at most once.

        A phrase begins at the beginning of a word. Blocks of code are read only where `code` asks for it.
        """
        text = self.plain if code else self.prose
        seen: set[int] = set()
        for phrase, places in self.search(tuple(words), text):
            last = -1
            for position in places:
                if position < last:
                    continue
                sentence = self._around(position, position + len(phrase))
                last = sentence.end
                if sentence.start not in seen and not any(mark in sentence.lower for mark in self._ignored):
                    seen.add(sentence.start)
                    yield sentence

    @cached_property
    def _ignored(self) -> tuple[str, ...]:
        """The marks in this card of sentences that are no evidence."""
        return tuple(mark for mark in _TEMPLATE + INDICES if mark in self.lower)

    def sentence_at(self, start: int, end: int) -> CardSentence:
        """The sentence around a place of the card."""
        return self._around(start, end)

    def _around(self, start: int, end: int) -> CardSentence:
        low, high = max(0, start - _REACH), min(len(self.lower), end + _REACH)
        first = low
        for mark in _PLAIN_ENDS:  # the nearest plain end leaves the pattern less to read
            place = self.lower.rfind(mark, first, start)
            if place >= 0:
                first = place + (2 if mark == "\n\n" else 1)
        low = first
        for match in _END.finditer(self.lower, low, start):
            first = match.end()
        closing = _END.search(self.lower, end, high)
        last = high if closing is None else closing.start() + (1 if self.lower[closing.start()] in ".!?" else 0)
        first, last = self._apart_from_heading(first, last, start)
        known = self._sentences.get((first, last))
        if known is None:
            known = self._sentences[first, last] = CardSentence(first, last, self.lower[first:last])
        return known

    def _apart_from_heading(self, first: int, last: int, start: int) -> tuple[int, int]:
        """The bounds of a sentence, with the heading above it left out; of a heading, with the sentence below it left out."""
        begin = first
        while begin < last and self.lower[begin] in " \t\n":
            begin += 1
        if self.lower[begin : begin + 1] != "#":
            return first, last
        end = self.lower.find("\n", begin, last)
        if end < 0:
            return first, last
        return (end + 1, last) if start > end else (first, end)

    @cached_property
    def _titles(self) -> list[tuple[Section, str]]:
        return [(section, ascii_lower(section.title)) for section in self.card.sections] if self.card else []

    @cached_property
    def _all_titles(self) -> str:
        return "\n".join(title for _, title in self._titles)

    def sections(self, words: Iterable[str]) -> Iterator[Section]:
        """Sections of the card whose title holds any of the words and that have text of their own."""
        wanted = tuple(word for word in words if word in self._all_titles)
        for section, title in self._titles if wanted else ():
            if any(word in title for word in wanted) and len(self.section_text(section)) >= 40:
                yield section

    def section_lines(self, section: Section) -> tuple[int, int]:
        """First and last line (1-based) of what stands under a heading, its subsections included."""
        last = section.last
        for other in self.card.sections if self.card else ():
            if other.first > section.first:
                if other.level <= section.level:
                    break
                last = other.last
        return (section.first + 1 if section.level else 1), last

    def section_text(self, section: Section) -> str:
        """The text of a section and its subsections in lower case, without headings and the words of the Hub's template."""
        first, last = self.section_lines(section)
        text = "\n".join(line for line in self.lower_lines[first - 1 : last] if not line.lstrip().startswith("#"))
        if "information" in text:
            for mark in ("[more information needed]", "more information needed", "[needs more information]"):
                text = text.replace(mark, "")
        return text.strip()

    def quote(self, sentence: CardSentence, note: str = "") -> Evidence:
        """A sentence of the card as evidence."""
        text = self.body[sentence.start : sentence.end]
        start = sentence.start + len(text) - len(text.lstrip())
        return self._card(cut_quote(text), self.lines.span(start, sentence.end), note)

    def heading(self, section: Section, note: str = "") -> Evidence:
        """A section of the card as evidence."""
        return self._card(cut_quote(section.title, 120), (section.first, section.last), note)

    def lines_of(self, first: int, last: int, note: str = "") -> Evidence:
        """Lines of the card as evidence."""
        start, end = self.lines.start(first), self.lines.start(last) + len(self.lower_lines[last - 1])
        return self._card(cut_quote(self.body[start:end]), (first, last), note)

    def link(self, link: Link, note: str = "") -> Evidence:
        """A link of the card as evidence."""
        return self._card(cut_quote(link.url), (link.line, link.line), note)

    def whole_card(self, note: str) -> Evidence:
        """The card as a whole, as the place that was looked at."""
        return self._card("", None, note)

    def _card(self, quote: str, lines: tuple[int, int] | None, note: str) -> Evidence:
        return self._locator.at(Method.CARD_SECTION, self.card.path if self.card else "", quote, lines, note)
