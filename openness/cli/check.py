"""`openness check` and `openness lock`: a project's demands read, its releases scored, the outcome written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from openness.cli.guard import say, tell, worst
from openness.cli.page import fitting, target, write
from openness.core.errors import (
    EXIT_NOTHING,
    EXIT_OK,
    EXIT_RETRY,
    EXIT_UNDECIDED,
    EXIT_VIOLATED,
    OpennessError,
    PolicyError,
    SourceUnavailable,
)
from openness.core.gate import DemandResult, Gated, Outcome
from openness.core.kleene import Truth

if TYPE_CHECKING:
    from openness.core.release import Release
    from openness.core.scorecard import Scorecard
    from openness.policy.lock import Locked, Regression
    from openness.policy.project import Project
    from openness.policy.schema import WatchedRelease

CODES = {
    Outcome.HOLDS: EXIT_OK,
    Outcome.EXCEPTED: EXIT_OK,
    Outcome.TOLERATED: EXIT_OK,
    Outcome.VIOLATED: EXIT_VIOLATED,
    Outcome.UNDECIDED: EXIT_UNDECIDED,
    Outcome.RETRY: EXIT_RETRY,
}
MOST_LINES = 60
"""Lines shown of the difference of two licence texts."""

Seen = tuple["Release", "Scorecard"]


def run_check(
    formats: Sequence[str] = ("table",),
    config: str | None = None,
    locked: bool = False,
    offline: bool = False,
    baseline: str | None = None,
    write_baseline: str | None = None,
    exit_zero: bool = False,
    timeout: float = 15.0,
) -> int:
    """Check a project's releases, write the outcome in every format, and return the exit code, which no format changes."""
    from openness.outputs.check import check_page, check_targets

    pages = [(name, target(file)) for name, file in check_targets(formats)]
    gated, codes, project = check(config, locked, offline, baseline, timeout)
    if write_baseline:
        from openness.policy import baseline as baselines

        write(baselines.write(gated.results), target(write_baseline))
    for name, path in pages:
        write(check_page(gated, name, fitting()), path)
    for notice in gated.notices:
        say(notice)
    if not gated.results and not codes:
        say(f"{project.file} names no release")
        return EXIT_NOTHING
    code = worst([*codes, *(_code(each, project) for each in gated.results)])
    return EXIT_OK if exit_zero and code in (EXIT_VIOLATED, EXIT_UNDECIDED) else code


def _code(result: DemandResult, project: Project) -> int:
    if result.outcome is Outcome.UNDECIDED and project.config.on_unknown != "fail":
        return EXIT_OK
    return CODES[result.outcome]


def check(
    config: str | None = None,
    locked: bool = False,
    offline: bool = False,
    baseline: str | None = None,
    timeout: float = 15.0,
) -> tuple[Gated, list[int], Project]:
    """A project's results, the exit codes of what could not be scored, and the project.

    Raises `PolicyError` for demands, a lock or a baseline that cannot be used.
    """
    from openness.engine import TOOL, load
    from openness.policy import baseline as baselines
    from openness.policy import gate, lock
    from openness.policy.project import today

    project = _project(config)
    path = baseline or project.config.baseline
    tolerated = baselines.read(project.folder / path) if path else frozenset()
    entries = project.entries()
    for name in {project.config.demands(entry).rubric for entry in entries}:
        load(name)  # what is wrong with a rubric is said before anybody is asked
    pinned = lock.read(project.folder / project.config.lock)
    if locked:
        _covered(entries, pinned, project)
    results: list[DemandResult] = []
    codes: list[int] = []
    seen = _score(project, pinned if locked else {}, offline, timeout)
    for entry, outcome in zip(entries, seen, strict=True):
        if isinstance(outcome, OpennessError):
            tell(outcome)
            codes.append(outcome.exit_code)
            results.append(_unseen(entry, outcome, project))
        else:
            results += _judged(entry, outcome, pinned.get(entry.id), project)
    day = today().isoformat()
    marked, unused = gate.excused(results, project, tolerated, day)
    stale = [
        f"{id} is in the lock and not among the releases."
        for id in sorted(pinned.keys() - {each.id for each in entries})
    ]
    return Gated(tuple(marked), (*unused, *stale), TOOL, day), codes, project


def _project(config: str | None) -> Project:
    from openness.policy import project

    return project.read(Path(config) if config else project.find(Path.cwd()))


def _covered(entries: Sequence[WatchedRelease], pinned: Mapping[str, Locked], project: Project) -> None:
    """Raise `PolicyError` where the lock does not hold what is to be checked."""
    from openness.engine import load

    if not pinned and entries:
        raise PolicyError(f"there is no {project.config.lock} to check against", "openness lock writes it")
    for entry in entries:
        each = pinned.get(entry.id)
        if each is None:
            raise PolicyError(f"{project.config.lock} does not hold {entry.id}", "openness lock adds it")
        rubric = project.config.demands(entry).rubric
        if (each.rubric, each.digest) != (rubric, load(rubric).compiled.digest):
            raise PolicyError(
                f"{project.config.lock}: {entry.id} was locked under another rubric, or version of it, than {rubric}",
                "openness lock --upgrade looks anew",
            )


