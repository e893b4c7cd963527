"""The only composer: sources → probes → attest → rubric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from openness import __version__
from openness.core.errors import OpennessError
from openness.core.finding import Finding
from openness.core.release import Release
from openness.core.scorecard import Interval, Scorecard, Standing

TOOL = f"openness {__version__}"
DEFAULT_RUBRIC = "retort"


@dataclass(frozen=True, slots=True)
class Options:
    """How a release is to be scored; the command's options, one by one."""

    rubric: str = DEFAULT_RUBRIC
    offline: bool = False
    refresh: bool = False
    timeout: float = 15.0
    attestations: bool = True


def find(release: Release, attestations: bool = True) -> tuple[Finding, ...]:
    """What is found of a release: the probes' findings, and people's."""
    from openness import licences, probes
    from openness.attest.merge import merge

    return merge(probes.assess(release), release.attested if attestations else (), licences.lookup)


def judge(release: Release, options: Options) -> Scorecard:
    """A release's scorecard by one rubric, with its standing to the catalogue's reference releases."""
    from openness.rubric.assess import assess, standing
    from openness.rubric.library import load

    rubric = load(options.rubric).compiled
    card = assess(release, find(release, options.attestations), rubric, TOOL)
    others = _references(options.rubric)
    standings = tuple(standing(card.score, name, score) for id, name, score in others if id != release.id)
    return replace(card, standings=tuple(sorted(standings, key=_rank)))


def _rank(standing: Standing) -> tuple[int, str]:
    return (standing.score.low if standing.score else -1, standing.reference)


@cache
def _references(rubric: str) -> tuple[tuple[str, str, Interval | None], ...]:
    """Id, name and score of every reference release of the catalogue, judged by the same rubric."""
    from openness.rubric.assess import assess
    from openness.rubric.library import load
    from openness.sources import catalogue

    found = []
    for id in catalogue.references():
        release = catalogue.load(id, id)
        found.append((id, release.name, assess(release, find(release), load(rubric).compiled, TOOL).score))
    return tuple(found)


def score_one(asked: str, options: Options) -> Scorecard:
    """Resolve, probe, merge and judge one release. Raises the `OpennessError`s of `sources.resolve` and `rubric.library`."""
    from openness.rubric.library import load
    from openness.sources.resolve import resolve

    load(options.rubric)
    return judge(resolve(asked, offline=options.offline, refresh=options.refresh, timeout=options.timeout), options)


def score_many(asked: Sequence[str], options: Options) -> Iterator[Scorecard | OpennessError]:
    """One result for each name, in order; what cannot be scored yields its error. Releases are asked for concurrently."""

    def one(name: str) -> Scorecard | OpennessError:
        try:
            return score_one(name, options)
        except OpennessError as error:
            return error

    if len(asked) == 1:
        yield one(asked[0])
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(4, len(asked) or 1)) as pool:
        yield from pool.map(one, asked)
