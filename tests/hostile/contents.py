"""The content of every registered page, with a string wherever a publisher, a server, a project or a file could put it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from openness.core.comparison import Cell, ComparedRow, Comparison
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.gate import DemandResult, Gated, Line, Outcome
from openness.core.licence import Difference, Licence, LicenceClass, Mention, Sentence, Summary, Term, TextMatch
from openness.core.meanings import Subject
from openness.core.register import Identification, LicenceDetail, LicenceLine, TextPlace
from openness.core.release import Provenance, Reason, Release, Unread
from openness.core.rubric import Rubric
from openness.core.scorecard import Advice, Change, Scorecard
from openness.outputs.base import Explained
from openness.outputs.catalogue import CatalogueLine
from openness.outputs.licences import IdentifiedText, LicencePair, LicenceSheet
from openness.outputs.rubric_page import RubricSheet
from openness.rubric.assess import assess
from openness.rubric.library import load


@cache
def hostile_card(words: str) -> Scorecard:
    """A scorecard."""
    compiled = load("retort").compiled
    evidence = (
        Evidence(Method.CARD_SECTION, f"https://h.example/{words}", words, (1, 2), words, words, "2026-01-01", True),
        Evidence(Method.ATTESTATION, "javascript:alert(1)", words, None, words, words, "2026-01-01"),
    )
    licence = Licence(words, words, LicenceClass.BESPOKE, osi=False)
    findings = []
    for number, about in enumerate(sorted(compiled.about)):
        if number % 4 == 0:
            findings.append(Finding(about, Status.UNKNOWN, "p", missing=Unread(Reason.GATED, words)))
        else:
            findings.append(Finding(about, Status.RELEASED, "p", words, licence, evidence=evidence, note=words))
    provenance = Provenance("hub", "2026-01-01", words)
    address = f"https://h.example/{words}"
    release = Release(words, words, provenance, words, words, words, address, notices=(words, words))
    return assess(release, findings, compiled, "openness test")


@cache
def contents(words: str) -> dict[str, list[object]]:
    """By the name of the page: one content or several."""
    card = hostile_card(words)
    changed = replace(card, advice=Advice(words, words, (Change(words, words),), 2), terms=_summary(words))
    by_another = replace(card, rubric=replace(card.rubric, id="another", title=words))
    rubric = _rubric(words)
    return {
        "score": [[card], [changed], [card, card], [card, by_another]],
        "explain": [Explained((card,), "data-exact")],
        "advice": [[card, changed]],
        "compare": [_comparison(card, words), _comparison(card, words, 3)],
        "check": [_gated(words)],
        "component": [
            Subject(
                words,
                words,
                words,
                "",
                words,
                ((Status.SILENT, words),),
                (words,),
                ((words, words, words),),
                ((words, words),),
            )
        ],
        "components": [None],
        "rubric": [RubricSheet(rubric, "0" * 64)],
        "rubrics": [[(words, rubric)]],
        "catalogue": [[CatalogueLine(words, "2026-01-01", words, (words,))]],
        **_licences(words),
    }


def _comparison(card: Scorecard, words: str, count: int = 2) -> Comparison:
    cells = (Cell(words, words),) * count
    kinds = ("verdict", "score", "gate", "dimension", "licence", "access", "affordance", "criterion")
    rows = tuple(ComparedRow(kind, words, words, cells, True, "worse") for kind in kinds)
    return Comparison(card.rubric, (card.release,) * count, rows, (words,))


def _gated(words: str) -> Gated:
    evidence = (
        Evidence(Method.CARD_SECTION, f"https://h.example/{words}", words, (1, 2), words, words, "2026-01-01", True),
    )
    results = tuple(
        DemandResult(
            words, words, words, outcome, words, Line(words, 3), Line(words, 4), words, words, evidence, "0" * 16
        )
        for outcome in Outcome
    )
    return Gated(results, (words,), "openness 0", "2026-01-01")


def _rubric(words: str) -> Rubric:
    rubric = load("retort").rubric
    return replace(
        rubric,
        title=words,
        description=words,
        source=replace(rubric.source, title=words, url=words),
        dimensions=tuple(replace(each, title=words) for each in rubric.dimensions),
        criteria=tuple(replace(each, question=words, cite=words) for each in rubric.criteria),
        gates=tuple(replace(each, title=words, cite=words) for each in rubric.gates),
        classes=tuple(replace(each, title=words) for each in rubric.classes),
        affordances=tuple(replace(each, title=words, cite=words) for each in rubric.affordances),
    )


def _summary(words: str) -> Summary:
    sentences = (Sentence(words, "threshold", words),)
    return Summary(words, words, sentences, sentences, sentences, sentences)


def _licences(words: str) -> dict[str, list[object]]:
    terms = {"commercial-use": Term(words, words, words, words), "threshold": Term(words, words, words, words)}
    licence = Licence(words, words, LicenceClass.BESPOKE, words, None, url=words, terms=terms)
    line = LicenceLine(words, words, LicenceClass.BESPOKE, None, (words,))
    places = (TextPlace(words, words, words),)
    detail = LicenceDetail(
        licence, words, words, True, "family", words, words, words, (words,), (words,), places, (line,)
    )
    summary = _summary(words)
    difference = Difference(3, words, 4, True)
    match = TextMatch("modified", licence, licence, 0.9, words, 3, words, (difference, difference), 2, 3)
    mention = Mention(licence, 3, words, frozenset({"code"}))
    found = Identification(words, (words,), match, summary, (mention,))
    left_over = Identification(words, (), TextMatch("unknown", None, None, 0.1, words, None, words), None, (mention,))
    return {
        "licence": [LicenceSheet(detail, summary)],
        "licences": [[line]],
        "licence-diff": [LicencePair(detail, detail, [("threshold", terms["threshold"], None)])],
        "identification": [IdentifiedText(found, detail), IdentifiedText(left_over, None)],
    }
