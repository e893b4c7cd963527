"""The bundled catalogue: facts and attested findings of well-known releases, each with its public source and date."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from openness.core.events import read_events
from openness.core.release import Ancestor, Attestation, File, Gating, Need, Provenance, Reason, Release, Unread
from openness.core.text import digest
from openness.sources import hubfacts
from openness.sources.cache import remember
from openness.sources.reference import endpoint

FOLDER = Path(__file__).parent / "bundled"
AUTHOR = "openness catalogue"

_GATING = {False: Gating.NONE, "auto": Gating.AUTO, "manual": Gating.MANUAL}


def find(name: str) -> str | None:
    """The catalogue's id for an id or an alias in any case; None when it holds no such release."""
    return _names().get(name.lower())


def entry(id: str) -> Mapping[str, Any]:
    """The entry of a catalogued release, as it is written. Raises KeyError."""
    return _read(_file(id))


def load(id: str, asked: str, why: str = "") -> Release:
    """A catalogued release by its id. What an entry does not record is missing, never absent. Raises KeyError."""
    written = entry(id)
    facts: Mapping[str, Any] = written.get("facts") or {}
    listed = facts.get("files")
    missing = {
        need: Unread(Reason.NOT_RECORDED, f"the catalogue does not hold {what}")
        for need, what in (
            (Need.CARD, "cards"),
            (Need.LICENCE_TEXT, "licence texts"),
            (Need.REVISIONS, "branches and tags"),
            (Need.LINKED, "linked repositories"),
        )
    }
    if listed is None:
        missing[Need.FILE_LIST] = Unread(Reason.NOT_RECORDED, "the catalogue has no file list of this release")
    if "gated" not in facts:
        missing[Need.GATING] = Unread(Reason.NOT_RECORDED, "the catalogue does not say whether access is gated")
    if not facts:
        absent = Unread(Reason.NOT_RECORDED, "the release has no page on the Hub")
        missing |= {Need.HUB_INFO: absent, Need.CARD_METADATA: absent, Need.LINEAGE: absent}
    metadata = {key: facts[key] for key in _METADATA if key in facts}
    bases, relation = hubfacts.base_models({}, metadata)
    return Release(
        id=written["id"],
        asked=asked,
        revision=facts.get("revision"),
        name=written["name"],
        publisher=written["publisher"],
        url=f"{endpoint()}/{written['id']}" if written["on_hub"] else "",
        on_hub=written["on_hub"],
        provenance=Provenance("catalogue", str(written["captured"]), why),
        gated=_GATING.get(facts["gated"]) if "gated" in facts else None,
        metadata=metadata,
        files=tuple(File(path) for path in sorted(listed or ())),
        base_models=bases,
        base_relation=relation,
        ancestors=_ancestors(bases, metadata, str(written["captured"])),
        missing=missing,
        attested=tuple(attestations(id)),
        dates={"released": str(written["released"])} if "released" in written else {},
    )


def _ancestors(bases: tuple[str, ...], metadata: Mapping[str, object], seen: str) -> tuple[Ancestor, ...]:
    from openness.sources.ancestry import ancestors  # which asks this module what it holds

    return ancestors(bases, metadata, {}, seen)


_METADATA = ("license", "license_name", "license_link", "pipeline_tag", "base_model", "base_model_relation", "datasets")


def attestations(id: str) -> Iterator[Attestation]:
    """The attested findings of a catalogued release. Raises KeyError."""
    for said in entry(id).get("findings", ()):
        yield Attestation(
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


def licence_of(id: str) -> tuple[dict[str, object], str, str] | None:
    """What a catalogued release says of its licence (`license` fields), where, and the day that was seen; None if nothing."""
    known = find(id)
    if known is None:
        return None
    written = entry(known)
    facts: Mapping[str, Any] = written.get("facts") or {}
    said = {key: facts[key] for key in ("license", "license_name", "license_link") if key in facts}
    if said:
        return said, f"{endpoint()}/{known}", str(written["captured"])
    attested = next((each for each in attestations(known) if each.about == "licence" and each.licence), None)
    return ({"license": attested.licence}, attested.source, attested.seen) if attested else None


def ids() -> list[str]:
    """Ids of every catalogued release, sorted."""
    return sorted(set(_names().values()), key=str.lower)


def stamp() -> str:
    """Changes whenever an entry does."""
    with os.scandir(FOLDER) as entries:
        stats = [entry.stat() for entry in entries]
    return f"{len(stats)}-{sum(stat.st_size for stat in stats)}-{max((stat.st_mtime_ns for stat in stats), default=0)}"


def references() -> list[str]:
    """Ids of the releases that others are compared with (episode 00:08: "open compared to" something named)."""
    marked = (path for path in _files() if "\nreference: true" in path.read_text(encoding="utf-8"))
    return [_read(path)["id"] for path in marked]


def _file(id: str) -> Path:
    path = FOLDER / f"{id.lower().replace('/', '--')}.yaml"
    if not path.is_file():
        raise KeyError(id)
    return path


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


@cache
def _names() -> dict[str, str]:
    """Ids and aliases, in lower case, each with its id."""
    names: dict[str, str] = remember(_read_names, "catalogue", stamp())
    return names


def _read_names() -> dict[str, str]:
    """The names from the head of each file, without parsing the whole (the findings come last)."""
    names = {}
    for path in _files():
        head = path.read_text(encoding="utf-8").partition("\nfindings:")[0]
        written = _events(head)
        for name in (written["id"], *written.get("aliases", ())):
            names[name.lower()] = written["id"]
    return names


@cache
def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    written: dict[str, Any] = remember(lambda: _events(text), "catalogue", digest(text))
    return written


def _events(text: str) -> dict[str, Any]:
    import yaml

    written: dict[str, Any] = read_events(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))[0]
    return written
