"""The licence of a release, decided from what was seen: the file is the licence, the tag and the card's prose are claims."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from openness import licences
from openness.core.licence import NONE_STATED, UNKNOWN, Licence, LicenceClass
from openness.core.release import Need, ReadText, Reason, Unread
from openness.licences.mentions import Mention, find_mentions
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
"""Words of sentences on something else's licence; the words above stand in sentences on this release's own."""

_REFERENCE = 2_000
"""The longest licence file, in characters, that may name a licence without holding its text."""

UNNAMED = frozenset({"other", "unknown"})
"""Ids of tags that name no licence."""
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
    """What the metadata, the card's prose and a licence file say of a release's licence, and what follows.

    `prose` holds what the card says of the release's own licence, `notice` what NOTICE files name, each with its file;
    `refers` is the licence that the licence file names where it holds no licence text but a sentence or two. `decided` is
    the licence in force; None where `undecided` says why it is not known.
    `misread` says what of the metadata was not understood.
    """

    claims: tuple[Licence, ...]
    prose: tuple[tuple[str, Mention], ...]
    notice: tuple[tuple[str, Mention], ...]
    text: ReadText | None
    match: licences.TextMatch | None
    refers: Licence | None
    decided: Licence | None
    undecided: Unread | None
    misread: Unread | None

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
        return all(claim.id in UNNAMED for claim in self.claims)


@shared(Need.CARD_METADATA, Need.LICENCE_TEXT, Need.CARD, Need.FILE_LIST, judges=True)
def stated_terms(reading: View) -> Terms:
    """What is said of the release's licence, and which licence is in force."""
    claims = licences.lookup_metadata(reading.metadata.fields)
    claims = tuple(claim for claim in claims if claim.licence_class is not LicenceClass.NONE_STATED)
    strange = licences.not_understood(reading.metadata.fields) or next(
        (f"the card's license is {claim.id!r}, which is no name" for claim in claims if is_no_name(claim.id)), ""
    )
    misread = Unread(Reason.MALFORMED, strange) if strange else None
    claims = tuple(claim for claim in claims if not (misread and (claim is UNKNOWN or is_no_name(claim.id))))
    text = _weights_text(reading)
    match = licences.identify_text(text.text) if text else None
    prose, notice = _prose(reading), _notice(reading.texts)
    terms = Terms(claims, prose, notice, text, match, _referred(text, match), None, None, misread)
    undecided = _why_open(reading, terms)
    if undecided is None:
        return terms._replace(decided=_decide(terms))
    reading.doubt(undecided)
    return terms._replace(undecided=undecided)


@shared(uses=(stated_terms,))
def release_licence(reading: View) -> Licence | None:
    """The licence of the release: what the licence file holds, else what the tag claims; None where it cannot be known."""
    return stated_terms(reading).decided


def _why_open(reading: View, terms: Terms) -> Unread | None:
    """Why the licence in force cannot be known: what may change it was not seen or not understood. None where nothing may.

    The file decides, so an unread licence file leaves every tag open. A tag may be narrower than an open licence in a
    file, and where there is no tag, the card's prose may. A licence in a file that is not open stands against both.
    """
    unread = _unread_text(reading, terms)
    if unread:
        return unread
    held = terms.held
    if held and not held.osi:
        return None
    untold = reading.unseen(Need.CARD_METADATA) or (None if held else terms.misread)
    if untold and not terms.claims:
        return untold
    if terms.untagged and (held or not terms.match):
        return reading.unseen(Need.CARD)
    return None


def _unread_text(reading: View, terms: Terms) -> Unread | None:
    """Why the licence file that decides was not read; None where it was read, or where there is none."""
    if terms.text:
        first = _rank(terms.text.path, reading.name)
        named = (path for path in reading.files.paths if path.count("/") <= 1 and _is_terms(path))
        before = next((path for path in named if path != terms.text.path and _rank(path, reading.name) < first), None)
        read = {text.path for text in reading.texts}
        return reading.unseen(Need.LICENCE_TEXT) if before and before not in read else None
    if reading.curated and terms.claims:
        return None  # the catalogue's entry is no tag: a person read which licence the page names
    unseen = reading.unseen(Need.LICENCE_TEXT) or reading.unseen(Need.FILE_LIST)
    if unseen:
        return unseen
    document = unread_document(reading.files.paths)
    return Unread(Reason.NOT_FOLLOWED, f"{document} is no text file and was not read") if document else None


def _referred(text: ReadText | None, match: licences.TextMatch | None) -> Licence | None:
    """The licence that a file names without holding its text ("Licensed under the Apache License, Version 2.0"), if one."""
    if text is None or match is None or match.kind != "unknown" or len(text.text) > _REFERENCE:
        return None
    named = {mention.licence.id: mention.licence for mention in find_mentions(text.text)}
    return next(iter(named.values())) if len(named) == 1 else None


def _prose(reading: View) -> tuple[tuple[str, Mention], ...]:
    """The card's mentions of this release's own licence; those that name the release, where any do."""
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
    """The licences that NOTICE files name, for parts of the release or for what it was made from."""
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
    if refers and (untagged or (claim and alike(claim, refers))):
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
    """Whether a licence file may be the release's: by its name it is not that of code, data or a third party alone."""
    return not _NOT_THE_WEIGHTS & set(_words(path))


def _rank(path: str, name: str) -> tuple[int, int, str]:
    """The order of licence files for the model `name`: the first is the one that speaks of the weights."""
    words = set(_words(path))
    named = words & _OF_THE_WEIGHTS or words & set(_words(name)) - _FILE_WORDS
    return 0 if named else 1, path.count("/"), path


def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def unread_document(paths: Iterable[str]) -> str:
    """The path of a licence in a file that is not plain text (a PDF, a .docx); '' where there is none."""
    near = (path for path in paths if path.count("/") <= 1 and path.lower().endswith(_DOCUMENTS) and _is_terms(path))
    return next((path for path in near if _FILE_WORDS & set(_words(path.rsplit("/", 1)[-1]))), "")


def alike(one: Licence, other: Licence) -> bool:
    """Whether two licences are the same, or one covers the other."""
    return licences.covers(one, other) or licences.covers(other, one)
