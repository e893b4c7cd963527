"""A rubric in words: its questions, gates and classes, from the rubric's own data."""

from __future__ import annotations

from openness.core.components import COMPONENTS
from openness.core.finding import Status
from openness.core.meanings import GENERAL, meaning
from openness.core.record import record
from openness.core.rubric import Gate, Rubric
from openness.core.scorecard import Scorecard
from openness.outputs.conditions import ConditionWords, either

ABOUT = (
    "Each release is pinned to a revision. Its files, card, licence and fields on the Hub are read by a program; what people "
    "have attested is merged with that openly. Every finding names the place where it was seen.",
    "A rubric turns findings into a verdict. What could not be looked at counts for nobody: a score is then two figures, "
    "every unknown at its worst and at its best, and a verdict is certain only where no unknown can change it. A question "
    "that is met counts in full, one that is partly met counts half.",
)
WORDS = (
    ("released", "The thing itself is there."),
    ("partial", "A part of it is there."),
    ("described", "There are only words about it."),
    *((status.value, GENERAL[status]) for status in (Status.WITHHELD, Status.SILENT, Status.UNKNOWN)),
)
COMPONENT_WORDS = tuple(
    (
        each.name,
        each.definition,
        *(meaning(id, status) for status in (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)),
    )
    for id, each in COMPONENTS.items()
)
"""Each component: its name, what it is, and what released, partial and described mean for it."""


@record(frozen=True, slots=True)
class Asked:
    """A question, and the conditions of its levels in words."""

    id: str
    question: str
    cite: str
    weight: int
    met: str
    partly: str
    applies: str


@record(frozen=True, slots=True)
class Chapter:
    """A dimension with its questions."""

    title: str
    beside: bool
    questions: tuple[Asked, ...]


@record(frozen=True, slots=True)
class Rule:
    """A class, a gate or something an outsider can do: its title, where it comes from, and its condition in words."""

    title: str
    cite: str
    when: str
    needs: str = ""


@record(frozen=True, slots=True)
class Method:
    """A rubric in words."""

    id: str
    version: str
    title: str
    digest: str
    source: str
    description: str
    dimensions: tuple[Chapter, ...]
    gates: tuple[Rule, ...]
    classes: tuple[Rule, ...]
    affordances: tuple[Rule, ...]


def method(rubric: Rubric, digest: str) -> Method:
    """A rubric in words; `digest` identifies its text."""
    words = ConditionWords(rubric)
    return Method(
        rubric.id,
        rubric.version,
        rubric.title,
        digest,
        rubric.source.url,
        " ".join(rubric.description.split()),
        tuple(Chapter(each.title, each.beside, tuple(_asked(rubric, each.id, words))) for each in rubric.dimensions),
        tuple(Rule(each.title, each.cite, "", _needs(each, words)) for each in rubric.gates),
        tuple(Rule(each.title, "", words.condition(each.when)) for each in rubric.classes),
        tuple(Rule(each.title, each.cite, words.condition(each.when)) for each in rubric.affordances),
    )


def outline(card: Scorecard) -> Method:
    """What a scorecard alone tells of the rubric that judged it: its questions, without the conditions."""
    rubric = card.rubric
    return Method(
        rubric.id,
        rubric.version,
        rubric.title,
        rubric.digest,
        rubric.source,
        "",
        tuple(
            Chapter(
                each.title,
                each.beside,
                tuple(
                    Asked(result.id, result.question, result.cite, result.weight, "the rubric’s file says", "", "")
                    for result in card.criteria
                    if result.dimension == each.id
                ),
            )
            for each in card.dimensions
        ),
        tuple(Rule(each.title, each.cite, "", "what the rubric’s file says") for each in card.gates),
        (),
        tuple(Rule(each.title, each.cite, "the rubric’s file says so") for each in card.affordances),
    )


def _asked(rubric: Rubric, dimension: str, words: ConditionWords) -> list[Asked]:
    return [
        Asked(
            each.id,
            each.question,
            each.cite,
            each.weight,
            words.condition(each.met),
            words.condition(each.partly),
            words.condition(each.applies_if),
        )
        for each in rubric.criteria
        if each.dimension == dimension
    ]


def _needs(gate: Gate, words: ConditionWords) -> str:
    begin = "" if gate.at_least == len(gate.criteria) else f"at least {gate.at_least} of these: "
    asked = "; ".join(words.question(each) for each in gate.criteria)
    return f"{begin}{asked} ({either(gate.accepts)})"
