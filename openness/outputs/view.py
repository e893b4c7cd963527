"""Sentences and lines that pages say of a scorecard and its findings; the formats only draw and escape them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from openness.core import words
from openness.core.finding import Evidence, Finding, Method, Origin, Status
from openness.core.licence import Sentence, Summary
from openness.core.scorecard import Scorecard

RELATIONS = {
    "more": "More open than",
    "less": "Less open than",
    "equal": "As open as",
    "unclear": "Not told apart from",
}
"""How a sentence on the standing of a release begins."""


def title(card: Scorecard) -> str:
    """Name, id and revision of the release."""
    release = card.release
    at = f" @ {release.revision[:12]}" if release.revision else ""
    name = f"{release.name} · " if release.name and release.name != release.id.rsplit("/", 1)[-1] else ""
    return f"{name}{release.id}{at}"


def facts(card: Scorecard) -> str:
    """Where the facts come from."""
    release, provenance = card.release, card.release.provenance
    at = f" at revision {release.revision}" if release.revision else ""
    if provenance.source == "catalogue":
        return f"the bundled catalogue of {provenance.seen_on}{at}"
    if provenance.source == "folder":
        return f"the folder {provenance.detail} on this machine{at}, seen on {provenance.seen_on}"
    place = "the Hub" if provenance.source == "hub" else "the cache of the Hub"
    return f"{place} ({provenance.detail}){at}, seen on {provenance.seen_on}"


def rubric_line(card: Scorecard) -> str:
    """The rubric and the tool that judged."""
    rubric = card.rubric
    return f"{rubric.title} (rubric {rubric.id} {rubric.version}, {rubric.digest[:12]}) by {card.tool}"


def coverage(card: Scorecard) -> str:
    """How many facts were seen, and what kept us from the others."""
    seen = f"{card.coverage.seen} of {card.coverage.asked} facts seen"
    asked = {
        finding.about: finding for result in card.criteria if result.applies is not False for finding in result.because
    }
    reasons = Counter(each.missing.detail or each.missing.reason.value for each in asked.values() if each.missing)
    unseen = "; ".join(
        f"{count} × {reason}" for reason, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    )
    return f"{seen}; unknown: {unseen}" if unseen else seen


def standings(card: Scorecard) -> list[str]:
    """How the release stands to named releases: a sentence for each relation."""
    found = []
    for relation, begin in RELATIONS.items():
        names = [
            f"{each.reference} ({words.percent(each.score)})" for each in card.standings if each.relation == relation
        ]
        if names:
            found.append(f"{begin} {', '.join(names)}.")
    return found


def in_plain_words(said: Summary) -> tuple[tuple[str, Sequence[Sentence]], ...]:
    """What a licence lets one do: "You may" and its kin, each with its sentences."""
    return ("You may", said.may), ("You must", said.must), ("You may not", said.may_not), ("Know that", said.know)


def finding_line(finding: Finding) -> str:
    """A finding and its first evidence in one line: the licence, the quote, the file, the note, or why nothing was seen."""
    parts = _seen(finding)
    if finding.evidence:
        first = finding.evidence[0]
        if first.quote and first.method is Method.HUB_FIELD:
            parts.append(f"{first.note or first.path}: {first.quote}")
        elif first.quote:
            parts.append(f"“{' '.join(first.quote.split())}”")
        elif first.path:
            parts.append(first.path)
        if finding.status is Status.SILENT and finding.origin is Origin.AUTOMATIC:
            places = [place.note or place.path for place in finding.evidence]
            parts = [f"looked at {', '.join(filter(None, places))}"]
    if finding.note and (finding.status is not Status.SILENT or finding.origin is Origin.ATTESTED):
        parts.append(finding.note)
    return "; ".join(dict.fromkeys(filter(None, parts)))


def finding_words(finding: Finding) -> str:
    """What stands beside the evidence of a finding: the licence, why nothing was seen, and a note that no evidence repeats."""
    parts = _seen(finding)
    repeated = any(each.note.startswith(finding.note) for each in finding.evidence)
    if finding.status is not Status.SILENT and finding.note and not repeated:
        parts.append(finding.note)
    quoted = {said for each in finding.evidence for said in (each.note, each.quote)}
    return "; ".join(part for part in dict.fromkeys(parts) if part not in quoted)


def _seen(finding: Finding) -> list[str]:
    parts = []
    if finding.about == "licence" and finding.licence:
        parts.append(finding.licence.name)
    if finding.missing:
        parts.append(finding.missing.detail or finding.missing.reason.value)
    return parts


def place(evidence: Evidence) -> str:
    """File and lines of a piece of evidence; '' where it has no file."""
    lines = ""
    if evidence.lines:
        first, last = evidence.lines
        lines = f", line {first}" if first == last else f", lines {first}–{last}"
    return f"{evidence.path}{lines}" if evidence.path else ""


def where(evidence: Evidence) -> str:
    """The place of a piece of evidence: field, file and lines, the address without its scheme, or how it was seen."""
    if evidence.method is Method.HUB_FIELD and evidence.path and not evidence.lines:
        return f"field {evidence.path} of the Hub"
    return place(evidence) or _host(evidence.url) or words.spaced(evidence.method)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.netloc}{parts.path.rstrip('/')}" if parts.netloc else ""
