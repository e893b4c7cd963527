"""The licence: the tag is a claim, the file is the licence; where they disagree, that is a finding of its own."""

from __future__ import annotations

from dataclasses import dataclass

from openness import licences
from openness.core.finding import Confidence, Evidence, Status
from openness.core.licence import NONE_STATED, UNKNOWN, Licence, LicenceClass
from openness.core.release import Need, Text
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading

_NOT_THE_WEIGHTS = ("code", "data", "third", "notice", "policy", "dataset")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a release's licence: by its metadata, by a file, and what follows (None: cannot be known)."""

    claims: tuple[Licence, ...]
    text: Text | None
    match: licences.TextMatch | None
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
    text = _weights_text(release.texts)
    match = licences.identify_text(text.text) if text else None
    terms = Terms(claims, text, match, _decide(claims, match, seen))
    reading.shared["terms"] = terms
    return terms


def _decide(claims: tuple[Licence, ...], match: licences.TextMatch | None, seen: bool) -> Licence | None:
    """The file is the licence. A tag that claims an open licence does not stand against a file that is not that licence."""
    if match and match.kind == "identified" and match.licence:
        return match.licence
    claim = claims[0] if len(claims) == 1 else None
    if match:
        trusted = claim is not None and match.kind == "unknown" and not claim.osi
        return claim if trusted else UNKNOWN
    if claims:
        return claim or UNKNOWN
    return NONE_STATED if seen else None


def _weights_text(texts: tuple[Text, ...]) -> Text | None:
    """The licence file that speaks of the weights: one named after the model, else the plain one."""

    def rank(text: Text) -> tuple[int, int, str]:
        name = text.path.lower().rsplit("/", 1)[-1]
        if any(word in name for word in _NOT_THE_WEIGHTS):
            return (9, 0, name)
        named = any(word in name for word in ("model", "weights", "community"))
        return (0 if named else 1, text.path.count("/"), name)

    ranked = sorted(texts, key=rank)
    return ranked[0] if ranked and rank(ranked[0])[0] < 9 else None


@probe("licence", finds=("licence", "licence-conflict"), also=(Need.CARD_METADATA,))
def licence(reading: Reading) -> Found:
    """Which terms the release is under (episode 00:03), by identifier and by the text in the repository.

    The metadata's tag is looked up in the register; the licence file is identified by its text. The file decides; a tag
    that names another licence is reported as a conflict.
    """
    terms = _terms(reading)
    if terms.decided is None or not (terms.claims or terms.text):
        return
    evidence = [_tag_evidence(reading)] if terms.claims else []
    confidence, note = Confidence.MEDIUM, _tag_note(reading)
    if terms.text and terms.match:
        title = next((line for line in terms.text.text.split("\n") if line.strip()), "").strip()
        line = terms.match.title_line or 1
        evidence.insert(0, reading.licence_text(terms.text.path, line, title, terms.match.note))
        if terms.held:
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


def _tag_note(reading: Reading) -> str:
    missing = reading.release.missing.get(Need.LICENCE_TEXT)
    if missing:
        return f"by its identifier; the licence text could not be read ({missing.detail})"
    return "by its identifier; the repository holds no licence text"


def _agreement(terms: Terms) -> tuple[str, str, Confidence]:
    """Whether tag and text agree, in the aspect's value, in words, and how sure; '' where nothing can be compared."""
    names = ", ".join(claim.id for claim in terms.claims)
    if terms.held and terms.claims:
        held = terms.held.id.lower()
        agree = any(
            claim.id.lower() == held or (claim.family and held.startswith(claim.id.lower())) for claim in terms.claims
        )
        words = "tag and text agree" if agree else f"the tag says {names}, the file holds {terms.held.id}"
        return "agree" if agree else "disagree", words, Confidence.HIGH
    if len(terms.claims) > 1:
        return "disagree", f"several licences are claimed without saying which applies: {names}", Confidence.MEDIUM
    if terms.match and terms.claims and terms.claims[0].osi:
        return "disagree", f"the tag says {names}, the file is not known to be that", Confidence.LOW
    if terms.claims and not terms.text:
        return "agree", "only one source states a licence", Confidence.LOW
    return "", "", Confidence.LOW


def _tag_evidence(reading: Reading) -> Evidence:
    metadata = reading.release.metadata
    said = metadata.get("license")
    name = metadata.get("license_name")
    return reading.field("cardData.license", f"{said} ({name})" if name else said)
