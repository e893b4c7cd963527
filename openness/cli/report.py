"""`openness report`: what to look at, looking, and writing the site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openness.cli.guard import say, tell, worst
from openness.core.errors import EXIT_OK, OpennessError, UsageError
from openness.core.record import record

if TYPE_CHECKING:
    from openness.batch import Journal, Result
    from openness.core.scorecard import Scorecard

MANIFEST = "files.json"
"""The list of what a report wrote, so that the next one removes what is no longer in it and touches nothing else."""
JOURNAL = ".openness-journal.jsonl"


@record(frozen=True, slots=True)
class Wanted:
    """The command's options, one by one."""

    models: tuple[str, ...] = ()
    out: str | None = None
    listed: str | None = None
    org: str | None = None
    saved: tuple[str, ...] = ()
    catalogue: bool = False
    card: bool = False
    rubric: str = "retort"
    also: str = ""
    title: str = "How open are these models?"
    url: str = ""
    badge: str = ""
    offline: bool = False
    follow: bool = False
    timeout: float = 15.0
    parquet: bool = True


def run_report(wanted: Wanted) -> int:
    """Write the report, or print the section for a card, and return the exit code."""
    folder = None if wanted.card else _folder(wanted.out)
    from openness.outputs.saved import read

    cards = [each for path in wanted.saved for each in read(path)]
    names = _names(wanted)
    if not names and not cards:
        raise UsageError("there is nothing to report on", "name models, or use --from, --org, --saved or --catalogue")
    scored, errors = _scored(names, wanted, folder)
    groups = _grouped([*cards, *scored])
    for error in errors:
        tell(error)
    if groups:
        if folder is None:
            _print_sections(groups, wanted)
        else:
            _write(groups, errors, wanted, folder)
    return worst([*(error.exit_code for error in errors), *([EXIT_OK] if groups else [])])


def _folder(out: str | None) -> Path:
    """The folder of the site, made where it is missing. Raises `UsageError` where it holds what no report wrote."""
    if not out:
        raise UsageError("--out is missing", "name the folder of the site, or use --card")
    folder = Path(out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        found = {each.name for each in folder.iterdir()}
    except OSError as error:
        raise UsageError(f"{out} cannot be used as a folder ({error.strerror})", "choose another") from None
    if found - {JOURNAL} and MANIFEST not in found:
        raise UsageError(f"{out} holds files that are no report's", "choose an empty folder")
    return folder


def _names(wanted: Wanted) -> list[str]:
    names = list(wanted.models)
    if wanted.listed:
        try:
            lines = Path(wanted.listed).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"{wanted.listed} cannot be read as text", "name a file with one model a line") from None
        names += [line.partition("#")[0].strip() for line in lines]
    if wanted.org:
        from openness.sources.listing import models_of

        names += models_of(wanted.org, wanted.timeout)
    if wanted.catalogue:
        from openness.sources import catalogue

        names += catalogue.ids()
    return [name for name in dict.fromkeys(names) if name]


def _scored(names: list[str], wanted: Wanted, folder: Path | None) -> tuple[list[Scorecard], list[OpennessError]]:
    """The scorecards of every release that can be had, and the errors of the others."""
    from openness.batch import Journal, interruptible, run
    from openness.engine import TOOL, Options, load, rubrics
    from openness.outputs.saved import scorecards

    if not names:
        return [], []
    options = Options(wanted.rubric, wanted.offline, False, wanted.timeout, True, wanted.follow, advise=True)
    others = ",".join(name for name in rubrics(wanted.also) if name != wanted.rubric) if wanted.also else ""
    digests = [load(name).compiled.digest for name in (wanted.rubric, *others.split(",")) if name]
    journal: Journal | None = None
    path = folder / JOURNAL if folder else None
    if path:
        try:
            journal = Journal(path, [*digests, TOOL, f"{wanted.offline} {wanted.follow} {wanted.catalogue}"])
        except OSError as error:
            raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another folder") from None
    cards: list[Scorecard] = []
    errors: list[OpennessError] = []
    look = _looker(options, others, wanted.catalogue)
    try:
        with interruptible() as stop, _counted(len(names)) as count:
            for number, found in enumerate(run(names, look, journal, stop), 1):
                if isinstance(found, OpennessError):
                    errors.append(found)
                else:
                    cards += scorecards(found.value, JOURNAL)
                count(number)
    except KeyboardInterrupt:
        if journal:
            say(f"{len(journal.done)} of {len(names)} releases are kept; the same command again goes on from there")
        raise
    finally:
        if journal:
            journal.close()
    return cards, errors


