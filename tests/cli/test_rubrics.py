"""Several standards, advice, explanation, and a user's own rubrics, as a user asks for them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import openness
from openness.core.errors import UsageError
from openness.rubric.library import names
from tests.cli.conftest import Run

MINE = """
rubric: mine
version: "1.0"
extends: retort
title: Ours
description: The episode's, and the data must be had.
source: {title: House rules, url: "https://example.org/rules", date: "2026"}
criteria:
  data-exact: {weight: 50}
  design: null
classes:
  fine: {title: fine, headline: "{name} is fine.", when: {criterion: data-exact}}
  not-fine: {title: not fine, headline: "{name} is not fine."}
claims: {fully-open: [fine], open-source: [fine], open-science: null, open-weights: null}
cases:
  - {name: data are there, findings: {datasets: released}, classes: [fine]}
  - {name: data are not, findings: {datasets: silent}, classes: [not-fine]}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that declares a rubric of its own, as the working directory."""
    from openness.rubric import project as module

    module._declared.cache_clear()
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "ours.yaml").write_text(MINE, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.openness]\nrubrics = ["policy/ours.yaml"]\n', encoding="utf-8")
    inner = tmp_path / "src"
    inner.mkdir()
    monkeypatch.chdir(inner)
    return tmp_path


def test_every_standard_has_its_row(cli: Run) -> None:
    outcome = cli("score", "llama-2-7b", "--offline", "--rubric", "all")
    assert outcome.code == 0
    for title in ("Model Openness Framework", "Open Source AI", "EU AI Act", "The Retort", "Purpose: to teach"):
        assert title in outcome.out
    assert "in no class" in outcome.out
    assert "not exempt" in outcome.out
    document = json.loads(cli("score", "llama-2-7b", "--offline", "--rubric", "all", "--format", "json").out)
    assert [card["rubric"]["id"] for card in document["scorecards"]] == names()
    report = cli("score", "llama-2-7b", "--offline", "--rubric", "mof,osaid", "--format", "markdown").out
    assert report.count("\n| ") == 3
    assert "| Open Source AI Definition 1.0 | **not Open Source AI** |" in report


def test_every_release_has_its_table(cli: Run) -> None:
    report = cli("score", "gpt-4", "gpt2", "--offline", "--rubric", "mof,osaid", "--format", "markdown").out
    assert report.count("\n# ") + report.startswith("# ") == 2


def test_a_rubric_that_is_not_known_is_told_before_anybody_is_asked(cli: Run) -> None:
    outcome = cli("score", "org/name", "--rubric", "mof,nonesuch")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no rubric is called 'nonesuch'" in outcome.err


def test_advice_names_the_next_class_and_its_changes(cli: Run) -> None:
    outcome = cli("advise", "mistral-7b", "--offline")
    assert outcome.code == 0
    assert "open source, by 2 changes" in " ".join(outcome.out.split())
    assert "Publish the training code" in outcome.out
    card = json.loads(cli("advise", "mistral-7b", "--offline", "--format", "json").out)["scorecards"][0]
    assert [change["about"] for change in card["advice"]["changes"]] == ["training-code", "datasets"]
    assert "by 2 changes" in cli("advise", "mistral-7b", "--offline", "--format", "markdown").out


def test_who_is_best_is_told_so(cli: Run) -> None:
    assert "this is the best class" in cli("advise", "pythia-12b", "--offline").out


def test_advice_on_what_is_not_there(cli: Run) -> None:
    outcome = cli("advise", "nobody/nothing", "gpt-4", "--offline")
    assert outcome.code == 4
    assert "nobody/nothing" in outcome.err
    assert "GPT-4" in outcome.out


def test_one_criterion_explained(cli: Run) -> None:
    assert "Is the exact training data released?" in cli("explain", "gpt-4", "data-exact", "--offline").out
    assert "section 5" in cli("explain", "gpt-4", "mof/datasets", "--offline").out
    assert "section 5" in cli("explain", "gpt-4", "datasets", "--rubric", "mof", "--offline").out
    assert "recital 103" in cli("explain", "gpt-4", "not-monetised", "--offline").out
    ambiguous = cli("explain", "gpt-4", "datasets", "--offline")
    assert (ambiguous.code, ambiguous.out) == (2, "")
    assert "mof/datasets" in ambiguous.err
    missing = cli("explain", "gpt-4", "data-exat", "--offline")
    assert missing.code == 2
    assert "did you mean data-exact?" in missing.err


def test_bundled_cases_hold(cli: Run) -> None:
    outcome = cli("rubric", "test", "all")
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == len(names())


def test_a_rubric_of_the_project(cli: Run, project: Path) -> None:
    assert "fine" in cli("score", "pythia-12b", "--offline", "--rubric", "mine").out
    assert "mine" in cli("rubric", "list").out
    assert "Ours" in cli("score", "pythia-12b", "--offline", "--rubric", "all").out
    assert "2 of 2 worked cases hold" in cli("rubric", "test", "mine").out
    shown = cli("rubric", "show", "mine").out
    assert "weight 50" in shown
    assert "  design " not in shown


def test_a_case_that_does_not_hold(cli: Run, project: Path) -> None:
    path = project / "policy" / "ours.yaml"
    path.write_text(MINE.replace("classes: [not-fine]", "classes: [fine]"), encoding="utf-8")
    outcome = cli("rubric", "test", str(path))
    assert outcome.code == 1
    assert "classes: not-fine; must be fine" in outcome.out


def test_a_rubric_without_cases(cli: Run, project: Path) -> None:
    path = project / "policy" / "ours.yaml"
    path.write_text(MINE[: MINE.index("cases:")], encoding="utf-8")
    assert cli("rubric", "test", str(path)).code == 4


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('rubrics = "policy/ours.yaml"', "must be a list of paths"),
        ('rubrics = ["policy/ours.yaml", "policy/ours.yaml"]', "another rubric is called 'mine'"),
        ('rubrics = ["none.yaml"]', "cannot be read"),
        ("rubrics = [", "cannot be read for its rubrics"),
    ],
)
def test_a_project_that_declares_it_wrongly(cli: Run, project: Path, written: str, told: str) -> None:
    (project / "pyproject.toml").write_text(f"[tool.openness]\n{written}\n", encoding="utf-8")
    outcome = cli("rubric", "list")
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_project_file_that_may_not_be_read(cli: Run, project: Path) -> None:
    (project / "pyproject.toml").chmod(0)
    assert cli("rubric", "list").code == 2


def test_the_same_from_python() -> None:
    assert len(openness.score_by_all("gpt-4", offline=True)) == len(names())
    advice = openness.advise("mistral-7b", offline=True)
    assert advice is not None
    assert advice.class_title == "open source"
    assert openness.explain("gpt-4", "mof/datasets", offline=True).id == "datasets"
    with pytest.raises(UsageError):
        openness.explain("gpt-4", "datasets", offline=True)
