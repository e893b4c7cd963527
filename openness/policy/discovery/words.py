"""Shell text as commands of words, each with its line: quotes, continuations, comments and variables are understood."""

from __future__ import annotations

import re
from functools import cache

from openness.core.record import record

MOST_WORDS = 200_000
"""Words of one text that are read."""
_LONGEST_WORD = 4_000
MOST_UNCLOSED = 10
"""Quotes without an end that are read again as letters."""
_BREAKS = ";|&()<>`"


@record(frozen=True, slots=True)
class Word:
    """A word of a command as it is written, without quotes, and its line from 1."""

    text: str
    line: int


@record(frozen=True, slots=True)
class Script:
    """Commands as lists of words, and the bodies of here-documents: the command's words, the body, its first line."""

    commands: list[list[Word]]
    documents: list[tuple[list[Word], str, int]]


@cache
def _here() -> re.Pattern[str]:
    return re.compile(r"<<-?\s{0,5}([\"']?)([A-Za-z_][A-Za-z0-9_]{0,60})\1")


def split(text: str) -> Script:
    """The commands of a shell text. Never raises; an unclosed quote ends with the text."""
    commands: list[list[Word]] = []
    documents: list[tuple[list[Word], str, int]] = []
    now: list[Word] = []
    part: list[str] = []
    at, line, began, inside, words = 0, 1, 1, "", 0
    opened, again = (0, 1), 0
    waiting: list[str] = []
    size = len(text)

    def word() -> None:
        nonlocal words
        if part:
            now.append(Word("".join(part)[:_LONGEST_WORD], began))
            part.clear()
            words += 1

    def command() -> None:
        nonlocal now
        word()
        if now:
            commands.append(now)
            now = []

    while at < size and words < MOST_WORDS:
        char = text[at]
        if char == "\\" and at + 1 < size and inside != "'":
            if text[at + 1] == "\n":
                line += 1
                if not inside:
                    word()
            elif text[at + 1] == "\r" and text[at + 2 : at + 3] == "\n":
                line += 1
                at += 1
                word()
            else:
                part.append(text[at + 1])
                line += text[at + 1] == "\n"
            at += 2
            continue
        if not part:
            began = line
        if inside:
            if char == inside:
                inside = ""
                part.append("")
            else:
                part.append(char)
                line += char == "\n"
        elif char in "\"'":
            inside, opened = char, (at, line)
        elif char == "\n":
            word()
            last = now
            command()
            line += 1
            while waiting and at < size:
                end = waiting.pop(0)
                match = re.compile(rf"^\t*{re.escape(end)}[ \t]*$", re.MULTILINE).search(text, at + 1)
                stop = match.start() if match else size
                body = text[at + 1 : stop]
                documents.append((last, body, line))
                at = match.end() if match else size
                line += body.count("\n") + 1
        elif char.isspace():
            word()
        elif char == "#" and not part:
            stop = text.find("\n", at)
            at = size if stop < 0 else stop
            continue
        elif char == "$" and text.startswith("{", at + 1):
            stop = text.find("}", at, at + 400)
            stop = at + 1 if stop < 0 else stop
            part.append(text[at : stop + 1])
            line += text.count("\n", at, stop + 1)
            at = stop
        elif char == "<" and text.startswith("<<", at) and (match := _here().match(text, at)):
            word()
            waiting.append(match[2])
            at = match.end()
            continue
        elif char in _BREAKS:
            if char in "<>":
                word()
            else:
                command()
        else:
            part.append(char)
        at += 1
        if at >= size and inside and again < MOST_UNCLOSED:
            # text such as "don't" in a recipe: the quote is taken for a letter and reading goes on behind it
            inside, again = "", again + 1
            part.clear()
            at, line = opened[0] + 1, opened[1]
    command()
    return Script(commands, documents)
