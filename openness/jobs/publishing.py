"""A report: which releases it is about, looking at them, and writing the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from openness.core.errors import EXIT_OK, OpennessError, UsageError, worst
from openness.core.options import Options, ReportOptions
from openness.core.record import record
from openness.core.scorecard import Scorecard
from openness.engine import TOOL, judge, judge_by_all, load, rubrics
from openness.jobs import site
from openness.jobs.batch import interruptible, run
from openness.jobs.journal import Done, Journal
from openness.jobs.watcher import SILENT, Watcher
from openness.outputs.saved import plain, read, scorecards
from openness.outputs.site.twins import card_section
from openness.sources import catalogue
from openness.sources.listing import models_of
from openness.sources.resolve import resolve


@record(frozen=True, slots=True)
class Published:
    """What came of a report: what was written (None for `card`), the sections for model cards, and the errors of releases.

    `exit_code` is the command's, by the README's table.
    """

    written: site.SiteWritten | None
    sections: tuple[str, ...]
    errors: tuple[OpennessError, ...]
    exit_code: int


def report(models: Sequence[str], options: ReportOptions, watcher: Watcher = SILENT) -> Published:
    """Write a report about releases into its folder or, with `options.card`, make a section for each release's model card.

    After an interruption the same call goes on where it stopped. Raises `UsageError` for options that cannot be used, and the
    errors of `engine.load` and `sources.listing`.
    """
    folder = None if options.card else site.folder(options.out)
    cards = [each for path in options.saved for each in read(path)]
    names = _names(models, options)
    if not names and not cards:
        raise UsageError("there is nothing to report on", "name models, or use --from, --org, --saved or --catalogue")
    scored, errors = _scored(names, options, folder, watcher) if names else ([], [])
    groups = _grouped([*cards, *scored])
    written = site.write(groups, errors, options, folder) if groups and folder else None
    sections = [card_section(card, options.url, options.badge) for card, _ in groups] if folder is None else []
    codes = [*(error.exit_code for error in errors), *([EXIT_OK] if groups else [])]
    return Published(written, tuple(sections), tuple(errors), worst(codes))


def _names(models: Sequence[str], options: ReportOptions) -> list[str]:
    """Every name that the options give, each once, in order."""
    names = list(models)
    if options.listed:
        try:
            lines = Path(options.listed).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            raise UsageError(f"{options.listed} cannot be read as text", "name a file with one model a line") from None
        names += [line.partition("#")[0].strip() for line in lines]
    if options.org:
        names += models_of(options.org, options.timeout)
    if options.catalogue:
        names += catalogue.ids()
    return [name for name in dict.fromkeys(names) if name]


def _scored(
    names: Sequence[str], options: ReportOptions, folder: Path | None, watcher: Watcher
) -> tuple[list[Scorecard], list[OpennessError]]:
    """The scorecards of every release that can be scored, and the errors of the others."""
    others = [name for name in rubrics(options.also) if name != options.rubric] if options.also else []
    cards: list[Scorecard] = []
    errors: list[OpennessError] = []
    look = _looker(options, others)
    with _journal(folder, options, others) as journal:
        watcher.begun(len(names), f"Looking at {len(names)} releases")
        try:
            with interruptible() as stop:
                known, keep = (journal.done, journal.add) if journal else ({}, None)
                for found in run(names, look, watcher, known=known, keep=keep, stop=stop):
                    if isinstance(found, OpennessError):
                        errors.append(found)
                    else:
                        cards += scorecards(found.value, site.JOURNAL)
        except KeyboardInterrupt:
            if journal:
                kept = f"{len(journal.done)} of {len(names)} releases are kept"
                watcher.noted(f"{kept}; the same command again goes on from there")
            raise
        finally:
            watcher.ended()
    return cards, errors


@contextmanager
def _journal(folder: Path | None, options: ReportOptions, others: Sequence[str]) -> Iterator[Journal | None]:
    """The journal in the site's folder, open while the block runs; None where there is no folder. Raises `UsageError`."""
    digests = [load(name).compiled.digest for name in (options.rubric, *others)]
    if folder is None:
        yield None
        return
    path = folder / site.JOURNAL
    try:
        journal = Journal(path, [*digests, TOOL, f"{options.offline} {options.follow} {options.catalogue}"])
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another folder") from None
    try:
        yield journal
    finally:
        journal.close()


def _looker(options: ReportOptions, others: Sequence[str]) -> Callable[[str], Done]:
    """How one release is looked at: its scorecard, and those by the other rubrics, as JSON knows them."""
    main = Options(rubric=options.rubric, offline=options.offline, timeout=options.timeout, advise=True)
    beside = replace(main, rubric=",".join(others), advise=False)
    bundled = set(catalogue.ids()) if options.catalogue else set()

    def look(name: str) -> Done:
        if name in bundled:
            release = catalogue.load(name, name)
        else:
            release = resolve(name, offline=options.offline, timeout=options.timeout, follow=options.follow)
        cards = (judge(release, main), *(judge_by_all(release, beside) if others else ()))
        return Done(name, release.id, release.revision, [plain(card) for card in cards])

    return look


def _grouped(cards: Sequence[Scorecard]) -> list[site.Group]:
    """For each release its first scorecard and those by other rubrics; of the same rubric the last one counts."""
    releases: dict[str, dict[str, Scorecard]] = {}
    for card in cards:
        releases.setdefault(card.release.id, {})[card.rubric.id] = card
    main = cards[0].rubric.id if cards else ""
    found = []
    for by_rubric in releases.values():
        first = by_rubric.get(main) or next(iter(by_rubric.values()))
        found.append((first, tuple(card for card in by_rubric.values() if card is not first)))
    return found
