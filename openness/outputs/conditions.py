"""The conditions of a rubric in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from openness.core import words
from openness.core.components import name_of
from openness.core.rubric import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    LicenceRule,
    Nearly,
    Negation,
    OfCriterion,
    OfFinding,
    OfGate,
    Rubric,
)


class ConditionWords:
    """Puts the conditions of one rubric into words, which name its questions, gates and classes by their titles."""

    def __init__(self, rubric: Rubric) -> None:
        self._questions = {each.id: each.question for each in rubric.criteria}
        self._gates = {each.id: each.title for each in rubric.gates}
        self._classes = {each.id: each.title for each in rubric.classes}

    def question(self, criterion: str) -> str:
        """The question of a criterion."""
        return self._questions[criterion]

    def condition(self, asked: Condition | None) -> str:
        """A condition; '' for none."""
        match asked:
            case None:
                return ""
            case AllOf(parts):
                return self._joined(parts, " and ")
            case AnyOf(parts):
                return self._joined(parts, " or ")
            case Negation(part):
                return f"not ({self.condition(part)})"
            case AtLeast(count, parts):
                return f"at least {count} of: {self._joined(parts, '; ')}"
            case Nearly(class_id, but):
                gates = ", ".join(self._gates[gate] for gate in but)
                return f"it would be {self._classes[class_id]} but for: {gates}"
            case OfGate(gate):
                return f"“{self._gates[gate]}” is passed"
            case OfCriterion(criterion, levels):
                return f"“{self._questions[criterion]}” is {_either(levels)}"
            case OfFinding():
                return _finding(asked)
            case _:
                assert_never(asked)

    def _joined(self, parts: Iterable[Condition], word: str) -> str:
        several = [(each, self.condition(each)) for each in parts]
        return word.join(f"({said})" if isinstance(each, (AllOf, AnyOf)) else said for each, said in several)


def _either(names: Iterable[str]) -> str:
    return words.either(map(words.spaced, names))


def _finding(asked: OfFinding) -> str:
    said = [_either(each) for each in (asked.statuses, asked.values) if each]
    said += [f"confidence at least {asked.confidence}"] if asked.confidence else []
    said += [_licence(asked.licence)] if asked.licence else []
    said += [f"licence: {_either((asked.licensed,))}"] if asked.licensed else []
    return f"{name_of(asked.about).lower()}: {', '.join(said)}"


def _licence(rule: LicenceRule) -> str:
    parts = [
        f"{'' if flag else 'not '}approved by the {name}"
        for name, flag in (("OSI", rule.osi), ("FSF", rule.fsf))
        if flag is not None
    ]
    parts += [f"class {_either(rule.classes)}"] if rule.classes else []
    parts += [f"{_either((name,))} {_either(values)}" for name, values in rule.terms]
    parts += [f"nothing on {_either((name,))}" for name in rule.without]
    parts += [words.either(rule.identifiers)] if rule.identifiers else []
    parts += ["named by its SPDX identifier"] if rule.spelled else []
    parts += [words.either(map(_licence, rule.alternatives))] if rule.alternatives else []
    return ", ".join(parts)
