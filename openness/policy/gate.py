"""Holds demands against a scorecard. A demand is violated only if nothing that is still possible meets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from openness.core import kleene, questions, words
from openness.core.comparison import class_range
from openness.core.errors import PolicyError
from openness.core.finding import Finding, Status
from openness.core.gate import DemandResult, FoundState, Line, Outcome
from openness.core.kleene import Truth
from openness.core.licence import Licence, LicenceClass
from openness.core.record import record
from openness.core.scorecard import Scorecard
from openness.core.text import digest
from openness.policy.baseline import Tolerated, no_worse
from openness.policy.project import Project
from openness.policy.schema import Policy, WatchedRelease


@record(frozen=True, slots=True)
class Ruling:
    """How one demand came out.

    `key` is the demand's key in the project's file, `rule` its name in results; `fix` says what to do about a violation, and
    `because` are the findings that decided.
    """

    key: str
    rule: str
    holds: Truth
    message: str
    fix: str
    because: tuple[Finding, ...] = ()


def judge(card: Scorecard, policy: Policy, classes: Sequence[str]) -> Iterator[Ruling]:
    """A ruling on every demand of a policy; `classes` are those of the rubric, best first.

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


def _class(card: Scorecard, least: str, classes: Sequence[str]) -> Ruling:
    if least not in classes:
        raise PolicyError(
            f"min-class: the rubric {card.rubric.id} has no class {least!r}", f"it has {', '.join(classes)}"
        )
    if least == classes[-1]:
        raise PolicyError(
            f"min-class: every release is at least {least!r}, so this demands nothing",
            f"name a better class: {', '.join(classes[:-1])}",
        )
    enough = frozenset(classes[: classes.index(least) + 1])
    holds = kleene.over(kleene.of(name in enough) for name, _ in card.verdict.classes)
    why = " ".join(card.verdict.reasons if holds is Truth.FALSE else card.verdict.undecided)
    return Ruling(
        "min-class",
        "min-class",
        holds,
        f"is {words.verdict(card.verdict)}; the project demands at least {least}. {why}".strip(),
        "choose another release, or ask `openness advise` what its publisher would have to change",
        tuple(finding for result in card.criteria if result.statement in why for finding in result.because),
    )


def _score(card: Scorecard, least: int) -> Ruling:
    low, high = card.score.percent if card.score else (0, 100)
    holds = kleene.over((kleene.of(low >= least), kleene.of(high >= least)))
    return Ruling(
        "min-score",
        "min-score",
        holds,
        f"reaches {words.percent(card.score, 'no score')}; the project demands at least {least} %",
        "choose a more open release",
    )


def _gate(card: Scorecard, name: str) -> Ruling:
    gate = next((each for each in card.gates if each.id == name), None)
    if gate is None:
        known = ", ".join(each.id for each in card.gates) or "none"
        raise PolicyError(f"gates: the rubric {card.rubric.id} has no gate {name!r}", f"it has {known}")
    said = " ".join((*gate.failing, *gate.open)) or "passed"
    because = tuple(
        finding
        for result in card.criteria
        if any(result.statement in each for each in gate.failing)
        for finding in result.because
    )
    return Ruling(
        "gates",
        f"gate:{name}",
        gate.state.truth,
        f"{gate.title}: {said}",
        "choose a release that passes the gate",
        because,
    )


def _licences(card: Scorecard, policy: Policy, finding: Finding | None) -> Iterator[Ruling]:
    because = (finding,) if finding else ()
    licence = questions.in_force(finding)
    shown = licence.name if licence and licence.licence_class is not LicenceClass.UNKNOWN else "not known"
    allow, forbid = policy.licences.allow, policy.licences.forbid
    fix = "choose a release under another licence, or write an exception with a reason and an end date"
    if allow:
        message = f"its licence is {shown}; the project allows {', '.join(allow)}"
        yield Ruling("licences", "licence:allow", questions.among(licence, allow), message, fix, because)
    if forbid:
        message = f"its licence is {shown}; the project forbids {', '.join(forbid)}"
        holds = kleene.negated(questions.among(licence, forbid))
        yield Ruling("licences", "licence:forbid", holds, message, fix, because)
    for term, wanted in policy.terms.items():
        values = [wanted] if isinstance(wanted, str) else wanted
        message = (
            f"its licence ({shown}) says of {term}: {_said(licence, term)}; the project demands {' or '.join(values)}"
        )
        yield Ruling("terms", f"term:{term}", questions.says(licence, term, values), message, fix, because)
    for term in policy.without:
        has = questions.has(licence, term)
        told = "absent" if has is Truth.FALSE else _said(licence, term)
        message = f"its licence ({shown}) must not contain the term {term}: {told}"
        yield Ruling("without", f"without:{term}", kleene.negated(has), message, fix, because)


def _said(licence: Licence | None, name: str) -> str:
    """What a licence says of a term, with the clause."""
    if questions.stated(licence) is Truth.FALSE:
        return "no licence is stated, so nothing is granted"
    found = questions.term(licence, name)
    if found is None:
        return "not known"
    return found.value + (f" [{found.section}]" if found.section else "")


