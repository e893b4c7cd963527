"""The register as a score reads it: one small index, and one line per licence, read when it is asked for.

Both files are compiled from `register/*.yaml` by `python -m openness.licences.build`; a test holds them to their source.
Reading the YAML itself would cost 150 ms; the index costs one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from openness.core.errors import OpennessError
from openness.core.licence import Licence, LicenceClass, Term
from openness.core.record import record

DATA = Path(__file__).with_name("data")
INDEX = DATA / "index.json"
LINES = DATA / "register.jsonl"
DAMAGE = (ValueError, LookupError, TypeError, AttributeError, EOFError, OverflowError, zlib.error)
"""What reading a damaged file raises: wrong bytes, missing keys, values of another type."""


class DamagedRegister(OpennessError):
    """A compiled file of the register is missing or damaged, so that no licence can be told."""


class Index(NamedTuple):
    """What can be looked up without reading a licence."""

    keys: dict[str, str]
    at: dict[str, tuple[int, int]]
    spdx: dict[str, tuple[str, str, int]]
    classes: dict[str, tuple[str, str]]
    spdx_version: str


@record(frozen=True, slots=True)
class CompiledEntry:
    """All that the register says of one licence.

    `read` says whether its text was read, `kind` is `licence` or `use-policy`, `hub` holds the Hub's identifiers, `texts` the
    places of texts that were read (repository, path, commit or ''), `members` the ids of a family's licences.
    """

    licence: Licence
    read: bool
    kind: str
    publisher: str
    version: str
    note: str
    hub: tuple[str, ...]
    aliases: tuple[str, ...]
    texts: tuple[tuple[str, str, str], ...]
    members: tuple[str, ...]


@contextmanager
def intact(path: Path) -> Iterator[None]:
    """Read a compiled file. Raises `DamagedRegister` where it is missing or is not what `build` writes."""
    try:
        yield
    except OSError as error:
        raise _damaged(path, f"cannot be read: {error.strerror}") from error
    except DAMAGE as error:
        raise _damaged(path, "is damaged") from error


def _damaged(path: Path, what: str) -> DamagedRegister:
    hint = "install openness again; in a checkout, run python -m openness.licences.build"
    return DamagedRegister(f"the compiled licence register {what} ({path})", hint)


@lru_cache(maxsize=1)
def index() -> Index:
    """The compiled index, read once. Raises `DamagedRegister`."""
    with intact(INDEX):
        data: dict[str, Any] = json.loads(INDEX.read_bytes())
        found = Index(data["keys"], data["at"], data["spdx"], data["classes"], data["spdx_version"])
        if not all(type(each) is dict for each in found[:4]) or set(found.classes) != set(LicenceClass):
            raise ValueError("an index of another form")
    return found


@lru_cache(maxsize=1024)
def entry_of(licence_id: str) -> CompiledEntry | None:
    """The register's entry with that very id, or None. Raises `DamagedRegister`."""
    place = index().at.get(licence_id)
    if place is None:
        return None
    with intact(LINES):
        with LINES.open("rb") as lines:
            lines.seek(place[0])
            data: dict[str, Any] = json.loads(lines.read(place[1]))
        if data["id"] != licence_id:
            raise ValueError("index and lines are not of one build")
        return _entry(data)


def _entry(data: dict[str, Any]) -> CompiledEntry:
    return CompiledEntry(
        Licence(
            id=data["id"],
            name=data["name"],
            licence_class=LicenceClass(data["class"]),
            spdx=data.get("spdx"),
            osi=data["osi"],
            fsf=data["fsf"],
            family=data.get("family", False),
            url=data.get("url", ""),
            terms={key: Term(**term) for key, term in data["terms"].items()},
        ),
        read=data["read"],
        kind=data.get("kind", "licence"),
        publisher=data.get("publisher", ""),
        version=data.get("version", ""),
        note=data.get("note", ""),
        hub=tuple(data.get("hub", ())),
        aliases=tuple(data.get("aliases", ())),
        texts=tuple((repo, path, commit) for repo, path, commit in data.get("texts", ())),
        members=tuple(data.get("members", ())),
    )


def load(licence_id: str) -> Licence | None:
    """The licence of the register with that very id, or None. Raises `DamagedRegister`."""
    entry = entry_of(licence_id)
    return entry.licence if entry else None


def covers(stated: Licence, held: Licence) -> bool:
    """Whether a stated licence means the one held: the same, or a family tag (`gpl`, `openrail++`) of which it is one."""
    if stated.id.lower() == held.id.lower():
        return True
    family = entry_of(stated.id) if stated.family else None
    return family is not None and held.id in family.members


def licence_ids() -> tuple[str, ...]:
    """All ids of the register, in order."""
    return tuple(index().at)


def explain_class(licence_class: LicenceClass) -> str:
    """The rule by which a licence gets that class, in one or two sentences."""
    return index().classes[licence_class.value][1]


def class_name(licence_class: LicenceClass) -> str:
    """The class in a user's words."""
    return index().classes[licence_class.value][0]
