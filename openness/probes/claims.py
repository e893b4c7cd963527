"""What the publisher calls the release (episode 00:13), to be held against what is really there; and who may change it."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.licence import LicenceClass
from openness.core.release import Need
from openness.probes.base import Findings, probe
from openness.probes.reading import View
from openness.probes.terms import release_licence
from openness.probes.words import phrases, refuses

_CLAIMS = (
    ("fully-open", ("fully open", "fully-open", "truly open", "completely open", "fully transparent")),
    ("open-source", ("open source", "open-source", "opensource")),
    ("open-science", ("open science", "open-science")),
    ("open-weights", ("open weight", "open-weight", "openly available", "publicly available weights")),
)
_SUBJECT = ("model", "release", "we ", "our ", "llm", "weights", "this ", "family")
_OTHERS = phrases(
    "other open | existing open | compared to open | than open | among open | open source models such | "
    "outperform | open-source models | open source models | open-source library | open source library | "
    "leaderboard"
)


@probe("openness-claim", finds=("openness-claim",), needs=(Need.CARD,))
def openness_claim(reading: View) -> Findings:
    """Which openness the card claims for the release itself, in its own sentence.

    Sentences that speak of other models, of libraries or of comparisons are left out; so are denials.
    """
    for value, words in _CLAIMS:
        for sentence in reading.card.sentences(words):
            lower = sentence.lower
            if not any(word in lower for word in _SUBJECT) or any(word in lower for word in _OTHERS) or refuses(lower):
                continue
            yield reading.found(
                "openness-claim", Status.DESCRIBED, value=value, evidence=(reading.card.quote(sentence),)
            )
            return
    if not reading.card.whole:
        return
    yield reading.found(
        "openness-claim",
        Status.DESCRIBED,
        value="none",
        evidence=(reading.card.whole_card("no such words found"),),
        confidence=Confidence.LOW,
    )


@probe("governance", finds=("governance",), uses=(release_licence,))
def governance(reading: View) -> Findings:
    """Whether the terms bind their publisher (episode 00:55): terms that can be revoked or changed alone do not.

    Read from the terms of the licence as the register has them; a licence whose terms are not known says nothing.
    """
    licence = release_licence(reading)
    if licence is None:
        return
    if not licence.terms and not licence.osi and licence.licence_class is not LicenceClass.NONE_STATED:
        reading.misread(f"the terms of {licence.name} are not known")
    terms = [
        licence.terms[key] for key in ("unilateral-change", "revocation", "remote-restriction") if key in licence.terms
    ]
    if licence.osi:
        yield reading.found(
            "governance",
            Status.DESCRIBED,
            licence=licence,
            evidence=(reading.field("license", licence.id),),
            note="an OSI-approved licence cannot be withdrawn from what is already released",
            confidence=Confidence.MEDIUM,
        )
    elif terms and any(term.value == "yes" for term in terms):
        term = next(term for term in terms if term.value == "yes")
        yield reading.found(
            "governance",
            Status.SILENT,
            licence=licence,
            evidence=(reading.field("license", licence.id, f"{term.section}: {term.quote or term.note}"),),
            note="the publisher may change or withdraw the terms alone",
        )
