"""The register as it is read at run time: one small index, and one line per licence, read when it is asked for.

Both files are compiled from `register/*.yaml` by `python -m openness.licences.build`; a test holds them to their source.
Reading the YAML itself would cost 150 ms; the index costs one.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from openness.core.licence import Licence, LicenceClass, Term

DATA = Path(__file__).with_name("data")
INDEX = DATA / "index.json"
LINES = DATA / "register.jsonl"


class Index(NamedTuple):
    """What can be looked up without reading a licence."""

    keys: dict[str, str]
    at: dict[str, tuple[int, int]]
    spdx: dict[str, tuple[str, str, int]]
    classes: dict[str, tuple[str, str]]
    spdx_version: str


@lru_cache(maxsize=1)
def index() -> Index:
    """The compiled index, read once."""
    data: dict[str, Any] = json.loads(INDEX.read_bytes())
    return Index(data["keys"], data["at"], data["spdx"], data["classes"], data["spdx_version"])


@lru_cache(maxsize=1024)
def load(licence_id: str) -> Licence | None:
    """The licence of the register with that very id, or None."""
    entry = entry_of(licence_id)
    if entry is None:
        return None
    return Licence(
        id=entry["id"],
        name=entry["name"],
        licence_class=LicenceClass(entry["class"]),
        spdx=entry.get("spdx"),
        osi=entry["osi"],
        fsf=entry["fsf"],
        family=entry.get("family", False),
        url=entry.get("url", ""),
        terms={key: Term(**term) for key, term in entry["terms"].items()},
    )


def entry_of(licence_id: str) -> dict[str, Any] | None:
    """The compiled line of one licence: all that the register says of it."""
    place = index().at.get(licence_id)
    if place is None:
        return None
    with LINES.open("rb") as lines:
        lines.seek(place[0])
        entry: dict[str, Any] = json.loads(lines.read(place[1]))
    return entry


def covers(stated: Licence, held: Licence) -> bool:
    """Whether a stated licence means the one held: the same, or a family tag (`gpl`, `openrail++`) of which it is one."""
    if stated.id.lower() == held.id.lower():
        return True
    return stated.family and held.id in ((entry_of(stated.id) or {}).get("members") or ())


def licence_ids() -> tuple[str, ...]:
    """All ids of the register, in order."""
    return tuple(index().at)


def explain_class(licence_class: LicenceClass) -> str:
    """The rule by which a licence gets that class, in one or two sentences."""
    return index().classes[licence_class.value][1]


def class_name(licence_class: LicenceClass) -> str:
    """The class in a user's words."""
    return index().classes[licence_class.value][0]
