"""The register as people write it: YAML files read with the place of every value, and what is wrong with them.

`python -m openness.licences.build` uses this module; a score reads the compiled register (`store`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from openness.core.errors import OpennessError
from openness.core.events import Path as Keys
from openness.core.events import Place, StructureError, located, read_events
from openness.core.record import record

HERE = Path(__file__).parent
"""The folder of `register/`, `classes.yaml` and `operative.yaml`."""

LIMIT = 1 << 20
"""Largest file that is read, in bytes."""

Problem = tuple[Keys, str]
"""The path of a value inside a file, and what is wrong with it."""


class RegisterError(OpennessError):
    """A register that cannot be compiled. The message has one line per fault: file, line, column, key, what is allowed."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@record(frozen=True, slots=True)
class SourceFile:
    """One file: its name as messages show it, its data, and the line and column of each value."""

    name: str
    data: Any
    places: Mapping[Keys, Place]

    def faults(self, problems: Iterable[Problem]) -> list[str]:
        """The problems of this file, one line each."""
        return [located([each], self.places, self.name, "file") for each in problems]


def read_file(path: Path) -> SourceFile:
    """Read one YAML file. Raises `RegisterError` with line and column where it is not plain data."""
    name = f"{path.parent.name}/{path.name}"
    try:
        raw = path.read_bytes()
        if len(raw) > LIMIT:
            raise RegisterError([f"{name}: larger than 1 MiB"])
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return SourceFile(name, *read_events(yaml.parse(raw.decode("utf-8"), Loader=loader)))
    except OSError as error:
        raise RegisterError([f"{name}: cannot be read ({error.strerror})"]) from error
    except UnicodeDecodeError as error:
        raise RegisterError([f"{name}: is not UTF-8"]) from error
    except StructureError as error:
        raise RegisterError([f"{name}:{error.line}:{error.column}: {error.message}"]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise RegisterError([f"{name}{where}: is not YAML: {getattr(error, 'problem', None) or error}"]) from error
