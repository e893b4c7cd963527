"""The quick reading of `score` and Typer's own give the same call; help has examples; other commands work."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.main import get_command
from typer.testing import CliRunner

from openness.cli import fast
from openness.cli.app import app
from openness.core.components import COMPONENTS
from tests.cli.conftest import Run

DEFAULTS = {
    "format": "table",
    "output": None,
    "rubric": "retort",
    "explain": None,
    "offline": False,
    "refresh": False,
    "attestations": True,
    "timeout": 15.0,
    "follow": False,
    "attest": (),
}

token = st.sampled_from(
    [
        *fast.FLAGS,
        *fast.VALUES,
        "--format=json",
        "-fjson",
        "-o=x",
        "--timeout",
        "3",
        "--help",
        "--",
        "-",
        "org/name",
        "gpt2",
        "json",
        "",
        "--no",
        "-x",
        "--rubric=",
        "a=b",
    ]
)


def typer_reads(argv: list[str]) -> dict[str, Any] | None:
    """How Typer calls `run_score`, None where it does not."""
    calls: list[dict[str, Any]] = []

    def record(models: list[str], *rest: Any) -> int:
        calls.append({"models": models} | dict(zip(DEFAULTS, rest, strict=True)))
        return 0

    import openness.cli.score

    original, openness.cli.score.run_score = openness.cli.score.run_score, record  # type: ignore[assignment]
    try:
        CliRunner().invoke(app, argv)
    finally:
        openness.cli.score.run_score = original
    return calls[0] if calls else None


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(token, max_size=6))
def test_the_quick_reading_is_typers(tokens: list[str]) -> None:
    quick = fast.parse_score(["score", *tokens])
    if quick is not None:
        assert typer_reads(["score", *tokens]) == DEFAULTS | quick


def test_every_plain_option_is_known_to_both() -> None:
    command = get_command(app).commands["score"]  # type: ignore[attr-defined]
    known = {
        option
        for parameter in command.params
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("-")
    }
    assert set(fast.FLAGS) | set(fast.VALUES) == known - {"--timeout", "--attest", "--help"}


def test_it_reads_only_score() -> None:
    assert fast.parse_score(["rubric", "list"]) is None
    assert fast.parse_score(["score"]) is None
    assert fast.parse_score(["score", "a/b", "--help"]) is None


def commands() -> list[list[str]]:
    root = get_command(app)
    found = []
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        found.append([name])
        found += [[name, each] for each in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("argv", [[], *commands()], ids=" ".join)
def test_help(cli: Run, argv: list[str]) -> None:
    outcome = cli(*argv, "--help")
    assert outcome.code == 0
    assert "Usage: openness" in outcome.out
    assert "\x1b" not in outcome.out


def test_score_help_has_examples(cli: Run) -> None:
    assert "openness score mistralai/Mistral-7B-v0.1" in " ".join(cli("score", "--help").out.split())


def test_version(cli: Run) -> None:
    from openness.version import __version__

    assert cli("--version").out == f"openness {__version__}\n"


def test_rubrics(cli: Run) -> None:
    assert "retort" in cli("rubric", "list").out
    shown = cli("rubric", "show", "retort").out
    assert "Is the exact training data released? (00:08, 00:42; weight 4)" in shown
    assert "Safety tuning (beside the score)" in shown
    assert cli("rubric", "show", "retort", "--yaml").out.startswith(
        "# yaml-language-server: $schema=rubric.schema.json\n# The criteria of"
    )
    assert cli("rubric", "validate", "retort").out == "retort: sound (25 criteria)\n"


def test_validating_tells_all_that_is_wrong(cli: Run, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "bad.yaml").write_text("rubric: x\nversion: 1\n")
    outcome = cli("rubric", "validate", "retort", str(tmp_path / "bad.yaml"), str(tmp_path / "none.yaml"))
    assert outcome.code == 2
    assert "retort: sound" in outcome.out
    assert "bad.yaml:2:10: version" in outcome.err
    assert "criteria: this key is missing" in outcome.err
    assert "none.yaml: cannot be read" in outcome.err


@pytest.mark.parametrize("of", ["scorecard", "rubric"])
def test_schemas_are_schemas(cli: Run, of: str) -> None:
    import json

    import jsonschema

    jsonschema.Draft202012Validator.check_schema(json.loads(cli("schema", of).out))


def test_as_a_module_and_as_a_script() -> None:
    for command in ([sys.executable, "-m", "openness"], ["openness"]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0
        assert done.stdout.startswith("openness ")


def test_the_component_list_is_the_mofs_seventeen_and_the_safety_ones() -> None:
    groups = [component.group for component in COMPONENTS.values()]
    assert groups.count("mof") == 17
    assert groups.count("safety") == 5