def _looker(options: Any, others: str, bundled: bool) -> Callable[[str], Result]:
    """How one release is looked at: its scorecard, and those by the other rubrics, as JSON knows them."""
    from openness.batch import Result
    from openness.engine import judge, judge_by_all
    from openness.outputs.saved import plain
    from openness.sources import catalogue
    from openness.sources.resolve import resolve

    known = set(catalogue.ids()) if bundled else set()

    def look(name: str) -> Result:
        if name in known:
            release = catalogue.load(name, name)
        else:
            release = resolve(name, offline=options.offline, timeout=options.timeout, follow=options.follow)
        cards = [judge(release, options)]
        cards += judge_by_all(release, replace(options, rubric=others, advise=False)) if others else ()
        return Result(name, release.id, release.revision, [plain(card) for card in cards])

    return look


def _counted(total: int) -> Any:
    from openness.cli.progress import counted

    return counted(f"of {total} releases looked at", total)


def _grouped(cards: list[Scorecard]) -> list[tuple[Scorecard, tuple[Scorecard, ...]]]:
    """For each release its first scorecard and those by other rubrics; of the same rubric the last one counts."""
    releases: dict[str, dict[str, Scorecard]] = {}
    for card in cards:
        releases.setdefault(card.release.id, {})[card.rubric.id] = card
    main = cards[0].rubric.id if cards else ""
    found = []
    for by in releases.values():
        first = by.get(main) or next(iter(by.values()))
        found.append((first, tuple(card for card in by.values() if card is not first)))
    return found


def _print_sections(groups: list[tuple[Scorecard, tuple[Scorecard, ...]]], wanted: Wanted) -> None:
    from openness.cli.page import write
    from openness.outputs.site.twins import card_section

    for card, _ in groups:
        write(card_section(card, wanted.url, wanted.badge), None)


def _write(
    groups: list[tuple[Scorecard, tuple[Scorecard, ...]]], errors: list[OpennessError], wanted: Wanted, folder: Path
) -> None:
    """Write what has changed, remove what is no longer part of the report, and say so."""
    from openness.outputs.site.build import files

    report = _report(groups, errors, wanted, folder)
    before = _manifest(folder)
    told: dict[str, str] = {}
    counts = {"written": 0, "unchanged": 0}
    for name, content in files(report):
        counts["written" if _put(folder / name, content) else "unchanged"] += 1
        told[name] = _digest(content)
    gone = [name for name in before if name not in told]
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    _put(folder / MANIFEST, _listed(told))
    (folder / JOURNAL).unlink(missing_ok=True)
    say(
        f"{folder}: {len(groups)} releases; {counts['written']} files written, {counts['unchanged']} unchanged"
        + (f", {len(gone)} removed" if gone else "")
    )


def _report(
    groups: list[tuple[Scorecard, tuple[Scorecard, ...]]], errors: list[OpennessError], wanted: Wanted, folder: Path
) -> Any:
    from openness.outputs.safe import url
    from openness.outputs.site import history
    from openness.outputs.site.build import HISTORY, Report

    try:
        earlier = tuple(history.read((folder / HISTORY).read_text(encoding="utf-8", errors="replace")))
    except OSError:
        earlier = ()
    address = url(wanted.url)
    if wanted.url and not address:
        raise UsageError(f"{wanted.url} is no web address", "it begins with https://")
    return Report(
        tuple(card for card, _ in groups),
        wanted.title,
        {card.release.id: others for card, others in groups},
        _rubric_data(groups[0][0], wanted.rubric),
        earlier,
        address if not address or address.endswith("/") else address + "/",
        tuple(error.message for error in errors),
        _today(),
        wanted.parquet,
    )


def _rubric_data(card: Scorecard, name: str) -> Any:
    """The data of the rubric that judged, None where it is not at hand in the same text."""
    from openness.engine import load

    try:
        loaded = load(name)
    except OpennessError:
        return None
    return loaded.data if loaded.compiled.digest == card.rubric.digest else None


def _today() -> str:
    """The day that SOURCE_DATE_EPOCH names, '' where it is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return ""
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _manifest(folder: Path) -> Iterator[str]:
    """The files that an earlier report wrote: names of this folder, as far as they can be a report's."""
    import json
    import re

    try:
        said = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return
    for name in said if isinstance(said, dict) else ():
        if re.fullmatch(r"(?:(?:data|releases)/)?[A-Za-z0-9-]+\.[a-z]+", name):
            yield name


def _listed(told: dict[str, str]) -> bytes:
    import json

    return (json.dumps(told, indent=1, sort_keys=True) + "\n").encode()


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


def _put(path: Path, content: bytes) -> bool:
    """Write a file unless it holds just that already; whether it was written. Raises `UsageError`."""
    from openness.sources.cache import write_atomically

    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, content, 0o644, durable=False)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another folder") from None
    return True
