"""Releases side by side, as a user compares them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import openness
from openness.core.errors import UsageError
from tests.cli.conftest import CARD, Run
from tests.hub.loopback import LFS, LoopbackHub

NARROW = CARD.replace("license: apache-2.0", "license: cc-by-nc-4.0")


@pytest.fixture
def revisions(hub: LoopbackHub) -> tuple[str, str]:
    """A release of two revisions, of which the second has a narrower licence."""
    files: dict[str, Any] = {"config.json": "{}", "model.safetensors": LFS(size=10)}
    first = hub.add_model("org/name", files=files | {"README.md": CARD})
    second = hub.commit("org/name", files={"README.md": NARROW})
    return first, second


def row(comparison: dict[str, Any], id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in comparison["rows"] if each["id"] == id)
    return found


def compared(cli: Run, *argv: str) -> dict[str, Any]:
    outcome = cli("compare", *argv, "--format", "json")
    assert outcome.code == 0, outcome.err
    found: dict[str, Any] = json.loads(outcome.out)["comparison"]
    return found


def test_two_releases_differences_first(cli: Run) -> None:
    found = compared(cli, "mistral-7b", "llama-2-7b", "--offline")
    differing = [each["differs"] for each in found["rows"]]
    assert differing == sorted(differing, reverse=True)
    assert row(found, "licence-osi")["way"] == "worse"
    assert row(found, "safety-evaluation")["way"] == "better"
    assert row(found, "weights-final")["way"] == "same"
    page = cli("compare", "mistral-7b", "llama-2-7b", "--offline").out
    assert page.index("In short") < page.index("Gates") < page.index("What differs, and why")
    assert "is not an open source licence" in " ".join(page.split())


def test_two_revisions_of_one_release(cli: Run, revisions: tuple[str, str]) -> None:
    first, second = revisions
    found = compared(cli, f"org/name@{first}", f"org/name@{second}")
    assert [each["revision"] for each in found["releases"]] == [first, second]
    assert row(found, "verdict")["way"] == "worse"
    assert row(found, "licence")["cells"][0]["outcome"] == "Apache License 2.0"
    assert f"org/name @ {first[:12]}" in cli("compare", f"org/name@{first}", "org/name").out


def test_a_saved_report_against_now(cli: Run, revisions: tuple[str, str], tmp_path: Path) -> None:
    first, _ = revisions
    saved = tmp_path / "saved.json"
    assert cli("score", f"org/name@{first}", "--format", "json", "--output", str(saved)).code == 0
    now = compared(cli, str(saved), "org/name")
    assert row(now, "licence-osi")["way"] == "worse"
    same = compared(cli, str(saved), f"org/name@{first}")
    assert not any(each["differs"] for each in same["rows"])


def test_a_saved_report_decides_the_rubric(cli: Run, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    cli("score", "gpt2", "--offline", "--rubric", "mof", "--format", "json", "--output", str(saved))
    assert compared(cli, str(saved), "pythia-12b", "--offline")["rubric"]["id"] == "mof"
    cli("score", "gpt2", "--offline", "--rubric", "mof,retort", "--format", "json", "--output", str(saved))
    outcome = cli("compare", str(saved), "pythia-12b", "--offline")
    assert (outcome.code, outcome.out) == (2, "")
    assert "holds 2 scorecards" in outcome.err
    assert compared(cli, str(saved), "pythia-12b", "--offline", "--rubric", "retort")["rubric"]["id"] == "retort"


def test_three_have_no_direction(cli: Run) -> None:
    found = compared(cli, "mistral-7b", "llama-2-7b", "pythia-12b", "--offline")
    assert {each["way"] for each in found["rows"] if each["kind"] != "licence" and each["kind"] != "access"} == {""}
    assert cli("compare", "mistral-7b", "llama-2-7b", "gpt2", "--offline", "--format", "markdown").out.startswith("# ")


def test_an_unknown_makes_no_certain_difference(cli: Run) -> None:
    found = compared(cli, "gpt-4", "gpt-3", "--offline")
    assert row(found, "score")["way"] in ("unclear", "same", "better", "worse")
    for each in found["rows"]:
        outcomes = [cell["outcome"] for cell in each["cells"]]
        if "met or not met" in outcomes or "not decided" in outcomes:
            assert each["way"] in ("unclear", "same")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no JSON"),
        ("[]", "is no document of scorecards"),
        ('{"schema_version": "9.0", "scorecards": []}', "is no document of scorecards"),
        ('{"schema_version": "1.0", "scorecards": [{"release": 1}]}', "scorecards.0.release"),
        ('{"schema_version": "1.0", "scorecards": []}', "holds 0 scorecards"),
        ("[" * 100_000, "is no JSON"),
    ],
)
def test_a_saved_file_that_is_none(cli: Run, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "saved.json").write_text(text, encoding="utf-8")
    outcome = cli("compare", str(tmp_path / "saved.json"), "gpt-4", "--offline")
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_what_cannot_be_compared(cli: Run) -> None:
    assert cli("compare", "gpt-4", "--offline").code == 2
    assert cli("compare", "gpt-4", "none.json", "--offline").code == 2
    gone = cli("compare", "gpt-4", "org/none", "--offline")
    assert (gone.code, gone.out) == (4, "")


def test_the_same_from_python() -> None:
    comparison = openness.compare("mistral-7b", "llama-2-7b", offline=True)
    assert next(each for each in comparison.rows if each.id == "verdict").way == "worse"
    with pytest.raises(UsageError):
        openness.compare("gpt-4", offline=True)
    with pytest.raises(openness.OpennessError):
        openness.compare("gpt-4", "org/none", offline=True)


def test_a_page_for_a_browser(cli: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert cli("compare", "mistral-7b", "llama-2-7b", "--offline", "--format", "html", "--output", str(page)).code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "default-src 'none'" in text
    assert "What differs, and why" in text
    assert "▼ worse" in text
