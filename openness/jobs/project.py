"""The releases that a project depends on, looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from openness.core.errors import BadAnswer, OpennessError, SourceUnavailable
from openness.core.options import DEFAULT_TIMEOUT, Options
from openness.core.record import record
from openness.core.release import Release
from openness.core.scorecard import Scorecard
from openness.engine import look
from openness.jobs.batch import run
from openness.jobs.watcher import SILENT, Watcher
from openness.policy.lock import Locked
from openness.policy.project import Project, find, read
from openness.policy.schema import WatchedRelease
from openness.sources import catalogue
from openness.sources.reference import names_folder, parse_reference


@record(frozen=True, slots=True)
class Seen:
    """A release that a project depends on, and its scorecard by the rubric that the project judges it by."""

    release: Release
    card: Scorecard


def read_project(config: str | None) -> Project:
    """The project that a file describes, None for the nearest file upwards. Raises `PolicyError`."""
    return read(Path(config) if config else find(Path.cwd()))


def look_at(
    project: Project,
    entries: Sequence[WatchedRelease],
    pinned: Mapping[str, Locked],
    offline: bool = False,
    timeout: float = DEFAULT_TIMEOUT,
    watcher: Watcher = SILENT,
) -> list[Seen | OpennessError]:
    """Each release at its pinned revision, else at the one that its entry names, else at the newest; or its error."""
    attested = tuple(str(path) for each in project.config.attestations for path in sorted(project.folder.glob(each)))
    by_id = {entry.id: entry for entry in entries}

    def one(name: str) -> Seen:
        entry = by_id[name]
        revision = pinned[name].revision if name in pinned else entry.revision
        options = Options(
            rubric=project.config.demands(entry).rubric,
            offline=offline,
            timeout=timeout,
            attest=attested,
            standings=False,
        )
        release, cards = look(f"{name}@{revision}" if revision else name, options)
        return _fresh(Seen(release, cards[0]), revision, offline)

    watcher.begun(len(entries), f"Looking at {len(entries)} releases")
    try:
        return list(run([entry.id for entry in entries], one, watcher))
    finally:
        watcher.ended()


def _fresh(seen: Seen, revision: str | None, offline: bool) -> Seen:
    """What was seen, if it is of today or of a fixed commit: a remembered answer must not turn a gate green in an outage.

    Raises `SourceUnavailable`.
    """
    release = seen.release
    source = release.provenance.source
    remembered = (source == "catalogue" and release.on_hub) or (source == "cache" and release.revision != revision)
    if remembered and not offline:
        why = release.notices[0] if release.notices else "the Hub could not be asked"
        raise SourceUnavailable(f"{release.id}: {why}", "try again, or ask for what is remembered with --offline")
    if revision and re.fullmatch("[0-9a-f]{40}", revision) and release.revision != revision:
        raise BadAnswer(
            f"{release.id}: commit {revision[:12]} was asked for, and {(release.revision or 'none')[:12]} was answered",
            "is it a Hub? See HF_ENDPOINT",
        )
    return seen


def name_asked(name: str) -> str:
    """The id that a name in a project's file stands for; '' for a folder. Raises `UsageError` for a malformed name."""
    if names_folder(name):
        return ""
    words = name.strip().partition("@")[0]
    known = catalogue.find(words) if "/" not in words else None
    return known or parse_reference(name).id
