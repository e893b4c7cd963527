"""The published standards against what their own publishers concluded."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from openness.core.components import COMPONENTS
from openness.core.scorecard import Scorecard
from openness.licences import lookup
from openness.rubric.cases import judge
from openness.rubric.library import load

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
