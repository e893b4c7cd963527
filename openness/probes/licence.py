"""The licence: the tag is a claim, the file is the licence, the card's prose a claim too; a disagreement is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from openness import licences
from openness.core.finding import Confidence, Evidence, Status
from openness.core.licence import NONE_STATED, UNKNOWN, Licence, LicenceClass
from openness.core.release import Need, ReadText, Reason, Unread
from openness.licences.mentions import Mention, find_mentions
from openness.probes.base import Found, probe
from openness.probes.metadata import is_no_name
from openness.probes.reading import View, shared

_THIS = (
    "this model",
    "this release",
    "our ",
    "we release",
    "the model",
    "weights",
    "checkpoint",
    "licen",
    "released under",
)
_ANOTHER = ("modified", "originally", "derived from", "based on", "fine-tuned from", "if ")
"""Words of a sentence that speaks of this release's licence, and of one that speaks of something else's."""

_REFERENCE = 2_000
"""Characters of a licence file that may do no more than name a licence."""

_UNNAMED = frozenset({"other", "unknown"})
_WORD = re.compile(r"[a-z]+")
_FILE_WORDS = frozenset({"license", "licence", "licenses", "licences", "copying"})
_OF_THE_WEIGHTS = frozenset({"model", "models", "weight", "weights", "community", "checkpoint", "checkpoints"})
_NOT_THE_WEIGHTS = frozenset(
    {
        "code",
        "src",
        "source",
        "data",
        "dataset",
        "datasets",
        "third",
        "thirdparty",
        "party",
        "notice",
        "notices",
        "policy",
    }
)
_DOCUMENTS = (".pdf", ".docx", ".doc", ".html")


class Terms(NamedTuple):
    """What is said of a release's licence: by its metadata, its card's prose, a file; and what follows.

    `prose` holds what the card says of the release's own licence, `notice` what NOTICE files name, each with its file;
    `refers` is the licence that the licence file names where it holds no licence text but a sentence or two. `decided` is
    the licence in force; None where `open` says why it is not known.
    """

    claims: tuple[Licence, ...]
    prose: tuple[tuple[str, Mention], ...]
    notice: tuple[tuple[str, Mention], ...]
    text: ReadText | None
    match: licences.TextMatch | None
    refers: Licence | None
    decided: Licence | None
    open: Unread | None

    @property
    def held(self) -> Licence | None:
        """The licence that the file was identified as."""
        return self.match.licence if self.match and self.match.kind == "identified" else None

    @property
    def said(self) -> tuple[Licence, ...]:
        """The licences that the card's prose names."""
        return tuple({mention.licence.id: mention.licence for _, mention in self.prose}.values())

    @property
    def untagged(self) -> bool:
        """Whether the metadata name no licence."""
        return all(claim.id in _UNNAMED for claim in self.claims)


@shared(Need.CARD_METADATA, Need.LICENCE_TEXT, Need.CARD, Need.FILE_LIST)
def stated_terms(reading: View) -> Terms:
    """What is said of the release's licence, and which licence is in force."""
    claims = licences.lookup_metadata(reading.metadata.fields)
    claims = tuple(claim for claim in claims if claim.licence_class is not LicenceClass.NONE_STATED)
    misread = None
    for key in ("license", "licence", "license_name"):
        reading.metadata.names(key)
    if reading.doubts:
        misread, claims = (
            reading.doubts[0],
            tuple(claim for claim in claims if claim is not UNKNOWN and not is_no_name(claim.id)),
        )
    text = _weights_text(reading)
    match = licences.identify_text(text.text) if text else None
    prose, notice = _prose(reading), _notice(reading.texts)
    terms = Terms(claims, prose, notice, text, match, _referred(text, match), None, None)
    unseen = _why_open(reading, terms, misread)
    return terms._replace(open=unseen) if unseen else terms._replace(decided=_decide(terms))


@shared(uses=(stated_terms,))
def release_licence(reading: View) -> Licence | None:
    """The licence of the release: what the licence file holds, else what the tag claims; None where it cannot be known."""
    return stated_terms(reading).decided


def _why_open(reading: View, terms: Terms, misread: Unread | None) -> Unread | None:
    """What was not seen, or not understood, and may change which licence is in force; None where nothing may.

    The file decides, so an unread licence file leaves every tag open. A tag may be narrower than an open licence in a
    file, and where there is no tag, the card's prose may. A licence in a file that is not open stands against both.
    """
    unread = _unread_text(reading, terms)
    if unread:
        return unread
    held = terms.held
    if held and not held.osi:
        return None
    untold = reading.unseen(Need.CARD_METADATA) or (None if held else misread)
    if untold and not terms.claims:
        return untold
    if terms.untagged and (held or not terms.match):
        return reading.unseen(Need.CARD)
    return None


