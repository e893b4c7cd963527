"""Pages about components and aspects: the list of all, and what each status means for one."""

from __future__ import annotations

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.meanings import Subject
from openness.outputs.base import Page, known
from openness.outputs.blocks import Block, Column, Facts, Grid, Heading, Paragraph, as_markdown, as_table
from openness.outputs.json import written

SCHEMA_VERSION = "1.0"
"""Of the JSON documents; grows as those of scorecards do."""
_GROUPS = {"mof": "Model Openness Framework", "safety": "safety"}


def subject_page(subject: Subject, format: str, page: Page) -> str:
    """One component or aspect. Raises `UsageError` for a format that is not known."""
    known(format)
    if format == "json":
        return written(
            {
                "schema_version": SCHEMA_VERSION,
                "id": subject.id,
                "name": subject.name,
                "kind": subject.kind,
                "group": subject.group,
                "definition": subject.definition,
                "statuses": {status.value: words for status, words in subject.statuses},
                "values": list(subject.values),
                "probes": [{"id": id, "looks_at": places, "does": does} for id, places, does in subject.probes],
                "criteria": [{"id": id, "question": question} for id, question in subject.asked],
            }
        )
    what = f"{subject.kind}, {_GROUPS[subject.group]}" if subject.group else subject.kind
    blocks: list[Block] = [
        Heading(subject.name, 1),
        Facts([("Id", [subject.id]), ("Kind", [what]), ("Is", [subject.definition])]),
    ]
    if subject.values:
        blocks += [Facts([("May say", [", ".join(subject.values)])])]
    blocks += [
        Heading("What each status means"),
        Facts([(status.value.replace("-", " "), [words]) for status, words in subject.statuses]),
        Heading("How it is found"),
    ]
    if subject.probes:
        blocks += [Facts([(id, [does, f"Looks at: {places}."]) for id, places, does in subject.probes])]
    else:
        blocks += [Paragraph("By people only: attestations say it (openness attest).")]
    if subject.asked:
        blocks += [Heading("Who asks for it"), Facts([(id, [question]) for id, question in subject.asked])]
    return as_markdown(blocks) if format == "markdown" else as_table(blocks, page)


def subjects_page(format: str, page: Page) -> str:
    """Every component and aspect. Raises `UsageError` for a format that is not known."""
    known(format)
    if format == "json":
        components = [
            {"id": each.id, "name": each.name, "kind": each.kind.value, "group": each.group}
            for each in COMPONENTS.values()
        ]
        aspects = [{"id": each.id, "name": each.name, "kind": "aspect", "group": ""} for each in ASPECTS.values()]
        return written({"schema_version": SCHEMA_VERSION, "components": components, "aspects": aspects})
    columns = (Column("Id", whole=True), Column("Name"), Column("Kind", whole=True), Column("Is"))
    rows = [
        (each.id, each.name, f"{each.kind.value}{' (safety)' * (each.group == 'safety')}", each.definition)
        for each in COMPONENTS.values()
    ]
    rows += [(each.id, each.name, "aspect", each.definition) for each in ASPECTS.values()]
    blocks: list[Block] = [Grid(columns, rows)]
    return as_markdown(blocks) if format == "markdown" else as_table(blocks, page)
