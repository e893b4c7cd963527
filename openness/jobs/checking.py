"""Checking: a project's releases held against what the project demands of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from openness.core.errors import (
    EXIT_NOTHING,
    EXIT_OK,
    EXIT_RETRY,
    EXIT_UNDECIDED,
    EXIT_VIOLATED,
    OpennessError,
    PolicyError,
    worst,
)
from openness.core.gate import DemandResult, Gated, Line, Outcome
from openness.core.kleene import Truth
from openness.core.options import CheckOptions
from openness.core.record import record
from openness.engine import TOOL, load
from openness.jobs.licencefiles import evidence, not_understood
from openness.jobs.project import Seen, look_at, name_asked, read_project
from openness.jobs.regressions import regressed
from openness.jobs.watcher import SILENT, Watcher
from openness.policy import baseline, gate, lock
from openness.policy.lock import Locked
from openness.policy.project import Project, deadline, today
from openness.policy.schema import WatchedRelease

CODES = {
    Outcome.HOLDS: EXIT_OK,
    Outcome.EXCEPTED: EXIT_OK,
    Outcome.TOLERATED: EXIT_OK,
    Outcome.VIOLATED: EXIT_VIOLATED,
    Outcome.UNDECIDED: EXIT_UNDECIDED,
    Outcome.RETRY: EXIT_RETRY,
}


@record(frozen=True, slots=True)
class Checked:
    """A project that was checked: its results, why releases could not be scored, and the file that states the demands.

    `exit_code` is the command's, by the README's table.
    """

    gated: Gated
    errors: tuple[OpennessError, ...]
    file: str
    exit_code: int


def check(options: CheckOptions, watcher: Watcher = SILENT) -> Checked:
    """Hold a project's releases against its demands. A release that could not be scored is among the results.

    Raises `PolicyError` for demands, a lock or a baseline that cannot be used, `RubricError` for a rubric that cannot.
    """
    project = read_project(options.config)
    path = options.baseline or project.config.baseline
    tolerated = baseline.read(project.folder / path) if path else {}
    entries = project.entries()
    for name in {project.config.demands(entry).rubric for entry in entries}:
        load(name)  # a fault in a rubric is told before anybody is asked
    pinned = lock.read(project.folder / project.config.lock)
    _known_classes(pinned, project)
    if options.locked:
        _covered(entries, pinned, project)
    results: list[DemandResult] = []
    errors: list[OpennessError] = []
    at_revisions = pinned if options.locked else {}
    seen = look_at(project, entries, at_revisions, options.offline, options.timeout, watcher)
    for entry, found in zip(entries, seen, strict=True):
        if isinstance(found, OpennessError):
            errors.append(found)
            results.append(_unseen(entry, found, project))
        else:
            results += _judged(entry, found, pinned.get(entry.id), project, options.offline)
    marked, unused = gate.excused(results, project, tolerated, deadline().isoformat())
    listed = {each.id for each in entries}
    stale = [f"{name} is in the lock and not among the releases." for name in sorted(pinned.keys() - listed)]
    open_ends = (*stale, *_uncovered(entries, pinned, project))
    gated = Gated(tuple(marked), (*unused, *open_ends), TOOL, today().isoformat())
    return Checked(gated, tuple(errors), project.file, _exit_code(gated, errors, project))


def _exit_code(gated: Gated, errors: Sequence[OpennessError], project: Project) -> int:
    if not gated.results and not errors:
        return EXIT_NOTHING
    lenient = project.config.on_unknown != "fail"
    codes = (
        EXIT_OK if lenient and each.outcome is Outcome.UNDECIDED else CODES[each.outcome] for each in gated.results
    )
    return worst([*(error.exit_code for error in errors), *codes])


def _covered(entries: Sequence[WatchedRelease], pinned: Mapping[str, Locked], project: Project) -> None:
    """Raise `PolicyError` where the lock does not hold what is to be checked."""
    if not pinned and entries:
        raise PolicyError(f"there is no {project.config.lock} to check against", "openness lock writes it")
    for entry in entries:
        each = pinned.get(entry.id)
        if each is None:
            raise PolicyError(f"{project.config.lock} does not hold {entry.id}", "openness lock adds it")
        rubric = load(project.config.demands(entry).rubric)
        if each.wanted != (entry.revision or ""):
            raise PolicyError(
                f"{project.config.lock}: {entry.id} was locked at {each.wanted or 'its newest revision'}, and the project "
                f"names {entry.revision or 'none'}",
                "openness lock looks anew",
            )
        if (each.rubric, each.digest) != (rubric.rubric.id, rubric.compiled.digest):
            raise PolicyError(
                f"{project.config.lock}: {entry.id} was locked under another rubric, or another version of "
                f"{rubric.rubric.id}",
                "openness lock --upgrade looks anew",
            )


def _unseen(entry: WatchedRelease, error: OpennessError, project: Project) -> DemandResult:
    """The result for a release that could not be scored: never green."""
    at = project.release_line(entry.id)
    return DemandResult(
        release=entry.id,
        revision=entry.revision,
        rule="available",
        outcome=Outcome.RETRY if error.exit_code == EXIT_RETRY else Outcome.UNDECIDED,
        message=f"could not be looked at: {error.message}",
        at=at,
        rule_at=at,
        fix=error.hint or "try again",
        fingerprint=gate.fingerprint(entry.id, "available"),
    )


def _judged(
    entry: WatchedRelease, seen: Seen, before: Locked | None, project: Project, offline: bool
) -> Iterator[DemandResult]:
    card = seen.card
    policy = project.config.demands(entry)
    at = project.release_line(entry.id)
    found = " or ".join(title for _, title in card.verdict.classes)
    looked_at = gate.Ruling("id", "available", Truth.TRUE, f"looked at: {found} ({card.rubric.id})", "")
    yield gate.result(entry.id, card, looked_at, at, at)
    yield from _named(entry, seen, at)
    yield from _all_licence_files(entry, seen, at)
    classes = load(policy.rubric).rubric.class_ids
    yield from gate.results(card, entry, policy, classes, project)
    if before and card.release.revision:
        yield from regressed(before, seen, classes, at, offline)


def _named(entry: WatchedRelease, seen: Seen, at: Line) -> Iterator[DemandResult]:
    """A violation where another name was answered than was asked for: whoever holds it now may be somebody else."""
    asked, answered = name_asked(entry.id), seen.card.release.id
    if not asked or asked.lower() == answered.lower():
        return
    message = f"{asked} was asked for, and {answered} was answered: the release was renamed, or its name was taken over"
    fix = f"find out who holds {answered}, and name it in the project; or write an exception with a reason and an end date"
    yield gate.result(entry.id, seen.card, gate.Ruling("id", "renamed", Truth.FALSE, message, fix), at, at)


def _all_licence_files(entry: WatchedRelease, seen: Seen, at: Line) -> Iterator[DemandResult]:
    """What an open licence leaves undecided where another licence file beside it is not known to be an open one."""
    found = not_understood(seen.release, seen.card)
    if not found:
        return
    message = f"other terms may be in force: {'; '.join(f'{path} {why}' for path, why in found[:5])}"
    fix = "read these files, and write an exception with a reason and an end date"
    ruling = gate.Ruling("id", "licence-files", Truth.UNKNOWN, message, fix)
    shown = tuple(evidence(seen.release, path) for path, _ in found[:5])
    yield replace(gate.result(entry.id, seen.card, ruling, at, at), evidence=shown)


def _known_classes(pinned: Mapping[str, Locked], project: Project) -> None:
    """Raise `PolicyError` for an entry of the lock with a class that its rubric does not have."""
    for entry in project.entries():
        each, loaded = pinned.get(entry.id), load(project.config.demands(entry).rubric)
        if each is None or (each.rubric, each.digest) != (loaded.rubric.id, loaded.compiled.digest):
            continue
        for name in each.classes:
            if name not in loaded.rubric.class_ids:
                raise PolicyError(
                    f"{project.config.lock}: {each.id}: the rubric {each.rubric} has no class {name!r}",
                    "`openness lock --upgrade` writes a new one",
                )


def _uncovered(entries: Sequence[WatchedRelease], pinned: Mapping[str, Locked], project: Project) -> Iterator[str]:
    """What the lock does not cover, in sentences; nothing where there is no lock and the project names none."""
    if (
        not pinned
        and "lock" not in project.config.model_fields_set
        and not (project.folder / project.config.lock).exists()
    ):
        return
    for entry in entries:
        each = pinned.get(entry.id)
        if each is None:
            yield f"{entry.id} is not in {project.config.lock}, so that nothing tells what became worse; openness lock adds it."
            continue
        yield from lock.gaps(each)
        rubric = load(project.config.demands(entry).rubric)
        if each.digest != rubric.compiled.digest:
            yield (
                f"{entry.id} was locked under another rubric, or another version of {rubric.rubric.id}: "
                "that its class became lower may not be noticed."
            )
