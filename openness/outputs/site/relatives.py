"""What a release was made from, and what a site knows to be made from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openness.core.finding import Finding
from openness.core.scorecard import Scorecard
from openness.outputs.site.drawing import Relative
from openness.outputs.site.rows import IndexRow

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


def bases(card: Scorecard) -> list[str]:
    """The ids of the releases that a release says it was made from."""
    finding = finding_of(card, "lineage")
    if finding is None or finding.value in (None, "original"):
        return []
    said = [each.quote for each in finding.evidence if each.note == "base_model" and each.quote]
    ids = [name.strip(" '\"[]") for quote in said[:1] for name in quote.split(",")]
    return [name for name in dict.fromkeys(ids) if name][:BASES]


def relatives(
    card: Scorecard, known: Mapping[str, IndexRow], children: Sequence[IndexRow]
) -> tuple[list[Relative], list[Relative]]:
    """The bases of a release, and its children on the site. `known` holds the rows of the site by their id in lower case."""
    up = [_relative(name, known.get(name.lower()), *_how(card)) for name in bases(card)]
    return up, [_relative(row.card.release.id, row, *_how(row.card)) for row in children]


def finding_of(card: Scorecard, about: str) -> Finding | None:
    """The finding on a component or aspect."""
    return next((each for each in card.findings if each.about == about), None)


def _relative(release: str, row: IndexRow | None, how: str, terms: str) -> Relative:
    return Relative(row.name if row else release, row.verdict if row else "", row.slug if row else "", how, terms)


def _how(card: Scorecard) -> tuple[str, str]:
    made, terms = finding_of(card, "lineage"), finding_of(card, "lineage-terms")
    relation = _RELATION.get((made and made.value) or "", "made from it")
    return relation, _TERMS.get((terms and terms.value) or "", "")
