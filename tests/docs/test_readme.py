"""The README says what the program does: its screen, its exit codes, its settings, its commands."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from openness.cli.app import app
from openness.core import errors
from tests.golden.compare import UPDATE

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
SCREEN = re.compile(r"(<!-- screen: openness (?P<command>[^\n]+) -->\n```\n)(?P<screen>.*?)(```\n)", re.DOTALL)


def text() -> str:
    return README.read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    part = text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| ")]
    return rows[1:]


def test_the_screen_is_what_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from openness.cli import run

    monkeypatch.setenv("COLUMNS", "100")
    for found in SCREEN.finditer(text()):
        assert run(shlex.split(found["command"])) == 0
        printed = capsys.readouterr().out.partition("\nEvidence: ")[0]
        if UPDATE:
            README.write_text(text().replace(found[0], found[1] + printed + found[4]), encoding="utf-8")
        else:
            assert found["screen"] == printed
    assert SCREEN.search(text())


def test_every_exit_code_is_told_in_the_order_of_the_errors() -> None:
    codes = {int(row[0]) for row in table("Exit codes")}
    assert codes == {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    order = re.search(r"in the order ([0-9, ]+)\.", text())
    assert order
    assert tuple(int(code) for code in order[1].split(", ")) == errors.WORST_FIRST


def test_every_setting_is_told() -> None:
    told = set(re.findall(r"`([A-Z_]+)`", "".join(row[0] for row in table("Settings"))))
    read = {
        name
        for path in (ROOT / "openness").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert read - told <= {"TERM", "HF_HUB_DISABLE_TELEMETRY", "OPENNESS_TEXTS"}
    assert told - read <= {"HF_TOKEN", "HF_HOME"}  # huggingface_hub's own


def commands() -> list[str]:
    return re.findall(r"^openness ([a-z].*?)(?:\s+#.*)?$", text(), re.MULTILINE)


@pytest.mark.parametrize("line", commands())
def test_every_command_shown_is_understood(line: str) -> None:
    tokens = shlex.split(line)
    command = get_command(app)
    while tokens and hasattr(command, "commands"):
        assert tokens[0] in command.commands
        command = command.commands[tokens.pop(0)]
    known = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {token for token in tokens if token.startswith("-")} <= known


def test_every_command_is_shown_and_has_help_with_an_example() -> None:
    runner = CliRunner()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        shown = runner.invoke(app, [name, "--help"])
        assert shown.exit_code == 0
        assert any(line.startswith(name) for line in commands()), name
        assert hasattr(command, "commands") or "xample" in shown.output, name


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", text(), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert "not open source" in capsys.readouterr().out


def test_the_two_commands_are_those_of_the_project_s_own_script() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install --quiet -e '.[test]'" in script
    assert "python -m pytest" in script
    assert "python -m pip install -e '.[test]' && python -m pytest" in text()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
