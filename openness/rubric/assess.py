"""Findings judged by a compiled rubric."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openness.core.components import name_of, value_words
from openness.core.finding import Finding, Status
from openness.core.interval import points, score
from openness.core.kleene import Truth
from openness.core.licence import Licence
from openness.core.release import Reason, Release, Unread
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
from openness.rubric.closures import State
from openness.rubric.compile import Compiled, CompiledCriterion

_ONLY_PEOPLE = Unread(Reason.NOT_ATTESTED, "only a person can tell, and nobody has attested it")


def assess(release: Release, findings: Sequence[Finding], rubric: Compiled, tool: str) -> Scorecard:
    """The scorecard of a release: the same findings and rubric give the same scorecard."""
    state = judged(release, findings, rubric)
    beside = {id for id, (_, aside, _) in rubric.dimensions.items() if aside}
    told = rubric.about.union(*(shows for _, _, shows in rubric.dimensions.values()))
    counted = [result for result in state.criteria.values() if result.dimension not in beside]
    verdict = _verdict(release, rubric, state)
    return Scorecard(
        release=_release_ref(release),
        rubric=RubricRef(rubric.id, rubric.version, rubric.title, rubric.digest, rubric.source),
        verdict=verdict,
        score=score(counted) if rubric.scored else None,
        dimensions=tuple(_dimension(id, rubric, state) for id in rubric.dimensions),
        criteria=tuple(state.criteria.values()),
        gates=tuple(state.gates.values()),
        affordances=tuple(_affordances(rubric, state)),
        claim=_claim(rubric, state, verdict),
        standings=(),
        findings=tuple(state.findings[about] for about in sorted(told & state.findings.keys())),
        coverage=_coverage(release, rubric, state),
        tool=tool,
    )


def judged(release: Release, findings: Iterable[Finding], rubric: Compiled) -> State:
    """Every criterion asked and every gate tried; what no probe and no person speaks of is unknown."""
    found = {finding.about: finding for finding in findings}
    for about in sorted(rubric.about - found.keys()):
        found[about] = Finding(about, Status.UNKNOWN, "none", missing=_ONLY_PEOPLE)
    state = State(found)
    for criterion in rubric.criteria:
        state.criteria[criterion.id] = _ask(criterion, state, release, rubric)
    for id in rubric.gates:
        state.gates[id] = _gate(id, rubric, state)
    return state


def _ask(criterion: CompiledCriterion, state: State, release: Release, rubric: Compiled) -> CriterionResult:
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
    because = tuple(state.findings[about] for about in criterion.about)
    licences = [rubric.closures.licence(finding, state) for finding in because]
    said = _statement(criterion, possible, applies, list(zip(because, licences, strict=True)), release)
    return CriterionResult(
        criterion.id,
        criterion.dimension,
        criterion.question,
        criterion.cite,
        criterion.weight,
        tuple(possible),
        applies,
        because,
        said,
        () if applies is not None and len(possible) == 1 else _why_open(because),
        criterion.decided_by,
    )


Seen = Sequence[tuple[Finding, Licence | None]]
"""The findings that a criterion looks at, each with the licence that it is under."""


def _statement(
    criterion: CompiledCriterion, possible: list[Level], applies: bool | None, seen: Seen, release: Release
) -> str:
    """The criterion's outcome as a sentence, with the words that the rubric gives it, or else with what was found."""
    if applies is False:
        return "Does not apply to this release."
    if len(possible) == 1 and applies:
        said = criterion.says.get(possible[0]) or criterion.says.get("not-met") or _found(seen)
    else:
        said = criterion.says.get("open") or f"Not decided: {criterion.question}"
    return _filled(said, seen, release)


