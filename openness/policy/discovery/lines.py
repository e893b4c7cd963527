"""The cautious reader for files of no known language and for files that do not parse: one line at a time."""

from __future__ import annotations

import re
from functools import cache

from openness.policy.discovery import naming
from openness.policy.discovery.shell import read_command, worth_reading
from openness.policy.discovery.sightings import STRONG, WEAK, Sightings
from openness.policy.discovery.words import Word, split

_LONGEST = 2_000
_COMMENTS = ("#", "//", ";", "*", "/*", "<!--", "{{/*", "--", "%")
_CALLS = (
    "from_pretrained", "hf_hub_download", "snapshot_download", "SentenceTransformer", "CrossEncoder", "load_model",
)  # fmt: skip


@cache
def _setting() -> re.Pattern[str]:
    return re.compile(
        r"""(?P<quote>["']?)(?P<key>[A-Za-z_][\w.-]{0,100})(?P=quote)\s{0,40}(?::=|[:=])\s{0,40}"""
        r"""(?:["'](?P<quoted>[^"'\s]{3,200})["']|(?P<plain>[^"'\s,;#\[\]{}()]{3,200})(?=\s{0,40}(?:[,;#]|$)))"""
    )


@cache
def _call() -> re.Pattern[str]:
    return re.compile(
        rf"""\b({"|".join(_CALLS)})\(\s{{0,40}}(?:[a-z_]{{1,40}}\s{{0,5}}=\s{{0,5}})?["']([^"'\s]{{3,200}})["']"""
    )


def read_lines(text: str, seen: Sightings, shift: int = 0) -> None:
    """Note the settings, calls and options that stand on one line each; comment lines are skipped."""
    for number, whole in enumerate(text.splitlines(), 1 + shift):
        line = whole[:_LONGEST].strip()
        if "/" not in line or line.startswith(_COMMENTS):
            continue
        _read_line(_without_comment(line), number, seen)


def _without_comment(line: str) -> str:
    at = line.find(" #")
    return line if at < 0 else line[:at]


def _read_line(line: str, number: int, seen: Sightings) -> None:
    for match in _call().finditer(line):
        seen.add(match[2], number, f"loaded by {match[1]}", STRONG)
    beside = {each["key"].lower(): each["quoted"] or each["plain"] for each in _setting().finditer(line)}
    for match in _setting().finditer(line):
        value = match["quoted"] or match["plain"]
        about = naming.role(match["key"])
        if about and "repo_type" in beside:
            seen.add_by_key(match["key"], value, number, f"value of {match['key']}", beside)
        elif about:
            seen.add(value, number, f"value of {match['key']}", WEAK, None, "" if about == "model" else about)
    if worth_reading(line):
        for command in split(line.strip("-[], ").replace(",", " ")).commands:
            words = [Word(each.text, number) for each in command]
            read_command(words, seen)
