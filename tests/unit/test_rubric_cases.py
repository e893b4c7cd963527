"""Every bundled rubric: sound by its schema, and right on the worked cases beside it."""

from __future__ import annotations

from typing import Any

import pytest

from openness.core.scorecard import Scorecard
from openness.licences import lookup
from openness.rubric.cases import Case, run
from openness.rubric.cases import judge as case_judge
from openness.rubric.library import Loaded, folder, load, load_cases, load_file, names


def cases() -> list[Any]:
    found = []
    for name in names():
        loaded = load(name)
        found += [pytest.param(loaded, case, id=f"{name}: {case['name']}") for case in load_cases(loaded)[0]]
    return found


def judge(rubric: str, findings: dict[str, str]) -> Scorecard:
    return case_judge(load(rubric).compiled, findings, lookup)


@pytest.mark.parametrize(("loaded", "case"), cases())
def test_worked_case(loaded: Loaded, case: Case) -> None:
    assert run(loaded.compiled, [case], lookup)[0].wrong == ()


@pytest.mark.parametrize("name", names())
def test_bundled_rubric_is_sound_and_has_cases(name: str) -> None:
    load_file(folder() / f"{name}.yaml")
    assert len(load_cases(load(name))[0]) >= 6


def test_both_reasons_stand_alone() -> None:
    card = judge(
        "retort",
        {
            "model-parameters-final": "released",
            "licence": "llama2",
            "datasets": "withheld",
            "access": "manual-approval",
            "model-architecture": "released",
        },
    )
    assert len(card.verdict.reasons) == 2
    assert card.verdict.reasons[0].startswith("Licence:")
    assert card.verdict.reasons[1].startswith("Reproducibility:")
    assert card.verdict.certain


def test_safety_is_beside_openness() -> None:
    base = judge(
        "retort",
        {"model-parameters-final": "released", "licence": "apache-2.0", "access": "open", "safety-tuning": "none"},
    )
    tuned = judge(
        "retort",
        {
            "model-parameters-final": "released",
            "licence": "apache-2.0",
            "access": "open",
            "safety-tuning": "tuned",
            "safety-evaluation": "released",
        },
    )
    assert base.score == tuned.score
    assert base.verdict.classes == tuned.verdict.classes
    assert next(each for each in tuned.dimensions if each.id == "safety").beside


def test_every_criterion_of_the_episode_cites_a_mark() -> None:
    import re

    for criterion in load("retort").rubric.criteria:
        assert re.fullmatch(r"00:[0-5]\d(, 00:[0-5]\d)*", criterion.cite)
