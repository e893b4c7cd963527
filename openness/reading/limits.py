"""Limits in plain words: what a text says may not be done with the release, without naming a licence.

The lexicon proposes (`lexicon/limits.yaml`); the clause, its neighbours and its heading decide whose limit it is, of which
part, and how sure it is. Only a statement that is `certain` should weigh against a licence by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from openness.core.record import record
from openness.core.text import QUOTE_LIMIT, LineIndex, ascii_lower, cut_quote
from openness.reading.lexicon import STRENGTHS, Guards, Limit, LimitsLexicon, limits_lexicon
from openness.reading.parts import Clause, clause_at, clauses_of, parts_at
from openness.reading.passages import Passage, masked, passages, sentences
from openness.reading.phrases import PhrasePattern, Spelling, read_words
from openness.reading.statement import Act, Confidence, Part, Stance, Statement, Whose
from openness.reading.whose import NO_NAMES, Names, fold_name, whose

__all__ = ["limits", "terms_of"]

MOST = 200
"""Statements of one text, at most."""
_STOP = re.compile(r"[,;:()—–|\x00，：（）]")
_TITLE = re.compile(r"^[ \t]{0,3}#{1,2}[ \t]+(\S.{0,100})", re.M)
_LINKED = re.compile(r"[\s>*+•-]{0,10}\[([^\[\]]{1,100})\]")
_HTML_ROW = re.compile(r"<t[hdr]\b", re.I)
_OWN_DATA = re.compile(r"\b(?:our|this|these) (?:\w+ )?data|\bwe (?:also )?release", re.I)


@record(frozen=True, slots=True)
class _Match:
    """A phrase found in a sentence: offsets into its words, and what its group says."""

    start: int
    end: int
    phrase: str
    strength: str


def limits(text: str, first_line: int = 1, names: Names = NO_NAMES) -> tuple[Statement, ...]:
    """The limits that a text states, in its order, each kind once for each clause.

    `text` is what readers see: a card's body after `hidden.visible`, a licence file, a gate's prompt. `first_line` is the
    line on which it begins in its file. `names` says what the release and its bases are called; without it, the first
    heading is taken for a name of the release.
    """
    lexicon = limits_lexicon()
    low = ascii_lower(text)
    wanted = [(limit, places) for limit in lexicon.limits if (places := _places(low, limit.triggers))]
    if not wanted:
        return ()
    anywhere = sorted({place for _, places in wanted for place in places})
    if not names.own:
        title = _TITLE.search(text)
        names = Names((title[1],) if title else (), names.bases)
    words = masked(text)
    index = LineIndex(text)
    found: list[Statement] = []
    for passage in passages(text):
        if not _within(anywhere, passage.start, passage.end):
            continue
        clauses = clauses_of(words, passage)
        for start, end in sentences(words, passage.start, passage.end):
            here = [limit for limit, places in wanted if _within(places, start, end)]
            if not here or words[start:end].rstrip(" \t\n\"')*_").endswith(("?", "？")):
                continue
            view = _View(text, words, start, end, Spelling(words, start, end), passage, clauses, names)
            for limit in here:
                made = (
                    _statement(limit, match, view, lexicon, index, first_line)
                    for match in _matches(limit, view.wording)
                )
                found += [statement for statement in made if statement]
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _places(low: str, triggers: tuple[str, ...]) -> list[int]:
    """Where a lower-case text holds any of some literals; one between spaces counts as a whole word alone."""
    found = []
    for trigger in triggers:
        literal = trigger.strip()
        place = low.find(literal)
        while place >= 0:
            after = place + len(literal)
            if literal == trigger or not (low[place - 1 : place].isalnum() or low[after : after + 1].isalnum()):
                found.append(place)
            place = low.find(literal, after)
    return sorted(found)


def _within(places: list[int], start: int, end: int) -> bool:
    """Whether any of some ordered offsets lies in a half-open range."""
    place = bisect_left(places, start)
    return place < len(places) and places[place] < end


@record(frozen=True, slots=True)
class _View:
    """A sentence, and all that its limits are judged by."""

    text: str
    words: str
    start: int
    end: int
    wording: Spelling
    passage: Passage
    clauses: list[Clause]
    names: Names


def _spans(patterns: tuple[PhrasePattern, ...], words: str) -> list[tuple[int, int]]:
    return [found.span() for each in patterns for found in each.pattern.finditer(words)]


def _overlaps(match: _Match, spans: list[tuple[int, int]]) -> bool:
    return any(match.start < end and start < match.end for start, end in spans)


def _matches(limit: Limit, wording: Spelling) -> Iterator[_Match]:
    """What phrases of a limit find in a sentence, the strongest of those that overlap; words of intent weaken what they hold."""
    found = [
        _Match(*match.span(), each.phrase, group.strength)
        for group in limit.groups
        for each in group.patterns
        for match in each.pattern.finditer(wording.words)
    ]
    if not found:
        return
    never = _spans(limit.never, wording.words)
    order = list(STRENGTHS)
    found.sort(key=lambda match: (match.strength != "intended", order.index(match.strength), match.start))
    taken: list[tuple[int, int]] = []
    for match in found:
        if not _overlaps(match, taken) and not _overlaps(match, never):
            taken.append((match.start, match.end))
            yield match


def _statement(
    limit: Limit, match: _Match, view: _View, lexicon: LimitsLexicon, index: LineIndex, first_line: int
) -> Statement | None:
    begin, stop = view.wording.span(match.start, match.end)
    clause = clause_at(view.clauses, begin) or Clause(view.start, view.end, frozenset())
    if _denied(view.words, clause.start, begin, lexicon.guards):
        return None
    stance, confidence = STRENGTHS[match.strength]
    parts = parts_at(view.words, clause, begin, stop)
    if _cited(view, begin, stop):
        stance, confidence = Stance.CITED, Confidence.LOW
    owner, sure = _owner(view, clause, parts, stop, lexicon.guards)
    if (
        owner is Whose.THIS
        and confidence is not Confidence.LOW
        and (not sure or _doubted(limit, view, clause, stop, lexicon))
    ):
        confidence = Confidence.LOW
    start, end = _quoted(view, begin)
    first, last = index.span(start, end)
    return Statement(
        whose=owner,
        stance=stance,
        act=Act.LIMITED,
        of="licence",
        value=limit.kind,
        lines=(first + first_line - 1, last + first_line - 1),
        quote=view.text[start:end],
        confidence=confidence,
        parts=parts,
        detail=_detail(limit, match, view, lexicon),
        trigger=match.phrase,
    )


def _cited(view: _View, begin: int, stop: int) -> bool:
    """Whether a match stands between marks of quotation, with words of the sentence's own besides."""
    before = view.words[view.start : begin]
    if any(mark in view.words[begin:stop] for mark in '"“”'):
        return False
    opened = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
    if not opened:
        return False
    quoted = max(before.rfind('"'), before.rfind("“"))
    close = next((place for place in range(stop, view.end) if view.words[place] in '"”'), view.end)
    outside = view.words[view.start : view.start + quoted] + view.words[close : view.end]
    return sum(character.isalnum() for character in outside) > 3


