"""Which licence a text is: equal after normalisation, or near enough with every difference harmless; else *modified*.

A similarity score alone never decides: siblings score up to 0.992 (`shared/licences.md`). A text is identified when it
equals a known one, or when at least 85% of both texts agree word by word, the words that name the licence, its version and
its publisher are there, no number is new, no passage is missing from the middle, and nothing is left over that could change
its terms. Kimi's and GPT-2's licences, MIT plus a clause, are therefore never MIT.
"""

from __future__ import annotations

from collections.abc import Container, Set
from typing import NamedTuple

from openness.core.licence import UNKNOWN, Difference, Licence, LicenceClass, TextMatch
from openness.core.text import LineIndex, cut_quote, digest
from openness.licences.fingerprints import GRAM, Fingerprints, Known, fingerprints, hashes, runs
from openness.licences.normalise import TextWords, read_words, symbols, text_digest, vocabulary
from openness.licences.store import load

IDENTIFIED, RELATED = 0.85, 0.5
"""Share of agreeing words from which a text can be identified, and from which it is called a version of another."""

TAIL = 0.7
"""Share of a known text that must be there when only its end (an appendix, an attachment) is missing."""

CANDIDATES = 5
GAP, GAP_OPEN, GAP_SHORT = 30, 12, 3
"""TextWords that may be missing in one place of the middle: of any text, of an open licence, of one of at most 400 words."""

APPENDIX = 30
"""TextWords missing at the end that are worth saying."""

NEW_BODY = 0.025
"""Share of new words that an open licence's body may have and still be it: the names of its holders, no more."""

OPEN = frozenset({LicenceClass.OPEN_SOURCE, LicenceClass.OPEN_CONTENT, LicenceClass.SHARE_ALIKE})
DROPPED, PLACES = 12, 8
"""TextWords between two dropped ones that are looked for in the known text, and places of a run that are tried."""

HARMLESS = 40
"""TextWords of a left-over passage without any operative word that change nothing: names, titles, a heading."""

SHOWN = 6
"""Left-over passages that are shown."""


class _Passage(NamedTuple):
    """TextWords of the asked text that a known one does not have: `words[start:end]`."""

    start: int
    end: int
    operative: bool
    numbers: bool
    notice: bool


class _Comparison(NamedTuple):
    """How a known text agrees with the asked one: the words of either that the other does not have."""

    known: Known
    score: float
    recall: float
    new: list[tuple[int, int]]
    missing: list[tuple[int, int]]
    named: bool


_ANSWERS: dict[str, TextMatch] = {}


def forget() -> None:
    """Drop the answers that are remembered."""
    _ANSWERS.clear()


def identify_text(text: str) -> TextMatch:
    """Tell which licence a text is, never guessing; hostile text costs no more than its length (at most 400,000 characters)."""
    key = digest(text)  # the same few licence texts stand in most repositories
    if key not in _ANSWERS:
        if len(_ANSWERS) >= 512:
            _ANSWERS.clear()
        _ANSWERS[key] = _identify_unknown(text)
    return _ANSWERS[key]


def _identify_unknown(text: str) -> TextMatch:
    words = read_words(text)
    if len(words.words) < GRAM * 2:
        return TextMatch("unknown", None, None, 0.0, cut_quote(words.text), None, "too short to be a licence text")
    return _identify(words, fingerprints(), frozenset())


def identify_without(text: str, slug: str) -> TextMatch:
    """The answer if the register did not hold the licence of the text `slug`: what an unknown text would be told."""
    index = fingerprints()
    licence = next(known.licence for known in index.texts if known.slug == slug)
    return _identify(
        read_words(text), index, {number for number, known in enumerate(index.texts) if known.licence == licence}
    )


def _identify(words: TextWords, index: Fingerprints, hidden: Set[int]) -> TextMatch:
    if not words.cut:
        number = index.digests.get(text_digest(words.words))
        if number is not None and number not in hidden:
            return TextMatch(
                "identified",
                load(index.texts[number].licence),
                None,
                1.0,
                "",
                LineIndex(words.text).line(words.starts[0]),
                "equal after normalisation",
            )
    row = symbols(words.words)
    told = vocabulary(words.text)
    our_runs = runs(row)
    ours = set(our_runs)
    compared = [_compare(index, number, our_runs, ours, told) for number in _candidates(index, row, hidden)]
    if not compared:
        return TextMatch("unknown", None, None, 0.0, cut_quote(words.text), None, "no known licence is near")
    best = max(compared, key=lambda each: (round(each.score, 3), each.named, each.score))
    return _judge(index, best, words, row)


