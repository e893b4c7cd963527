"""Demands held against a scorecard. A demand is violated only where nothing that is still possible would meet it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from openness.core.errors import PolicyError
from openness.core.finding import Finding, Status
from openness.core.gate import Line, Outcome, Result
from openness.core.licence import Licence, LicenceClass
from openness.core.record import record
from openness.core.release import Unread
from openness.core.scorecard import GateState, Scorecard
from openness.core.text import digest

if TYPE_CHECKING:
    from openness.policy.project import Project
    from openness.policy.schema import Entry, Policy


@record(frozen=True, slots=True)
class Verdict:
    """A demand's key and name, whether it holds (None: undecided), what to say, what to do, and what it rests on."""

    key: str
    rule: str
    holds: bool | None
    message: str
    fix: str
    because: tuple[Finding, ...] = ()


def judge(card: Scorecard, policy: Policy, classes: Sequence[str]) -> Iterator[Verdict]:
    """Every demand of a policy on a scorecard; `classes` are those of its rubric, best first.

    Raises `PolicyError` for a class or a gate that the rubric does not have.
    """
    if policy.min_class:
        yield _class(card, policy.min_class, classes)
    if policy.min_score is not None:
        yield _score(card, policy.min_score)
    for gate in policy.gates:
        yield _gate(card, gate)
    licence = next((each for each in card.findings if each.about == "licence"), None)
    yield from _licences(card, policy, licence)
    if policy.lineage:
        yield _lineage(card, policy.lineage)


def _class(card: Scorecard, least: str, classes: Sequence[str]) -> Verdict:
    if least not in classes:
        raise PolicyError(
            f"min-class: the rubric {card.rubric.id} has no class {least!r}", f"it has {', '.join(classes)}"
        )
    enough = set(classes[: classes.index(least) + 1])
    possible = [id for id, _ in card.verdict.classes]
    holds = True if enough.issuperset(possible) else False if enough.isdisjoint(possible) else None
    found = " or ".join(title for _, title in card.verdict.classes)
    why = " ".join(card.verdict.reasons if holds is False else card.verdict.undecided)
    return Verdict(
        "min-class",
        "min-class",
        holds,
        f"is {found}; at least {least} is demanded. {why}".strip(),
        "choose another release, or see `openness advise` for what its publisher would have to change",
        tuple(finding for result in card.criteria if result.statement in why for finding in result.because),
    )


def _score(card: Scorecard, least: int) -> Verdict:
    low, high = card.score.percent if card.score else (0, 100)
    holds = True if low >= least else False if high < least else None
    shown = f"{low} %" if low == high else f"{low} to {high} %"
    return Verdict(
        "min-score",
        "min-score",
        holds,
        f"reaches {shown}; at least {least} % is demanded",
        "choose a more open release",
    )


def _gate(card: Scorecard, id: str) -> Verdict:
    gate = next((each for each in card.gates if each.id == id), None)
    if gate is None:
        known = ", ".join(each.id for each in card.gates) or "none"
        raise PolicyError(f"gates: the rubric {card.rubric.id} has no gate {id!r}", f"it has {known}")
    holds = {GateState.PASS: True, GateState.FAIL: False, GateState.OPEN: None}[gate.state]
    said = " ".join((*gate.failing, *gate.open)) or "passed"
    because = tuple(
        finding
        for result in card.criteria
        if any(result.statement in each for each in gate.failing)
        for finding in result.because
    )
    return Verdict(
        "gates", f"gate:{id}", holds, f"{gate.title}: {said}", "choose a release that passes the gate", because
    )


def _licences(card: Scorecard, policy: Policy, finding: Finding | None) -> Iterator[Verdict]:
    because = (finding,) if finding else ()
    licence = _known(finding)
    name = licence.name if licence else "not known"
    allow, forbid = policy.licences.allow, policy.licences.forbid
    fix = "choose a release under another licence, or write an exception with a reason and an end"
    if allow:
        holds = _among(licence, allow)
        yield Verdict(
            "licences", "licence:allow", holds, f"its licence is {name}; allowed are {', '.join(allow)}", fix, because
        )
    if forbid:
        among = _among(licence, forbid)
        holds = None if among is None else not among
        yield Verdict(
            "licences",
            "licence:forbid",
            holds,
            f"its licence is {name}; forbidden are {', '.join(forbid)}",
            fix,
            because,
        )
    for term, wanted in policy.terms.items():
        values = [wanted] if isinstance(wanted, str) else wanted
        holds, value = _term(licence, term, values)
        message = f"its licence ({name}) says of {term}: {value}; demanded is {' or '.join(values)}"
        yield Verdict("terms", f"term:{term}", holds, message, fix, because)
    for term in policy.without:
        holds, value = _without(licence, term)
        message = f"its licence ({name}): {term} is {value}, and must not be"
        yield Verdict("without", f"without:{term}", holds, message, fix, because)


