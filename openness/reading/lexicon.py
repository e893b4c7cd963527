"""The lexicon: phrases in YAML with their examples, checked and compiled once when they are first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from openness.core.record import record
from openness.reading.phrases import PhraseError, PhrasePattern, compiled, needs, read_words
from openness.reading.statement import Confidence, Stance

__all__ = [
    "STRENGTHS",
    "Guards",
    "Limit",
    "LimitsLexicon",
    "PhraseGroup",
    "field_words",
    "limits_lexicon",
    "placeholder_words",
]

FOLDER = Path(__file__).with_name("lexicon")

STRENGTHS: Mapping[str, tuple[Stance, Confidence]] = {
    "certain": (Stance.ASSERTED, Confidence.HIGH),
    "likely": (Stance.ASSERTED, Confidence.MEDIUM),
    "weak": (Stance.ASSERTED, Confidence.LOW),
    "intended": (Stance.ADVISED, Confidence.MEDIUM),
}
"""What the strength of a group of phrases says of its statements."""


@record(frozen=True, slots=True)
class PhraseGroup:
    """Phrases of one language and strength, and sentences that they must find."""

    language: str
    strength: str
    patterns: tuple[PhrasePattern, ...]
    find: tuple[str, ...]


@record(frozen=True, slots=True)
class Limit:
    """A limit: the terms that it means (`openness.core.licence.TERMS`; "$detail" stands for a statement's detail), its phrases.

    `never` cancels a match that it overlaps. `skip` holds sentences that do not assert it, `doubt` some that do so without
    certainty.
    """

    kind: str
    title: str
    terms: Mapping[str, str]
    triggers: tuple[str, ...]
    groups: tuple[PhraseGroup, ...]
    never: tuple[PhrasePattern, ...]
    skip: tuple[str, ...]
    doubt: tuple[str, ...]


@record(frozen=True, slots=True)
class Guards:
    """Words that turn a match round or say that it speaks of something else; what each does stands in the file."""

    denied: frozenset[str]
    another: tuple[str, ...]
    base: tuple[str, ...]
    this: tuple[str, ...]
    doubt: tuple[str, ...]
    conditional: tuple[str, ...]
    defines: tuple[str, ...]
    headings_another: tuple[str, ...]
    common: frozenset[str]


@record(frozen=True, slots=True)
class LimitsLexicon:
    """`lexicon/limits.yaml`, compiled."""

    limits: tuple[Limit, ...]
    guards: Guards
    place: PhrasePattern
    fields: Mapping[str, tuple[str, ...]]
    nothing: tuple[str, ...]


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise PhraseError(f"{where} is no mapping")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise PhraseError(f"{where} is no list of texts")
    return tuple(value)


def _rows(value: object, where: str) -> Iterator[Mapping[str, object]]:
    if not isinstance(value, list):
        raise PhraseError(f"{where} is no list")
    for number, each in enumerate(value, 1):
        yield _mapping(each, f"{where}, entry {number}")


def _read(name: str) -> Mapping[str, object]:
    import yaml

    text = (FOLDER / name).read_text(encoding="utf-8")
    return _mapping(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)), name)


def _limit(row: Mapping[str, object], sets: Mapping[str, str]) -> Limit:
    kind = str(row.get("id"))
    unknown = set(row) - {"id", "title", "terms", "triggers", "phrases", "never", "skip", "doubt"}
    if unknown:
        raise PhraseError(f"{kind}: no such keys: {', '.join(sorted(unknown))}")
    triggers = _texts(row.get("triggers"), f"{kind}: triggers")
    groups = []
    for group in _rows(row.get("phrases"), f"{kind}: phrases"):
        strength = str(group.get("strength"))
        if strength not in STRENGTHS:
            raise PhraseError(f"{kind}: no strength is called {strength!r}")
        phrases = _texts(group.get("say"), f"{kind}: say")
        for phrase in phrases:
            if not needs(phrase, sets, triggers):
                raise PhraseError(f"{kind}: {phrase!r} can match without any of the triggers")
        groups.append(
            PhraseGroup(
                str(group.get("language")),
                strength,
                tuple(compiled(phrase, sets) for phrase in phrases),
                _texts(group.get("find"), f"{kind}: find"),
            )
        )
    return Limit(
        kind,
        str(row.get("title")),
        {key: str(value) for key, value in _mapping(row.get("terms"), f"{kind}: terms").items()},
        triggers,
        tuple(groups),
        tuple(compiled(phrase, sets) for phrase in _texts(row.get("never", []), f"{kind}: never")),
        _texts(row.get("skip", []), f"{kind}: skip"),
        _texts(row.get("doubt", []), f"{kind}: doubt"),
    )


def _spaced(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words as they stand in `Spelling.words`."""
    return tuple(f" {' '.join(read_words(each))} " for each in words)


@cache
def limits_lexicon() -> LimitsLexicon:
    """The limits in plain words. Raises PhraseError where the file is not as it should be."""
    data = _read("limits.yaml")
    sets = {name: str(words) for name, words in _mapping(data.get("words"), "words").items()}
    guards = {name: _texts(words, name) for name, words in _mapping(data.get("guards"), "guards").items()}
    return LimitsLexicon(
        tuple(_limit(row, sets) for row in _rows(data.get("limits"), "limits")),
        Guards(
            denied=frozenset(guards["denied"]),
            another=_spaced(guards["another"]),
            base=_spaced(guards["base"]),
            this=_spaced(guards["this"]),
            doubt=_spaced(guards["doubt"]),
            conditional=_spaced(guards["conditional"]),
            defines=_spaced(guards["defines"]),
            headings_another=guards["headings_another"],
            common=frozenset(guards["common"]),
        ),
        compiled("$place", sets),
        {name: _texts(words, name) for name, words in _mapping(data.get("fields"), "fields").items()},
        _texts(data.get("nothing"), "nothing"),
    )


def field_words() -> Mapping[str, tuple[str, ...]]:
    """The words of a gate's field that ask who the reader is, by what they ask for."""
    return limits_lexicon().fields


@cache
def placeholder_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Template words of `lexicon/placeholders.yaml`: those that stand for a whole text, and those that one begins with."""
    data = _read("placeholders.yaml")
    return _texts(data.get("whole"), "whole"), _texts(data.get("begins"), "begins")
