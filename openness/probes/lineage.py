"""Lineage: what the release was made from, and what the terms of that mean for its own."""

from __future__ import annotations

from collections.abc import Iterable

from openness import licences
from openness.core.finding import Confidence, Evidence, Finding, Method, Status
from openness.core.licence import UNKNOWN, Licence, LicenceClass, Term
from openness.core.release import Ancestor, Need, Reason, Unread
from openness.core.text import cut_quote
from openness.licences.lineage import BASE_APPLIES, COMPATIBLE, RELICENSED, RULES, Inheritance, inheritance
from openness.probes.base import Findings, probe
from openness.probes.metadata import is_no_name
from openness.probes.reading import View
from openness.probes.terms import release_licence

_NARROW = (LicenceClass.NON_COMMERCIAL, LicenceClass.RESEARCH_ONLY, LicenceClass.NONE_STATED)


@probe("lineage", finds=("lineage",), also=(Need.LINEAGE, Need.CARD_METADATA))
def lineage(reading: View) -> Findings:
    """Which releases this one was made from, and how, by the Hub's `baseModels` or the card's `base_model`."""
    bases = [base for base in reading.lineage.base_models if not is_no_name(base)]
    if bases:
        yield reading.found(
            "lineage",
            Status.RELEASED,
            value=_relation(reading),
            confidence=Confidence.HIGH,
            evidence=(reading.field("base_model", ", ".join(bases[:4])),),
        )
    else:
        reading.metadata.names("base_model")  # notes a value that names nothing


def _relation(reading: View) -> str:
    said = reading.lineage.relation
    return said if said in RULES else "finetune"


@probe("lineage-terms", finds=("lineage-terms",), also=(Need.LINEAGE, Need.CARD_METADATA), uses=(release_licence,))
def lineage_terms(reading: View) -> Findings:
    """Whether its licence grants more than those of its base models do, which its publisher has no right to grant.

    The licence in force (the file's, else the tag's) is held against each base's, term by term, by the rule of the
    relation (`licences.lineage`); a base's licence is what its card or the catalogue says. Any base is enough to overreach;
    a base that could not be looked at leaves the answer unknown. The holder of a base may license it anew.
    """
    bases = [each for each in reading.lineage.ancestors if each.kind == "model" and not is_no_name(each.id)]
    if not bases:
        reading.metadata.names("base_model")
        return
    stated = release_licence(reading)
    if stated is None:
        return
    others = [base for base in bases if not _own(reading, base)]
    looked = [(base, licence, inheritance(licence, stated, _relation(reading))) for base, licence in _licences(others)]
    for verdict in (RELICENSED, BASE_APPLIES):
        chosen = [each for each in looked if each[2].verdict == verdict]
        if chosen:
            yield _overreaching(reading, stated, chosen)
            return
    unseen = next((base.missing for base in others if base.missing), None)
    undecided = next((held.why for _, _, held in looked if held.verdict is None), None)
    evidence = tuple(_said(base) for base, _, _ in looked)
    if unseen or undecided:
        missing = unseen or Unread(Reason.NOT_RECORDED, undecided or "")
        yield reading.unknown("lineage-terms", missing, evidence=evidence)
        return
    for _, licence, _ in looked:
        clause = licence.terms.get("pass-on")
        evidence += (_clause(licence, clause),) if clause else ()
    why = looked[0][2].why if looked else "its base is by the same publisher, who may license it anew"
    evidence = evidence or (reading.field("base_model", ", ".join(base.id for base in bases)),)
    yield reading.found("lineage-terms", Status.RELEASED, value=COMPATIBLE, evidence=evidence, note=why)


def _own(reading: View, base: Ancestor) -> bool:
    """Whether the base is by the same account: the one who holds the rights is bound by no licence of its own."""
    own, _, name = reading.id.partition("/")
    return bool(name) and own.lower() == base.id.partition("/")[0].lower()


def _overreaching(reading: View, stated: Licence, chosen: list[tuple[Ancestor, Licence, Inheritance]]) -> Finding:
    """The finding that the stated licence grants too much, with the clause of either licence for each term."""
    evidence: list[Evidence] = []
    words: list[str] = []
    for base, licence, held in chosen:
        evidence.append(_said(base))
        words += [
            f"{each.words} [{_against(stated, each.granted)} against {_against(licence, each.withheld)}]"
            for each in held.overreaches
        ]
        words.append(held.why)
        for each in held.overreaches:
            evidence.append(_clause(licence, each.withheld))
            evidence += [_clause(stated, each.granted)] if each.granted else []
    evidence.append(reading.field("cardData.license", reading.metadata.fields.get("license")))
    verdict = chosen[0][2].verdict
    sure = Confidence.MEDIUM if verdict == RELICENSED else Confidence.LOW
    return reading.found(
        "lineage-terms",
        Status.RELEASED,
        value=verdict,
        confidence=sure,
        evidence=tuple(dict.fromkeys(evidence)),
        note="; ".join(dict.fromkeys(words)),
    )


