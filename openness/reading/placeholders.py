"""Template words are nothing: they are recognised, and blanked where they stand in a card."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from openness.core.text import LineIndex, ascii_lower, in_code
from openness.reading.lexicon import placeholder_words

__all__ = ["is_empty", "is_placeholder", "without_placeholders"]

_MARKS = re.compile(r"[*_`~>#|\[\](){}<>]+|^\s*(?:[-+•]|\d{1,3}[.)])\s+")
_TARGET = re.compile(r"\]\([^()\s]{0,1000}\)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,400}>")
_BRACES = re.compile(r"\{\{[^{}\n]{0,500}\}\}|\{%[^{}%\n]{0,500}%\}")
_ANGLES = re.compile(
    r"<(?:insert|add|your|fill|todo|describe|enter|name of)\b[^<>\n]{0,200}>"
    r"|\[(?:insert|add|your|fill in|todo|describe|enter)\b[^\[\]\n]{0,200}\]",
    re.I,
)
_DESCRIBE = re.compile(r"(?:please )?(?:describe|insert|add|write|enter|put|fill in|provide) [^.]{0,80}\bhere", re.I)
_LABEL = re.compile(r"(?P<label>[^:：|\n]{1,80})[:：|](?P<rest>[^\n]*)")
_HEADING = re.compile(r"[ \t>]{0,6}#{1,6}(?:[ \t]|$)")
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:(?:[.!?。！？]+(?!\s)|(?<=et al)\.)[^.!?。！？\n]+)*[.!?。！？]*")
_ENDS = " \t\n.:;,!?-–—…\"'。：，；！*"


def _bare(text: str) -> str:
    """The words of a text in lower case, without marks of Markdown."""
    if "](" in text:
        text = _TARGET.sub("]", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return " ".join(_MARKS.sub(" ", ascii_lower(text)).split()).strip(_ENDS)


@cache
def _whole() -> frozenset[str]:
    return frozenset(_bare(each) for each in placeholder_words()[0])


@cache
def _begins() -> tuple[str, ...]:
    return tuple(_bare(each) for each in placeholder_words()[1])


@cache
def _signs() -> tuple[str, ...]:
    """Literals one of which every line with a placeholder holds, in lower case."""
    longest = {max(each.split(), key=len) for each in _whole() | set(_begins())}
    return tuple(
        sorted(
            longest
            | {
                "{{",
                "{%",
                " here",
                "<insert",
                "<add",
                "<your",
                "<fill",
                "<enter",
                "<name",
                "[insert",
                "[add",
                "[your",
                "[fill",
                "[enter",
            }
        )
    )


def is_placeholder(text: str) -> bool:
    """Whether a text holds words, and all of them are a template's: "[More Information Needed]", "TODO", "License: TBD"."""
    if not text.strip():
        return False
    rest = _ANGLES.sub(" ", _BRACES.sub(" ", text))
    if not rest.strip():
        return True
    bare = _bare(rest)
    if not bare:
        return rest != text
    if bare in _whole() or (bare.startswith(_begins()) and len(bare) <= 400):
        return all(_nothing(each[0]) for each in _SENTENCE.finditer(rest) if _bare(each[0]))
    if len(bare) <= 120 and _DESCRIBE.fullmatch(bare):
        return True
    label = _LABEL.fullmatch(rest.strip(" \t|"))
    return label is not None and is_placeholder(label["rest"])


def _nothing(sentence: str) -> bool:
    bare = _bare(sentence)
    return bare in _whole() or bare.startswith(_begins()) or _DESCRIBE.fullmatch(bare) is not None


def without_placeholders(text: str) -> str:
    """`text` with template words blanked, of the same length and lines.

    A line is blanked whole where it is a placeholder or a label with nothing but one ("License: [More Information
    Needed]"); a sentence of a template is blanked alone. Code between fences is left as it is, and so are headings.
    """
    low = ascii_lower(text)
    places = [place for sign in _signs() for place in _every(sign, low)]
    if not places:
        return text
    index = LineIndex(text)
    wanted = {index.line(place) for place in places}
    lines = text.split("\n")
    return "\n".join(
        _line(line) if number in wanted and not code and not _HEADING.match(line) else line
        for number, (line, code) in enumerate(zip(lines, in_code(lines), strict=True), 1)
    )


def _every(sign: str, low: str) -> Iterator[int]:
    """Every place of a literal in a text."""
    place = low.find(sign)
    while place >= 0:
        yield place
        place = low.find(sign, place + len(sign))


def _line(line: str) -> str:
    if is_placeholder(line):
        return " " * len(line)
    line = _BRACES.sub(lambda found: " " * len(found[0]), line) if "{" in line else line
    line = _ANGLES.sub(lambda found: " " * len(found[0]), line)
    return _SENTENCE.sub(lambda found: " " * len(found[0]) if _nothing(found[0]) else found[0], line)


def is_empty(text: str) -> bool:
    """Whether a section says nothing: placeholders, headings, rules, labels and table heads alone, or nothing at all."""
    lines = without_placeholders(text).split("\n")
    for number, line in enumerate(lines):
        if _HEADING.match(line) or not any(character.isalnum() for character in line):
            continue
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if "|" in line and set(below.strip()) <= set("|:- ") and "--" in below:
            continue
        bare = line.strip()
        if bare.endswith((":", ":**", "：", ":__")) and len(bare) <= 80 and not _follows(lines[number + 1 :]):
            continue
        return False
    return True


def _follows(lines: list[str]) -> bool:
    return any(any(character.isalnum() for character in line) and not _HEADING.match(line) for line in lines)
