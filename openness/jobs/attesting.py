"""A file in which a person says what they found: a draft for a release, or another index's record."""

from __future__ import annotations

import re

from openness.attest.files import parse
from openness.attest.importers import IMPORTERS
from openness.core.errors import AttestationError, UsageError
from openness.core.options import DEFAULT_TIMEOUT
from openness.engine import find
from openness.jobs.watcher import SILENT, Watcher
from openness.outputs.attestation import document, draft
from openness.sources.resolve import resolve


def draft_attestation(
    asked: str, offline: bool = False, timeout: float = DEFAULT_TIMEOUT, watcher: Watcher = SILENT
) -> str:
    """An attestation file, as YAML, for a person to confirm or correct what was found of a release.

    Raises the errors of `sources.resolve`.
    """
    watcher.begun(1, f"Looking at {asked}")
    try:
        release = resolve(asked, offline=offline, timeout=timeout)
        found = find(release, attestations=False)
    finally:
        watcher.ended()
    return draft(release.id, release.revision, found, release.provenance.seen_on)


def import_record(file: str, origin: str, seen: str | None) -> str:
    """An attestation file, as YAML, from another index's record: `origin` is mot or osai, `seen` the record's day (ISO 8601).

    Raises `UsageError`, and `AttestationError` for a record that cannot be used.
    """
    if origin not in IMPORTERS:
        raise UsageError(f"no index is called {origin!r}", f"records are read of {', '.join(IMPORTERS)}")
    if not seen or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", seen):
        raise UsageError("the day of the record is missing", "give it as --seen 2026-11-24")
    data, _ = parse(file)
    if not isinstance(data, dict):
        raise AttestationError(f"{file}: is no mapping")
    return document(IMPORTERS[origin](data, seen))
