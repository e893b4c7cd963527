"""The licence as a finding, and whether the sources that name one agree."""

from __future__ import annotations

from openness import licences
from openness.core.finding import Confidence, Evidence, Status
from openness.core.licence import UNKNOWN
from openness.core.release import Need, ReadText, Unread
from openness.probes.base import Findings, probe
from openness.probes.reading import View
from openness.probes.terms import UNNAMED, Terms, alike, stated_terms, unread_document


@probe(
    "licence",
    finds=("licence", "licence-conflict"),
    also=(Need.CARD_METADATA, Need.LICENCE_TEXT, Need.CARD, Need.FILE_LIST),
    uses=(stated_terms,),
)
def licence(reading: View) -> Findings:
    """Which terms the release is under (episode 00:03), by identifier and by the text in the repository.

    The metadata's tag is looked up in the register; the licence file is identified by its text; the card's prose and NOTICE
    files are read for names of licences. The file decides, else the tag, else the prose; a source that names another
    licence is reported as a conflict. Where a source that may change the answer was not read, the licence is unknown.
    """
    terms = stated_terms(reading)
    if terms.misread:
        reading.doubt(terms.misread)
    evidence = [_tag_evidence(reading)] if terms.claims else []
    mentioned = (*terms.prose, *terms.notice)[:3]
    evidence += [reading.locator.licence_text(path, each.line, each.quote) for path, each in mentioned]
    if terms.decided is None:
        yield from _undecided(reading, terms, tuple(evidence))
        return
    if not (terms.claims or terms.text or terms.prose):
        return
    confidence, note = Confidence.MEDIUM, _tag_note(reading, terms)
    if terms.text and terms.match:
        evidence.insert(0, _text_evidence(reading, terms.text, terms.match))
        if terms.held and terms.decided is UNKNOWN:
            note = f"the file holds {terms.held.name}, a narrower licence is stated; which is in force is not known"
        elif terms.refers:
            note = f"the licence file names {terms.refers.name} without its text"
        elif terms.held:
            confidence, note = Confidence.HIGH, "by the text of the licence file"
        else:
            based = f" (nearest: {terms.match.based_on.name})" if terms.match.based_on else ""
            note = f"the licence file could not be identified{based}"
    decided, shown = terms.decided, tuple(evidence)
    yield reading.found(
        "licence",
        Status.RELEASED,
        value=decided.licence_class,
        licence=decided,
        confidence=confidence,
        evidence=shown,
        note=note,
    )
    value, words, sure = _agreement(terms)
    unread = _unread_source(reading) if value == "agree" else None
    if unread:
        yield reading.unknown("licence-conflict", unread, evidence=shown)
    elif value:
        yield reading.found(
            "licence-conflict", Status.RELEASED, value=value, evidence=shown, confidence=sure, note=words
        )


def _unread_source(reading: View) -> Unread | None:
    """Why a source that may name another licence was not read; None where all of them were."""
    needs = (Need.CARD_METADATA, Need.LICENCE_TEXT, Need.CARD)
    return next((why for need in needs if (why := reading.unseen(need))), None)


def _undecided(reading: View, terms: Terms, claimed: tuple[Evidence, ...]) -> Findings:
    """The licence as unknown, with the sources that claim one; and a conflict where two sources that were read disagree."""
    if terms.undecided is None:
        return
    document = unread_document(reading.files.paths)
    evidence = claimed
    if terms.text and terms.match:
        evidence = (_text_evidence(reading, terms.text, terms.match), *claimed)
    stated = bool(evidence or document)
    evidence += (reading.file(document),) if document else ()
    names = ", ".join(dict.fromkeys(each.name for each in (*terms.claims, *terms.said)))
    note = f"{names} is claimed; whether it is in force is not known" if names else ""
    possible = (Status.RELEASED,) if stated else ()
    yield reading.unknown("licence", terms.undecided, evidence=evidence, possible=possible, note=note)
    words = _another_word(terms)
    if words:
        yield reading.found(
            "licence-conflict",
            Status.RELEASED,
            value="disagree",
            evidence=evidence,
            confidence=Confidence.LOW,
            note=words,
        )
    else:
        yield reading.unknown("licence-conflict", terms.undecided)


def _text_evidence(reading: View, text: ReadText, match: licences.TextMatch) -> Evidence:
    line, title = _title(text.text, match.title_line)
    return reading.locator.licence_text(text.path, line, title, match.note)


def _title(text: str, line: int | None) -> tuple[int, str]:
    """The line on which a licence text begins, and its words."""
    lines = text.split("\n")
    first = next((number for number, each in enumerate(lines, 1) if each.strip()), 1)
    line = line if line and line <= len(lines) and lines[line - 1].strip() else first
    return line, lines[line - 1].strip()


def _tag_note(reading: View, terms: Terms) -> str:
    if not terms.claims:
        return "by the words of the card"
    if reading.curated:
        return "by its identifier, as the catalogue records it; the licence text was not read"
    return "by its identifier; the repository holds no licence text"


def _agreement(terms: Terms) -> tuple[str, str, Confidence]:
    """Whether tag and text agree, in the aspect's value, in words, and how sure; '' where nothing can be compared."""
    names = ", ".join(claim.id for claim in terms.claims)
    other = _another_word(terms)
    if terms.held and terms.claims:
        unnamed = all(claim.id in UNNAMED for claim in terms.claims)
        if not unnamed and not any(licences.covers(claim, terms.held) for claim in terms.claims):
            return "disagree", f"the tag says {names}, the file holds {terms.held.id}", Confidence.HIGH
    if other:
        return "disagree", other, Confidence.LOW
    if terms.held and terms.claims:
        return "agree", "tag and text agree", Confidence.HIGH
    if len(terms.claims) > 1:
        return "disagree", f"several licences are claimed without saying which applies: {names}", Confidence.MEDIUM
    if terms.refers and terms.claims:
        agree = any(alike(claim, terms.refers) for claim in terms.claims if claim.id not in UNNAMED)
        words = f"the tag says {names}, the file names {terms.refers.id}"
        return "agree" if agree else "disagree", words, Confidence.MEDIUM
    if terms.match and terms.claims and terms.claims[0].osi:
        return "disagree", f"the tag says {names}, the file is not known to be that", Confidence.LOW
    if terms.claims and terms.prose:
        return "agree", "tag and card agree", Confidence.MEDIUM
    if terms.claims and not terms.text:
        return "agree", "only one source states a licence", Confidence.LOW
    return "", "", Confidence.LOW


def _another_word(terms: Terms) -> str:
    """In words, the card's prose or a NOTICE that names one other licence than tag and file do; '' where none does."""
    stated = [claim for claim in (*terms.claims, terms.held) if claim and claim.id not in UNNAMED]
    if not stated:
        return ""
    names = ", ".join(dict.fromkeys(each.id for each in stated))
    said = {mention.licence.id: (path, mention) for path, mention in terms.prose}
    others = [(path, each) for path, each in said.values() if not any(alike(one, each.licence) for one in stated)]
    if len(others) == len(said) == 1:
        [(path, mention)] = others
        return f"the tag or file says {names}, {path} (line {mention.line}) says {mention.licence.id}"
    for path, mention in terms.notice:
        if not mention.licence.osi and all(one.osi for one in stated):
            return f"{path} (line {mention.line}) names {mention.licence.id} for a part of it"
    return ""


def _tag_evidence(reading: View) -> Evidence:
    said, name = reading.metadata.fields.get("license"), reading.metadata.fields.get("license_name")
    return reading.field("cardData.license", f"{said} ({name})" if name else said)
