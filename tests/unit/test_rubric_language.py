"""What the language of rubrics can say, construct by construct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from openness.core.errors import RubricError
from openness.core.scorecard import Scorecard
from openness.licences import lookup
from openness.rubric.cases import judge
from openness.rubric.library import load_file

HEAD = """
rubric: mine
version: "1.0"
title: Mine
description: A rubric of a test.
source: {title: Nobody, url: "https://example.org", date: "2026"}
"""
PARTS = """
dimensions: {d: {title: D}}
criteria:
  weights:
    {dimension: d, question: "Weights?", cite: a,
     levels: {met: {finding: model-parameters-final, status: released},
              partly: {finding: model-parameters-final, status: partial}}}
  data:
    {dimension: d, question: "Data?", cite: b,
     levels: {met: {finding: datasets, status: released}, partly: {finding: datasets, status: described}}}
  code:
    {dimension: d, question: "Code?", cite: c, informative: true,
     levels: {met: {finding: training-code, status: released, licensed: free}}}
licences:
  free: {any: [{osi: true}, {id: [CC0-1.0]}]}
release_licence_covers: [code]
"""
GATES = """
gates:
  all: {title: All, cite: a, criteria: [weights, data], fails: "All:"}
  some: {title: Some, cite: a, criteria: [weights, data, code], at_least: 2, fails: "Some:"}
  begun: {title: Begun, cite: a, criteria: [weights, data], accepts: [met, partly], fails: "Begun:"}
classes:
  best: {title: best, headline: "{name}: {points} of {total}", when: {all: [{gate: all}, {gate: some}]}}
  nearly: {title: nearly, headline: nearly, when: {nearly: {class: best, but: [some]}}}
  begun: {title: begun, headline: begun, when: {gate: begun}}
  rest: {title: rest, headline: "{name}: {points} of {total}"}
