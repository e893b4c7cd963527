"""Judges findings by a compiled rubric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openness.core import kleene, words
from openness.core.components import name_of, value_words
from openness.core.finding import Finding, Status
from openness.core.interval import points, score
from openness.core.kleene import Truth
from openness.core.licence import NONE_STATED, UNKNOWN, Licence
from openness.core.release import Reason, Release, Unread
from openness.core.rubric import Criterion, Dimension, Gate, VerdictClass
from openness.core.scorecard import (
    Affordance,
    ClaimCheck,
    Coverage,
    CriterionResult,
    DimensionResult,
    GateResult,
    GateState,
    Interval,
    Level,
    ReleaseRef,
    Scorecard,
    Standing,
    Verdict,
)
from openness.rubric.closures import State, reaches
from openness.rubric.compile import Compiled, CompiledAffordance, CompiledCriterion

_ONLY_PEOPLE = Unread(Reason.NOT_ATTESTED, "only a person can tell, and nobody has attested it")


def assess(release: Release, findings: Sequence[Finding], rubric: Compiled, tool: str) -> Scorecard:
    """The scorecard of a release. The same findings and rubric always give the same scorecard.

    `tool` is the name and version of the program, which the scorecard carries.
    """
    state = judged(release, findings, rubric)
    shown = rubric.about.union(*(each.shows for each in rubric.rubric.dimensions))
    verdict = _verdict(release, rubric, state)
    return Scorecard(
        release=_release_ref(release),
        rubric=rubric.ref,
        verdict=verdict,
        score=score(_counted(rubric, state)) if rubric.rubric.scored else None,
        dimensions=tuple(_dimension(each, rubric, state) for each in rubric.rubric.dimensions),
        criteria=tuple(state.criteria.values()),
        gates=tuple(state.gates.values()),
        affordances=tuple(_affordance(each, state) for each in rubric.affordances),
        claim=_claim(rubric, state, verdict),
        standings=(),
        findings=tuple(state.findings[about] for about in sorted(shown & state.findings.keys())),
        coverage=_coverage(release, rubric, state),
        tool=tool,
    )


def judged(release: Release, findings: Iterable[Finding], rubric: Compiled) -> State:
    """Answers every criterion and tries every gate. A subject without a finding is unknown: only a person can tell."""
    found = {finding.about: finding for finding in findings}
    for about in sorted(rubric.about - found.keys()):
        found[about] = Finding(about, Status.UNKNOWN, "none", missing=_ONLY_PEOPLE)
    state = State(found)
    for criterion in rubric.criteria:
        state.criteria[criterion.id] = _ask(criterion, state, release, rubric)
    for gate in rubric.rubric.gates:
        state.gates[gate.id] = _gate(gate, state)
    return state


def _counted(rubric: Compiled, state: State) -> list[CriterionResult]:
    """The results that count towards the score: those of dimensions that are not beside it."""
    beside = {each.id for each in rubric.rubric.dimensions if each.beside}
    return [result for result in state.criteria.values() if result.dimension not in beside]


def _ask(criterion: CompiledCriterion, state: State, release: Release, rubric: Compiled) -> CriterionResult:
    applies = kleene.known(criterion.applies(state)) if criterion.applies else True
    possible: list[Level] = []
    for level, check in criterion.levels:
        truth = check(state)
        if truth is not Truth.FALSE:
            possible.append(level)
        if truth is Truth.TRUE:
            break
    else:
        possible.append(Level.NOT_MET)
    because = tuple(state.findings[about] for about in criterion.about)
    licences = [rubric.closures.licence(finding, state) for finding in because]
    text = criterion.text
    return CriterionResult(
        text.id,
        text.dimension,
        text.question,
        text.cite,
        text.weight,
        tuple(possible),
        applies,
        because,
        _statement(text, possible, applies, list(zip(because, licences, strict=True)), release),
        () if applies is not None and len(possible) == 1 else _why_open(because),
        text.decided_by,
    )


Seen = Sequence[tuple[Finding, Licence | None]]
"""The findings that a criterion looks at, each with the licence that covers it."""


def _statement(criterion: Criterion, possible: list[Level], applies: bool | None, seen: Seen, release: Release) -> str:
    """The criterion's outcome as a sentence: the rubric's own words if it has any, otherwise what was found."""
    if applies is False:
        return "Does not apply to this release."
    if len(possible) == 1 and applies:
        said = criterion.says.at(possible[0]) or _as_found(seen)
    else:
        said = criterion.says.open or f"Not decided: {criterion.question}"
    return _filled(said, seen, release)


def _as_found(seen: Seen) -> str:
    """What was found of each subject: its status or value, and the licence that covers it."""
    shown = [each for each in seen if each[0].about != "licence"] or seen
    parts = []
    for finding, licence in shown:
        known = finding.value and finding.status is not Status.UNKNOWN and finding.about != "licence"
        told = [value_words(finding.value) if known and finding.value else words.status(finding.status)]
        if licence and finding.status in (Status.RELEASED, Status.PARTIAL):
            told.append(licence.name)
        parts.append(f"{name_of(finding.about)}: {', '.join(told)}")
    return f"{'; '.join(parts)}."


def _filled(text: str, seen: Seen, release: Release) -> str:
    """`text` with its placeholders replaced by what the findings say. This is plain replacement; nothing is evaluated."""
    if "{" not in text:
        return text
    first = seen[0][0] if seen else None
    known = next((licence for _, licence in seen if licence), None)
    unknown = any(finding.status is Status.UNKNOWN for finding, _ in seen)
    licence = known or (UNKNOWN if unknown else NONE_STATED)
    filled = {
        "{name}": release.name or release.id,
        "{licence}": licence.name,
        "{status}": words.status(first.status) if first else "not looked at",
        "{value}": value_words(first.value) if first and first.value else "not stated",
    }
    for mark, value in filled.items():
        text = text.replace(mark, value)
    return text


def _why_open(because: Iterable[Finding]) -> tuple[str, ...]:
    """Why the criterion could not be decided, each reason once."""
    reasons = (finding.missing for finding in because if finding.missing)
    return tuple(dict.fromkeys(missing.detail or missing.reason.value for missing in reasons))


def _gate(gate: Gate, state: State) -> GateResult:
    """The outcome of a gate. A criterion that does not apply counts as met."""
    results = [state.criteria[name] for name in gate.criteria]
    truths = [reaches(result, gate.accepts) for result in results]
    passed = kleene.at_least(gate.at_least, truths)
    if passed is Truth.TRUE:
        return GateResult(gate.id, gate.title, gate.cite, GateState.PASS, (), ())
    told = list(zip(results, truths, strict=True))
    failing = tuple(result.statement for result, truth in told if truth is Truth.FALSE)
    undecided = tuple(_undecided(result, gate) for result, truth in told if truth is Truth.UNKNOWN)
    outcome = GateState.FAIL if passed is Truth.FALSE else GateState.OPEN
    return GateResult(gate.id, gate.title, gate.cite, outcome, failing, undecided)


def _undecided(result: CriterionResult, gate: Gate) -> str:
    """The statement of a criterion that leaves a gate open, with the reasons why it could not be decided."""
    decided = set(gate.accepts).isdisjoint(result.possible)
    return f"{result.statement} ({'; '.join(result.why)})" if result.why and not decided else result.statement


def _verdict(release: Release, rubric: Compiled, state: State) -> Verdict:
    """The classes that are still possible, best first, with the gates that fail and the criteria that are open."""
    possible: list[VerdictClass] = []
    for each in rubric.classes:
        truth = each.when(state) if each.when else Truth.TRUE
        if truth is not Truth.FALSE:
            possible.append(each.text)
        if truth is Truth.TRUE:
            break
    reasons: list[str] = []
    undecided: list[str] = []
    for gate in rubric.rubric.gates:
        result = state.gates[gate.id]
        if result.state is GateState.FAIL:
            reasons.append(f"{gate.fails} {' '.join(result.failing)}")
        undecided += result.open
    name = release.name or release.id
    if len(possible) == 1:
        headline = _points(possible[0].headline, rubric, state).replace("{name}", name)
    else:
        headline = f"{name}: not decided; at best “{possible[0].title}”, at worst “{possible[-1].title}”."
    classes = tuple((each.id, each.title) for each in possible)
    return Verdict(classes, headline, tuple(reasons), tuple(undecided))


def _points(text: str, rubric: Compiled, state: State) -> str:
    """`text` with the points reached (the sum of weight times level) and the total of points filled in."""
    if "{points}" not in text:
        return text
    counted = [result for result in _counted(rubric, state) if result.applies is not False]
    low, high = points(counted)
    shown = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return text.replace("{points}", shown).replace("{total}", str(sum(result.weight for result in counted)))


def _dimension(dimension: Dimension, rubric: Compiled, state: State) -> DimensionResult:
    results = [result for result in state.criteria.values() if result.dimension == dimension.id]
    summary = " ".join(result.statement for result in results if result.applies is not False)
    figure = score(results) if rubric.rubric.scored else None
    return DimensionResult(dimension.id, dimension.title, figure, dimension.beside, summary, dimension.shows)


def _affordance(affordance: CompiledAffordance, state: State) -> Affordance:
    text, possible = affordance.text, kleene.known(affordance.when(state))
    why = {True: text.yes, False: text.no, None: f"not decided; it needs {text.yes}"}[possible]
    return Affordance(text.id, text.title, text.cite, possible, why)


def _claim(rubric: Compiled, state: State, verdict: Verdict) -> ClaimCheck | None:
    """What the publisher calls the release, held against the classes that are still possible."""
    finding = state.findings.get("openness-claim")
    claims = dict(rubric.rubric.claims)
    if finding is None or not claims or finding.status in (Status.UNKNOWN, Status.SILENT) or finding.value is None:
        return None
    claim = finding.value.replace("-", " ")
    if finding.value not in claims:
        return ClaimCheck(finding.value, True, "Its publisher makes no claim of openness.", finding)
    classes = rubric.rubric.class_ids
    bearing = claims[finding.value]
    needed = max(classes.index(name) for name in bearing)
    short = [0 if name in bearing else max(1, classes.index(name) - needed) for name, _ in verdict.classes]
    honoured = kleene.known(kleene.over(kleene.of(name in bearing) for name, _ in verdict.classes))
    found = words.verdict(verdict)
    level = (min(short), max(short))
    outcome = {
        True: "which the evidence bears out",
        False: f"but the evidence shows: {found} ({_short(level)})",
        None: f"which is not decided; the evidence allows: {found} ({_short(level)})",
    }[honoured]
    gap = {True: "none", False: "overstated", None: "undecided"}[honoured]
    return ClaimCheck(finding.value, honoured, f"Its publisher calls it “{claim}”, {outcome}.", finding, gap, level)


def _short(level: tuple[int, int]) -> str:
    low, high = level
    if low == high:
        return f"{high} class{'es' * (high != 1)} short"
    return f"{low} to {high} classes short"


def _coverage(release: Release, rubric: Compiled, state: State) -> Coverage:
    """How many of the findings are known that the criteria and affordances look at; criteria that do not apply are left out."""
    asked = {about for each in rubric.criteria if state.criteria[each.id].applies is not False for about in each.about}
    asked |= {about for each in rubric.affordances for about in each.about}
    seen = sum(about in state.findings and state.findings[about].status is not Status.UNKNOWN for about in asked)
    unseen = tuple((need, release.missing[need]) for need in sorted(release.missing))
    return Coverage(seen, len(asked), unseen)


def _release_ref(release: Release) -> ReleaseRef:
    return ReleaseRef(
        release.id,
        release.asked,
        release.name,
        release.publisher,
        release.revision,
        release.url,
        release.provenance,
        release.notices,
    )


def standing(score: Interval | None, reference: str, other: Interval | None) -> Standing:
    """How a score compares with that of a reference release; `unclear` if the intervals overlap."""
    if score is None or other is None:
        relation = "unclear"
    elif score.low > other.high:
        relation = "more"
    elif score.high < other.low:
        relation = "less"
    elif score == other and score.certain:
        relation = "equal"
    else:
        relation = "unclear"
    return Standing(reference, relation, other)
