"""Merges attested findings with automatic ones. They fill in what is unknown and never silently replace a contrary finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from openness.core.finding import Confidence, Evidence, Finding, Method, Origin, Status
from openness.core.licence import Licence
from openness.core.release import Attestation, Reason, Unread

Lookup = Callable[[str], Licence]

_YIELDING = frozenset({Status.UNKNOWN, Status.SILENT, Status.DESCRIBED, Status.NOT_APPLICABLE})
"""Statuses of automatic findings that an attestation replaces."""
_MEASURED = frozenset({Method.HUB_FIELD, Method.FILE_LIST, Method.LICENCE_TEXT})


def merge(
    automatic: Iterable[Finding], attested: Iterable[Attestation], lookup: Lookup, release: str = ""
) -> tuple[Finding, ...]:
    """One finding for each subject, sorted by subject; the order of the arguments does not matter.

    An attestation that names the fingerprint of an automatic finding (of `release`) in `supersedes` replaces it. Agreement
    adds evidence. An attestation replaces an automatic finding that saw nothing or only a description. A measurement with high
    confidence outweighs an older attestation, which the note then mentions. Any other contradiction leaves the finding
    `unknown` (disputed), with both sides as evidence. `lookup` finds a licence by its identifier.
    """
    found = {finding.about: finding for finding in automatic}
    for said in sorted(attested, key=lambda item: (item.about, item.source, item.status, item.value or "", item.seen)):
        human = _finding(said, lookup)
        known = found.get(said.about)
        if known and said.supersedes and said.supersedes == known.fingerprint(release):
            note = f"{human.note}; supersedes the automatic finding {known.value or known.status}".lstrip("; ")
            found[said.about] = replace(human, note=note, evidence=(*human.evidence, *known.evidence))
        else:
            found[said.about] = _both(known, human, said) if known else human
    return tuple(found[about] for about in sorted(found))


def _finding(said: Attestation, lookup: Lookup) -> Finding:
    licence = replace(lookup(said.licence), stated=said.licence) if said.licence else None
    evidence = Evidence(
        Method.ATTESTATION, said.source, "", None, said.quote, f"{said.note} ({said.author})".strip(), said.seen
    )
    value = licence.licence_class if said.about == "licence" and licence else said.value
    return Finding(
        said.about,
        Status(said.status),
        "attested",
        value,
        licence,
        Confidence(said.confidence),
        (evidence,),
        said.note,
        Origin.ATTESTED,
    )


def _both(known: Finding, human: Finding, said: Attestation) -> Finding:
    if _agree(known, human):
        first, second = (human, known) if known.origin is Origin.AUTOMATIC and known.value is None else (known, human)
        return replace(
            first,
            evidence=(*first.evidence, *second.evidence),
            licence=first.licence or second.licence,
            value=first.value or second.value,
            note=first.note or second.note,
            confidence=max(known.confidence, human.confidence, key=list(Confidence).index),
        )
    if known.origin is Origin.AUTOMATIC:
        if known.status in _YIELDING:
            return replace(human, evidence=(*human.evidence, *known.evidence)) if known.evidence else human
        measured = known.confidence is Confidence.HIGH and known.evidence[0].method in _MEASURED
        if measured and known.evidence[0].seen_on >= said.seen:
            shown = human.value or human.status
            return replace(
                known,
                note=f"{known.note}; attested on {said.seen} as {shown}".lstrip("; "),
                evidence=(*known.evidence, *human.evidence),
            )
    statuses = tuple(dict.fromkeys((*known.statuses, *human.statuses)))
    return Finding(
        known.about,
        Status.UNKNOWN,
        known.probe,
        evidence=(*known.evidence, *human.evidence),
        licence=known.licence or human.licence,
        origin=known.origin,
        possible=statuses,
        missing=Unread(Reason.DISPUTED, f"{known.value or known.status} against {human.value or human.status}"),
    )


def _agree(known: Finding, human: Finding) -> bool:
    return known.status is human.status and (known.value == human.value or None in (known.value, human.value))
