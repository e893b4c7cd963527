"""Whose matter a clause speaks of, by the words around it and the names that the caller knows."""

from __future__ import annotations

import re

from openness.core.record import record
from openness.core.text import ascii_lower
from openness.reading.lexicon import Guards
from openness.reading.statement import Whose

__all__ = ["NO_NAMES", "Names", "fold_name", "whose"]

_SUBJECT = re.compile(
    r"[\W_]{0,12}(?:(?i:the|since|because|note that|as|and|but|while|that)\s+){0,3}"
    r"(?P<name>[A-Z][\w.+]{0,40}(?:[ -][A-Z0-9][\w.+]{0,40}){0,6})"
    r"(?:['’]s)?(?:\s+(?:models?|weights|checkpoints?|licen[sc]e|series|family|itself|code|data)){0,2}"
    r"\s+(?:is|are|was|were|has|have|had|can|may|must|cannot|should|shall|does|do|prohibits?|forbids?|comes?|requires?)\b"
)
_OF = re.compile(
    r"(?i:\b(?:weights?|checkpoints?|models?|versions?|variants?|series) (?:of|in) )(?i:the )?"
    r"(?P<name>[A-Z][\w.+-]{0,40}(?: [A-Z0-9][\w.+-]{0,40}){0,4})"
)
_RELATIVE = re.compile(r"([A-Za-z][\w.+-]{0,40})[\s,*_`)\]]{1,6}(?:which|that|whose)\b")


@record(frozen=True, slots=True)
class Names:
    """Names by which a text may call this release (`own`) and the models that it was made from (`bases`)."""

    own: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()


NO_NAMES = Names()


def fold_name(name: str) -> str:
    """A name reduced to its letters and digits, the publisher before a slash left out: "org/Name-7B" and "Name 7b" agree."""
    return re.sub(r"[\W_]+", "", ascii_lower(name.rpartition("/")[2]))


def _same(name: str, known: tuple[str, ...]) -> bool:
    folded = fold_name(name)
    return len(folded) > 1 and any(
        folded in other or (len(other) > 3 and other in folded) for other in map(fold_name, known) if other
    )


def whose(words: str, start: int, end: int, spaced: str, guards: Guards, names: Names) -> tuple[Whose, bool]:
    """Whose matter the clause between two offsets speaks of, up to the end of what was found in it; and whether that is sure.

    `words` is the masked text, `spaced` the clause as `Spelling.words` up to the same place.
    """
    if any(each in spaced for each in guards.defines):
        return Whose.NOBODY, True
    this = any(each in spaced for each in guards.this)
    base = any(each in spaced for each in guards.base)
    if base:
        return (Whose.THIS, False) if this else (Whose.BASE, True)
    if any(each in spaced for each in guards.another):
        return (Whose.THIS, False) if this else (Whose.ANOTHER, True)
    name = _subject(words, start, end, guards)
    if name:
        if _same(name, names.bases) and not _same(name, names.own):
            return Whose.BASE, True
        return Whose.THIS, _same(name, names.own)
    return Whose.THIS, True


def _subject(words: str, start: int, end: int, guards: Guards) -> str:
    """The name that is the subject of a clause; '' where the subject is a common noun or a pronoun."""
    nouns = [found[1] for found in _RELATIVE.finditer(words, start, end)]
    if nouns and nouns[-1][:1].isupper() and ascii_lower(nouns[-1]) not in guards.common:
        return nouns[-1]
    of = _OF.search(words, start, end)
    if of and ascii_lower(of["name"].split(" ")[0]) not in guards.common:
        return of["name"]
    found = _SUBJECT.match(words, start, min(len(words), end + 40))
    if found and ascii_lower(found["name"].split(" ")[0]) not in guards.common:
        return found["name"]
    return ""
