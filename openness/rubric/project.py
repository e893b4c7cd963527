"""The rubrics that a project declares: `rubrics` under `[tool.openness]` in pyproject.toml, or in openness.toml.

Only the project around the working directory is read, never a release that is scored: a release must not choose its judge.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openness.core.errors import RubricError
from openness.rubric.library import load_file, names

FILES = ("openness.toml", "pyproject.toml")


def own() -> dict[str, Path]:
    """Names and files of the rubrics that the project around the working directory declares. Raises `RubricError`."""
    return _declared(Path.cwd())


@cache
def _declared(start: Path) -> dict[str, Path]:
    for folder in (start, *start.parents):
        for name in FILES:
            path = folder / name
            if path.is_file():
                return _named(path, _rubrics(path))
    return {}


def _rubrics(path: Path) -> list[str]:
    """The paths that the file lists."""
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RubricError(f"{path}: cannot be read for its rubrics ({error})") from None
    section = data if path.name == FILES[0] else data.get("tool", {}).get("openness", {})
    listed = section.get("rubrics", [])
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise RubricError(f"{path}: rubrics must be a list of paths", 'such as rubrics = ["policy/ours.yaml"]')
    return listed


def _named(path: Path, listed: list[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for each in listed:
        file = path.parent / each
        name = load_file(file).compiled.id
        if name in names() or name in found:
            raise RubricError(f"{file}: another rubric is called {name!r}", "choose another name")
        found[name] = file
    return found
