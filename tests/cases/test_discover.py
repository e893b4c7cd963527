"""Where releases are named in a project, and what is no release: three cases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from openness.policy.discover import discover, named
from tests.cases.conftest import CASES, Run


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project that a case is copied to, as the working directory."""
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    return project


def copy(slug: str, project: Path) -> None:
    """Copy a case's inputs into the project, or skip the test where they are not at hand."""
    folder = CASES / slug
    if not folder.is_dir():
        pytest.skip(f"the case is not at {folder} (set OPENNESS_CASES)")
    shutil.copytree(folder, project, dirs_exist_ok=True)
    (project / "expected.txt").unlink()


def listed(out: str) -> set[str]:
    """What `check --discover` prints, without its remarks."""
    return {line.split("  ")[0] for line in out.splitlines()}


def test_names_are_found_in_every_common_place(inside: Path, cli: Run) -> None:
    copy("discover-common-places", inside)
    outcome = cli("check", "--discover")
    assert outcome.code == 0
    assert listed(outcome.out) == {
        "Dockerfile:1: org-c/cloned",
        "Dockerfile:2: org-d/cmd-list",
        "Modelfile:1: org-b/a-GGUF",
        "a.py:3: org-f/argparse",
        "a.py:4: org-g/env-default",
        "c.json:1: org-e/json",
        "k8s.yaml:1: org-a/in-a-list",
    }


def test_a_call_of_several_lines_is_found_on_the_line_of_the_name(inside: Path, cli: Run) -> None:
    copy("discover-multi-line-call", inside)
    assert listed(cli("check", "--discover").out) == {
        "m.py:3: org-a/multi-line",
        "m.py:7: org-b/multi-line-revision",
        "m.py:9: org-c/one-line",
    }
    assert [each.revision for each in discover(inside)] == [None, "abc", None]
    cli("init")
    assert cli("check", "--discover").code == 0


def test_what_is_no_release_is_not_checked(inside: Path, cli: Run) -> None:
    copy("discover-what-is-no-release", inside)
    assert discover(inside) == []
    assert {(each.id, each.left_out) for each in named(inside)} == {
        ("openai/gpt-4o-mini", "API model"),
        ("t/a-dataset", "data set"),
        ("my-org/output-model", "output"),
    }
    outcome = cli("check", "--discover")
    assert outcome.out == ""
    assert "3 named things left out: 1 API model, 1 data set, 1 output" in outcome.err
    assert cli("check").code == 4  # nothing to check, which is said, and nobody is asked
