"""Pages about components and aspects: the list, and one of them with the meaning of each status."""

from __future__ import annotations

from openness.core import words
from openness.core.components import ASPECTS, COMPONENTS
from openness.core.meanings import Subject
from openness.outputs.blocks import Block, Column, Facts, Grid, Heading, Paragraph

SCHEMA_VERSION = "1.0"
"""The version of the JSON documents; it grows as that of scorecards does."""
_GROUPS = {"mof": "Model Openness Framework", "safety": "safety"}


def subject_document(subject: Subject) -> dict[str, object]:
    """One component or aspect, for JSON."""
    return {
        "schema_version": SCHEMA_VERSION,
        "id": subject.id,
        "name": subject.name,
        "kind": subject.kind,
        "group": subject.group,
        "definition": subject.definition,
        "statuses": {status.value: means for status, means in subject.statuses},
        "values": list(subject.values),
        "probes": [{"id": name, "looks_at": places, "does": does} for name, places, does in subject.probes],
        "criteria": [{"id": name, "question": question} for name, question in subject.asked],
    }


def subject_blocks(subject: Subject) -> list[Block]:
    """One component or aspect."""
    what = f"{subject.kind}, {_GROUPS[subject.group]}" if subject.group else subject.kind
    blocks: list[Block] = [
        Heading(subject.name, 1),
        Facts([("Id", [subject.id]), ("Kind", [what]), ("Is", [subject.definition])]),
    ]
    if subject.values:
        blocks += [Facts([("May say", [", ".join(subject.values)])])]
    blocks += [
        Heading("What each status means"),
        Facts([(words.status(status), [means]) for status, means in subject.statuses]),
        Heading("How it is found"),
    ]
    if subject.probes:
        blocks += [Facts([(name, [does, f"Looks at: {places}."]) for name, places, does in subject.probes])]
    else:
        blocks += [Paragraph("No program looks for it; people attest it (openness attest).")]
    if subject.asked:
        blocks += [Heading("Who asks for it"), Facts([(name, [question]) for name, question in subject.asked])]
    return blocks


def list_document(content: None) -> dict[str, object]:
    """Every component and aspect, for JSON."""
    components = [
        {"id": each.id, "name": each.name, "kind": each.kind.value, "group": each.group} for each in COMPONENTS.values()
    ]
    aspects = [{"id": each.id, "name": each.name, "kind": "aspect", "group": ""} for each in ASPECTS.values()]
    return {"schema_version": SCHEMA_VERSION, "components": components, "aspects": aspects}


def list_blocks(content: None) -> list[Block]:
    """Every component and aspect."""
    columns = (Column("Id", whole=True), Column("Name"), Column("Kind", whole=True), Column("Is"))
    rows = [
        (each.id, each.name, f"{each.kind.value}{' (safety)' * (each.group == 'safety')}", each.definition)
        for each in COMPONENTS.values()
    ]
    rows += [(each.id, each.name, "aspect", each.definition) for each in ASPECTS.values()]
    return [Grid(columns, rows)]


BLOCKS = {"component": subject_blocks, "components": list_blocks}
DOCUMENTS = {"component": subject_document, "components": list_document}
