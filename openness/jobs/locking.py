"""Locking: the revisions that a project looked at, written down with what was concluded of them."""

from __future__ import annotations

from pathlib import Path

from openness.core.errors import NotUnderstood, OpennessError, SourceUnavailable
from openness.core.options import DEFAULT_TIMEOUT
from openness.core.record import record
from openness.core.release import Need
from openness.jobs.files import put
from openness.jobs.licencefiles import licence_texts
from openness.jobs.project import Seen, look_at, read_project
from openness.jobs.watcher import SILENT, Watcher
from openness.policy import lock


@record(frozen=True, slots=True)
class LockWritten:
    """The lock that was written, or, where there are errors, left as it was.

    `releases` is how many it holds, `looked_at` how many of them were looked at now. `project` is the file with the demands.
    """

    project: str
    path: Path
    releases: int
    looked_at: int
    errors: tuple[OpennessError, ...] = ()


def write_lock(
    config: str | None = None, upgrade: bool = False, timeout: float = DEFAULT_TIMEOUT, watcher: Watcher = SILENT
) -> LockWritten:
    """Write a project's lock: what is in it stays, unless `upgrade` asks to look at every release anew.

    A project without releases gets no lock. Raises `PolicyError`, and `UsageError` where the lock cannot be written.
    """
    project = read_project(config)
    path = project.folder / project.config.lock
    pinned = {} if upgrade else lock.read(path)
    entries = project.entries()
    if not entries:
        return LockWritten(project.file, path, 0, 0)
    held = {entry.id for entry in entries if entry.id in pinned and pinned[entry.id].wanted == (entry.revision or "")}
    kept = [pinned[entry.id] for entry in entries if entry.id in held]
    wanted = [entry for entry in entries if entry.id not in held]
    errors: list[OpennessError] = []
    for entry, found in zip(wanted, look_at(project, wanted, {}, timeout=timeout, watcher=watcher), strict=True):
        if isinstance(found, OpennessError):
            errors.append(found)
        elif (error := _not_seen(found)) is not None:
            errors.append(error)
        else:
            kept.append(lock.locked(entry.id, entry.revision, found.card, licence_texts(found.release)))
    if not errors:
        put(path, lock.write(kept).encode())
    return LockWritten(project.file, path, len(kept), len(wanted), tuple(errors))


def _not_seen(seen: Seen) -> OpennessError | None:
    """Why a release cannot be locked as it was seen; None where its licence files and the list of its files were seen.

    A lock that was written while a licence file could not be read would have nothing to tell its change by.
    """
    missing = seen.release.missing
    for need, why in missing.items():
        if need in _DECIDING and why.retriable:
            return SourceUnavailable(f"{seen.release.id}: {why.detail or why.reason.value}", "try again")
    for need in (Need.LICENCE_TEXT, Need.FILE_LIST):
        if need in missing:
            why = missing[need]
            return NotUnderstood(
                f"{seen.release.id}: {why.detail or why.reason.value}; what was not read cannot be locked",
                "where it is behind a gate, set HF_TOKEN to a token that may read it",
            )
    return None


_DECIDING = frozenset({Need.LICENCE_TEXT, Need.FILE_LIST, Need.CARD, Need.CARD_METADATA, Need.GATING})
"""Facts that a lock is made of."""
