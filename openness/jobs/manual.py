"""What can be asked about rubrics, criteria and components without a release."""

from __future__ import annotations

from pathlib import Path

from openness import licences, probes
from openness.core.components import ASPECTS, COMPONENTS
from openness.core.errors import UsageError
from openness.core.finding import Status
from openness.core.meanings import Subject, meaning
from openness.core.options import DEFAULT_RUBRIC
from openness.core.rubric import Rubric
from openness.core.scorecard import CriterionResult, Scorecard
from openness.core.text import nearest
from openness.engine import load, rubrics
from openness.probes.base import PROBES, places
from openness.rubric.cases import CaseResult, run
from openness.rubric.library import folder, load_cases, load_file, names


def test_rubric(name: str) -> tuple[list[CaseResult], str]:
    """The worked cases of a rubric, judged, and where they stand. Raises `UsageError` and `RubricError`."""
    loaded = load(name)
    cases, place = load_cases(loaded)
    return run(loaded.compiled, cases, licences.lookup), place


def validate_rubric(name: str) -> Rubric:
    """A rubric by its name or path, validated even where it is bundled. Raises `RubricError` that names every fault."""
    return load_file(folder() / f"{name}.yaml" if name in names() else Path(name)).rubric


def find_criterion(asked: str, rubric: str = "") -> tuple[str, str]:
    """Rubric and id of a criterion: `id` within `rubric`, or `rubric/id`, else the only rubric that has the id.

    Raises `UsageError` where several rubrics have it, or none (naming what may have been meant).
    """
    before, stroke, criterion = asked.rpartition("/")
    if rubric or stroke:
        name = rubric or before
        known = _criteria(name)
        if criterion not in known:
            raise _no_criterion(name, criterion, known)
        return name, criterion
    by_rubric = {name: _criteria(name) for name in rubrics("all")}
    having = [name for name, known in by_rubric.items() if criterion in known]
    if DEFAULT_RUBRIC in having:
        return DEFAULT_RUBRIC, criterion
    if not having:
        raise _no_criterion(DEFAULT_RUBRIC, criterion, by_rubric[DEFAULT_RUBRIC])
    if len(having) > 1:
        meant = ", ".join(f"{each}/{criterion}" for each in having)
        raise UsageError(f"several rubrics have a criterion {criterion!r}", f"say which: {meant}")
    return having[0], criterion


def criterion_of(card: Scorecard, criterion: str) -> CriterionResult:
    """The criterion of a scorecard. Raises `UsageError` naming what may have been meant."""
    for each in card.criteria:
        if each.id == criterion:
            return each
    raise _no_criterion(card.rubric.id, criterion, [each.id for each in card.criteria])


def _criteria(rubric: str) -> list[str]:
    return [each.id for each in load(rubric).rubric.criteria]


def _no_criterion(rubric: str, criterion: str, known: list[str]) -> UsageError:
    near = nearest(criterion, known)
    hint = f"did you mean {near}?" if near else f"it has {', '.join(known)}"
    return UsageError(f"the rubric {rubric} has no criterion {criterion!r}", hint)


def subject(asked: str) -> Subject:
    """All that is known of a component or aspect: statuses, probes, criteria. Raises `UsageError` for one that is not known."""
    probes.register()
    name = asked.strip().lower().replace(" ", "-")
    component, aspect = COMPONENTS.get(name), ASPECTS.get(name)
    known = component or aspect
    if known is None:
        near = nearest(name, [*COMPONENTS, *ASPECTS])
        hint = f"did you mean {near}?" if near else "openness component list shows them"
        raise UsageError(f"no component or aspect is called {asked[:80]!r}", hint)
    finders = tuple(
        (each.id, ", ".join(places(each)), " ".join((each.body.__doc__ or "").split()))
        for each in PROBES.values()
        if name in each.finds
    )
    statuses = ((status, meaning(name, status)) for status in Status)
    return Subject(
        name,
        known.name,
        component.kind.value if component else "aspect",
        component.group if component else "",
        known.definition,
        tuple((status, words) for status, words in statuses if words),
        aspect.values if aspect else (),
        finders,
        tuple(
            (f"{rubric}/{each.id}", each.text.question)
            for rubric in rubrics("all")
            for each in load(rubric).compiled.criteria
            if name in each.about
        ),
    )
