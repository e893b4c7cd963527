"""Where rubrics are found and how they are read: the bundled ones by name, a user's own by path."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openness.core.errors import RubricError, UsageError
from openness.core.events import Path as Keys
from openness.core.events import Place, StructureError, read_events
from openness.core.record import record
from openness.core.text import digest

if TYPE_CHECKING:
    from openness.rubric.compile import Compiled

LIMIT = 1 << 20
"""Largest rubric file that is read, in bytes."""


@record(frozen=True, slots=True)
class Loaded:
    """A rubric's text as it stands in its file, the data in it, and what it was compiled to."""

    file: str
    text: str
    data: dict[str, Any]
    compiled: Compiled


def folder() -> Path:
    """The bundled rubrics: inside the installed package, or at the top of a checkout."""
    installed = Path(__file__).parent.parent / "_rubrics"
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / "rubrics"


def names() -> list[str]:
    """Names of the bundled rubrics."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


Remember = Callable[..., Any]
"""`remember(make, *key)`: the value kept under `key`, else what `make()` gives."""


def load(name: str, remember: Remember | None = None) -> Loaded:
    """A bundled rubric by its name, or any rubric by the path of its file.

    Bundled ones are validated by the project's tests, so that a score need not import pydantic, and are parsed once where
    there is something to `remember` with; a user's own is validated here. Raises `RubricError` with file, line and column,
    or `UsageError` for a name that is not known.
    """
    if name in names():
        return _bundled(name, remember)
    path = Path(name)
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        raise UsageError(
            f"no rubric is called {name!r}", f"bundled are {', '.join(names())}; or give the path of a YAML file"
        )
    return load_file(path)


@cache
def _bundled(name: str, remember: Remember | None) -> Loaded:
    shown = f"{name}.yaml"
    text = _text(folder() / shown, shown)
    data = remember(lambda: _parse(text, shown)[0], "rubric", digest(text)) if remember else _parse(text, shown)[0]
    return _compiled(shown, text, data)


def load_file(path: Path) -> Loaded:
    """A rubric from a file, validated. Raises `RubricError`."""
    shown = str(path)
    text = _text(path, shown)
    data, places = _parse(text, shown)
    from openness.rubric.schema import check

    check(data, places, shown)
    return _compiled(shown, text, data)


def _text(path: Path, shown: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RubricError(f"{shown}: cannot be read ({error.strerror})") from None
    if len(raw) > LIMIT:
        raise RubricError(f"{shown}: larger than 1 MiB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RubricError(f"{shown}: is not UTF-8") from None


def _parse(text: str, shown: str) -> tuple[Any, dict[Keys, Place]]:
    import yaml

    try:
        return read_events(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except StructureError as error:
        raise RubricError(f"{shown}:{error.line}:{error.column}: {error.message}") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise RubricError(f"{shown}{where}: {getattr(error, 'problem', None) or 'is no YAML'}") from None


def _compiled(shown: str, text: str, data: dict[str, Any]) -> Loaded:
    from openness.rubric.compile import compile_rubric

    return Loaded(shown, text, data, compile_rubric(data, digest(text)))
