"""A project that has no policy yet, and the shell that GitHub runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

import openness
from tests.cli.conftest import CARD, Run
from tests.hub.loopback import LFS, LoopbackHub

ROOT = Path(__file__).parents[2]
CODE = """\
from transformers import AutoModel, pipeline
model = AutoModel.from_pretrained("org/one", revision="main")
path = hf_hub_download(repo_id='org/two', filename="x")
text = pipeline("text-generation", model="org/three")
other = open("data/file.json")
llm = LLM(model="org/one")
"""


@pytest.fixture
def project(hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with code that names three releases, and no policy."""
    files: dict[str, Any] = {"README.md": CARD, "config.json": "{}", "model.safetensors": LFS(size=10)}
    for name in ("one", "two", "three"):
        hub.add_model(f"org/{name}", files=files)
    (tmp_path / "app.py").write_text(CODE, encoding="utf-8")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "x.py").write_text('from_pretrained("not/this")\n', encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_discovering_lists_file_and_line(cli: Run, project: Path) -> None:
    outcome = cli("check", "--discover")
    assert outcome.code == 0
    assert [line.split("  ")[0] for line in outcome.out.splitlines()] == [
        "app.py:2: org/one",
        "app.py:3: org/two",
        "app.py:4: org/three",
        "app.py:6: org/one",
    ]
    (project / "app.py").write_text("print()\n", encoding="utf-8")
    assert cli("check", "--discover").code == 4


def test_init_writes_what_check_can_use_and_overwrites_nothing(cli: Run, project: Path) -> None:
    assert cli("init").code == 0
    written = tomllib.loads((project / "openness.toml").read_text(encoding="utf-8"))
    assert [each["id"] for each in written["releases"]] == ["org/one", "org/two", "org/three"]
    workflow = yaml.safe_load((project / ".github" / "workflows" / "openness.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert cli("check").code == 0
    (project / "openness.toml").write_text("# mine\n", encoding="utf-8")
    assert "left as it is" in cli("init").err
    assert (project / "openness.toml").read_text(encoding="utf-8") == "# mine\n"


def test_init_in_an_empty_folder(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli("init").code == 0
    assert not (tmp_path / ".github").exists()
    assert cli("check").code == 4


def test_what_the_code_names_is_checked_on_its_own_lines(cli: Run, project: Path, hub: LoopbackHub) -> None:
    hub.commit("org/three", files={"README.md": CARD.replace("apache-2.0", "cc-by-nc-4.0")})
    (project / "openness.toml").write_text('discover = true\n[policy]\nmin-class = "open-weights"\n', encoding="utf-8")
    outcome = cli("check", "-f", "github")
    assert outcome.code == 1
    assert outcome.out.startswith("::error file=app.py,line=4,title=org/three::")
    assert {each.release for each in openness.check().results} == {"org/one", "org/two", "org/three"}


def action(project: Path, hub: LoopbackHub, **variables: str) -> tuple[subprocess.CompletedProcess[str], Path, Path]:
    """The action's own script with the variables that GitHub sets."""
    summary, output = project / "summary.md", project / "output"
    environment = os.environ | {
        "HF_ENDPOINT": hub.url,
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_OUTPUT": str(output),
        "RUNNER_TEMP": str(project),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    done = subprocess.run(
        ["bash", str(ROOT / ".ci" / "action.sh")],
        cwd=project,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done, summary, output


def test_the_action(cli: Run, project: Path, hub: LoopbackHub) -> None:
    cli("init")
    done, summary, output = action(project, hub)
    assert (done.returncode, done.stdout) == (0, "")
    assert summary.read_text(encoding="utf-8").startswith("# ✓ 3 releases")
    assert output.read_text(encoding="utf-8") == "code=0\n"
    hub.commit("org/two", files={"README.md": CARD.replace("apache-2.0", "cc-by-nc-4.0")})
    done, summary, output = action(
        project, hub, OPENNESS_CONFIG="openness.toml", OPENNESS_ARGUMENTS="-f sarif=out.sarif -f json=$(touch pwned)"
    )
    assert done.returncode == 2  # two words that are no options; nothing was run of them
    assert not (project / "pwned").exists()
    done, summary, output = action(project, hub, OPENNESS_ARGUMENTS="-f sarif=out.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=openness.toml,line=")
    assert json.loads((project / "out.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert output.read_text(encoding="utf-8").endswith("code=1\n")


def test_the_action_runs_that_script_and_takes_no_input_into_a_command() -> None:
    described = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    commands = [step["run"] for step in described["runs"]["steps"] if "run" in step]
    assert any(".ci/action.sh" in each for each in commands)
    assert not any("${{" in each for each in commands)
    assert all(not each.get("required") for each in described["inputs"].values())


def test_the_hook_lets_a_project_without_releases_pass(project: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    [entry] = [each["entry"] for each in hooks if each["id"] == "openness-check"]
    (project / "openness.toml").write_text("", encoding="utf-8")
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", entry.removesuffix(" --")], cwd=project, env=environment, timeout=60, check=False
    )
    assert done.returncode == 0
