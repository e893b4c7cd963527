"""The entries of the bundled catalogue: what each records of a well-known release, with its public source and date.

An entry is a YAML file in `bundled/`. What it records is kept between runs under the file's digest, because parsing YAML is slow.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openness.core.events import read_events
from openness.core.record import record
from openness.core.release import Ancestor, Attestation, Gating
from openness.core.text import digest
from openness.sources.cache import Cache, remember
from openness.sources.codec import decode, encode
from openness.sources.facts import Fields
from openness.sources.reference import endpoint

FOLDER = Path(__file__).parent / "bundled"
AUTHOR = "openness catalogue"

_GATING = {False: Gating.NONE, "auto": Gating.AUTO, "manual": Gating.MANUAL}
_LICENCE = ("license", "license_name", "license_link")
_METADATA = (*_LICENCE, "pipeline_tag", "base_model", "base_model_relation", "datasets")


@record(frozen=True, slots=True)
class EntryFacts:
    """What the Hub showed of a release on the day of its capture; `files` and `gated` are None where not recorded."""

    metadata: Fields
    revision: str | None = None
    gated: Gating | None = None
    files: tuple[str, ...] | None = None


@record(frozen=True, slots=True)
class CatalogueEntry:
    """One release of the catalogue; `captured` and `released` are days, months or years (ISO 8601), `facts` None off the Hub."""

    id: str
    name: str
    publisher: str
    on_hub: bool
    captured: str
    released: str = ""
    aliases: tuple[str, ...] = ()
    facts: EntryFacts | None = None
    findings: tuple[Attestation, ...] = ()


def find(name: str) -> str | None:
    """The catalogue's id for an id or an alias in any case; None where the catalogue has no such release."""
    return _names().get(name.lower())


def entry(name: str) -> CatalogueEntry:
    """The entry of a release by its id. Raises KeyError."""
    path = FOLDER / f"{name.lower().replace('/', '--')}.yaml"
    if not path.is_file():
        raise KeyError(name)
    return _read(path)


def licence_of(name: str) -> Ancestor | None:
    """A catalogued release as an ancestor with the licence that it states; None where the catalogue knows none."""
    known = find(name)
    if known is None:
        return None
    held = entry(known)
    stated = {key: value for key, value in held.facts.metadata.items() if key in _LICENCE} if held.facts else {}
    if stated:
        return Ancestor("model", name, stated, f"{endpoint()}/{known}", held.captured)
    attested = next((each for each in held.findings if each.about == "licence" and each.licence), None)
    if attested is None:
        return None
    return Ancestor("model", name, {"license": attested.licence}, attested.source, attested.seen)


def ids() -> list[str]:
    """Ids of every catalogued release, sorted."""
    return sorted(set(_names().values()), key=str.lower)


def stamp() -> str:
    """A text that changes whenever an entry does."""
    with os.scandir(FOLDER) as entries:
        stats = [each.stat() for each in entries]
    return f"{len(stats)}-{sum(stat.st_size for stat in stats)}-{max((stat.st_mtime_ns for stat in stats), default=0)}"


def references() -> list[str]:
    """Ids of the releases that others are compared with ("open compared to" something named)."""
    return [_read(path).id for path in _files() if "\nreference: true" in path.read_text(encoding="utf-8")]


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


@cache
def _names() -> dict[str, str]:
    """Ids and aliases in lower case, each with its id."""
    names: dict[str, str] = remember(_read_names, "catalogue", stamp())
    return names


def _read_names() -> dict[str, str]:
    """The names from the head of each file: the findings, which come last, are not parsed."""
    names = {}
    for path in _files():
        written = _parsed(path.read_text(encoding="utf-8").partition("\nfindings:")[0])
        for name in (written["id"], *written.get("aliases", ())):
            names[name.lower()] = written["id"]
    return names


@cache
def _read(path: Path) -> CatalogueEntry:
    text = path.read_text(encoding="utf-8")
    store, key = Cache(), ("entry", digest(text))
    kept = decode(CatalogueEntry, store.get(*key))
    if kept is None:
        kept = _entry(_parsed(text))
        store.put(encode(kept), *key)
    return kept


def _parsed(text: str) -> dict[str, Any]:
    import yaml

    written: dict[str, Any] = read_events(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))[0]
    return written


def _entry(written: Mapping[str, Any]) -> CatalogueEntry:
    facts = written.get("facts")
    return CatalogueEntry(
        written["id"],
        written["name"],
        written["publisher"],
        written["on_hub"],
        str(written["captured"]),
        str(written.get("released", "")),
        tuple(written.get("aliases", ())),
        _facts(facts) if facts else None,
        tuple(_attestation(said) for said in written.get("findings", ())),
    )


def _facts(written: Mapping[str, Any]) -> EntryFacts:
    files = written.get("files")
    return EntryFacts(
        {key: written[key] for key in _METADATA if key in written},
        written.get("revision"),
        _GATING.get(written.get("gated")),
        None if files is None else tuple(sorted(files)),
    )


def _attestation(said: Mapping[str, Any]) -> Attestation:
    return Attestation(
        about=said["about"],
        status=said.get("status", "released"),
        source=said["source"],
        seen=str(said["seen"]),
        author=AUTHOR,
        note=said.get("note", ""),
        value=said.get("value"),
        licence=said.get("licence"),
        confidence=said.get("confidence", "medium"),
    )
