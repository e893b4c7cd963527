"""What can be asked of a licence, and that what is not known of it leaves the question open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from openness.core import kleene, questions
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.kleene import Truth
from openness.core.licence import NONE_STATED, TERMS, UNKNOWN, Licence, LicenceClass, Term
from openness.core.release import Reason, Unread
from openness.licences import lookup

MIT, LLAMA, OTHER = lookup("mit"), lookup("llama3"), lookup("somebody-s-own")
YES, NO, OPEN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
SEEN = (Evidence(Method.LICENCE_TEXT, note="seen"),)


def with_term(name: str, value: str) -> Licence:
    return Licence("own", "own", LicenceClass.BESPOKE, terms={name: Term(value)})


@pytest.mark.parametrize("licence", [None, UNKNOWN])
def test_a_licence_that_is_not_known_leaves_every_question_open(licence: Licence | None) -> None:
    assert questions.osi_approved(licence) is questions.fsf_libre(licence) is OPEN
    assert questions.of_class(licence, ["open-source"]) is OPEN
    assert questions.identified_as(licence, ["MIT"]) is OPEN
    assert questions.among(licence, ["mit", "unknown"]) is OPEN
    for name in TERMS:
        assert questions.has(licence, name) is questions.says(licence, name, ["yes"]) is OPEN
        assert questions.term(licence, name) is None


def test_where_no_licence_is_stated_nothing_is_granted() -> None:
    assert questions.stated(NONE_STATED) is NO
    assert questions.osi_approved(NONE_STATED) is questions.fsf_libre(NONE_STATED) is NO
    assert questions.of_class(NONE_STATED, ["none-stated"]) is YES
    assert all(questions.has(NONE_STATED, name) is YES for name in TERMS)
    assert all(questions.says(NONE_STATED, name, ["yes"]) is NO for name in TERMS)


def test_approval() -> None:
    assert (questions.osi_approved(MIT), questions.fsf_libre(MIT)) == (YES, YES)
    assert (questions.osi_approved(LLAMA), questions.fsf_libre(LLAMA)) == (NO, NO)
    assert questions.osi_approved(OTHER) is OPEN


@pytest.mark.parametrize("licence_class", sorted(questions.RESTRICTED))
def test_a_class_that_contradicts_the_definitions_is_never_approved(licence_class: LicenceClass) -> None:
    restricted = Licence("own", "own", licence_class)
    assert questions.osi_approved(restricted) is questions.fsf_libre(restricted) is NO


def test_which_licence_it_is() -> None:
    assert questions.identified_as(MIT, ["MIT", "ISC"]) is YES
    assert questions.identified_as(MIT, ["Apache-2.0"]) is NO
    assert [questions.among(MIT, [name]) for name in ("mit", "MIT", "Open-Source", "isc")] == [YES, YES, YES, NO]
    assert questions.of_class(MIT, ["open-source", "open-content"]) is YES
    assert questions.of_class(UNKNOWN, ["unknown"]) is YES
    assert questions.spelled_as_spdx(replace(MIT, stated="mit")) is NO
    assert questions.spelled_as_spdx(replace(MIT, stated="MIT")) is YES
    assert questions.spelled_as_spdx(None) is OPEN


def test_terms() -> None:
    assert questions.has(LLAMA, "naming") is YES
    assert questions.has(MIT, "naming") is NO
    assert questions.says(LLAMA, "commercial-use", ["threshold"]) is YES
    assert questions.says(LLAMA, "commercial-use", ["yes"]) is NO
    assert questions.says(MIT, "territory", ["EU"]) is OPEN
    found = questions.term(LLAMA, "commercial-use")
    assert found
    assert found.section
    assert questions.has(OTHER, "naming") is OPEN


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("field-of-use", "no", NO),
        ("field-of-use", "unknown", OPEN),
        ("attribution", "no (retain notices)", NO),
        ("remote-restriction", "no: user must run content filters", NO),
        ("copyleft", "no, but derivatives must stay under this licence", YES),
        ("naming", "not above 100 million users", YES),
        ("naming", "notice", YES),
        ("outputs-may-train-others", "no", YES),
        ("outputs-may-train-others", "not for competing models", YES),
    ],
)
def test_whether_a_term_is_in_a_licence(name: str, value: str, answer: Truth) -> None:
    assert questions.has(with_term(name, value), name) is answer


@pytest.mark.parametrize("licence", [None, MIT, LLAMA, NONE_STATED])
def test_an_unknown_finding_establishes_no_licence(licence: Licence | None) -> None:
    finding = Finding("licence", Status.UNKNOWN, "test", licence=licence, missing=Unread(Reason.OFFLINE))
    assert questions.in_force(finding) is None


def test_the_licence_in_force() -> None:
    assert questions.in_force(None) is None
    assert questions.in_force(Finding("licence", Status.SILENT, "test", evidence=SEEN)) is NONE_STATED
    assert questions.in_force(Finding("licence", Status.RELEASED, "test", licence=MIT, evidence=SEEN)) is MIT
    assert questions.in_force(Finding("licence", Status.RELEASED, "test", evidence=SEEN)) is None


@pytest.mark.parametrize("value", [True, False, None])
def test_truths_and_flags(value: bool | None) -> None:
    assert kleene.known(kleene.of(value)) is value
