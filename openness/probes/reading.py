"""A release made ready for reading: the card lower-cased once, its sentences found around literal words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from openness.core.finding import Evidence, Method
from openness.core.record import record
from openness.core.release import Link, Linked, Release, Section
from openness.core.text import LineIndex, ascii_lower, cut_quote
from openness.probes.words import phrases

_END = re.compile(r"[.!?](?=[\s\"')\]*_])|\n[ \t]*\n|\n(?=[ \t]*(?:[-*+|#>]|\d+\.)[ \t])")
_REACH = 600
"""Characters looked at on either side of a word for the ends of its sentence."""

CODE_HOSTS = ("github.com/", "gitlab.com/", "codeberg.org/", "bitbucket.org/", "gitee.com/")
DATASET_PLACES = phrases(
    "huggingface.co/datasets/ | hf.co/datasets/ | zenodo.org/ | kaggle.com/datasets/ | commoncrawl.org"
)
PAPER_PLACES = phrases(
    "arxiv.org/ | aclanthology.org/ | openreview.net/ | doi.org/ | huggingface.co/papers/ | "
    "hf.co/papers/ | biorxiv.org/ | proceedings. | openaccess.thecvf.com/"
)
_TEMPLATE = ("[more information needed]", "<!-- ", "{{ ")


@record(frozen=True, slots=True)
class Sentence:
    """A sentence of the card: offsets into its body, and itself in lower case."""

    start: int
    end: int
    lower: str


def _without_code(text: str) -> str:
    """`text` with fenced blocks blanked, offsets kept."""
    lines, fence = text.split("\n"), ""
    for number, line in enumerate(lines):
        marker = line.lstrip()[:3]
        if fence or marker in ("```", "~~~"):
            fence = ("" if marker == fence else fence) if fence else marker
            lines[number] = " " * len(line)
    return "\n".join(lines)


class Reading:
    """What probes look at; made once per release."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.body = release.card.body if release.card else ""
        self.lower = ascii_lower(self.body)
        self.prose = _without_code(self.lower)
        self.paths = [file.path for file in release.files]
        self.shared: dict[str, object] = {}  # what one probe worked out and others use
        self.names = [path.lower() for path in self.paths]

    @cached_property
    def lines(self) -> LineIndex:
        """Offsets of the card's lines."""
        return LineIndex(self.body)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The card's links, badges of images left out."""
        card = self.release.card
        return (
            tuple(link for link in card.links if not link.url.lower().endswith((".png", ".svg", ".jpg", ".gif")))
            if card
            else ()
        )

    @cached_property
    def followed(self) -> dict[str, Linked]:
        """What the links that were followed lead to, by the address or id that is written in the card or its metadata."""
        return {address: place for place in self.release.linked for address in place.links}

    def saw(self, link: Link) -> bool:
        """Whether all that a link leads to was seen (that it is dead, too)."""
        place = self.followed.get(link.url)
        return place is not None and place.exists is not None and place.missing is None

    def sentences(self, words: Iterable[str], code: bool = False) -> Iterator[Sentence]:
        """Sentences that hold any of the (lower-case) words, in order of the words, each at most once.

        Blocks of code are read only where `code` asks for it.
        """
        text = self.lower if code else self.prose
        seen: set[int] = set()
        for word in words:
            position = text.find(word)
            while position >= 0:
                sentence = self._around(position, position + len(word))
                if sentence.start not in seen and not any(mark in sentence.lower for mark in _TEMPLATE):
                    seen.add(sentence.start)
                    yield sentence
                position = text.find(word, max(sentence.end, position + len(word)))

    def _around(self, start: int, end: int) -> Sentence:
        low, high = max(0, start - _REACH), min(len(self.lower), end + _REACH)
        first = low
        for match in _END.finditer(self.lower, low, start):
            first = match.end()
        closing = _END.search(self.lower, end, high)
        last = high if closing is None else closing.start() + (1 if self.lower[closing.start()] in ".!?" else 0)
        return Sentence(first, last, self.lower[first:last])

    def sections(self, words: Iterable[str]) -> Iterator[Section]:
        """Sections of the card whose title holds any of the words and that have text of their own."""
        card = self.release.card
        wanted = tuple(words)
        for section in card.sections if card else ():
            title = ascii_lower(section.title)
            if any(word in title for word in wanted) and len(self.section_text(section)) >= 40:
                yield section

    def section_text(self, section: Section) -> str:
        """Lower-case text of a section with the sections under it, without headings and template words."""
        card = self.release.card
        assert card is not None
        last = section.last
        for other in card.sections:
            if other.first > section.first:
                if other.level <= section.level:
                    break
                last = other.last
        lines = self.lower.split("\n")[section.first : last] if section.level else self.lower.split("\n")[:last]
        text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
        for mark in ("[more information needed]", "more information needed", "[needs more information]"):
            text = text.replace(mark, "")
        return text.strip()

    def quote(self, sentence: Sentence, note: str = "") -> Evidence:
        """A sentence of the card as evidence."""
        text = self.body[sentence.start : sentence.end]
        start = sentence.start + len(text) - len(text.lstrip())
        return self._card(cut_quote(text), self.lines.span(start, sentence.end), note)

    def heading(self, section: Section, note: str = "") -> Evidence:
        """A section of the card as evidence."""
        return self._card(cut_quote(section.title, 120), (section.first, section.last), note)

    def link(self, link: Link, note: str = "") -> Evidence:
        """A link of the card as evidence."""
        return self._card(cut_quote(link.url), (link.line, link.line), note)

    def whole_card(self, note: str) -> Evidence:
        """The card as a whole, as the place that was looked at."""
        return self._card("", None, note)

    def _card(self, quote: str, lines: tuple[int, int] | None, note: str) -> Evidence:
        card = self.release.card
        if card is None:
            return Evidence(Method.CARD_SECTION, note=note, seen_on=self.release.provenance.seen_on)
        path = card.path
        return self._at(Method.CARD_SECTION, path, quote, lines, note)

    def file(self, path: str, note: str = "") -> Evidence:
        """A file name as evidence."""
        return self._at(Method.FILE_LIST, path, "", None, note)

    def _at(self, method: Method, path: str, quote: str, lines: tuple[int, int] | None, note: str) -> Evidence:
        release = self.release
        url = release.blob_url(path)
        if url and lines:
            url += f"?plain=1#L{lines[0]}" + (f"-L{lines[1]}" if lines[1] > lines[0] else "")
        return Evidence(method, url, path, lines, quote, note, release.provenance.seen_on, bool(release.revision))

    def field(self, name: str, value: object, note: str = "") -> Evidence:
        """A field of the Hub's answer as evidence, by its line in the card's front matter where it stands there."""
        release = self.release
        shown = cut_quote(value if isinstance(value, str) else repr(value), 120)
        line = self._front_matter_line(name.removeprefix("cardData."))
        if line and release.card:
            return self._at(
                Method.HUB_FIELD, release.card.path, shown, (line, line), note or name.removeprefix("cardData.")
            )
        url = release.url
        if name.startswith("cardData."):
            url = release.blob_url("README.md")
        elif url and release.on_hub:
            at = f"/revision/{release.revision}" if release.revision else ""
            url = f"{url.removesuffix(release.id)}api/models/{release.id}{at}"
        seen = release.provenance.seen_on
        return Evidence(
            Method.HUB_FIELD,
            url,
            name,
            None,
            shown,
            note or name.removeprefix("cardData."),
            seen,
            bool(release.revision),
        )

    def _front_matter_line(self, key: str) -> int | None:
        card = self.release.card
        if card is None or not card.text.startswith("---\n"):
            return None
        end = card.text.find("\n---", 3)
        start = card.text.find(f"\n{key}:", 3, max(end, 3))
        return card.text.count("\n", 0, start + 1) + 1 if start >= 0 else None

    def licence_text(self, path: str, first: int, quote: str, note: str = "") -> Evidence:
        """A licence file as evidence."""
        return self._at(Method.LICENCE_TEXT, path, cut_quote(quote, 120), (first, first), note)

    def linked(self, places: tuple[str, ...]) -> list[Link]:
        """Links of the card that lead to any of the places."""
        return [link for link in self.links if any(place in link.url.lower() for place in places)]
