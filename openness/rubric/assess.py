"""Findings judged by a compiled rubric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openness.core.components import value_words
from openness.core.finding import Finding, Status
from openness.core.release import Release
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
    RubricRef,
    Scorecard,
    Standing,
    Verdict,
)
from openness.rubric.compile import Compiled, CompiledCriterion, State
from openness.rubric.interval import score
from openness.rubric.kleene import Truth


def assess(release: Release, findings: Sequence[Finding], rubric: Compiled, tool: str) -> Scorecard:
    """The scorecard of a release: the same findings and rubric give the same scorecard."""
    state = State({finding.about: finding for finding in findings})
    for criterion in rubric.criteria:
        state.criteria[criterion.id] = _ask(criterion, state, release)
    for id in rubric.gates:
        state.gates[id] = _gate(id, rubric, state)
    beside = {id for id, (_, aside, _) in rubric.dimensions.items() if aside}
    told = rubric.about.union(*(shows for _, _, shows in rubric.dimensions.values()))
    counted = [result for result in state.criteria.values() if result.dimension not in beside]
    verdict = _verdict(release, rubric, state)
    return Scorecard(
        release=_release_ref(release),
        rubric=RubricRef(rubric.id, rubric.version, rubric.title, rubric.digest, rubric.source),
        verdict=verdict,
        score=score(counted),
        dimensions=tuple(_dimension(id, rubric, state) for id in rubric.dimensions),
        criteria=tuple(state.criteria.values()),
        gates=tuple(state.gates.values()),
        affordances=tuple(_affordances(rubric, state)),
        claim=_claim(rubric, state, verdict),
        standings=(),
        findings=tuple(sorted((each for each in findings if each.about in told), key=lambda each: each.about)),
        coverage=_coverage(release, rubric, state),
        tool=tool,
    )


def _ask(criterion: CompiledCriterion, state: State, release: Release) -> CriterionResult:
    applies = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}[
        criterion.applies(state) if criterion.applies else Truth.TRUE
    ]
    possible: list[Level] = []
    for level, check in criterion.levels:
        truth = check(state)
        if truth is not Truth.FALSE:
            possible.append(level)
        if truth is Truth.TRUE:
            break
    else:
        possible.append(Level.NOT_MET)
    because = tuple(state.findings[about] for about in criterion.about if about in state.findings)
    return CriterionResult(
        criterion.id,
        criterion.dimension,
        criterion.question,
        criterion.cite,
        criterion.weight,
        tuple(possible),
        applies,
        because,
        _statement(criterion, possible, applies, because, release),
        () if applies is not None and len(possible) == 1 else _why_open(because),
        criterion.decided_by,
    )


def _statement(
    criterion: CompiledCriterion,
    possible: list[Level],
    applies: bool | None,
    because: tuple[Finding, ...],
    release: Release,
) -> str:
    """The criterion's outcome as a sentence, with the words that the rubric gives it."""
    if applies is False:
        return "Does not apply to this release."
    if len(possible) == 1 and applies:
        level = possible[0]
        said = criterion.says.get(level) or criterion.says["not-met"]
    else:
        said = criterion.says.get("open") or f"Not decided: {criterion.question}"
    return _filled(said, because, release)


def _filled(text: str, because: Sequence[Finding], release: Release) -> str:
    """`text` with its few placeholders replaced by what the findings say; plain replacement, nothing is evaluated."""
    if "{" not in text:
        return text
    first = because[0] if because else None
    licence = next((finding.licence for finding in because if finding.licence), None)
    filled = {
        "{name}": release.name or release.id,
        "{licence}": licence.name if licence else "no licence stated",
        "{status}": first.status.value.replace("-", " ") if first else "not looked at",
        "{value}": value_words(first.value) if first and first.value else "not stated",
    }
    for mark, value in filled.items():
        text = text.replace(mark, value)
    return text


def _why_open(because: Iterable[Finding]) -> tuple[str, ...]:
    """What kept us from seeing what the criterion asks for, each reason once."""
    reasons = (finding.missing for finding in because if finding.missing)
    return tuple(dict.fromkeys(missing.detail or missing.reason.value for missing in reasons))


