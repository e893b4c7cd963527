"""Finds and reads rubrics: the bundled ones by name, a project's own by name, and any other by its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from openness.core.errors import RubricError, UsageError
from openness.core.events import Path as Keys
from openness.core.events import Place, StructureError, read_events
from openness.core.record import record
from openness.core.rubric import Rubric
from openness.core.text import digest
from openness.rubric import parse
from openness.rubric.cases import Case
from openness.rubric.compile import Compiled, compile_rubric
from openness.rubric.extend import extended

LIMIT = 1 << 20
"""Largest rubric file that is read, in bytes."""
DEEPEST = 5
"""Length of the longest chain of rubrics that extend each other."""


@record(frozen=True, slots=True)
class Loaded:
    """A rubric as loaded: its file's name as shown to users, the file's text, the compiled rubric, and the file's path."""

    file: str
    text: str
    compiled: Compiled
    path: Path

    @property
    def rubric(self) -> Rubric:
        """The rubric as written, with everything that it inherits."""
        return self.compiled.rubric


def folder() -> Path:
    """The bundled rubrics: inside the installed package, or at the top of a checkout."""
    installed = Path(__file__).parent.parent / "_rubrics"
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / "rubrics"


@cache
def names() -> list[str]:
    """Names of the bundled rubrics."""
    return sorted(path.stem for path in folder().glob("*.yaml"))


Remember = Callable[..., Any]
"""`remember(make, *key)` returns the value stored under `key`, or stores and returns `make()`."""


def load(name: str, remember: Remember | None = None, own: Mapping[str, Path] | None = None) -> Loaded:
    """A bundled rubric by its name, one of the project's own (`own`) by its name, or any rubric by the path of its file.

    Bundled rubrics are validated by this project's tests, so that a score need not import pydantic; with `remember` they are
    parsed once. All others are validated here. Raises `RubricError` with file, line and column, or `UsageError` for an unknown
    name.
    """
    if name in names():
        return _bundled(name, remember)
    if own and name in own:
        return load_file(own[name])
    path = Path(name)
    if path.suffix not in (".yaml", ".yml") and not path.exists():
        raise UsageError(
            f"no rubric is called {name!r}",
            f"known are {', '.join([*names(), *(own or ())])}; or give the path of a YAML file",
        )
    return load_file(path)


@cache
def _bundled(name: str, remember: Remember | None) -> Loaded:
    path = folder() / f"{name}.yaml"
    text = _text(path, path.name)
    data = (
        remember(lambda: _parse(text, path.name)[0], "rubric", digest(text)) if remember else _parse(text, path.name)[0]
    )
    data, texts = _with_bases(data, path, (text,), remember)
    return _compiled(path, path.name, texts, data)


def load_file(path: Path) -> Loaded:
    """A rubric from a file, validated. Raises `RubricError`."""
    shown = str(path)
    data, texts, places = _whole(path)
    _check(data, places, shown)
    return _compiled(path, shown, texts, data)


def _whole(path: Path) -> tuple[Any, tuple[str, ...], Mapping[Keys, Place]]:
    """The data of a file and of what it extends, the texts of the whole chain, and the places of the file's values."""
    text = _text(path, str(path))
    data, places = _parse(text, str(path))
    if isinstance(data, dict):
        return *_with_bases(data, path, (text,), None), places
    return data, (text,), places


def _check(data: object, places: Mapping[Keys, Place], shown: str) -> None:
    """Raise `RubricError` if the data are not a rubric. This imports pydantic (150 ms), which no bundled rubric needs."""
    validate: Callable[[object, Mapping[Keys, Place], str], None] = import_module("openness.rubric.schema").check
    validate(data, places, shown)


def _with_bases(
    data: dict[str, Any], path: Path, texts: tuple[str, ...], remember: Remember | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The data merged with what they extend, and the texts of the whole chain."""
    name = data.get("extends")
    if not name:
        return data, texts
    if len(texts) >= DEEPEST:
        raise RubricError(f"{path}: extends: a chain of more than {DEEPEST} rubrics, or one that extends itself")
    base_path = folder() / f"{name}.yaml" if name in names() else path.parent / str(name)
    if not base_path.is_file():
        raise RubricError(
            f"{path}: extends: no rubric is called {str(name)!r}, and no file of that name lies beside this one",
            f"bundled are {', '.join(names())}",
        )
    text = _text(base_path, str(base_path))
    base = (
        remember(lambda: _parse(text, base_path.name)[0], "rubric", digest(text))
        if remember
        else _parse(text, str(base_path))[0]
    )
    if not isinstance(base, dict):
        raise RubricError(f"{base_path}: is not a rubric")
    base, texts = _with_bases(base, base_path, (*texts, text), remember)
    return extended(base, data), texts


def cases_file(loaded: Loaded) -> Path:
    """The file of a rubric's worked cases, `cases/NAME.yaml` beside it. A rubric may also hold its cases itself."""
    return loaded.path.parent / "cases" / f"{loaded.path.stem}.yaml"


def load_cases(loaded: Loaded) -> tuple[list[Case], str]:
    """The worked cases of a rubric (its own, then those of the file beside it), and the file that holds them.

    Raises `RubricError` if they do not fit the rubric.
    """
    data = _whole(loaded.path)[0]
    found: list[Case] = list(data.get("cases") or ())
    path = cases_file(loaded)
    if not path.is_file():
        return found, loaded.file
    beside, places = _parse(_text(path, str(path)), str(path))
    if not isinstance(beside, dict) or set(beside) != {"rubric", "cases"} or beside["rubric"] != loaded.rubric.id:
        raise RubricError(f"{path}: must hold `rubric: {loaded.rubric.id}` and `cases`, and nothing else")
    _check({**data, "cases": beside["cases"]}, places, str(path))
    return found + beside["cases"], str(path)


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
        raise RubricError(f"{shown}{where}: {getattr(error, 'problem', None) or 'is not YAML'}") from None


def _compiled(path: Path, shown: str, texts: tuple[str, ...], data: Mapping[str, Any]) -> Loaded:
    identity = digest(texts[0]) if len(texts) == 1 else digest("\x1f".join(texts))
    return Loaded(shown, texts[0], compile_rubric(parse.rubric(data), identity), path)
