"""The only composer: sources → probes → attest → rubric."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from openness.core.errors import OpennessError
from openness.core.questions import in_force
from openness.core.record import record
from openness.version import __version__

if TYPE_CHECKING:
    from openness.attest.files import AttestationSet
    from openness.core.finding import Finding
    from openness.core.licence import Summary
    from openness.core.meanings import Subject
    from openness.core.release import Release
    from openness.core.scorecard import Interval, Scorecard, Standing
    from openness.rubric.cases import CaseResult
    from openness.rubric.compile import Compiled
    from openness.rubric.library import Loaded

TOOL = f"openness {__version__}"
DEFAULT_RUBRIC = "retort"


@record(frozen=True, slots=True)
class Options:
    """How a release is to be scored; the command's options, one by one.

    `rubric` is a rubric's name or path, several with commas between them, or `all`.
    """

    rubric: str = DEFAULT_RUBRIC
    offline: bool = False
    refresh: bool = False
    timeout: float = 15.0
    attestations: bool = True
    follow: bool = False
    attest: tuple[str, ...] = ()
    advise: bool = False
    standings: bool = True


def find(release: Release, attestations: bool = True) -> tuple[Finding, ...]:
    """What is found of a release: the probes' findings, and people's."""
    from openness import licences, probes
    from openness.attest.merge import merge

    return merge(probes.assess(release), release.attested if attestations else (), licences.lookup, release.id)


def rubrics(asked: str) -> list[str]:
    """The rubrics that an option asks for. Raises `UsageError` and `RubricError`."""
    from openness.rubric.library import names
    from openness.rubric.project import own

    if asked == "all":
        return [*names(), *own()]
    return [name.strip() for name in asked.split(",") if name.strip()] or [DEFAULT_RUBRIC]


def load(name: str) -> Loaded:
    """A bundled rubric, one that the project declares, or a file's. Raises `UsageError` and `RubricError`."""
    from openness.rubric.library import load as load_rubric
    from openness.rubric.library import names
    from openness.rubric.project import own
    from openness.sources.cache import remember

    return load_rubric(name, remember, {} if name in names() else own())


def _rubric(name: str) -> Compiled:
    return load(name).compiled


def judge(release: Release, options: Options) -> Scorecard:
    """A release's scorecard by one rubric, with its standing to the catalogue's reference releases."""
    from openness.rubric.assess import standing

    card = _judged(release, find(release, options.attestations), options.rubric, options)
    others = _references(options.rubric) if card.score and options.standings else ()
    standings = tuple(standing(card.score, name, score) for id, name, score in others if id != release.id)
    return replace(card, standings=tuple(sorted(standings, key=_rank)))


def judge_by_all(release: Release, options: Options) -> tuple[Scorecard, ...]:
    """A release's scorecards by every rubric that is asked for; where there are several, without standings."""
    names = rubrics(options.rubric)
    if len(names) == 1:
        return (judge(release, replace(options, rubric=names[0])),)
    findings = find(release, options.attestations)
    return tuple(_judged(release, findings, name, options) for name in names)


def _judged(release: Release, findings: Sequence[Finding], rubric: str, options: Options) -> Scorecard:
    from openness.rubric.assess import assess

    loaded = load(rubric)
    card = assess(release, findings, loaded.compiled, TOOL)
    if options.advise:
        from openness.licences import lookup
        from openness.rubric.advise import advise

        card = replace(card, advice=advise(release, findings, loaded.compiled, lookup))
    return replace(card, terms=_terms(card))


def test_rubric(name: str) -> tuple[list[CaseResult], str]:
    """The worked cases of a rubric, judged, and where they stand. Raises `UsageError` and `RubricError`."""
    from openness.licences import lookup
    from openness.rubric.cases import run
    from openness.rubric.library import load_cases

    loaded = load(name)
    cases, place = load_cases(loaded)
    return run(loaded.compiled, cases, lookup), place


def find_criterion(asked: str, rubric: str | None = None) -> tuple[str, str]:
    """Rubric and id of a criterion: `id` within `rubric`, or `rubric/id`, else the only rubric that has it.

    Raises `UsageError` where none or several have it.
    """
    before, stroke, id = asked.rpartition("/")
    if rubric or stroke:
        return rubric or before, id
    having = [name for name in rubrics("all") if any(each.id == id for each in load(name).compiled.criteria)]
    if DEFAULT_RUBRIC in having or not having:
        return DEFAULT_RUBRIC, id  # where no rubric has it, the default one says which it has
    if len(having) > 1:
        from openness.core.errors import UsageError

        raise UsageError(
            f"several rubrics have a criterion {id!r}", f"say which: {', '.join(f'{each}/{id}' for each in having)}"
        )
    return having[0], id


