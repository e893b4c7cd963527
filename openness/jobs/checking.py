"""Checking: a project's releases held against what the project demands of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from openness.core.gate import DemandResult, Gated, Outcome
from openness.core.kleene import Truth
from openness.core.options import CheckOptions
from openness.core.record import record
from openness.engine import TOOL, load
from openness.jobs.project import Seen, look_at, read_project
from openness.jobs.regressions import regressed
from openness.jobs.watcher import SILENT, Watcher
from openness.policy import baseline, gate, lock
from openness.policy.lock import Locked
from openness.policy.project import Project, today
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
    tolerated = baseline.read(project.folder / path) if path else frozenset()
    entries = project.entries()
    for name in {project.config.demands(entry).rubric for entry in entries}:
        load(name)  # a fault in a rubric is told before anybody is asked
    pinned = lock.read(project.folder / project.config.lock)
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
    day = today().isoformat()
    marked, unused = gate.excused(results, project, tolerated, day)
    listed = {each.id for each in entries}
    stale = [f"{name} is in the lock and not among the releases." for name in sorted(pinned.keys() - listed)]
    gated = Gated(tuple(marked), (*unused, *stale), TOOL, day)
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
        rubric = project.config.demands(entry).rubric
        if (each.rubric, each.digest) != (rubric, load(rubric).compiled.digest):
            raise PolicyError(
                f"{project.config.lock}: {entry.id} was locked under another rubric, or another version of {rubric}",
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
    yield gate.result(card, looked_at, at, at)
    classes = load(policy.rubric).rubric.class_ids
    yield from gate.results(card, entry, policy, classes, project)
    if before and card.release.revision:
        yield from regressed(before, seen, classes, at, offline)
