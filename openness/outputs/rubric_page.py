"""Pages about rubrics: one in words, with the condition of every outcome, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openness.core import words
from openness.core.record import record
from openness.core.rubric import Criterion, Dimension, Gate, Rubric
from openness.core.scorecard import Level
from openness.outputs.blocks import Block, Column, Grid, Heading, Paragraph, Phrase, Points, Span
from openness.outputs.conditions import ConditionWords

SCHEMA_VERSION = "1.0"
"""Of the JSON documents; grows as that of scorecards does."""


@record(frozen=True, slots=True)
class RubricSheet:
    """The content of a page about a rubric: the rubric, and the SHA-256 of its text."""

    rubric: Rubric
    digest: str


def sheet_blocks(content: RubricSheet) -> list[Block]:
    """One rubric in words."""
    rubric = content.rubric
    source = ", ".join(filter(None, (rubric.source.title, rubric.source.version, rubric.source.date)))
    return [
        Heading(rubric.title, 1),
        Paragraph(f"Rubric {rubric.id} {rubric.version}, text {content.digest[:12]}. {_one_line(rubric.description)}"),
        Paragraph(("Source: ", Span(source, address=rubric.source.url), f" <{rubric.source.url}>"), "aside"),
        *parts(rubric),
    ]


def parts(rubric: Rubric) -> Iterator[Block]:
    """Classes, gates, questions and affordances of a rubric, each with its condition."""
    said = ConditionWords(rubric)
    yield Heading("Verdicts, the first that fits")
    yield Points([_line(each.title, each.id, _if(said.condition(each.when))) for each in rubric.classes], ordered=True)
    if rubric.gates:
        yield Heading("Gates")
        yield Points([_line(each.title, f"{each.id}; {each.cite}", _needs(each, said)) for each in rubric.gates])
    yield Heading("Questions")
    for dimension in rubric.dimensions:
        yield Heading(dimension.title + (" (beside the score)" if dimension.beside else ""), 3)
        yield _questions(rubric, dimension, said)
    if rubric.affordances:
        yield Heading("What an outsider can do")
        yield Points([_line(each.title, each.cite, _if(said.condition(each.when))) for each in rubric.affordances])


def _line(title: str, about: str, when: str) -> Phrase:
    return Span(title, "strong"), f" ({about})", Span(f": {when}", "soft")


def _if(condition: str) -> str:
    return f"if {condition}" if condition else "otherwise"


def _needs(gate: Gate, said: ConditionWords) -> str:
    begin = f"at least {gate.at_least} of these: " if gate.at_least < len(gate.criteria) else ""
    asked = "; ".join(map(said.question, gate.criteria))
    return f"needs {begin}{asked} ({words.either(map(words.spaced, gate.accepts))})"


def _questions(rubric: Rubric, dimension: Dimension, said: ConditionWords) -> Grid:
    asked = [each for each in rubric.criteria if each.dimension == dimension.id]
    return question_grid(dimension.title, [(each, said) for each in asked])


def question_grid(caption: str, asked: Sequence[tuple[Criterion, ConditionWords]]) -> Grid:
    """Questions with the conditions of their outcomes."""
    columns = (Column("Id"), Column("Question"), Column("Met if", named=True), Column("Partly met if", named=True))
    rows = [_question(each, said) for each, said in asked]
    return Grid(columns, rows, listed=True, label=f"Questions: {caption}", anchors=[each.id for each, _ in asked])


def _question(asked: Criterion, said: ConditionWords) -> tuple[Phrase, ...]:
    applies = said.condition(asked.applies_if)
    human = "; a person decides" if asked.decided_by == "human" else ""
    weight = f"weight {asked.weight}" if asked.weight else "not scored"
    about = f"{asked.cite}; {weight}{human}" + (f"; asked if {applies}" if applies else "")
    return (asked.id, (asked.question, Span(about, "below")), said.condition(asked.met), said.condition(asked.partly))


def _one_line(said: str) -> str:
    return " ".join(said.split())


def sheet_document(content: RubricSheet) -> dict[str, object]:
    """One rubric for JSON; its conditions stand there in words."""
    rubric, said = content.rubric, ConditionWords(content.rubric)
    source = rubric.source
    return {
        "schema_version": SCHEMA_VERSION,
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "digest": content.digest,
        "description": _one_line(rubric.description),
        "source": {"title": source.title, "url": source.url, "date": source.date, "version": source.version},
        "dimensions": [{"id": each.id, "title": each.title, "beside": each.beside} for each in rubric.dimensions],
        "criteria": [
            {
                "id": each.id,
                "dimension": each.dimension,
                "question": each.question,
                "cite": each.cite,
                "weight": each.weight,
                "decided_by": each.decided_by,
                "applies_if": said.condition(each.applies_if),
                Level.MET.value: said.condition(each.met),
                Level.PARTLY.value: said.condition(each.partly),
            }
            for each in rubric.criteria
        ],
        "gates": [
            {"id": each.id, "title": each.title, "cite": each.cite, "needs": _needs(each, said).removeprefix("needs ")}
            for each in rubric.gates
        ],
        "classes": [{"id": each.id, "title": each.title, "if": said.condition(each.when)} for each in rubric.classes],
        "affordances": [
            {"id": each.id, "title": each.title, "cite": each.cite, "if": said.condition(each.when)}
            for each in rubric.affordances
        ],
    }


def list_blocks(rubrics: Sequence[tuple[str, Rubric]]) -> list[Block]:
    """Every rubric with the name or file that it goes by."""
    columns = (Column("Name"), Column("Title"), Column("Source"))
    rows = [(name, f"{each.title}, version {each.version}", each.source.url) for name, each in rubrics]
    return [Grid(columns, rows, listed=True)]


def list_document(rubrics: Sequence[tuple[str, Rubric]]) -> dict[str, object]:
    """Every rubric, for JSON."""
    listed = [
        {"name": name, "id": each.id, "version": each.version, "title": each.title, "source": each.source.url}
        for name, each in rubrics
    ]
    return {"schema_version": SCHEMA_VERSION, "rubrics": listed}


BLOCKS = {"rubric": sheet_blocks, "rubrics": list_blocks}
DOCUMENTS = {"rubric": sheet_document, "rubrics": list_document}