def subject(asked: str) -> Subject:
    """All that is known of a component or aspect: statuses, probes, criteria. Raises `UsageError` for one that is not known."""
    from openness import probes
    from openness.core.components import ASPECTS, COMPONENTS
    from openness.core.errors import UsageError
    from openness.core.finding import Status
    from openness.core.meanings import Subject, meaning
    from openness.core.text import nearest
    from openness.probes.base import PROBES, places

    probes.register()
    id = asked.strip().lower().replace(" ", "-")
    component, aspect = COMPONENTS.get(id), ASPECTS.get(id)
    known = component or aspect
    if known is None:
        near = nearest(id, [*COMPONENTS, *ASPECTS])
        hint = f"did you mean {near}?" if near else "openness component list shows them"
        raise UsageError(f"no component or aspect is called {asked[:80]!r}", hint)
    finders = tuple(
        (each.id, ", ".join(places(each)), " ".join((each.body.__doc__ or "").split()))
        for each in PROBES.values()
        if id in each.finds
    )
    statuses = ((status, meaning(id, status)) for status in Status)
    return Subject(
        id,
        known.name,
        component.kind.value if component else "aspect",
        component.group if component else "",
        known.definition,
        tuple((status, words) for status, words in statuses if words),
        aspect.values if aspect else (),
        finders,
        tuple(
            (f"{name}/{each.id}", each.text.question)
            for name in rubrics("all")
            for each in load(name).compiled.criteria
            if id in each.about
        ),
    )


def _terms(card: Scorecard) -> Summary | None:
    """What the licence in force lets one do, in plain words; None where its terms are not known."""
    from openness.licences.words import summarise

    licence = in_force(next((each for each in card.findings if each.about == "licence"), None))
    return summarise(licence) if licence and licence.terms else None


def _rank(standing: Standing) -> tuple[int, str]:
    return (standing.score.low if standing.score else -1, standing.reference)


@cache
def _references(rubric: str) -> tuple[tuple[str, str, Interval | None], ...]:
    """Id, name and score of every reference release of the catalogue, judged by the same rubric; kept between runs."""
    from openness.core.scorecard import Interval
    from openness.rubric.assess import assess
    from openness.sources import catalogue
    from openness.sources.cache import remember

    compiled = _rubric(rubric)

    def judged() -> list[tuple[str, str, tuple[int, int] | None]]:
        releases = [catalogue.load(id, id) for id in catalogue.references()]
        scores = [assess(release, find(release), compiled, TOOL).score for release in releases]
        return [
            (each.id, each.name, (score.low, score.high) if score else None)
            for each, score in zip(releases, scores, strict=True)
        ]

    kept = remember(judged, "references", TOOL, compiled.digest, catalogue.stamp())
    return tuple((id, name, Interval(*score) if score else None) for id, name, score in kept)


def score_one(asked: str, options: Options, meanwhile: Callable[[], object] = lambda: None) -> Scorecard:
    """Resolve, probe, merge and judge one release. Raises the `OpennessError`s of `sources.resolve` and `rubric.library`.

    While the Hub is being waited for, what judging needs is made ready, and `meanwhile` is called.
    """
    return score_by_all(asked, options, meanwhile)[0]


def score_by_all(asked: str, options: Options, meanwhile: Callable[[], object] = lambda: None) -> tuple[Scorecard, ...]:
    """As `score_one`, by every rubric that the options ask for."""
    return _look(asked, options, meanwhile)[1]


def look(asked: str, options: Options) -> tuple[Release, Scorecard]:
    """A release with its scorecard. Raises as `score_one` does."""
    release, cards = _look(asked, options, lambda: None)
    return release, cards[0]


def _look(asked: str, options: Options, meanwhile: Callable[[], object]) -> tuple[Release, tuple[Scorecard, ...]]:
    from openness.rubric.library import names
    from openness.sources.resolve import resolve

    wanted = rubrics(options.rubric)
    for name in wanted:
        if name not in names():
            _rubric(name)  # what is wrong with a user's files is said before anybody is asked
    own = _attestations(options.attest)

    def make_ready() -> None:
        from openness import probes
        from openness.licences import identify_text  # noqa: F401  (its patterns take 10 ms to compile)

        probes.register()
        if len(wanted) == 1 and options.standings:
            _references(wanted[0])
        meanwhile()

    release = resolve(
        asked,
        offline=options.offline,
        refresh=options.refresh,
        timeout=options.timeout,
        follow=options.follow,
        meanwhile=make_ready,
    )
    release = _attested(release, own)
    return release, judge_by_all(release, options)


def findings(asked: str, options: Options) -> tuple[Release, tuple[Finding, ...]]:
    """A release and what the probes find of it, without what people attest. Raises the errors of `sources.resolve`."""
    from openness.sources.resolve import resolve

    release = resolve(
        asked, offline=options.offline, refresh=options.refresh, timeout=options.timeout, follow=options.follow
    )
    return release, find(release, attestations=False)


def _attestations(paths: Sequence[str]) -> tuple[AttestationSet, ...]:
    """The user's attestation files. Raises `AttestationError`."""
    if not paths:
        return ()
    from openness.attest.files import load

    return tuple(load(path) for path in paths)


def _attested(release: Release, own: tuple[AttestationSet, ...]) -> Release:
    """The release with what the user's files attest of it, and a notice for what does not speak of it."""
    if not own:
        return release
    from openness.attest.files import fitting

    chosen, notices = fitting(own, release)
    return replace(release, attested=(*release.attested, *chosen), notices=(*release.notices, *notices))


def score_many(
    asked: Sequence[str], options: Options, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[Scorecard | OpennessError]:
    """The scorecards of each name, in order; what cannot be scored yields its error. Releases are asked for concurrently."""

    def one(name: str) -> tuple[Scorecard | OpennessError, ...]:
        try:
            return score_by_all(name, options, meanwhile)
        except OpennessError as error:
            return (error,)

    if len(asked) == 1:
        yield from one(asked[0])
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(4, len(asked) or 1)) as pool:
        for results in pool.map(one, asked):
            yield from results
