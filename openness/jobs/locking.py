"""Locking: the revisions that a project looked at, written down with what was concluded of them."""

from __future__ import annotations

from pathlib import Path

from openness.core.errors import OpennessError
from openness.core.options import DEFAULT_TIMEOUT
from openness.core.record import record
from openness.jobs.files import put
from openness.jobs.project import licence_texts, look_at, read_project
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
    kept = [pinned[entry.id] for entry in entries if entry.id in pinned]
    wanted = [entry for entry in entries if entry.id not in pinned]
    errors: list[OpennessError] = []
    for entry, found in zip(wanted, look_at(project, wanted, {}, timeout=timeout, watcher=watcher), strict=True):
        if isinstance(found, OpennessError):
            errors.append(found)
        else:
            kept.append(lock.locked(entry.id, found.card, licence_texts(found.release)))
    if not errors:
        put(path, lock.write(kept).encode())
    return LockWritten(project.file, path, len(kept), len(wanted), tuple(errors))