def _unread_text(reading: View, terms: Terms) -> Unread | None:
    """Why a licence file that may decide was not read; None where the one that decides was."""
    if terms.text:
        first = _rank(terms.text.path, reading.name)
        named = (path for path in reading.files.paths if path.count("/") <= 1 and _is_terms(path))
        before = next((path for path in named if path != terms.text.path and _rank(path, reading.name) < first), None)
        read = {text.path for text in reading.texts}
        return reading.unseen(Need.LICENCE_TEXT) if before and before not in read else None
    unseen = reading.unseen(Need.LICENCE_TEXT) or reading.unseen(Need.FILE_LIST)
    if unseen:
        return unseen
    document = _unread_document(reading.files.paths)
    return Unread(Reason.NOT_FOLLOWED, f"{document} is no text file and was not read") if document else None


def _referred(text: ReadText | None, match: licences.TextMatch | None) -> Licence | None:
    """The one licence that a licence file names without holding its text: "Licensed under the Apache License, Version 2.0"."""
    if text is None or match is None or match.kind != "unknown" or len(text.text) > _REFERENCE:
        return None
    named = {mention.licence.id: mention.licence for mention in find_mentions(text.text)}
    return next(iter(named.values())) if len(named) == 1 else None


def _prose(reading: View) -> tuple[tuple[str, Mention], ...]:
    """What the card says in words of the licence of this very release: of its weights, by a sentence that names it if any."""
    card = reading.card.card
    if card is None:
        return ()
    name = reading.name.lower()
    every = [mention for mention in find_mentions(card.body) if _own(mention, name)]
    own = [mention for mention in every if not mention.licence.family] or every
    named = [mention for mention in own if name and name in mention.quote.lower()]
    return tuple((card.path, mention) for mention in named or own)


def _own(mention: Mention, name: str) -> bool:
    words = mention.quote.lower()
    if "data" in mention.about or mention.about == {"code"} or any(word in f"{words} " for word in _ANOTHER):
        return False
    return name in words or any(word in words for word in _THIS)


def _notice(texts: tuple[ReadText, ...]) -> tuple[tuple[str, Mention], ...]:
    """Licences that NOTICE files name: of parts of the release, of what it was made from."""
    notices = [text for text in texts if text.path.lower().rsplit("/", 1)[-1].startswith("notice")]
    return tuple((text.path, mention) for text in notices for mention in find_mentions(text.text))


def _decide(terms: Terms) -> Licence:
    """The file is the licence. A tag that claims an open licence does not stand against a file that is not that licence.

    Nor does an open licence in a file stand against a tag (or, without one, a card) that names a narrower one: a plain
    LICENSE is often the code's alone, so that which of the two is in force is unknown. The card's prose decides only where
    neither file nor tag names a licence.
    """
    claims, said, match, refers, untagged = terms.claims, terms.said, terms.match, terms.refers, terms.untagged
    if terms.held:
        stated = said if untagged else claims
        narrower = terms.held.osi and stated and not any(one.osi for one in stated)
        return UNKNOWN if narrower and len(stated) == 1 else terms.held
    if len(said) == 1 and not match and untagged:
        return said[0]
    claim = claims[0] if len(claims) == 1 else None
    if refers and (untagged or (claim and _alike(claim, refers))):
        return refers
    if match:
        trusted = claim is not None and match.kind == "unknown" and not claim.osi
        return claim if trusted and claim else UNKNOWN
    return (claim or UNKNOWN) if claims or said else NONE_STATED


def _weights_text(reading: View) -> ReadText | None:
    """The licence file that speaks of the weights: one named after the model or the weights, else the plain one.

    A plain LICENSE beside it is usually the code's (so in the licence files of 473 releases of the corpus).
    """
    ranked = sorted((_rank(text.path, reading.name), text.path, text) for text in reading.texts if _is_terms(text.path))
    return ranked[0][2] if ranked else None


def _is_terms(path: str) -> bool:
    """Whether a licence file is not that of code, data or a third party alone, by its name."""
    return not _NOT_THE_WEIGHTS & set(_words(path))


def _rank(path: str, name: str) -> tuple[int, int, str]:
    """A licence file's place among several for the model `name`: the first speaks of the weights."""
    words = set(_words(path))
    named = words & _OF_THE_WEIGHTS or words & set(_words(name)) - _FILE_WORDS
    return 0 if named else 1, path.count("/"), path


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def _unread_document(paths: Iterable[str]) -> str:
    """A licence that stands in a file which is no text (a PDF, a .docx), '' where there is none."""
    return next(
        (
            path
            for path in paths
            if path.lower().endswith(_DOCUMENTS) and _FILE_WORDS & set(_words(path.rsplit("/", 1)[-1]))
        ),
        "",
    )