def _candidates(index: Fingerprints, row: bytes, hidden: Set[int]) -> list[int]:
    """The numbers of the texts that share most with the asked one, by weighted sampled runs."""
    counts: dict[int, int] = {}
    own = dict.fromkeys((1, 4, 8), 0.0)
    top = max(index.weights)
    postings, weights = index.postings, index.weights
    for value in set(hashes(row)):
        found = postings.get(value)
        if found is not None:
            counts[found] = counts.get(found, 0) + 1
        weight = top if found is None else weights[found]
        own[1] += weight
        if not value & 3:
            own[4] += weight
            if not value & 7:
                own[8] += weight
    shared: dict[int, float] = {}
    for found, count in counts.items():
        for number in index.sets[found]:
            shared[number] = shared.get(number, 0.0) + count * weights[found]
    scores = {
        number: max(
            2 * each / (own[index.texts[number].rate] + index.totals[number]), 0.8 * each / index.totals[number]
        )
        for number, each in shared.items()
    }
    near = sorted(scores.keys() - hidden, key=lambda number: (-scores[number], number))[:CANDIDATES]
    return [number for number in near if scores[number] > 0.05]


def _compare(index: Fingerprints, number: int, our_runs: list[bytes], ours: set[bytes], told: set[str]) -> _Comparison:
    """Compare word by word: what is new in the asked text, and what is missing of the known one."""
    known = index.texts[number]
    their_runs = runs(index.symbols(number))
    new, missing = _uncovered(our_runs, set(their_runs)), _uncovered(their_runs, ours)
    absent = sum(end - start for start, end in missing)
    added = sum(end - start for start, end in new)
    score = 1 - (absent + added) / (len(our_runs) + len(their_runs) + 2 * (GRAM - 1))
    named = all(any(option in told for option in options) for options in known.require)
    return _Comparison(known, score, 1 - absent / known.words, new, missing, named)


def _uncovered(rows: list[bytes], other: Container[bytes]) -> list[tuple[int, int]]:
    """The words that stand in no run which the other text has too, as ranges of word numbers."""
    found: list[tuple[int, int]] = []
    free = 0
    for position, each in enumerate(rows):
        if each in other:
            if position > free:
                found.append((free, position))
            free = position + GRAM
    if free < len(rows) + GRAM - 1:
        found.append((free, len(rows) + GRAM - 1))
    return found


def _between(
    span: tuple[int, int], row: bytes, other: bytes, places: dict[bytes, list[int]], reverse: bool = False
) -> int:
    """How many words both texts have, in one order, between two agreeing runs that are too near for a run of their own.

    `span` are the words of `row` that stand in no common run. If the words of `other` between the same two runs are the
    same ones with some more (`reverse`: some fewer), nothing in `span` is new: words were only dropped around it.
    """
    start, end = span
    if end - start > DROPPED:
        return 0
    before = places.get(row[start - GRAM : start], ()) if start else (-GRAM,)
    after = places.get(row[end : end + GRAM], ()) if end < len(row) else (len(other),)
    for left in before[:PLACES]:
        for right in after[:PLACES]:
            there, here = other[left + GRAM : right], row[start:end]
            if not there or left >= right or abs(len(there) - len(here)) > DROPPED + GRAM:
                continue
            few, many = (there, here) if reverse else (here, there)
            if len(few) <= len(many) and _in_order(few, many):
                return len(few)
    return 0


def _in_order(few: bytes, many: bytes) -> bool:
    rest = iter(many)
    return all(each in rest for each in few)


def _passage(
    words: TextWords, span: tuple[int, int], known: Known, index: Fingerprints, heading: bool, whole: bool
) -> _Passage:
    start, end = span
    told = words.words[start:end]
    own = {option for options in known.require for option in options}
    operative = [word for word in told if word in index.operative and not (heading and word in index.weak)]
    numbers = [word for word in told if word not in own and any(char.isdigit() for char in word)]
    if heading and not whole and not any(char.isdigit() for option in own for char in option):
        numbers = [word for word in numbers if "." in word]  # a model's size says nothing, a version may
    notice = (
        "copyright" in words.text[max(0, words.starts[start] - 40) : words.starts[start]].lower() and end - start <= 12
    )
    return _Passage(start, end, bool(operative) or _foreign_script(told), bool(numbers) and not whole, notice)


def _foreign_script(told: list[str]) -> bool:
    """Chinese, Japanese or Korean words: a clause in a script that is not read here."""
    return sum(len(word) == 1 and ord(word) > 0x1100 for word in told) >= 4