def _found(seen: Seen) -> str:
    """What was found, subject by subject: its status or value, and the licence that it is under."""
    shown = [each for each in seen if each[0].about != "licence"] or seen
    parts = []
    for finding, licence in shown:
        known = finding.value and finding.status is not Status.UNKNOWN and finding.about != "licence"
        words = [value_words(finding.value) if known and finding.value else finding.status.value.replace("-", " ")]
        if licence and finding.status in (Status.RELEASED, Status.PARTIAL):
            words.append(licence.name)
        parts.append(f"{name_of(finding.about)}: {', '.join(words)}")
    return f"{'; '.join(parts)}."


def _filled(text: str, seen: Seen, release: Release) -> str:
    """`text` with its few placeholders replaced by what the findings say; plain replacement, nothing is evaluated."""
    if "{" not in text:
        return text
    first = seen[0][0] if seen else None
    licence = next((licence for _, licence in seen if licence), None)
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
    """A gate over its criteria; those that do not apply stand in nobody's way."""
    gate = rubric.gates[id]
    accepted = frozenset(gate.get("accepts", (Level.MET,)))
    failing: list[str] = []
    undecided: list[str] = []
    for name in gate["criteria"]:
        result = state.criteria[name]
        if result.applies is False or accepted.issuperset(result.possible):
            continue
        if accepted.isdisjoint(result.possible):
            (failing if result.applies else undecided).append(result.statement)
        else:
            undecided.append(f"{result.statement} ({'; '.join(result.why)})" if result.why else result.statement)
    spare = len(gate["criteria"]) - gate.get("at_least", len(gate["criteria"]))
    if len(failing) > spare:
        outcome = GateState.FAIL
    elif len(failing) + len(undecided) > spare:
        outcome = GateState.OPEN
    else:
        outcome, failing, undecided = GateState.PASS, [], []
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
        headline = _points(possible[0][2], rubric, state).replace("{name}", name)
    else:
        best, worst = possible[0][1], possible[-1][1]
        headline = f"{name}: not decided; at best “{best}”, at worst “{worst}”."
    return Verdict(tuple((id, title) for id, title, _ in possible), headline, tuple(reasons), tuple(undecided))


def _points(text: str, rubric: Compiled, state: State) -> str:
    """`text` with the points (weight times level, summed) that were reached, of all that there are, filled in."""
    if "{points}" not in text:
        return text
    counted = [
        result
        for result in state.criteria.values()
        if result.applies is not False and not rubric.dimensions[result.dimension][1]
    ]
    low, high = points(counted)
    shown = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return text.replace("{points}", shown).replace("{total}", str(sum(result.weight for result in counted)))


def _dimension(id: str, rubric: Compiled, state: State) -> DimensionResult:
    title, beside, shows = rubric.dimensions[id]
    results = [result for result in state.criteria.values() if result.dimension == id]
    summary = " ".join(result.statement for result in results if result.applies is not False)
    return DimensionResult(id, title, score(results) if rubric.scored else None, beside, summary, shows)


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
    classes = [id for id, *_ in rubric.classes]
    bearing = rubric.claims[finding.value]
    needed = max(classes.index(id) for id in bearing)
    short = [0 if id in bearing else max(1, classes.index(id) - needed) for id, _ in verdict.classes]
    honours = {id in bearing for id, _ in verdict.classes}
    honoured = honours.pop() if len(honours) == 1 else None
    found = " or ".join(title for _, title in verdict.classes)
    level = (min(short), max(short))
    outcome = {
        True: "which the evidence bears out",
        False: f"but what is found is: {found} ({_short(level)})",
        None: f"which is not decided; possible are: {found} ({_short(level)})",
    }[honoured]
    gap = {True: "none", False: "overstated", None: "undecided"}[honoured]
    return ClaimCheck(finding.value, honoured, f"Its publisher calls it “{claim}”, {outcome}.", finding, gap, level)


def _short(level: tuple[int, int]) -> str:
    low, high = level
    if low == high:
        return f"{high} class{'es' * (high != 1)} short"
    return f"{low} to {high} classes short"


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