def _lineage(card: Scorecard, least: str) -> Ruling:
    finding = next((each for each in card.findings if each.about == "lineage-terms"), None)
    accepted = {"compatible", "base-terms-apply"} if least == "base-terms-apply" else {"compatible"}
    if finding is None or finding.status is Status.UNKNOWN:
        holds, said = Truth.UNKNOWN, "not known"
    elif finding.status in (Status.SILENT, Status.NOT_APPLICABLE):
        holds, said = Truth.TRUE, "it has no base"
    else:
        holds, said = kleene.of(finding.value in accepted), str(finding.value).replace("-", " ")
    fix = "choose a release whose licence grants no more than the licence of its base"
    return Ruling("lineage", "lineage", holds, f"the terms of its base: {said}", fix, (finding,) if finding else ())


def results(
    card: Scorecard, entry: WatchedRelease, policy: Policy, classes: Sequence[str], project: Project
) -> Iterator[DemandResult]:
    """A result for every demand on a release, with the lines of the project's file."""
    at = project.release_line(entry.id)
    found = state(card, classes)
    for each in judge(card, policy, classes):
        rule_at = project.rule_line(entry.policy, each.key)
        yield replace(result(entry.id, card, each, at, rule_at), found=found)


def state(card: Scorecard, classes: Sequence[str]) -> FoundState:
    """What was found of a release, as a baseline holds it; `classes` are those of the rubric, best first."""
    licence = questions.in_force(next((each for each in card.findings if each.about == "licence"), None))
    low, high = class_range(card, classes)
    return FoundState(
        f"{card.rubric.id} {card.rubric.digest}",
        (max(0, low - 1), max(0, high - 1)),
        (card.score.low, card.score.high) if card.score else None,
        licence.id if licence else "unknown",
        (licence.licence_class if licence else LicenceClass.UNKNOWN).value,
        tuple(sorted((each.id, each.state.value) for each in card.gates)),
        any(missing.retriable for _, missing in card.coverage.missing),
    )


def result(asked: str, card: Scorecard, ruling: Ruling, at: Line, rule_at: Line) -> DemandResult:
    """A ruling as a result for the release that the project asks for.

    `at` is the line that names the release, `rule_at` the line that makes the demand.
    """
    evidence = tuple(dict.fromkeys(seen for finding in ruling.because for seen in finding.evidence[:2]))
    return DemandResult(
        asked,
        card.release.revision,
        ruling.rule,
        _outcome(ruling.holds, card),
        ruling.message,
        at,
        rule_at,
        ruling.fix,
        evidence=evidence[:6],
        fingerprint=fingerprint(asked, ruling.rule),
    )


def _outcome(holds: Truth, card: Scorecard) -> Outcome:
    if holds is not Truth.UNKNOWN:
        return Outcome.HOLDS if holds else Outcome.VIOLATED
    return Outcome.RETRY if any(missing.retriable for _, missing in card.coverage.missing) else Outcome.UNDECIDED


def fingerprint(release: str, rule: str) -> str:
    """An identity of a violation that stays the same from run to run: 16 hexadecimal digits of release and rule."""
    return digest(f"{release}\x1f{rule}")[:16]


def excused(
    found: Sequence[DemandResult], project: Project, tolerated: Mapping[tuple[str, str], Tolerated], day: str
) -> tuple[list[DemandResult], list[str]]:
    """The results, with those that an exception or the baseline covers marked; and notices about unused exceptions.

    `tolerated` is the baseline by release and rule, `day` the day by which exceptions end (ISO 8601). An expired exception covers
    nothing. What a baseline holds tolerates nothing worse; where it is not known whether it is worse, neither is the outcome.
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
        elif each.outcome is Outcome.VIOLATED and each.found and (each.release, each.rule) in tolerated:
            each = _held_against(each, tolerated[each.release, each.rule].found, each.found)
        marked.append(each)
    unused = [
        f"The exception for {release}, {rule}, covers nothing."
        for release, rule in exceptions
        if (release, rule) not in used
    ]
    return marked, unused


def _held_against(result: DemandResult, then: FoundState, now: FoundState) -> DemandResult:
    """A violation that stands in the baseline: tolerated where nothing became worse since."""
    held = no_worse(then, now)
    if held is Truth.TRUE:
        return replace(result, outcome=Outcome.TOLERATED)
    if then.rubric != now.rubric:
        note = "the baseline was written under another rubric, or another version of it"
        return replace(result, message=f"{result.message} ({note})")
    if held is Truth.FALSE:
        return replace(result, message=f"{result.message} (worse than what the baseline tolerates)")
    note = "whether it is worse than what the baseline tolerates is not known"
    outcome = Outcome.RETRY if now.retriable else Outcome.UNDECIDED
    return replace(result, outcome=outcome, message=f"{result.message} ({note})")