def _against(licence: Licence, term: Term | None) -> str:
    return f"{licence.id} {term.section}" if term else f"{licence.id}, which does not say it"


def _licences(ancestors: Iterable[Ancestor]) -> list[tuple[Ancestor, Licence]]:
    """The ancestors that could be looked at, each with the one licence it states."""
    return [
        (each, stated[0] if len(stated) == 1 else UNKNOWN)
        for each in ancestors
        if not each.missing
        for stated in (licences.lookup_metadata(each.metadata),)
    ]


def _said(ancestor: Ancestor) -> Evidence:
    said = ancestor.metadata.get("license")
    name = ancestor.metadata.get("license_name")
    shown = f"{said} ({name})" if name else str(said) if said else ""
    note = f"the licence that {ancestor.id} states" if shown else f"{ancestor.id} states no licence"
    return Evidence(Method.HUB_FIELD, ancestor.url, ancestor.id, None, cut_quote(shown, 120), note, ancestor.seen_on)


def _clause(licence: Licence, term: Term) -> Evidence:
    """A clause of a licence, as the register quotes it."""
    url = licence.url or (f"https://spdx.org/licenses/{licence.spdx}.html" if licence.spdx else "")
    section = f", section {term.section}" if term.section else ""
    return Evidence(Method.LICENCE_TEXT, url, licence.name, None, term.quote, f"{licence.name}{section}")


@probe("data-terms", finds=("data-terms",), also=(Need.LINEAGE, Need.CARD_METADATA), uses=(release_licence,))
def data_terms(reading: View) -> Findings:
    """Whether a data set it names is under narrower terms than its own: non-commercial, research only, or none stated.

    Whether terms of data reach a model trained on them is not settled, so this is reported as a risk beside the verdict.
    """
    data = [each for each in reading.lineage.ancestors if each.kind == "dataset" and not is_no_name(each.id)]
    if not data:
        reading.metadata.names("datasets")
        return
    stated = release_licence(reading)
    if stated is None or stated.licence_class in _NARROW:
        return
    looked = _licences(data)
    narrow = [(each, licence) for each, licence in looked if licence.licence_class in _NARROW]
    if narrow:
        words = "; ".join(f"{each.id}: {licence.name}" for each, licence in narrow)
        yield reading.found(
            "data-terms",
            Status.RELEASED,
            value="risk",
            confidence=Confidence.LOW,
            evidence=tuple(_said(each) for each, _ in narrow),
            note=f"data under narrower terms than {stated.name} ({words})",
        )
        return
    unseen = next((each.missing for each in data if each.missing), None)
    if unseen:
        yield reading.unknown("data-terms", unseen, evidence=tuple(_said(each) for each, _ in looked))
        return
    evidence = tuple(_said(each) for each, _ in looked)
    yield reading.found(
        "data-terms", Status.RELEASED, value="no-risk-seen", confidence=Confidence.LOW, evidence=evidence
    )


@probe("variants", finds=("variants",), also=(Need.CARD, Need.LINEAGE))
def variants(reading: View) -> Findings:
    """Whether base and tuned variants are both released (episode 00:51): the card names the other one as a release."""
    name = reading.name.lower()
    tuned = any(word in name for word in ("instruct", "chat", "-it", "-sft", "-dpo"))
    stem = next((base for base in reading.lineage.base_models if base.partition("/")[0] == reading.account), None)
    if tuned and stem:
        yield reading.found(
            "variants",
            Status.RELEASED,
            value="both",
            evidence=(reading.field("base_model", stem),),
            note="the base is another release of the same publisher",
        )
        return
    org = reading.account.lower()
    for link in reading.card.links:
        lower = link.url.lower()
        if f"/{org}/{name}-" in lower and any(word in lower for word in ("instruct", "chat", "-it")) and not tuned:
            yield reading.found(
                "variants",
                Status.RELEASED,
                value="both",
                evidence=(reading.card.link(link),),
                confidence=Confidence.LOW,
            )
            return
