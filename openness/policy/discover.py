"""The releases that a project's code and configuration name, with file and line: what it depends on without having said so."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from openness.core.gate import Line
from openness.core.record import record

LARGEST = 1 << 20
"""Bytes of the largest file that is looked at."""
MOST_FILES = 20_000
LONGEST = 2_000
"""Characters of a line that are looked at."""
SUFFIXES = frozenset(
    {".py", ".ipynb", ".sh", ".bash", ".yml", ".yaml", ".toml", ".json", ".cfg", ".ini", ".env", ".tf"}
)
NAMES = frozenset({"Dockerfile", "Containerfile", "Makefile", "Procfile", ".env"})
SKIPPED = frozenset(
    [
        ".git",
        ".hg",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".mypy_cache",
        "site-packages",
        "dist",
        "build",
    ]
)
OWN = frozenset({"openness.toml", "openness.lock", "openness.baseline.json"})

_ID = r"([A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95})"
_QUOTED = rf"""\\?["']{_ID}\\?["']"""
PATTERNS = (
    (
        "call",
        ("from_pretrained", "_download", "SentenceTransformer", "CrossEncoder", "load_model"),
        re.compile(rf"\(\s{{0,20}}(?:[a-z_]{{1,40}}\s?=\s?)?{_QUOTED}"),
    ),
    (
        "argument",
        ("repo_id", "model"),
        re.compile(rf"(?:repo_id|model|model_id|model_name|model_name_or_path)\s?=\s?{_QUOTED}"),
    ),
    (
        "command",
        ("serve ", "--model", "download "),
        re.compile(
            r"(?:\bvllm serve|\bhf download|\bhuggingface-cli download|--model(?:-id|-path)?[ =])"
            rf"\s{{0,5}}[\"']?{_ID}"
        ),
    ),
    (
        "value",
        ("model", "MODEL"),
        re.compile(
            r"\b(?:\w{0,40}_)?(?:model|MODEL)(?:_?(?:id|ID|name|NAME|path))?[\"']?"
            rf"""\s?[:=]\s?["']?{_ID}["']?\s{{0,20}}(?:#.{{0,200}}|,)?$"""
        ),
    ),
)
"""Kind, words of which one must stand in the line before the pattern is tried, pattern."""
_PATHS = re.compile(r"\.(?:py|json|ya?ml|bin|pt|gguf|safetensors|txt|md|onnx)\Z", re.IGNORECASE)


@record(frozen=True, slots=True)
class Discovered:
    """A release that a line names, and in what kind of place: call, argument, command or value."""

    id: str
    at: Line
    kind: str


def discover(root: Path) -> list[Discovered]:
    """Every mention in the files of a project, in the order of their names; each release once a line."""
    found = []
    for path in _files(root):
        try:
            text = path.read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        shown = path.relative_to(root).as_posix()
        found += [Discovered(id, Line(shown, line), kind) for id, line, kind in mentions(text)]
    return found


def mentions(text: str) -> Iterator[tuple[str, int, str]]:
    """Release, line and kind of place of every mention in a text."""
    for number, line in enumerate(text.splitlines(), 1):
        if "/" not in line:
            continue
        seen: set[str] = set()
        for kind, words, pattern in PATTERNS:
            if any(word in line for word in words):
                for match in pattern.finditer(line[:LONGEST]):
                    if match[1] not in seen and not _PATHS.search(match[1]):
                        seen.add(match[1])
                        yield match[1], number, kind


def _files(root: Path) -> Iterator[Path]:
    count = 0
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(names):
            path = Path(folder, name)
            fits = path.suffix in SUFFIXES or name in NAMES
            if fits and name not in OWN and not path.is_symlink() and path.is_file() and path.stat().st_size <= LARGEST:
                count += 1
                if count > MOST_FILES:
                    return
                yield path