def _judge(index: Fingerprints, best: _Comparison, words: TextWords, row: bytes) -> TextMatch:
    """Say what the nearest known text means for the asked one: every difference is looked at."""
    licence = load(best.known.licence)
    theirs = index.symbols(index.texts.index(best.known))
    places = _places(theirs)
    is_open = licence is not None and licence.licence_class in OPEN
    complete = not best.missing or best.missing[0][0] > 0
    headed = complete or best.missing[0][1] < GRAM
    passages = [
        _passage(words, span, best.known, index, span[0] == 0 and headed, span[0] == 0 and complete)
        for span in best.new
        if not _between(span, row, theirs, places)
    ]
    last = _last_place(row, best.new, places)
    ours = _places(row)
    limit = GAP_SHORT if best.known.words <= 400 else GAP_OPEN if is_open else GAP
    lacks = [(span, span[1] - span[0] - _between(span, theirs, row, ours, True)) for span in best.missing]
    middle = sum(lack for (start, _), lack in lacks if 0 < start < last and lack > limit)
    tail = sum(lack for (start, _), lack in lacks if start >= last)
    telling = [each for each in passages if each.operative or each.numbers or each.end - each.start > HARMLESS]
    body = [each for each in passages if not (each.start == 0 and headed) and not each.notice]
    if is_open and sum(each.end - each.start for each in body) > max(4, NEW_BODY * best.known.words):
        telling = telling or body
    shown = max(telling or passages, key=lambda each: each.end - each.start, default=None)
    leftover = cut_quote(words.text[words.starts[shown.start] : words.ends[shown.end - 1]], 200) if shown else ""
    notes = []
    if telling:
        notes.append(f"{sum(each.end - each.start for each in telling)} words are left over that may change the terms")
    if middle:
        notes.append(f"{middle} words of the known text are missing")
    if tail > APPENDIX:
        notes.append(f"the last {tail} words of the known text are missing")
    if not best.named:
        notes.append("words that name the licence, its version or its publisher are missing")
    if words.cut:
        notes.append("the text is longer than is read")
        leftover = leftover or cut_quote(words.text[-200:])
    first = best.new[0][1] if best.new and best.new[0][0] == 0 else 0
    lines = LineIndex(words.text)
    line = lines.line(words.starts[min(first, len(words.starts) - 1)])
    score = round(best.score, 3)
    differences = _differences(words, lines, passages, telling)
    more, absent = len(passages) - len(differences), sum(lack for _, lack in lacks)
    enough = best.score >= IDENTIFIED or (tail > APPENDIX and best.recall >= TAIL)
    if enough and best.named and not telling and not middle and not words.cut:
        note = "; ".join(notes) or _small(best)
        return TextMatch("identified", licence, None, score, leftover, line, note, differences, more, absent)
    if (best.score >= RELATED or best.recall >= IDENTIFIED) and licence is not None:
        return TextMatch(
            "modified",
            _version_of(licence),
            licence,
            score,
            leftover,
            line,
            "; ".join(notes) or "too little of the known text agrees",
            differences,
            more,
            absent,
        )
    return TextMatch(
        "unknown", None, None, score, leftover or cut_quote(words.text), None, "no known licence is near enough"
    )


def _differences(
    words: TextWords, lines: LineIndex, passages: list[_Passage], telling: list[_Passage]
) -> tuple[Difference, ...]:
    """The weightiest passages that the known text does not have, in the order of the text."""
    weighty = set(telling)
    longest = sorted(passages, key=lambda each: (each not in weighty, each.start - each.end))[:SHOWN]
    return tuple(
        Difference(
            lines.line(words.starts[each.start]),
            cut_quote(_whole(words, each), 200),
            each.end - each.start,
            each in weighty,
        )
        for each in sorted(longest)
    )


def _whole(words: TextWords, passage: _Passage) -> str:
    """A passage as it stands, with the brackets and stops beside it."""
    start, end = words.starts[passage.start], words.ends[passage.end - 1]
    start -= start > 0 and words.text[start - 1] in "([<{"
    while end < len(words.text) and words.text[end] in ")]>}.,;:!?。；":
        end += 1
    return words.text[start:end]


def _places(theirs: bytes) -> dict[bytes, list[int]]:
    places: dict[bytes, list[int]] = {}
    for place, each in enumerate(runs(theirs)):
        places.setdefault(each, []).append(place)
    return places


def _last_place(row: bytes, new: list[tuple[int, int]], places: dict[bytes, list[int]]) -> int:
    """Where in the known text the asked one ends: what comes after is a tail that was cut off."""
    end = new[-1][0] if new and new[-1][1] == len(row) else len(row)
    found = places.get(row[end - GRAM : end], ())
    expected = end - GRAM - sum(stop - start for start, stop in new[:-1])
    return min(found, key=lambda place: abs(place - expected)) + GRAM if found else 0


def _small(best: _Comparison) -> str:
    added = sum(end - start for start, end in best.new)
    absent = sum(end - start for start, end in best.missing)
    return f"differs in {added} words added and {absent} missing, none of which could change the terms"


def _version_of(licence: Licence) -> Licence:
    return Licence(
        f"modified:{licence.id}",
        f"modified or unknown version of {licence.name}",
        LicenceClass.UNKNOWN,
        osi=UNKNOWN.osi,
        url=licence.url,
    )
