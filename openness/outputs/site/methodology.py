"""A rubric in words: its questions, gates and classes, from the rubric's own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from openness.core.components import COMPONENTS, name_of
from openness.core.finding import Status
from openness.core.meanings import GENERAL, meaning
from openness.core.record import record
from openness.core.scorecard import RubricRef, Scorecard

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


def method(rubric: RubricRef, data: Mapping[str, Any]) -> Method:
    """The words for a rubric; `data` is its YAML file as data, validated."""
    titles = _titles(data)
    return Method(
        rubric.id,
        rubric.version,
        rubric.title,
        rubric.digest,
        rubric.source,
        " ".join(str(data.get("description", "")).split()),
        tuple(
            Chapter(each["title"], bool(each.get("beside")), tuple(_asked(data, id, titles)))
            for id, each in data["dimensions"].items()
        ),
        tuple(
            Rule(each["title"], each["cite"], "", _needs(each, titles)) for each in (data.get("gates") or {}).values()
        ),
        tuple(
            Rule(each["title"], "", condition(each["when"], titles) if each.get("when") else "")
            for each in data["classes"].values()
        ),
        tuple(
            Rule(each["title"], each["cite"], condition(each["when"], titles))
            for each in (data.get("affordances") or {}).values()
        ),
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


def _titles(data: Mapping[str, Any]) -> dict[str, str]:
    """What a condition may name by its id, with the words for it."""
    found = {f"criterion {id}": str(each["question"]) for id, each in data["criteria"].items()}
    found |= {f"gate {id}": str(each["title"]) for id, each in (data.get("gates") or {}).items()}
    return found | {f"class {id}": str(each["title"]) for id, each in data["classes"].items()}


def _asked(data: Mapping[str, Any], dimension: str, titles: Mapping[str, str]) -> list[Asked]:
    return [
        Asked(
            id,
            each["question"],
            each["cite"],
            0 if each.get("informative") else each.get("weight", 1),
            condition(each["levels"]["met"], titles),
            condition(each["levels"]["partly"], titles) if each["levels"].get("partly") else "",
            condition(each["applies_if"], titles) if each.get("applies_if") else "",
        )
        for id, each in data["criteria"].items()
        if each["dimension"] == dimension
    ]


def _needs(gate: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    enough = gate.get("at_least")
    begin = f"at least {enough} of these: " if enough else ""
    accepts = [str(level).replace("-", " ") for level in gate.get("accepts") or ("met",)]
    asked = "; ".join(titles.get(f"criterion {id}", id) for id in gate["criteria"])
    return f"{begin}{asked} ({' or '.join(accepts)})"


def condition(data: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """A condition in words."""
    if "all" in data:
        return _joined(data["all"], " and ", titles)
    if "any" in data:
        return _joined(data["any"], " or ", titles)
    if "not" in data:
        return f"not ({condition(data['not'], titles)})"
    if "at_least" in data:
        return f"at least {data['at_least']['n']} of: {_joined(data['at_least']['of'], '; ', titles)}"
    if "nearly" in data:
        but = ", ".join(titles.get(f"gate {id}", id) for id in data["nearly"]["but"])
        wanted = data["nearly"]["class"]
        return f"it would be {titles.get(f'class {wanted}', wanted)} but for: {but}"
    if "gate" in data:
        return f"“{titles.get('gate ' + data['gate'], data['gate'])}” is passed"
    if "criterion" in data:
        levels = _words(data.get("level", "met"))
        return f"“{titles.get('criterion ' + data['criterion'], data['criterion'])}” is {levels}"
    return _finding(data)


def _joined(parts: Sequence[Mapping[str, Any]], word: str, titles: Mapping[str, str]) -> str:
    several = [(each, condition(each, titles)) for each in parts]
    return word.join(f"({said})" if {"all", "any"} & each.keys() else said for each, said in several)


def _finding(data: Mapping[str, Any]) -> str:
    said = [_words(data[key]) for key in ("status", "value") if data.get(key)]
    said += [f"confidence at least {data['confidence']}"] if data.get("confidence") else []
    said += [_licence(data["licence"])] if data.get("licence") else []
    said += [f"licence: {_words(data['licensed'])}"] if data.get("licensed") else []
    return f"{name_of(str(data['finding'])).lower()}: {', '.join(said)}"


def _licence(data: Mapping[str, Any]) -> str:
    parts = []
    for key, value in data.items():
        if key in ("osi", "fsf"):
            parts.append(f"{'' if value else 'not '}approved by the {key.upper()}")
        elif key == "class":
            parts.append(f"class {_words(value)}")
        elif key == "term":
            parts += [f"{name.replace('-', ' ')} {_words(wanted)}" for name, wanted in value.items()]
        elif key == "any":
            parts.append(" or ".join(_licence(each) for each in value))
        elif key == "spelled":
            parts.append("named by its SPDX identifier")
        else:
            parts.append(_words(value))
    return ", ".join(parts)


def _words(value: Any) -> str:
    values = value if isinstance(value, (list, tuple)) else [value]
    return " or ".join(str(each).replace("-", " ") for each in values)
