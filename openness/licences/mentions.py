"""Which licences a README's licence section or a NOTICE names, where, and for what: a claim in prose.

Only sentences that speak of a licence are read: those below a heading that says so, and those with words such as
"released under". A name counts when it is one of the register's or an address of one; one that could be a model's name
as well ("Qwen", "Gemma") counts only beside the word licence. Nothing is read into a sentence that denies.
"""

from __future__ import annotations

from functools import lru_cache

from openness.core.licence import Licence, Mention
from openness.core.text import ascii_lower, cut_quote
from openness.licences.keys import fold, fold_url
from openness.licences.patterns import compiled
from openness.licences.store import index, load

__all__ = ["Mention", "find_mentions"]

LINES, LINE_LIMIT, TEXT_LIMIT = 200, 2000, 400_000
"""Lines that are read closely, characters of a line, and characters of a text."""

LONGEST = 9
"""Words of the longest name that is looked for."""

SECTION = 40
"""Lines that are read below a heading."""

_HEADING = r"[ \t]{0,3}(?:#{1,6}|\*\*)[^.]{0,80}$"
_NEXT = r"(?m)^#{1,6}[ \t]*\S"
_SPEAKS = (
    r"(?i)licen[sc]ed|licen[sc]e[ \t]{0,3}\**[ \t]{0,3}[:|]"
    r"|(?:released|distributed|available|provided|published|governed|covered|comes?|has|under|by|with)\b"
)
_URL = r"https?://[^\s)>\]]{1,2000}"
_TOKEN = r"https?://[^\s)>\]\"']{4,200}|[A-Za-z0-9][A-Za-z0-9.+-]*"
_LICENCE = r"(?i)licen[sc]e|licen[sc]ing|terms|agreement"
_SENTENCE_END = r"(?<=[a-z)\]][.;])[ \t]+(?=[A-Z*`])"
_DENIES = frozenset({"not", "no", "isn't", "aren't", "never", "unlike", "than", "except", "neither", "nor"})
_ABOUT = {
    "code": r"(?i)\b(?:source )?code(?:base)?\b|\bsoftware\b|\bscripts?\b",
    "weights": r"(?i)\bweights?\b|\bmodels?\b|\bcheckpoints?\b|\bparameters\b",
    "data": r"(?i)\bdata(?:set)?s?\b|\bcorpus\b",
}


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The licences that a text says something is under, in order, each with the first place for each subject."""
    text = text[:TEXT_LIMIT]
    found: dict[tuple[str, frozenset[str]], Mention] = {}
    for start, end in _passages(text)[:LINES]:
        for sentence_start, sentence in _sentences(text[start:end], start):
            named = _named(sentence)
            about = (
                frozenset(what for what, words in _ABOUT.items() if compiled(words).search(sentence))
                if named
                else frozenset()
            )
            for offset, licence in named:
                line = text.count("\n", 0, sentence_start + offset) + 1
                mention = Mention(licence, line, cut_quote(sentence), about)
                found.setdefault((licence.id, about), mention)
    return tuple(found.values())


def _passages(text: str) -> list[tuple[int, int]]:
    """The lines that speak of a licence, as ranges of offsets, in order and without overlap."""
    low = ascii_lower(text)
    found: set[tuple[int, int]] = set()
    position = low.find("licen", _front_matter(low))
    while position >= 0 and len(found) < LINES:
        begin = low.rfind("\n", 0, position) + 1
        end = low.find("\n", position)
        end = len(low) if end < 0 else end
        line = text[begin : min(end, begin + LINE_LIMIT)]
        if compiled(_HEADING).match(line):
            following = compiled(_NEXT).search(text, end)
            offset = begin
            for each in text[begin : following.start() if following else end + LINE_LIMIT].split("\n")[:SECTION]:
                found.add((offset, offset + min(len(each), LINE_LIMIT)))
                offset += len(each) + 1
        elif _says(line):
            found.add((begin, begin + len(line)))
        position = low.find("licen", end)
    return sorted(found)


def _says(line: str) -> bool:
    """Whether a line speaks of a licence: an address in it does not."""
    bare = compiled(_URL).sub("", line)
    return "licen" in ascii_lower(bare) and bool(compiled(_SPEAKS).search(bare))


def _front_matter(low: str) -> int:
    """Where the card begins after its front matter, whose fields `lookup_metadata` reads."""
    end = low.find("\n---", 3) if low.startswith("---") else -1
    return end + 4 if end >= 0 else 0


def _sentences(line: str, start: int) -> list[tuple[int, str]]:
    """The sentences of a line with their offsets."""
    found, position = [], 0
    for part in compiled(_SENTENCE_END).split(line):
        found.append((start + line.index(part, position), part))
        position = line.index(part, position) + len(part)
    return found


def _named(sentence: str) -> list[tuple[int, Licence]]:
    """The licences that a sentence names, longest names first, and their offsets."""
    keys = index().keys
    tokens = [(found.start(), found[0].rstrip(".")) for found in compiled(_TOKEN).finditer(sentence)]
    found: list[tuple[int, Licence]] = []
    position = 0
    while position < len(tokens):
        step = 1
        offset, word = tokens[position]
        if word.startswith(("http://", "https://")):
            licence_id = keys.get(fold_url(word))
            length = 1
        else:
            licence_id, length = _longest(tokens, position, keys)
        if licence_id and not _denied(tokens, position):
            licence = load(licence_id)
            if licence is not None:
                found.append((offset, licence))
                step = length
        position += step
    return found


@lru_cache(maxsize=1)
def _firsts() -> frozenset[str]:
    """The words by which names of known licences begin: most words are no name's first."""
    return frozenset(key.partition("-")[0] for key in index().keys)


@lru_cache(maxsize=8192)
def _begins(word: str) -> bool:
    return fold(word).partition("-")[0] in _firsts()


def _longest(tokens: list[tuple[int, str]], position: int, keys: dict[str, str]) -> tuple[str | None, int]:
    first = tokens[position][1].lower()
    if (
        not _begins(first)
        or first in {"the", "a", "an", "under", "v", "version"}
        or compiled(_LICENCE).fullmatch(first)
    ):
        return None, 1
    for length in range(min(LONGEST, len(tokens) - position), 0, -1):
        words = [word for _, word in tokens[position : position + length]]
        if any(word.startswith("http") for word in words):
            continue
        key = fold(" ".join(words))
        licence_id = keys.get(key)
        beside = words + [word for _, word in tokens[position + length : position + length + 2]]
        if licence_id and (
            licence_id.lower() in index().spdx or any(compiled(_LICENCE).match(word) for word in beside)
        ):
            return licence_id, length
    return None, 1


def _denied(tokens: list[tuple[int, str]], position: int) -> bool:
    return any(word.lower() in _DENIES for _, word in tokens[max(0, position - 5) : position])