def _score(
    project: Project,
    pinned: Mapping[str, Locked],
    offline: bool,
    timeout: float,
    wanted: Sequence[WatchedRelease] | None = None,
) -> list[Seen | OpennessError]:
    """Every release (or those `wanted`) with its scorecard, or what kept us from it; asked for concurrently."""
    from concurrent.futures import ThreadPoolExecutor

    from openness.cli.progress import progress
    from openness.engine import Options, look

    attested = tuple(str(path) for each in project.config.attestations for path in sorted(project.folder.glob(each)))

    def one(entry: WatchedRelease) -> Seen | OpennessError:
        revision = pinned[entry.id].revision if entry.id in pinned else entry.revision
        rubric = project.config.demands(entry).rubric
        options = Options(rubric, offline, timeout=timeout, attest=attested, standings=False)
        try:
            return _fresh(look(f"{entry.id}@{revision}" if revision else entry.id, options), revision, offline)
        except OpennessError as error:
            return error

    entries = project.entries() if wanted is None else wanted
    if not entries:
        return []
    with progress(f"Looking at {len(entries)} releases …"), ThreadPoolExecutor(min(4, len(entries))) as pool:
        return list(pool.map(one, entries))


def _fresh(seen: Seen, revision: str | None, offline: bool) -> Seen:
    """What was seen, if it is of today or of a fixed commit: what is remembered must not turn a gate green in an outage.

    Raises `SourceUnavailable`.
    """
    release = seen[0]
    source = release.provenance.source
    remembered = (source == "catalogue" and release.on_hub) or (source == "cache" and release.revision != revision)
    if remembered and not offline:
        why = release.notices[0] if release.notices else "the Hub could not be asked"
        raise SourceUnavailable(f"{release.id}: {why}", "try again, or ask for what is remembered with --offline")
    return seen


def _unseen(entry: WatchedRelease, error: OpennessError, project: Project) -> DemandResult:
    """A release that could not be scored: never green."""
    from openness.policy.gate import fingerprint

    outcome = Outcome.RETRY if error.exit_code == EXIT_RETRY else Outcome.UNDECIDED
    at = project.release_line(entry.id)
    return DemandResult(
        entry.id, entry.revision, "available", outcome, f"could not be looked at: {error.message}", at, at,
        error.hint or "try again", fingerprint=fingerprint(entry.id, "available"),
    )  # fmt: skip


def _judged(entry: WatchedRelease, seen: Seen, before: Locked | None, project: Project) -> Iterator[DemandResult]:
    from openness.engine import load
    from openness.policy import gate

    release, card = seen
    policy = project.config.demands(entry)
    at = project.release_line(entry.id)
    found = " or ".join(title for _, title in card.verdict.classes)
    yield gate.result(
        card, gate.Ruling("id", "available", Truth.TRUE, f"looked at: {found} ({card.rubric.id})", ""), at, at
    )
    classes = [id for id, *_ in load(policy.rubric).compiled.classes]
    yield from gate.results(card, entry, policy, classes, project)
    if before and card.release.revision:
        yield from _regressions(entry, release, card, before, classes, project)


def _regressions(
    entry: WatchedRelease, release: Release, card: Scorecard, before: Locked, classes: Sequence[str], project: Project
) -> Iterator[DemandResult]:
    from dataclasses import replace

    from openness.policy import gate, lock

    now = lock.locked(entry.id, card, _texts(release))
    at = project.release_line(entry.id)
    for each in lock.regressions(before, now, classes):
        licence = tuple(finding for finding in card.findings if finding.about == "licence")
        ruling = gate.Ruling(
            "lock",
            each.rule,
            Truth.FALSE if each.certain else Truth.UNKNOWN,
            each.message,
            "look at it, and then openness lock --upgrade",
            licence,
        )
        yield replace(gate.result(card, ruling, at, at), detail=_difference(before, release, each))


def _texts(release: Release) -> dict[str, str]:
    """SHA-256 of the licence files that were read, by path."""
    from openness.core.text import digest

    return {text.path: digest(text.text) for text in release.texts}


def _difference(before: Locked, release: Release, regression: Regression) -> str:
    """How the licence texts differ, where the old ones are still to be had."""
    if not regression.texts:
        return ""
    from difflib import unified_diff

    from openness.engine import Options, look

    try:
        old = {text.path: text.text for text in look(f"{before.id}@{before.revision}", Options(before.rubric))[0].texts}
    except OpennessError as error:
        return f"The text of {before.revision[:12]} could not be had: {error.message}"
    new = {text.path: text.text for text in release.texts}
    lines: list[str] = []
    for path in regression.texts:
        names = f"{path} @ {before.revision[:12]}", f"{path} @ {(release.revision or '')[:12]}"
        lines += unified_diff(old.get(path, "").splitlines(), new.get(path, "").splitlines(), *names, n=1, lineterm="")
    more = [f"… {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES] + more)


def run_lock(config: str | None = None, upgrade: bool = False, timeout: float = 15.0) -> int:
    """Write the lock: what is in it stays as it is, unless `upgrade` asks to look anew. Returns the exit code."""
    from openness.policy import lock

    project = _project(config)
    path = project.folder / project.config.lock
    pinned = {} if upgrade else lock.read(path)
    entries = project.entries()
    if not entries:
        say(f"{project.file} names no release")
        return EXIT_NOTHING
    wanted = [entry for entry in entries if entry.id not in pinned]
    codes: list[int] = []
    kept = [pinned[entry.id] for entry in entries if entry.id in pinned]
    for entry, outcome in zip(wanted, _score(project, {}, False, timeout, wanted), strict=True):
        if isinstance(outcome, OpennessError):
            tell(outcome)
            codes.append(outcome.exit_code)
        else:
            release, card = outcome
            kept.append(lock.locked(entry.id, card, _texts(release)))
    if codes:
        say(f"{path.name} is left as it was")
        return worst(codes)
    write(lock.write(kept), path)
    say(f"{path.name}: {len(kept)} releases, {len(wanted)} of them looked at now")
    return EXIT_OK
