"""Reads attestation files and chooses the attestations that apply to a release and have not expired."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from openness.core.errors import AttestationError
from openness.core.events import StructureError, read_events
from openness.core.record import record
from openness.core.release import Attestation, Release

if TYPE_CHECKING:
    from openness.attest.schema import AttestationFile

LIMIT = 1 << 20
"""Largest file that is read, in bytes."""


@record(frozen=True, slots=True)
class AttestationSet:
    """The attestations of one file; `expires` holds the last day of each (ISO 8601), None for no end."""

    file: str
    release: str
    revision: str | None
    attestations: tuple[Attestation, ...]
    expires: tuple[str | None, ...]


def load(path: str) -> AttestationSet:
    """The attestations of a file. Raises `AttestationError` with line and column of everything that is wrong."""
    data, places = parse(path)
    # pydantic takes 150 ms to import, and only a score with attestations needs it
    read: AttestationFile = import_module("openness.attest.schema").check(data, places, path)
    said = tuple(
        Attestation(
            about=each.about,
            status=each.status,
            source=each.source,
            seen=each.seen,
            author=read.author,
            note=each.note,
            value=each.value,
            licence=each.licence,
            confidence=each.confidence,
            quote=each.quote,
            supersedes=each.supersedes,
        )
        for each in read.findings
    )
    return AttestationSet(path, read.release, read.revision, said, tuple(each.expires for each in read.findings))


def parse(path: str) -> tuple[object, dict[tuple[str | int, ...], tuple[int, int]]]:
    """The data of a YAML file, and the line and column of each value. Raises `AttestationError`."""
    import yaml

    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise AttestationError(f"{path}: cannot be read ({error.strerror})", "give the path of a YAML file") from None
    if len(raw) > LIMIT:
        raise AttestationError(f"{path}: larger than 1 MiB")
    try:
        return read_events(yaml.parse(raw.decode("utf-8-sig"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except UnicodeDecodeError:
        raise AttestationError(f"{path}: is not UTF-8") from None
    except StructureError as error:
        raise AttestationError(f"{path}:{error.line}:{error.column}: {error.message}") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise AttestationError(f"{path}{where}: {getattr(error, 'problem', None) or 'is not YAML'}") from None


def fitting(sets: tuple[AttestationSet, ...], release: Release) -> tuple[tuple[Attestation, ...], tuple[str, ...]]:
    """The attestations that apply to the release as it was seen, and a notice for each that was left out."""
    day = release.provenance.seen_on
    chosen: list[Attestation] = []
    notices: list[str] = []
    for each in sets:
        if each.release.lower() != release.id.lower():
            notices.append(f"{each.file} is about {each.release} and was not used.")
        elif each.revision and not (release.revision or "").startswith(each.revision):
            notices.append(f"{each.file} is about revision {each.revision} and was not used.")
        else:
            for said, last in zip(each.attestations, each.expires, strict=True):
                if last and last < day:
                    notices.append(f"{each.file}: what it attests of {said.about} expired on {last} and was not used.")
                else:
                    chosen.append(said)
    return tuple(chosen), tuple(notices)
