"""Runs the worked cases of a rubric: what must follow from some findings, and what does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypedDict

from openness.core.components import ASPECTS
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.interval import points
from openness.core.licence import Licence
from openness.core.record import record
from openness.core.release import Provenance, Reason, Release, Unread
from openness.core.scorecard import Scorecard
from openness.rubric.assess import assess
from openness.rubric.compile import Compiled


class WrittenFinding(TypedDict, total=False):
    """A finding on one subject as a case writes it; `licence` is an identifier as a publisher would write it."""

    status: str
    value: str
    licence: str


Findings = Mapping[str, "WrittenFinding | str"]
"""Findings by subject. A single word is a status, for an aspect with values one of those, for `licence` an identifier."""


class Case(TypedDict, total=False):
    """A worked case as its file writes it: findings, and what must follow from them. `schema.CaseSchema` validates the file."""

    name: str
    findings: Findings | None
    classes: list[str]
    gates: dict[str, str] | None
    affordances: dict[str, bool | None] | None
    says: list[str] | None
    points: tuple[float, float] | None
    advice: list[str] | None


Lookup = Callable[[str], Licence]
SEEN = (Evidence(Method.ATTESTATION, note="a worked case"),)
RELEASE = Release("org/case", "org/case", Provenance("case", "2026-01-01"))


@record(frozen=True, slots=True)
class CaseResult:
    """A worked case, and each difference between what it expects and what the rubric concludes; none if it holds."""

    name: str
    wrong: tuple[str, ...]


def run(compiled: Compiled, cases: Sequence[Case], lookup: Lookup) -> list[CaseResult]:
    """Runs every case; `lookup` finds a licence by its identifier."""
    return [
        CaseResult(case["name"], tuple(_wrong(case, judge(compiled, case.get("findings") or {}, lookup))))
        for case in cases
    ]


def judge(compiled: Compiled, findings: Findings, lookup: Lookup) -> Scorecard:
    """The scorecard of a release with just these findings; every other subject of the rubric is silent."""
    everything: dict[str, WrittenFinding | str] = {**dict.fromkeys(sorted(compiled.about), "silent"), **findings}
    return assess(RELEASE, [as_finding(about, said, lookup) for about, said in everything.items()], compiled, "case")


def as_finding(about: str, said: WrittenFinding | str, lookup: Lookup) -> Finding:
    """The finding that a case writes as one word, or as `status`, `value` and `licence`."""
    written = _one_word(about, said) if isinstance(said, str) else said
    status = Status(written.get("status", "released"))
    if status is Status.UNKNOWN:
        return Finding(about, status, "case", missing=Unread(Reason.OFFLINE, "nobody was asked"))
    stated = written.get("licence")
    licence = replace(lookup(stated), stated=stated) if stated else None
    value = licence.licence_class.value if licence and about == "licence" else written.get("value")
    return Finding(about, status, "case", value, licence, evidence=SEEN)


def _one_word(about: str, word: str) -> WrittenFinding:
    if word in ("unknown", "silent", "not-applicable", "withheld"):
        return {"status": word}
    if about == "licence":
        return {"licence": word}
    return {"value": word} if about in ASPECTS and ASPECTS[about].values else {"status": word}


def _wrong(case: Case, card: Scorecard) -> Iterator[str]:
    classes = [name for name, _ in card.verdict.classes]
    if classes != list(case["classes"]):
        yield f"classes: {', '.join(classes)}; must be {', '.join(case['classes'])}"
    states = {gate.id: gate.state.value for gate in card.gates}
    for gate, state in (case.get("gates") or {}).items():
        if states[gate] != state:
            yield f"gate {gate}: {states[gate]}; must be {state}"
    possible = {each.id: each.possible for each in card.affordances}
    for affordance, wanted in (case.get("affordances") or {}).items():
        if possible[affordance] is not wanted:
            yield f"affordance {affordance}: {possible[affordance]}; must be {wanted}"
    statements = {result.statement for result in card.criteria}
    for said in case.get("says") or ():
        if said not in statements:
            yield f"no criterion says: {said}"
    wanted_points = case.get("points")
    if wanted_points is not None:
        beside = {each.id for each in card.dimensions if each.beside}
        reached = points([each for each in card.criteria if each.applies is not False and each.dimension not in beside])
        if list(reached) != list(wanted_points):
            least, most = wanted_points
            yield f"points: {reached[0]:g} to {reached[1]:g}; must be {least:g} to {most:g}"