"""


def rubric(tmp_path: Path, text: str = HEAD + PARTS + GATES, name: str = "mine.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def judged(tmp_path: Path, findings: dict[str, Any], text: str = HEAD + PARTS + GATES) -> Scorecard:
    return judge(load_file(rubric(tmp_path, text)).compiled, findings, lookup)


def classes(card: Scorecard) -> list[str]:
    return [id for id, _ in card.verdict.classes]


def gates(card: Scorecard) -> dict[str, str]:
    return {gate.id: gate.state.value for gate in card.gates}


def test_at_least_so_many_of_a_gate_s_criteria(tmp_path: Path) -> None:
    two = {"model-parameters-final": "released", "training-code": {"licence": "mit"}}
    assert gates(judged(tmp_path, two)) == {"all": "fail", "some": "pass", "begun": "fail"}
    assert gates(judged(tmp_path, two | {"training-code": "unknown"}))["some"] == "open"
    assert gates(judged(tmp_path, two | {"training-code": "silent"}))["some"] == "fail"


def test_a_gate_may_accept_less_than_the_best(tmp_path: Path) -> None:
    card = judged(tmp_path, {"model-parameters-final": "partial", "datasets": "described"})
    assert (classes(card), gates(card)["begun"]) == (["begun"], "pass")


def test_nearly_is_a_class_whose_gates_are_taken_as_passed(tmp_path: Path) -> None:
    text = (HEAD + PARTS + GATES).replace("at_least: 2", "at_least: 3")
    both = {"model-parameters-final": "released", "datasets": "released"}
    assert classes(judged(tmp_path, both, text)) == ["nearly"]
    assert classes(judged(tmp_path, both | {"training-code": "unknown"}, text)) == ["best", "nearly"]


def test_points_and_informative_criteria(tmp_path: Path) -> None:
    card = judged(tmp_path, {"model-parameters-final": "released", "datasets": "unknown"})
    assert card.score is not None
    assert card.score.percent == (50, 100)
    rest = judged(tmp_path, {"model-parameters-final": "released"})
    assert rest.verdict.headline == "org/case: 1 of 2"
    assert [each.weight for each in rest.criteria] == [1, 1, 0]


def test_without_words_of_its_own_a_criterion_says_what_was_found(tmp_path: Path) -> None:
    card = judged(tmp_path, {"licence": "gpl-3.0", "training-code": "released", "datasets": "withheld"})
    said = {each.id: each.statement for each in card.criteria}
    assert said["data"] == "Datasets: withheld."
    assert said["code"] == "Training code: released, GNU General Public License v3.0 only."


@pytest.mark.parametrize(
    ("own", "release", "met"),
    [
        (None, "mit", True),
        (None, "llama2", False),
        ("mit", "llama2", True),
        ("llama2", "mit", False),
        ("cc0-1.0", "llama2", True),
        (None, "unknown", None),
    ],
)
def test_whose_licence_counts(tmp_path: Path, own: str | None, release: str, met: bool | None) -> None:
    code = {"status": "released"} | ({"licence": own} if own else {})
    result = judged(tmp_path, {"licence": release, "training-code": code}).criteria[2]
    assert (len(result.possible) == 1 and result.possible[0] == "met" if result.certain else None) is met


@pytest.mark.parametrize(
    ("predicate", "licence", "holds"),
    [
        ("{without: [naming]}", "mit", True),
        ("{without: [naming]}", "llama3", False),
        ("{without: [threshold, naming]}", "gemma", True),
        ("{without: [naming]}", "somebody-s-own", None),
        ("{id: [MIT]}", "apache-2.0", False),
        ("{id: [MIT]}", "unknown", None),
        ("{spelled: spdx}", "MIT", True),
        ("{spelled: spdx}", "mit", False),
        ("{spelled: spdx, osi: true}", "Apache 2.0", False),
        ("{fsf: true}", "llama2", False),
        ("{any: [{id: [MIT]}, {class: [share-alike]}]}", "cc-by-sa-4.0", True),
        ("{term: {commercial-use: threshold}}", "llama2", True),
    ],
)
def test_what_a_licence_can_be_asked(tmp_path: Path, predicate: str, licence: str, holds: bool | None) -> None:
    text = (HEAD + PARTS + GATES).replace("{any: [{osi: true}, {id: [CC0-1.0]}]}", predicate)
    result = judged(tmp_path, {"training-code": {"licence": licence}}, text).criteria[2]
    assert (result.possible == ("met",) if result.certain else None) is holds


def test_a_rubric_without_a_figure(tmp_path: Path) -> None:
    card = judged(tmp_path, {}, HEAD + "scored: false\n" + PARTS + GATES)
    assert card.score is None
    assert all(each.score is None for each in card.dimensions)


def test_extending_changes_drops_and_adds(tmp_path: Path) -> None:
    rubric(tmp_path, name="base.yaml")
    child = HEAD + (
        "extends: base.yaml\n"
        "criteria:\n  data: {weight: 7}\n  code: null\n"
        "gates: {some: null}\n"
        "classes:\n  all: {title: all, headline: h, when: {gate: all}}\n  rest: {title: rest, headline: h}\n"
    )
    compiled = load_file(rubric(tmp_path, child, "child.yaml")).compiled
    assert {each.id: each.weight for each in compiled.rubric.criteria} == {"weights": 1, "data": 7}
    assert compiled.rubric.class_ids == ("all", "rest")
    assert [each.id for each in compiled.rubric.gates] == ["all", "begun"]
    before = compiled.digest
    rubric(tmp_path, (HEAD + PARTS + GATES).replace("Weights?", "Which weights?"), "base.yaml")
    assert load_file(tmp_path / "child.yaml").compiled.digest != before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + "extends: nowhere\n", "no rubric is called 'nowhere'"),
        (HEAD + "extends: mine.yaml\n", "or one that extends itself"),
        (HEAD + "extends: retort\ncriteria: {data-exact: {wieght: 3}}\n", "mine.yaml:8:"),
        (HEAD + "extends: retort\ncriteria: {data-exact: null}\n", "no criterion is called 'data-exact'"),
        (HEAD + PARTS + GATES.replace("but: [some]", "but: [sum]"), "no gate is called 'sum'"),
        (HEAD + PARTS + GATES.replace("{class: best,", "{class: rest,"), "no class before this one is called 'rest'"),
        (HEAD + PARTS + GATES.replace("at_least: 2", "at_least: 4"), "can never be met"),
        (HEAD + PARTS.replace("licensed: free", "licensed: fre") + GATES, "no rule for licences is called 'fre'"),
        (HEAD + PARTS.replace("covers: [code]", "covers: [cod]") + GATES, "no kind of components, is called 'cod'"),
        (HEAD + PARTS.replace("{osi: true}", "{without: [namin]}") + GATES, "did you mean 'naming'"),
        (HEAD + PARTS + GATES + "cases: [{name: x, findings: {dataset: released}, classes: [best]}]\n", "'datasets'"),
        (HEAD + PARTS + GATES + "cases: [{name: x, classes: [worst]}]\n", "no class is called 'worst'"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(RubricError) as caught:
        load_file(rubric(tmp_path, text))
    assert told in caught.value.message
    assert "mine.yaml" in caught.value.message
