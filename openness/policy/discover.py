"""The model releases that a project's code and configuration name, with file, line and revision, and why each counts.

Each language is read by a reader of its own in `openness.policy.discovery`. What a file names and the project does not use
as a Hub release (a data set, a Space, an output, a model behind an interface) is found too, and says why it does not count.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from openness.core.gate import Line
from openness.core.record import record
from openness.policy.discovery import naming
from openness.policy.discovery.containers import read_dockerfile, read_modelfile, read_script
from openness.policy.discovery.javascript import read_javascript
from openness.policy.discovery.lines import read_lines
from openness.policy.discovery.notebook import read_notebook
from openness.policy.discovery.python import read_python
from openness.policy.discovery.settings import read_json, read_toml, read_yaml
from openness.policy.discovery.sightings import Sighting, Sightings
from openness.policy.discovery.tables import word_set

LARGEST = 1 << 20
"""Bytes of the largest file that is read."""
MOST_FILES = 20_000
LONGEST_RUN = 120.0
"""Seconds after which no further file is read."""
Reader = Callable[[str, Sightings], object]
READERS: dict[str, Reader] = {
    **dict.fromkeys((".py", ".pyi", ".pyw"), read_python),
    ".ipynb": read_notebook,
    **dict.fromkeys((".json", ".jsonc", ".json5"), read_json),
    **dict.fromkeys((".yml", ".yaml"), read_yaml),
    ".toml": read_toml,
    **dict.fromkeys((".sh", ".bash", ".zsh", ".env", ".envrc", ".mk", ".sbatch", ".slurm"), read_script),
    **dict.fromkeys((".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts", ".vue", ".svelte"), read_javascript),
    **dict.fromkeys((".cfg", ".ini", ".conf", ".properties", ".tf", ".hcl", ".tfvars", ".nomad"), read_lines),
    ".dockerfile": read_dockerfile,
    ".modelfile": read_modelfile,
}
"""The reader of each file name's end."""
NAMES: dict[str, Reader] = {
    "dockerfile": read_dockerfile,
    "containerfile": read_dockerfile,
    "modelfile": read_modelfile,
    "makefile": read_script,
    "justfile": read_script,
    "procfile": read_lines,
    ".env": read_script,
    ".envrc": read_script,
}
"""The reader of each name, or beginning of a name before a dot: Dockerfile, Dockerfile.gpu, .env.example."""
SKIPPED = word_set(
    ".git .hg .venv venv node_modules __pycache__ .tox .nox .mypy_cache .ruff_cache .pytest_cache site-packages "
    "dist build .eggs .ipynb_checkpoints"
)
OWN = frozenset({"openness.toml", "openness.lock", "openness.baseline.json", "package-lock.json"})


@record(frozen=True, slots=True)
class Discovered:
    """A name of a release: its id, file and line, why it counts in words, its revision or None; else why it does not count."""

    id: str
    at: Line
    kind: str
    revision: str | None = None
    left_out: str = ""

    @property
    def counts(self) -> bool:
        """Whether the project uses the release, as far as its files tell."""
        return not self.left_out


def discover(root: Path) -> list[Discovered]:
    """Every release that the files of a project use, in the order of files and lines; each once a line."""
    return [each for each in named(root) if each.counts]


def named(root: Path) -> list[Discovered]:
    """Every name in the files of a project, those that do not count too: `left_out` says what they are.

    A relative path that exists in the project is not taken for a release. Reads at most `MOST_FILES` files of at most
    `LARGEST` bytes each.
    """
    found = []
    stop = time.monotonic() + LONGEST_RUN
    for path, reader in _files(root):
        if time.monotonic() > stop:
            break
        try:
            text = path.read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            continue
        shown = path.relative_to(root).as_posix()
        for each in sightings(text, reader):
            left_out = each.left_out
            if not left_out and _exists(each.id, path.parent, root):
                left_out = naming.PATH
            found.append(Discovered(each.id, Line(shown, each.line), each.kind, each.revision, left_out))
    return found


def distinct(found: Iterable[Discovered]) -> list[Discovered]:
    """Each release once, where it is named first, at the revision that all of its places ask for; None where they differ."""
    places: dict[str, list[Discovered]] = {}
    for each in found:
        places.setdefault(each.id, []).append(each)
    return [
        Discovered(same[0].id, same[0].at, same[0].kind, _agreed([each.revision for each in same]), same[0].left_out)
        for same in places.values()
    ]


def _agreed(revisions: list[str | None]) -> str | None:
    return revisions[0] if len(set(revisions)) == 1 else None


def sightings(text: str, reader: Reader) -> list[Sighting]:
    """What one reader sees in a text, each name once a line. Never raises for a text, however hostile."""
    if "/" not in text and reader is not read_python and reader is not read_notebook:
        return []
    seen = Sightings()
    reader(text.replace("\r\n", "\n").replace("\r", "\n"), seen)
    return seen.settled()


def chosen(name: str) -> Reader | None:
    """The reader for a file name; None where files of that name are not read."""
    lower = name.lower()
    suffix = os.path.splitext(lower)[1]
    if lower in OWN:
        return None
    for begin, reader in NAMES.items():
        if lower == begin or lower.startswith(f"{begin}."):
            return reader
    return READERS.get(suffix)


def summary(found: list[Discovered]) -> str:
    """What does not count, in one line: how many names, and what they are. Empty where every name counts."""
    reasons: dict[str, int] = {}
    for each in found:
        if each.left_out:
            reasons[each.left_out] = reasons.get(each.left_out, 0) + 1
    if not reasons:
        return ""
    total = sum(reasons.values())
    parts = ", ".join(f"{many} {_plural(what, many)}" for what, many in sorted(reasons.items()))
    return f"{total} named {_plural('thing', total)} left out: {parts}"


_PLURALS = {
    naming.GITHUB: "GitHub repositories",
    naming.PATH: "paths in the project",
    naming.BARE: "names without an owner",
}


def _plural(word: str, many: int) -> str:
    return word if many == 1 else _PLURALS.get(word, f"{word}s")


def _exists(name: str, *folders: Path) -> bool:
    try:
        return any((folder / name).exists() for folder in folders)
    except OSError:
        return False


def _files(root: Path) -> Iterator[tuple[Path, Reader]]:
    count = 0
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        for name in sorted(names):
            reader = chosen(name)
            path = Path(folder, name)
            if reader is None or path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
                continue
            count += 1
            if count > MOST_FILES:
                return
            yield path, reader
