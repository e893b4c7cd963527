"""The licence: the tag is a claim, the file is the licence, the card's prose a claim too; a disagreement is a finding."""

from __future__ import annotations

import re
from typing import NamedTuple

from openness import licences
from openness.core.finding import Confidence, Evidence, Finding, Status
from openness.core.licence import NONE_STATED, UNKNOWN, Licence, LicenceClass
from openness.core.release import Need, ReadText, Reason, Release, Unread
from openness.licences.mentions import Mention, find_mentions
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading

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
    """What is said of a release's licence: by its metadata, its card's prose, a file; what follows (None: not known).

    `prose` holds what the card says of the release's own licence, `notice` what NOTICE files name, each with its file;
    `refers` is the licence that the licence file names where it holds no licence text but a sentence or two.
    """

    claims: tuple[Licence, ...]
    prose: tuple[tuple[str, Mention], ...]
    notice: tuple[tuple[str, Mention], ...]
    text: ReadText | None
    match: licences.TextMatch | None
    refers: Licence | None
    decided: Licence | None

    @property
    def held(self) -> Licence | None:
        """The licence that the file was identified as."""
        return self.match.licence if self.match and self.match.kind == "identified" else None


def release_licence(reading: Reading) -> Licence | None:
    """The licence of the release: what the licence file holds, else what the tag claims; None where it cannot be known."""
    return _terms(reading).decided


def _terms(reading: Reading) -> Terms:
    known = reading.shared.get("terms")
    if isinstance(known, Terms):
        return known
    release = reading.release
    seen = Need.CARD_METADATA not in release.missing
    claims = licences.lookup_metadata(release.metadata) if seen else ()
    claims = tuple(claim for claim in claims if claim.licence_class is not LicenceClass.NONE_STATED)
    text = _weights_text(release)
    match = licences.identify_text(text.text) if text else None
    refers = _referred(text, match)
    prose, notice = _prose(reading), _notice(release.texts)
    said = tuple({mention.licence.id: mention.licence for _, mention in prose}.values())
    decided = _decide(claims, said, match, refers, seen)
    terms = Terms(claims, prose, notice, text, match, refers, decided)
    reading.shared["terms"] = terms
    return terms


def _referred(text: ReadText | None, match: licences.TextMatch | None) -> Licence | None:
    """The one licence that a licence file names without holding its text: "Licensed under the Apache License, Version 2.0"."""
    if text is None or match is None or match.kind != "unknown" or len(text.text) > _REFERENCE:
        return None
    named = {mention.licence.id: mention.licence for mention in find_mentions(text.text)}
    return next(iter(named.values())) if len(named) == 1 else None


def _prose(reading: Reading) -> tuple[tuple[str, Mention], ...]:
    """What the card says in words of the licence of this very release: of its weights, by a sentence that names it if any."""
    card = reading.release.card
    if card is None:
        return ()
    name = reading.release.name.lower()
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


def _decide(
    claims: tuple[Licence, ...],
    said: tuple[Licence, ...],
    match: licences.TextMatch | None,
    refers: Licence | None,
    seen: bool,
) -> Licence | None:
    """The file is the licence. A tag that claims an open licence does not stand against a file that is not that licence.

    Nor does an open licence in a file stand against a tag (or, without one, a card) that names a narrower one: a plain
    LICENSE is often the code's alone, so that which of the two is in force is unknown. The card's prose decides only where
    neither file nor tag names a licence.
    """
    untagged = all(claim.id in _UNNAMED for claim in claims)
    if match and match.kind == "identified" and match.licence:
        stated = said if untagged else claims
        narrower = match.licence.osi and stated and not any(one.osi for one in stated)
        return UNKNOWN if narrower and len(stated) == 1 else match.licence
    if len(said) == 1 and not match and untagged:
        return said[0]
    claim = claims[0] if len(claims) == 1 else None
    if refers and (untagged or (claim and _alike(claim, refers))):
        return refers
    if match:
        trusted = claim is not None and match.kind == "unknown" and not claim.osi
        return claim if trusted else UNKNOWN
    if claims or said:
        return claim or UNKNOWN
    return NONE_STATED if seen else None


def _weights_text(release: Release) -> ReadText | None:
    """The licence file that speaks of the weights: one named after the model or the weights, else the plain one.

    A plain LICENSE beside it is usually the code's (licence files of 473 releases, `shared/licences.md`, pitfall 6).
    """
    own = set(_words(release.name))

    def rank(text: ReadText) -> tuple[int, int, str]:
        words = set(_words(text.path))
        named = words & _OF_THE_WEIGHTS or words & own - _FILE_WORDS
        return (0 if named else 1, text.path.count("/"), text.path)

    ranked = sorted((text for text in release.texts if not _NOT_THE_WEIGHTS & set(_words(text.path))), key=rank)
    return ranked[0] if ranked else None


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def _unread_document(paths: list[str]) -> str:
    """A licence that stands in a file which is no text (a PDF, a .docx), '' where there is none."""
    return next(
        (
            path
            for path in paths
            if path.lower().endswith(_DOCUMENTS) and _FILE_WORDS & set(_words(path.rsplit("/", 1)[-1]))
        ),
        "",
    )


@probe("licence", finds=("licence", "licence-conflict"), also=(Need.CARD_METADATA,))
def licence(reading: Reading) -> Found:
    """Which terms the release is under (episode 00:03), by identifier and by the text in the repository.

    The metadata's tag is looked up in the register; the licence file is identified by its text; the card's prose and NOTICE
    files are read for names of licences. The file decides, else the tag, else the prose; a source that names another
    licence is reported as a conflict.
    """
    terms = _terms(reading)
    if terms.decided is None or not (terms.claims or terms.text or terms.prose):
        document = _unread_document(reading.paths)
        if document:
            missing = Unread(Reason.NOT_FOLLOWED, f"{document} is no text file and was not read")
            yield Finding("licence", Status.UNKNOWN, "", missing=missing, evidence=(reading.file(document),))
        return
    evidence = [_tag_evidence(reading)] if terms.claims else []
    evidence += [reading.licence_text(path, each.line, each.quote) for path, each in (*terms.prose, *terms.notice)[:3]]
    confidence, note = Confidence.MEDIUM, _tag_note(reading, terms)
    if terms.text and terms.match:
        line, title = _title(terms.text.text, terms.match.title_line)
        evidence.insert(0, reading.licence_text(terms.text.path, line, title, terms.match.note))
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
    yield found(
        "licence",
        Status.RELEASED,
        value=decided.licence_class,
        licence=decided,
        confidence=confidence,
        evidence=shown,
        note=note,
    )
    value, words, sure = _agreement(terms)
    if value:
        yield found("licence-conflict", Status.RELEASED, value=value, evidence=shown, confidence=sure, note=words)


def _title(text: str, line: int | None) -> tuple[int, str]:
    """The line on which a licence text begins, and its words."""
    lines = text.split("\n")
    first = next((number for number, each in enumerate(lines, 1) if each.strip()), 1)
    line = line if line and line <= len(lines) and lines[line - 1].strip() else first
    return line, lines[line - 1].strip()


def _tag_note(reading: Reading, terms: Terms) -> str:
    if not terms.claims:
        return "by the words of the card"
    missing = reading.release.missing.get(Need.LICENCE_TEXT)
    if missing:
        return f"by its identifier; the licence text could not be read ({missing.detail})"
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


def _tag_evidence(reading: Reading) -> Evidence:
    metadata = reading.release.metadata
    said = metadata.get("license")
    name = metadata.get("license_name")
    return reading.field("cardData.license", f"{said} ({name})" if name else said)
