"""`openness attest`: a file in which a person says what they found."""

from __future__ import annotations

import re

from openness.cli.page import target, write
from openness.core.errors import EXIT_OK, AttestationError, UsageError


def write_attestation(
    asked: str,
    output: str | None = None,
    origin: str | None = None,
    seen: str | None = None,
    offline: bool = False,
    timeout: float = 15.0,
) -> int:
    """Write a draft for a release, or (`origin`: mot, osai) a record of another index as an attestation file: 0.

    `seen` is the day (ISO 8601) of such a record. Raises `UsageError`, `AttestationError`, and what `engine.findings` does.
    """
    path = target(output)
    page = _imported(asked, origin, seen) if origin else _drafted(asked, offline, timeout)
    write(page, path)
    return EXIT_OK


def _drafted(asked: str, offline: bool, timeout: float) -> str:
    from openness.cli.progress import progress
    from openness.engine import Options, findings
    from openness.outputs.attestation import draft

    with progress(f"Looking at {asked} …"):
        release, found = findings(asked, Options(offline=offline, timeout=timeout))
    return draft(release.id, release.revision, found, release.provenance.seen_on)


def _imported(file: str, origin: str, seen: str | None) -> str:
    from openness.attest.files import parse
    from openness.attest.importers import IMPORTERS
    from openness.outputs.attestation import document

    if origin not in IMPORTERS:
        raise UsageError(f"no index is called {origin!r}", f"records are read of {', '.join(IMPORTERS)}")
    if not seen or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", seen):
        raise UsageError("the day of the record is missing", "give it as --seen 2026-11-24")
    data, _ = parse(file)
    if not isinstance(data, dict):
        raise AttestationError(f"{file}: is no mapping")
    return document(IMPORTERS[origin](data, seen))
