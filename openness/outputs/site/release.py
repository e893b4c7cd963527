"""What a release's page says, in the order in which it says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from openness.core.finding import Evidence, Finding, Method, Origin, Status
from openness.core.record import record
from openness.core.scorecard import CriterionResult, DimensionResult, Scorecard
from openness.outputs import view
from openness.outputs.site.drawing import Lineage, Relative, lineage
from openness.outputs.site.rows import Row

BASES = 8
"""Base models that are read from a finding."""

_RELATION = {
    "finetune": "fine-tuned from it",
    "adapter": "an adapter for it",
    "quantized": "quantised from it",
    "merge": "merged from it",
}
_TERMS = {
    "compatible": "within its terms",
    "base-terms-apply": "its terms apply",
    "relicensed-without-right": "relicensed without right",
}


class Source(NamedTuple):
    """A piece of evidence: the quote, the words around it, where it stands, how it was seen and when."""

    quote: str
    note: str
    place: str
    address: str
    seen: str


@record(frozen=True, slots=True)
class Shown:
    """A finding below a criterion. `anchor` names it where it is shown in full; where that is further up, `sources` are
    left out and `above` is true."""

    name: str
    found: str
    status: Status
    words: str
    anchor: str
    above: bool
    sources: tuple[Source, ...]
    attested: bool


@record(frozen=True, slots=True)
class Question:
    """A criterion with its outcome and what that rests on."""

    result: CriterionResult
    mark: str
    outcome: str
    findings: tuple[Shown, ...]


@record(frozen=True, slots=True)
class Section:
    """A dimension with its criteria, and findings that are shown with it although no criterion asks for them."""

    dimension: DimensionResult
    score: str
    questions: tuple[Question, ...]
    shown: tuple[Shown, ...]


def sections(card: Scorecard) -> list[Section]:
    """The dimensions of a scorecard; every finding in full where it is first spoken of, and by name after that."""
    told: set[str] = set()

    def shown(finding: Finding) -> Shown:
        above = finding.about in told
        told.add(finding.about)
        row = view.finding_row(finding)
        sources = () if above else tuple(source(each) for each in finding.evidence)
        return Shown(
            row.name,
            row.found,
            finding.status,
            "" if above else _words(finding),
            f"f-{finding.about}",
            above,
            sources,
            finding.origin is Origin.ATTESTED,
        )

    found = []
    for dimension in card.dimensions:
        questions = tuple(
            Question(result, view.mark(result), view.outcome(result), tuple(map(shown, result.because)))
            for result in card.criteria
            if result.dimension == dimension.id
        )
        beside = tuple(
            shown(each)
            for each in card.findings
            if each.about in dimension.shows and each.about not in told and each.status is not Status.SILENT
        )
        found.append(Section(dimension, view.percent(dimension.score), questions, beside))
    return found


def _words(finding: Finding) -> str:
    """What is said of a finding beside its evidence: the licence, why nothing was seen, the note."""
    parts = []
    if finding.about == "licence" and finding.licence:
        parts.append(finding.licence.name)
    if finding.missing:
        parts.append(finding.missing.detail or finding.missing.reason.value)
    said_below = any(each.note.startswith(finding.note) for each in finding.evidence)
    if finding.status is not Status.SILENT and finding.note and not said_below:
        parts.append(finding.note)
    quoted = {note for each in finding.evidence for note in (each.note, each.quote)}
    return "; ".join(part for part in dict.fromkeys(parts) if part not in quoted)


def source(evidence: Evidence) -> Source:
    """A piece of evidence as it is shown."""
    place = view.place(evidence)
    if evidence.method is Method.HUB_FIELD:
        place = f"field {evidence.path} of the Hub" if evidence.path and not evidence.lines else place
    return Source(
        " ".join(evidence.quote.split()),
        evidence.note if evidence.note != evidence.path else "",
        place or _host(evidence.url) or evidence.method.value.replace("-", " "),
        evidence.url,
        evidence.seen_on,
    )


def _host(address: str) -> str:
    """The place that an address leads to, for words to stand on it."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.netloc}{parts.path.rstrip('/')}" if parts.netloc else ""


def bases(card: Scorecard) -> list[str]:
    """The ids of the releases that a release says it was made from."""
    finding = _finding(card, "lineage")
    if finding is None or finding.value in (None, "original"):
        return []
    said = [each.quote for each in finding.evidence if each.note == "base_model" and each.quote]
    ids = [id.strip(" '\"[]") for quote in said[:1] for id in quote.split(",")]
    return [id for id in dict.fromkeys(ids) if id][:BASES]


def relatives(
    card: Scorecard, known: Mapping[str, Row], children: Sequence[Row]
) -> tuple[list[Relative], list[Relative]]:
    """The bases of a release and what the site knows to be made from it."""
    up = [_relative(id, known.get(id.lower()), *_how(card)) for id in bases(card)]
    return up, [_relative(row.card.release.id, row, *_how(row.card)) for row in children]


def _relative(id: str, row: Row | None, how: str, terms: str) -> Relative:
    return Relative(row.name if row else id, row.verdict if row else "", f"{row.slug}.html" if row else "", how, terms)


def _how(card: Scorecard) -> tuple[str, str]:
    made, terms = _finding(card, "lineage"), _finding(card, "lineage-terms")
    relation = _RELATION.get((made and made.value) or "", "made from it")
    return relation, _TERMS.get((terms and terms.value) or "", "")


def _finding(card: Scorecard, about: str) -> Finding | None:
    return next((each for each in card.findings if each.about == about), None)


def tree(row: Row, up: Sequence[Relative], down: Sequence[Relative]) -> Lineage | None:
    """The drawing of a release's lineage."""
    return lineage(row.name, row.verdict, up, down)


def origins(card: Scorecard) -> Iterator[Shown]:
    """What is known of where the release comes from, as sentences beside the drawing."""
    for about in ("lineage", "lineage-terms", "data-terms"):
        finding = _finding(card, about)
        if finding is not None and finding.status is not Status.SILENT:
            row = view.finding_row(finding)
            yield Shown(row.name, row.found, finding.status, _words(finding), f"f-{about}", True, (), False)
