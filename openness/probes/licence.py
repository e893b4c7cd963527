"""The licence: the tag is a claim, the file is the licence; where they disagree, that is a finding of its own."""

from __future__ import annotations

from openness import licences
from openness.core.finding import Confidence, Evidence, Status
from openness.core.licence import UNKNOWN, Licence, LicenceClass
from openness.core.release import Need, Text
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading

_NOT_THE_WEIGHTS = ("code", "data", "third", "notice", "policy", "dataset")


def release_licence(reading: Reading) -> Licence | None:
    """The licence of the weights: what the licence file holds, else what the tag claims; None where it cannot be known."""
    release = reading.release
    text = _weights_text(reading)
    if text:
        match = licences.identify_text(text.text)
        if match.kind == "identified" and match.licence:
            return match.licence
        claimed = _claimed(reading)
        if claimed and claimed.licence_class is LicenceClass.BESPOKE:
            return claimed
        return UNKNOWN if match.kind == "modified" or not claimed else claimed
    if Need.CARD_METADATA in release.missing:
        return None
    return _claimed(reading)


def _claimed(reading: Reading) -> Licence | None:
    if Need.CARD_METADATA in reading.release.missing:
        return None
    found = licences.lookup_metadata(reading.release.metadata)
    return found[0] if len(found) == 1 else UNKNOWN


def _weights_text(reading: Reading) -> Text | None:
    """The licence file that speaks of the weights: one named after the model, else the plain one."""

    def rank(text: Text) -> tuple[int, int, str]:
        name = text.path.lower().rsplit("/", 1)[-1]
        if any(word in name for word in _NOT_THE_WEIGHTS):
            return (9, 0, name)
        named = any(word in name for word in ("model", "weights", "community"))
        return (0 if named else 1, text.path.count("/"), name)

    ranked = sorted(reading.release.texts, key=rank)
    return ranked[0] if ranked and rank(ranked[0])[0] < 9 else None


@probe("licence", finds=("licence", "licence-conflict"), also=(Need.CARD_METADATA,))
def licence(reading: Reading) -> Found:
    """Which terms the release is under (episode 00:03), by identifier and by the text in the repository.

    The metadata's tag is looked up in the register; the licence file is identified by its text. The file decides; a tag
    that names another licence is reported as a conflict.
    """
    release = reading.release
    claims = licences.lookup_metadata(release.metadata) if Need.CARD_METADATA not in release.missing else ()
    claims = tuple(claim for claim in claims if claim.licence_class is not LicenceClass.NONE_STATED)
    evidence = [_tag_evidence(reading)] if claims else []
    text = _weights_text(reading)
    held: Licence | None = None
    note = "by its identifier; the repository holds no licence text" if claims and not release.texts else ""
    confidence = Confidence.MEDIUM
    if text:
        match = licences.identify_text(text.text)
        held = match.licence if match.kind == "identified" else None
        title = next((line for line in text.text.split("\n") if line.strip()), "").strip()
        evidence.insert(0, reading.licence_text(text.path, match.title_line or 1, title, match.note))
        if held:
            confidence, note = Confidence.HIGH, "by the text of the licence file"
        else:
            based = f" (nearest: {match.based_on.name})" if match.based_on else ""
            note = f"the licence file could not be identified{based}"
    decided = release_licence(reading)
    if decided is None or not evidence:
        return
    yield found(
        "licence",
        Status.RELEASED,
        value=decided.licence_class,
        licence=decided,
        confidence=confidence,
        evidence=tuple(evidence),
        note=note,
    )
    if len(claims) > 1 and held is None:
        names = ", ".join(claim.id for claim in claims)
        yield found(
            "licence-conflict",
            Status.RELEASED,
            value="disagree",
            evidence=tuple(evidence),
            note=f"several licences are claimed without saying which applies: {names}",
        )
    elif held and claims:
        agree = any(
            claim.id == held.id or (claim.family and held.id.lower().startswith(claim.id.lower())) for claim in claims
        )
        yield found(
            "licence-conflict",
            Status.RELEASED,
            value="agree" if agree else "disagree",
            evidence=tuple(evidence),
            confidence=Confidence.HIGH,
            note="tag and text agree" if agree else f"the tag says {claims[0].id}, the file holds {held.id}",
        )
    elif claims:
        yield found(
            "licence-conflict",
            Status.RELEASED,
            value="agree",
            evidence=tuple(evidence),
            confidence=Confidence.LOW,
            note="only one source states a licence",
        )


def _tag_evidence(reading: Reading) -> Evidence:
    metadata = reading.release.metadata
    said = metadata.get("license")
    name = metadata.get("license_name")
    return reading.field("cardData.license", f"{said} ({name})" if name else said)
