"""The published standards against what their own publishers concluded."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import openness
from openness.core.components import COMPONENTS
from openness.core.interval import points
from openness.core.scorecard import Level, Scorecard
from openness.licences import lookup
from openness.rubric.cases import judge
from openness.rubric.library import folder, load, load_cases, names
from openness.rubric.schema import schema

MOF = [id for id, each in COMPONENTS.items() if each.group == "mof"]
CLASS = {"1": "class-1", "2": "class-2", "3": "class-3", "0": "unclassified"}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_mot(record: dict[str, str]) -> Scorecard:
    """A record's components and licences, judged; a component without a licence is there and unlicensed."""
    findings: dict[str, Any] = {}
    for about in MOF:
        licence = record[about.replace("-", "_")]
        if licence == "unlicensed":
            findings[about] = {"status": "released", "licence": "none"}
        elif licence:
            findings[about] = {"status": "released", "licence": licence}
    return judge(load("mot").compiled, findings, lookup)


def test_every_class_of_the_model_openness_tool_is_reproduced(corpus: Path) -> None:
    records = [each for each in rows(corpus / "labels-mot.csv") if each["mof_class"]]
    assert len(records) > 100
    wrong = {
        each["mot_name"]: (each["mof_class"], as_mot(each).verdict.classes)
        for each in records
        if [CLASS[each["mof_class"]]] != [id for id, _ in as_mot(each).verdict.classes]
    }
    assert wrong == {}
    assert len(Counter(each["mof_class"] for each in records)) == 4


PASS = ("pythia-12b", "allenai/OLMo-7B", "LLM360/Amber", "LLM360/CrystalCoder", "google-t5/t5-large")
NEARLY = ("bigscience/bloom", "bigcode/starcoder2-15b", "tiiuae/falcon-40b")
NOT = ("llama-2-7b", "xai-org/grok-1", "microsoft/phi-2", "mistralai/Mixtral-8x7B-v0.1")
VALIDATED = [
    *((name, "open-source-ai") for name in PASS),
    *((name, "nearly") for name in NEARLY),
    *((name, "not-open-source-ai") for name in NOT),
]
"""What OSI's validation phase concluded (https://opensource.org/ai/faq, "Which AI systems comply")."""


@pytest.mark.parametrize(("name", "concluded"), VALIDATED)
def test_what_osi_s_validation_concluded_follows_from_what_is_attested(name: str, concluded: str) -> None:
    card = openness.score(name, rubric="osaid", offline=True)
    assert [id for id, _ in card.verdict.classes] == [concluded]
    assert bool(card.verdict.reasons) is (concluded != "open-source-ai")


def test_each_reason_of_osi_s_verdicts_has_its_name() -> None:
    reasons = {
        name: " ".join(openness.score(name, rubric="osaid", offline=True).verdict.reasons) for name in NEARLY + NOT
    }
    assert "terms that restrict" in reasons["bigscience/bloom"]
    assert "Training code: partial" in reasons["bigcode/starcoder2-15b"]
    assert "Training code: described" in reasons["tiiuae/falcon-40b"]
    assert "It is not stated where the data come from" in reasons["llama-2-7b"]
    assert all("Training code: silent" in reasons[name] for name in NOT)


LEVEL = {"open": Level.MET, "partial": Level.PARTLY, "closed": Level.NOT_MET}
POINTS = {"open": 1.0, "partial": 0.5, "closed": 0.0}


def test_the_index_s_own_sums_and_order_follow_from_its_levels(corpus: Path) -> None:
    records = rows(corpus / "labels-osai.csv")
    criteria = {each.id: each for each in judge(load("osai").compiled, {}, lookup).criteria}
    ours, theirs = [], []
    for record in records:
        given = [replace(each, possible=(LEVEL[record[id]],)) for id, each in criteria.items()]
        low, high = points(given)
        assert low == high
        ours.append((low, record["project"]))
        theirs.append((sum(POINTS[record[id]] for id in criteria), record["project"]))
    assert len(criteria) == 14
    assert len(records) > 30
    assert sorted(ours, reverse=True) == sorted(theirs, reverse=True)


def test_every_dimension_of_the_index_can_be_reached_by_findings() -> None:
    cases, _ = load_cases(load("osai"))
    cards = [judge(load("osai").compiled, case.get("findings") or {}, lookup) for case in cases]
    reached = {each.id for card in cards for each in card.criteria if each.possible == (Level.MET,)}
    assert reached == {each.id for each in load("osai").rubric.criteria}


@pytest.mark.parametrize("name", names())
def test_every_criterion_names_its_section_and_every_rubric_its_source(name: str) -> None:
    loaded = load(name)
    assert all(len(each.cite) > 4 for each in loaded.rubric.criteria)
    assert loaded.rubric.source.url.startswith("https://")
    assert re.match(r"\d{4}(-\d{2}(-\d{2})?)?$", loaded.rubric.source.date)


@pytest.mark.parametrize("name", ["osaid", "osai", "eu-ai-act"])
def test_what_no_machine_can_decide_is_said_and_left_open(name: str) -> None:
    human = [each.id for each in load(name).rubric.criteria if each.decided_by == "human"]
    assert human
    card = openness.score("openai-community/gpt2", rubric=name, offline=True)
    assert not all(each.certain for each in card.criteria if each.id in human)


def test_the_published_schema_of_rubrics_is_the_one_in_force() -> None:
    assert json.loads((folder() / "rubric.schema.json").read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))
