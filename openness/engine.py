"""The only composer of a score: sources → probes → attest → rubric."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from openness import licences, probes
from openness.attest.files import AttestationSet, fitting
from openness.attest.files import load as load_attestations
from openness.attest.merge import merge
from openness.core.finding import Finding
from openness.core.licence import Summary
from openness.core.options import DEFAULT_RUBRIC, Options
from openness.core.questions import in_force
from openness.core.release import Release
from openness.core.scorecard import Interval, Scorecard, Standing
from openness.licences.words import summarise
from openness.rubric import library
from openness.rubric.advise import advise
from openness.rubric.assess import assess, standing
from openness.rubric.library import Loaded
from openness.rubric.project import own
from openness.sources import catalogue
from openness.sources.cache import remember
from openness.sources.resolve import resolve
from openness.version import __version__

__all__ = ["TOOL", "Options", "find", "judge", "judge_by_all", "load", "look", "rubrics", "score_by_all", "score_one"]

TOOL = f"openness {__version__}"


def nothing() -> None:
    """What is called while the Hub is waited for, unless a caller has something to make ready."""


def find(release: Release, attestations: bool = True) -> tuple[Finding, ...]:
    """What is found of a release: the probes' findings, and people's."""
    return merge(probes.assess(release), release.attested if attestations else (), licences.lookup, release.id)


def rubrics(asked: str) -> list[str]:
    """The rubrics that an option asks for. Raises `UsageError` and `RubricError`."""
    if asked == "all":
        return [*library.names(), *own()]
    return [name.strip() for name in asked.split(",") if name.strip()] or [DEFAULT_RUBRIC]


def load(name: str) -> Loaded:
    """A bundled rubric, one that the project declares, or a file's. Raises `UsageError` and `RubricError`."""
    return library.load(name, remember, {} if name in library.names() else own())


def judge(release: Release, options: Options) -> Scorecard:
    """A release's scorecard by one rubric, with its standing to the catalogue's reference releases."""
    card = _judged(release, find(release, options.attestations), options.rubric, options)
    others = _references(options.rubric) if card.score and options.standings else ()
    standings = tuple(standing(card.score, name, score) for other, name, score in others if other != release.id)
    return replace(card, standings=tuple(sorted(standings, key=_rank)))


def judge_by_all(release: Release, options: Options) -> tuple[Scorecard, ...]:
    """A release's scorecards by every rubric that is asked for; where there are several, without standings."""
    names = rubrics(options.rubric)
    if len(names) == 1:
        return (judge(release, replace(options, rubric=names[0])),)
    findings = find(release, options.attestations)
    return tuple(_judged(release, findings, name, options) for name in names)


def _judged(release: Release, findings: Sequence[Finding], rubric: str, options: Options) -> Scorecard:
    loaded = load(rubric)
    card = assess(release, findings, loaded.compiled, TOOL)
    if options.advise:
        card = replace(card, advice=advise(release, findings, loaded.compiled, licences.lookup))
    return replace(card, terms=_terms(card))


def _terms(card: Scorecard) -> Summary | None:
    """What the licence in force lets one do, in plain words; None where its terms are not known."""
    licence = in_force(next((each for each in card.findings if each.about == "licence"), None))
    return summarise(licence) if licence and licence.terms else None


def _rank(each: Standing) -> tuple[int, str]:
    return (each.score.low if each.score else -1, each.reference)


@cache
def _references(rubric: str) -> tuple[tuple[str, str, Interval | None], ...]:
    """Id, name and score of every reference release of the catalogue, judged by the same rubric; kept between runs."""
    compiled = load(rubric).compiled

    def judged() -> list[tuple[str, str, tuple[int, int] | None]]:
        releases = [catalogue.load(name, name) for name in catalogue.references()]
        scores = [assess(release, find(release), compiled, TOOL).score for release in releases]
        return [
            (each.id, each.name, (score.low, score.high) if score else None)
            for each, score in zip(releases, scores, strict=True)
        ]

    kept = remember(judged, "references", TOOL, compiled.digest, catalogue.stamp())
    return tuple((release, name, Interval(*score) if score else None) for release, name, score in kept)


def look(
    asked: str, options: Options, meanwhile: Callable[[], object] = nothing
) -> tuple[Release, tuple[Scorecard, ...]]:
    """A release, and its scorecard by every rubric that the options ask for.

    While the Hub is waited for, what judging needs is made ready, and `meanwhile` is called. Raises the `OpennessError`s of
    `sources.resolve`, `rubric.library` and `attest.files`; a user's own files are read before anybody is asked.
    """
    names = rubrics(options.rubric)
    for name in names:
        if name not in library.names():
            load(name)
    attested = tuple(load_attestations(path) for path in options.attest)

    def make_ready() -> None:
        probes.register()
        if len(names) == 1 and options.standings:
            _references(names[0])
        meanwhile()

    release = resolve(
        asked,
        offline=options.offline,
        refresh=options.refresh,
        timeout=options.timeout,
        follow=options.follow,
        meanwhile=make_ready,
    )
    release = _attested(release, attested)
    return release, judge_by_all(release, options)


def _attested(release: Release, files: tuple[AttestationSet, ...]) -> Release:
    """The release with what the user's files attest of it, and a notice for what does not speak of it."""
    if not files:
        return release
    chosen, notices = fitting(files, release)
    return replace(release, attested=(*release.attested, *chosen), notices=(*release.notices, *notices))


def score_one(asked: str, options: Options, meanwhile: Callable[[], object] = nothing) -> Scorecard:
    """The scorecard of one release by the first rubric that the options ask for. Raises as `look` does."""
    return score_by_all(asked, options, meanwhile)[0]


def score_by_all(asked: str, options: Options, meanwhile: Callable[[], object] = nothing) -> tuple[Scorecard, ...]:
    """The scorecards of one release. Raises as `look` does."""
    return look(asked, options, meanwhile)[1]