def _detail(limit: Limit, match: _Match, view: _View, lexicon: LimitsLexicon) -> str:
    """The places that a limit of territory names, as they are written, else ''."""
    if "$detail" not in limit.terms.values():
        return ""
    places = []
    for found in lexicon.place.pattern.finditer(view.wording.words, match.start):
        begin, stop = view.wording.span(*found.span())
        places.append(" ".join(view.text[begin:stop].split()))
    return ", ".join(dict.fromkeys(places))


def _denied(words: str, start: int, begin: int, guards: Guards) -> bool:
    """Whether a word that turns the match round stands closely before it, in its clause."""
    before = words[max(start, begin - 80) : begin]
    for stop in _STOP.finditer(before):
        last = stop.end()
        before = " " * last + before[last:]
    near = read_words(before)[-5:]
    for place in range(len(near) - 1, -1, -1):
        if near[place] in ("and", "but", "or"):
            break
        if near[place] in guards.denied:
            return True
    return "不是" in before or "并非" in before


def _owner(view: _View, clause: Clause, parts: frozenset[Part], stop: int, guards: Guards) -> tuple[Whose, bool]:
    heading = ascii_lower(view.passage.heading[-1]) if view.passage.heading else ""
    if any(each in heading for each in guards.headings_another):
        return Whose.ANOTHER, True
    if parts == {Part.DATA} and not _OWN_DATA.search(view.words, view.start, view.end):
        return Whose.ANOTHER, True
    start = view.start if view.words.startswith(("which", "that", "whose"), clause.start) else clause.start
    spaced = Spelling(view.words, start, max(stop, start + 1)).words
    owner, sure = whose(view.words, start, stop, spaced, guards, view.names)
    before = Spelling(view.words, view.start, start).words if start > view.start else ""
    if owner is Whose.THIS and " unlike " in before and not any(each in spaced for each in guards.this):
        return Whose.ANOTHER, True
    kind, passage = view.passage.kind, view.passage
    if kind == "cell" and names_another(passage.row, view.names):
        return owner, False
    if kind == "item":
        link = _LINKED.match(view.words, passage.start, passage.end)
        if link and names_another(link[1], view.names):
            return owner, False
    line = view.text[passage.start : passage.end]
    return owner, sure and not ("<t" in line and _HTML_ROW.search(line))


def names_another(label: str, names: Names) -> bool:
    """Whether the head of a row or item looks as names of models do, with a digit or a capital inside, and is not ours."""
    folded = fold_name(label)
    named = bool(re.search(r"\d|[a-z][A-Z]", label))
    return named and not any(
        fold_name(own) and (fold_name(own) in folded or folded in fold_name(own)) for own in names.own
    )


def _doubted(limit: Limit, view: _View, clause: Clause, stop: int, lexicon: LimitsLexicon) -> bool:
    guards = lexicon.guards
    spaced = Spelling(view.words, clause.start, max(stop, clause.start + 1)).words
    if any(each in spaced for each in guards.doubt):
        return True
    if limit.kind == "authorisation-needed":
        return False
    opening = Spelling(view.words, view.start, min(view.end, view.start + 40)).words
    return any(opening.startswith(each) or spaced.startswith(each) for each in guards.conditional)


def _quoted(view: _View, begin: int) -> tuple[int, int]:
    """Offsets of the quote: the sentence, or the part of a long one that holds the match."""
    start = view.start
    if view.end - start > QUOTE_LIMIT and begin - start > QUOTE_LIMIT // 2:
        start = max(start, begin - QUOTE_LIMIT // 3)
        space = view.text.find(" ", start, begin)
        start = space + 1 if space >= 0 else start
    while start < view.end and view.text[start].isspace():
        start += 1
    return start, start + len(cut_quote(view.text[start : view.end]))


def terms_of(statement: Statement) -> Mapping[str, str]:
    """What a limit means as terms of a licence: keys of `openness.core.licence.TERMS` and their values; {} for another."""
    for limit in limits_lexicon().limits:
        if limit.kind == statement.value and statement.act is Act.LIMITED:
            return {key: value.replace("$detail", statement.detail) for key, value in limit.terms.items()}
    return {}