def _gate(id: str, rubric: Compiled, state: State) -> GateResult:
    gate = rubric.gates[id]
    failing: list[str] = []
    undecided: list[str] = []
    for name in gate["criteria"]:
        result = state.criteria[name]
        if result.applies is False:
            continue
        if Level.MET not in result.possible:
            (failing if result.applies else undecided).append(result.statement)
        elif not result.certain:
            undecided.append(f"{result.statement} ({'; '.join(result.why)})" if result.why else result.statement)
    outcome = GateState.FAIL if failing else GateState.OPEN if undecided else GateState.PASS
    return GateResult(id, gate["title"], gate["cite"], outcome, tuple(failing), tuple(undecided))


def _verdict(release: Release, rubric: Compiled, state: State) -> Verdict:
    """The classes still possible, best first, and why the first gate-bound class is out of reach."""
    possible = []
    for id, title, headline, check in rubric.classes:
        truth = check(state) if check else Truth.TRUE
        if truth is not Truth.FALSE:
            possible.append((id, title, headline))
        if truth is Truth.TRUE:
            break
    reasons: list[str] = []
    undecided: list[str] = []
    for id, gate in state.gates.items():
        if gate.state is GateState.FAIL:
            reasons.append(f"{rubric.gates[id]['fails']} {' '.join(gate.failing)}")
        undecided += gate.open
    name = release.name or release.id
    if len(possible) == 1:
        headline = possible[0][2].replace("{name}", name)
    else:
        best, worst = possible[0][1], possible[-1][1]
        headline = f"{name}: not decided; at best “{best}”, at worst “{worst}”."
    return Verdict(tuple((id, title) for id, title, _ in possible), headline, tuple(reasons), tuple(undecided))


def _dimension(id: str, rubric: Compiled, state: State) -> DimensionResult:
    title, beside, shows = rubric.dimensions[id]
    results = [result for result in state.criteria.values() if result.dimension == id]
    summary = " ".join(result.statement for result in results if result.applies is not False)
    return DimensionResult(id, title, score(results), beside, summary, shows)


def _affordances(rubric: Compiled, state: State) -> Iterable[Affordance]:
    for id, words, check, _ in rubric.affordances:
        truth = check(state)
        possible = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}[truth]
        why = words["yes"] if possible else words["no"] if possible is False else f"not decided; needed: {words['yes']}"
        yield Affordance(id, words["title"], words["cite"], possible, why)


def _claim(rubric: Compiled, state: State, verdict: Verdict) -> ClaimCheck | None:
    """The publisher's word for the release against the classes that are still possible (episode 00:13)."""
    finding = state.findings.get("openness-claim")
    if (
        finding is None
        or not rubric.claims
        or finding.status in (Status.UNKNOWN, Status.SILENT)
        or finding.value is None
    ):
        return None
    claim = finding.value.replace("-", " ")
    if finding.value not in rubric.claims:
        return ClaimCheck(finding.value, True, "Its publisher makes no claim of openness.", finding)
    honours = {id in rubric.claims[finding.value] for id, _ in verdict.classes}
    honoured = honours.pop() if len(honours) == 1 else None
    found = " or ".join(title for _, title in verdict.classes)
    outcome = {
        True: "which the evidence bears out",
        False: f"but what is found is: {found}",
        None: f"which is not decided; possible are: {found}",
    }[honoured]
    return ClaimCheck(finding.value, honoured, f"Its publisher calls it “{claim}”, {outcome}.", finding)


def _coverage(release: Release, rubric: Compiled, state: State) -> Coverage:
    """Of what the criteria that may apply ask for: how much was seen."""
    asked = {about for each in rubric.criteria if state.criteria[each.id].applies is not False for about in each.about}
    asked |= {about for *_, names in rubric.affordances for about in names}
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
    """How a score stands to a reference's: certain only when the intervals do not overlap (episode 00:08)."""
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