@probe(
    "licence",
    finds=("licence", "licence-conflict"),
    also=(Need.CARD_METADATA, Need.LICENCE_TEXT, Need.CARD, Need.FILE_LIST),
    uses=(stated_terms,),
)
def licence(reading: View) -> Found:
    """Which terms the release is under (episode 00:03), by identifier and by the text in the repository.

    The metadata's tag is looked up in the register; the licence file is identified by its text; the card's prose and NOTICE
    files are read for names of licences. The file decides, else the tag, else the prose; a source that names another
    licence is reported as a conflict. Where a source that may change the answer was not read, the licence is unknown.
    """
    terms = stated_terms(reading)
    evidence = [_tag_evidence(reading)] if terms.claims else []
    mentioned = (*terms.prose, *terms.notice)[:3]
    evidence += [reading.locator.licence_text(path, each.line, each.quote) for path, each in mentioned]
    if terms.decided is None:
        yield from _undecided(reading, terms, tuple(evidence))
        return
    if not (terms.claims or terms.text or terms.prose):
        return
    confidence, note = Confidence.MEDIUM, _tag_note(terms)
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
    """Why a source that may name another licence was not read; None where all were."""
    needs = (Need.CARD_METADATA, Need.LICENCE_TEXT, Need.CARD)
    return next((why for need in needs if (why := reading.unseen(need))), None)


def _undecided(reading: View, terms: Terms, claimed: tuple[Evidence, ...]) -> Found:
    """The licence as unknown, with what claims one; and a conflict where two sources that were read do not agree."""
    if terms.open is None:
        return
    document = _unread_document(reading.files.paths)
    evidence = claimed
    if terms.text and terms.match:
        evidence = (_text_evidence(reading, terms.text, terms.match), *claimed)
    stated = bool(evidence or document)
    evidence += (reading.file(document),) if document else ()
    names = ", ".join(dict.fromkeys(each.name for each in (*terms.claims, *terms.said)))
    note = f"{names} is claimed; whether it is in force is not known" if names else ""
    possible = (Status.RELEASED,) if stated else ()
    yield reading.unknown("licence", terms.open, evidence=evidence, possible=possible, note=note)
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
        yield reading.unknown("licence-conflict", terms.open)


def _text_evidence(reading: View, text: ReadText, match: licences.TextMatch) -> Evidence:
    line, title = _title(text.text, match.title_line)
    return reading.locator.licence_text(text.path, line, title, match.note)


def _title(text: str, line: int | None) -> tuple[int, str]:
    """The line on which a licence text begins, and its words."""
    lines = text.split("\n")
    first = next((number for number, each in enumerate(lines, 1) if each.strip()), 1)
    line = line if line and line <= len(lines) and lines[line - 1].strip() else first
    return line, lines[line - 1].strip()


def _tag_note(terms: Terms) -> str:
    if not terms.claims:
        return "by the words of the card"
    return "by its identifier; the repository holds no licence text"


def _agreement(terms: Terms) -> tuple[str, str, Confidence]:
    """Whether tag and text agree, in the aspect's value, in words, and how sure; '' where nothing can be compared."""
    names = ", ".join(claim.id for claim in terms.claims)
    other = _another_word(terms)
    if terms.held and terms.claims:
        unnamed = all(claim.id in _UNNAMED for claim in terms.claims)
        if not unnamed and not any(licences.covers(claim, terms.held) for claim in terms.claims):
            return "disagree", f"the tag says {names}, the file holds {terms.held.id}", Confidence.HIGH
    if other:
        return "disagree", other, Confidence.LOW
    if terms.held and terms.claims:
        return "agree", "tag and text agree", Confidence.HIGH
    if len(terms.claims) > 1:
        return "disagree", f"several licences are claimed without saying which applies: {names}", Confidence.MEDIUM
    if terms.refers and terms.claims:
        agree = any(_alike(claim, terms.refers) for claim in terms.claims if claim.id not in _UNNAMED)
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
    stated = [claim for claim in (*terms.claims, terms.held) if claim and claim.id not in _UNNAMED]
    if not stated:
        return ""
    names = ", ".join(dict.fromkeys(each.id for each in stated))
    said = {mention.licence.id: (path, mention) for path, mention in terms.prose}
    others = [(path, each) for path, each in said.values() if not any(_alike(one, each.licence) for one in stated)]
    if len(others) == len(said) == 1:
        [(path, mention)] = others
        return f"the tag or file says {names}, {path} (line {mention.line}) says {mention.licence.id}"
    for path, mention in terms.notice:
        if not mention.licence.osi and all(one.osi for one in stated):
            return f"{path} (line {mention.line}) names {mention.licence.id} for a part of it"
    return ""


def _alike(one: Licence, other: Licence) -> bool:
    return licences.covers(one, other) or licences.covers(other, one)


def _tag_evidence(reading: View) -> Evidence:
    said, name = reading.metadata.fields.get("license"), reading.metadata.fields.get("license_name")
    return reading.field("cardData.license", f"{said} ({name})" if name else said)
