"""Releases that a Dockerfile, a Modelfile (Ollama) or a script with here-documents names."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from openness.policy.discovery import naming
from openness.policy.discovery.lines import read_lines
from openness.policy.discovery.python import read_python
from openness.policy.discovery.settings import json_tree
from openness.policy.discovery.shell import read_command, read_shell
from openness.policy.discovery.sightings import STRONG, Sightings
from openness.policy.discovery.trees import Branch
from openness.policy.discovery.words import Word


def read_script(text: str, seen: Sightings, known: dict[str, Word] | None = None) -> None:
    """Note the releases of a shell script; code that it hands to Python in a here-document is read as Python."""
    script = read_shell(text, seen, known)
    for command in script.commands:
        for before, word in pairwise(command):
            if before.text == "-c" and "python" in command[0].text:
                _nested(word.text, word.line, read_python, seen)
    for command, body, line in script.documents:
        if any("python" in each.text for each in command):
            _nested(body, line, read_python, seen)
        elif not command or command[0].text in ("bash", "sh", "ssh", "sudo", "docker"):
            _nested(body, line, read_shell, seen)
        else:
            _nested(body, line, read_modelfile, seen)
            _nested(body, line, read_lines, seen)


def _nested(text: str, line: int, reader: Callable[[str, Sightings], object], seen: Sightings) -> None:
    part = Sightings()
    reader(text, part)
    seen.merge(part.raw(), line - 1)


def read_dockerfile(text: str, seen: Sightings) -> None:
    """Note the releases of a Dockerfile: of its commands, of ENV and ARG, of files that ADD fetches."""
    known: dict[str, Word] = {}
    entry: list[Word] = []
    for name, body, line in _instructions(text):
        if name in ("RUN", "CMD", "ENTRYPOINT"):
            words = _listed(body, line)
            if words and name == "CMD":
                words = entry + words
            elif words and name == "ENTRYPOINT":
                entry = words
            if words:
                read_command(words, seen, known)
            else:
                _part(body, line, seen, known)
        elif name in ("ENV", "ARG"):
            _part(_pairs(body), line, seen, known)
        elif name == "ADD":
            seen.add_addresses(body, line)


def _part(body: str, line: int, seen: Sightings, known: dict[str, Word]) -> None:
    part = Sightings()
    read_script(body, part, known)
    seen.merge(part.raw(), line - 1)


def _pairs(body: str) -> str:
    key, _, value = body.partition(" ")
    return body if "=" in key else f"{key}={value.strip()}"


def _listed(body: str, line: int) -> list[Word]:
    roots = json_tree(body) if body.lstrip().startswith("[") else []
    return [
        Word(leaf.text, leaf.line + line - 1)
        for root in roots
        if isinstance(root, Branch) and not root.mapping
        for leaf in root.leaves()
    ]


def _instructions(text: str) -> list[tuple[str, str, int]]:
    """Instructions as name, body and first line; continued lines, comments between them and here-documents are kept in."""
    found: list[tuple[str, str, int]] = []
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        name, _, body = lines[at].strip().partition(" ")
        first = at + 1
        if not name or name.startswith("#"):
            at += 1
            continue
        parts = [body]
        while at + 1 < len(lines) and (lines[at].rstrip().endswith("\\") or lines[at].lstrip().startswith("#")):
            at += 1
            # a comment between continued lines does not end the command
            parts.append("\\" if lines[at].lstrip().startswith("#") else lines[at])
        if "<<" in body:
            end = body.rpartition("<<")[2].lstrip("-").strip().strip("\"'").split()[:1]
            while end and at + 1 < len(lines) and lines[at].strip() != end[0]:
                at += 1
                parts.append(lines[at])
        found.append((name.upper(), "\n".join(parts), first))
        at += 1
    return found


def read_modelfile(text: str, seen: Sightings) -> None:
    """Note the releases that an Ollama Modelfile builds on: Hub addresses after FROM and ADAPTER."""
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if len(words) > 1 and words[0].upper() in ("FROM", "ADAPTER"):
            found = naming.reference(words[1])
            if found and found.address:
                seen.add(words[1], number, f"{words[0].upper()} of a Modelfile", STRONG)