def _known(finding: Finding | None) -> Licence | None:
    if finding is None or finding.status is Status.UNKNOWN:
        return None
    if finding.status is Status.SILENT or finding.licence is None:
        return Licence("none", "none stated", LicenceClass.NONE_STATED, osi=False)
    return None if finding.licence.licence_class is LicenceClass.UNKNOWN else finding.licence


def _among(licence: Licence | None, names: Iterable[str]) -> bool | None:
    if licence is None:
        return None
    own = {licence.id.lower(), (licence.spdx or "").lower(), licence.licence_class.value}
    return any(name.lower() in own for name in names)


def _term(licence: Licence | None, term: str, values: Sequence[str]) -> tuple[bool | None, str]:
    if licence is None:
        return None, "not known"
    if licence.licence_class is LicenceClass.NONE_STATED:
        return False, "nothing is granted"
    said = licence.terms.get(term)
    if said is None or said.value == "unknown":
        return None, "not known"
    return said.value in values, said.value + (f" [{said.section}]" if said.section else "")


def _without(licence: Licence | None, term: str) -> tuple[bool | None, str]:
    if licence is None or (not licence.terms and licence.licence_class is not LicenceClass.NONE_STATED):
        return None, "not known"
    if licence.licence_class is LicenceClass.NONE_STATED:
        return False, "no licence is stated, so that nothing is granted"
    said = licence.terms.get(term)
    if said is None or said.value.startswith("no"):
        return True, "not in it"
    if said.value == "unknown":
        return None, "not known"
    return False, said.value + (f" [{said.section}]" if said.section else "")


def _lineage(card: Scorecard, least: str) -> Verdict:
    finding = next((each for each in card.findings if each.about == "lineage-terms"), None)
    accepted = {"compatible", "base-terms-apply"} if least == "base-terms-apply" else {"compatible"}
    if finding is None or finding.status is Status.UNKNOWN:
        holds, said = None, "not known"
    elif finding.status in (Status.SILENT, Status.NOT_APPLICABLE):
        holds, said = True, "it has no base"
    else:
        holds, said = finding.value in accepted, str(finding.value).replace("-", " ")
    fix = "choose a release whose licence grants no more than that of its base"
    return Verdict("lineage", "lineage", holds, f"terms of its base: {said}", fix, (finding,) if finding else ())


def results(
    card: Scorecard, entry: Entry, policy: Policy, classes: Sequence[str], project: Project
) -> Iterator[Result]:
    """Every demand on a release as a result, with the lines of the project's file."""
    at = project.release_line(entry.id)
    for each in judge(card, policy, classes):
        rule_at = project.rule_line(entry.policy, each.key)
        yield result(card, each, at, rule_at)


def result(card: Scorecard, verdict: Verdict, at: Line, rule_at: Line) -> Result:
    """One demand as a result."""
    evidence = tuple(dict.fromkeys(seen for finding in verdict.because for seen in finding.evidence[:2]))
    return Result(
        card.release.id,
        card.release.revision,
        verdict.rule,
        _outcome(verdict.holds, card),
        verdict.message,
        at,
        rule_at,
        verdict.fix,
        evidence=evidence[:6],
        fingerprint=fingerprint(card.release.id, verdict.rule),
    )


def _outcome(holds: bool | None, card: Scorecard) -> Outcome:
    if holds is not None:
        return Outcome.HOLDS if holds else Outcome.VIOLATED
    return Outcome.RETRY if any(_retriable(missing) for _, missing in card.coverage.missing) else Outcome.UNDECIDED


def _retriable(missing: Unread) -> bool:
    return missing.retriable


def fingerprint(release: str, rule: str) -> str:
    """What stays the same of a violation from run to run: whom it is about, and what is demanded."""
    return digest(f"{release}\x1f{rule}")[:16]


def excused(
    found: Sequence[Result], project: Project, tolerated: frozenset[str], day: str
) -> tuple[list[Result], list[str]]:
    """Violations that an exception or the baseline covers, marked so; and what is to be said of exceptions.

    `day` is today's, ISO 8601. An expired exception covers nothing.
    """
    exceptions = {(each.release, each.rule): each for each in project.config.exceptions}
    used: set[tuple[str, str]] = set()
    marked = []
    for each in found:
        exception = exceptions.get((each.release, each.rule))
        open_ = each.outcome in (Outcome.VIOLATED, Outcome.UNDECIDED)
        if exception and open_:
            used.add((each.release, each.rule))
            if exception.until.isoformat() >= day:
                note = f"{each.message} (excepted until {exception.until}: {exception.reason})"
                each = replace(each, outcome=Outcome.EXCEPTED, message=note)
            else:
                each = replace(each, message=f"{each.message} (its exception ended on {exception.until})")
        elif each.outcome is Outcome.VIOLATED and each.fingerprint in tolerated:
            each = replace(each, outcome=Outcome.TOLERATED)
        marked.append(each)
    unused = [
        f"The exception for {release}, {rule}, covers nothing."
        for release, rule in exceptions
        if (release, rule) not in used
    ]
    return marked, unused
