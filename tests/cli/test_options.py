"""The quick reading and Typer's own give the same call; an option is one field; help has examples; other commands work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields, make_dataclass
from inspect import signature
from typing import Annotated, Any, get_type_hints

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.main import get_command
from typer.testing import CliRunner

from openness.cli.app import app, typed
from openness.cli.commands import COMMANDS, command_of
from openness.cli.declare import Command
from openness.cli.quick import quick
from openness.core.components import COMPONENTS
from openness.core.keywords import takes
from openness.core.options import Argument, Flag, Options, flag
from tests.cli.conftest import Run

PLAIN = ("score", "explain", "compare", "check", "report", "attest", "licence identify", "licence list", "licence diff")
"""Commands whose two readings are compared: every kind of parameter is among them."""


def spellings(command: Command) -> list[str]:
    """Every way to write one of the command's switches and options."""
    names = [name for each in command.parameters if isinstance(each.written, Flag) for name in each.written.names]
    return [spelling for name in names for spelling in name.split("/")]


OTHER = [
    "--format=json",
    "-fjson",
    "-o=x",
    "3",
    "--help",
    "--",
    "-",
    "org/name",
    "gpt2",
    "",
    "--no",
    "-x",
    "--rubric=",
    "a=b",
]


def typer_reads(command: Command, words: Sequence[str]) -> dict[str, object] | None:
    """How Typer calls a command, None where it does not."""
    calls: list[dict[str, object]] = []

    class Recorded(Command):
        """A command that only says how it was called."""

        def call(self, values: Mapping[str, Any]) -> int:
            calls.append(dict(values))
            return 0

    program = typer.Typer(add_completion=False, rich_markup_mode=None)
    program.command("it")(typed(Recorded(command.words, command.function)))
    CliRunner().invoke(program, list(words))
    return calls[0] if calls else None


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_the_quick_reading_is_typers(data: st.DataObject) -> None:
    command = COMMANDS[data.draw(st.sampled_from(PLAIN))]
    words = data.draw(st.lists(st.sampled_from([*spellings(command), *OTHER]), max_size=6))
    read = quick(command, words)
    if read is not None:
        defaults = {each.name: each.default for each in command.parameters}
        assert told(typer_reads(command, words)) == told(defaults | read)


def told(values: Mapping[str, object] | None) -> dict[str, object]:
    """Values with lists and tuples alike."""
    assert values is not None
    return {name: list(value) if isinstance(value, (list, tuple)) else value for name, value in values.items()}


def test_the_quick_reading_takes_whole_commands_only() -> None:
    assert command_of(["score", "a/b"]) == (COMMANDS["score"], ["a/b"])
    assert command_of(["licence", "show", "mit"]) == (COMMANDS["licence show"], ["mit"])
    assert command_of(["licence"]) is None
    assert quick(COMMANDS["score"], []) is None
    assert quick(COMMANDS["score"], ["a/b", "--help"]) is None
    assert quick(COMMANDS["score"], ["a/b", "--timeout", "3"]) is None
    assert quick(COMMANDS["licence show"], ["mit", "isc"]) is None
    assert quick(COMMANDS["score"], ["a/b", "--attest", "x", "--attest=y"]) == {"models": ["a/b"], "attest": ["x", "y"]}


DEPTH = flag("--depth", metavar="WORDS", says="How deep to look.")
Wider = make_dataclass(
    "Wider",
    [
        *((each.name, get_type_hints(Options, include_extras=True)[each.name], each) for each in fields(Options)),
        ("depth", Annotated[str, DEPTH], "shallow"),
    ],
    frozen=True,
    kw_only=True,
)
"""The options of `score` with one field more."""


def test_a_new_option_is_one_field(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[Any] = []

    def it(models: Annotated[list[str], Argument("MODEL...", "Releases.")], options: Wider) -> int:  # type: ignore[valid-type]
        seen.append(options)
        return 0

    it.__annotations__ |= {"models": Annotated[list[str], Argument("MODEL...", "Releases.")], "options": Wider}
    command = Command("it", it)
    read = quick(command, ["a/b", "--depth", "deep", "--offline"])
    assert read == {"models": ["a/b"], "depth": "deep", "offline": True}
    command.call(read)
    assert (seen[0].depth, seen[0].offline, seen[0].rubric) == ("deep", True, "retort")

    program = typer.Typer(add_completion=False, rich_markup_mode=None)
    program.command("it")(typed(command))
    shown = CliRunner().invoke(program, ["--help"]).output
    assert "--depth WORDS" in shown
    assert "How deep to look.  [default: shallow]" in " ".join(shown.split()).replace(" [default", "  [default")
    CliRunner().invoke(program, ["a/b", "--depth", "deeper"])
    assert seen[1].depth == "deeper"

    @takes(Wider)
    def score(model: str, options: Any) -> tuple[str, Any]:
        return model, options

    model, options = score("a/b", depth="deepest")
    assert (model, options.depth, options.offline) == ("a/b", "deepest", False)
    assert signature(score).parameters["depth"].default == "shallow"
    with pytest.raises(TypeError, match="unexpected keyword argument 'deep'"):
        score("a/b", deep="x")


def test_every_option_says_how_it_is_written() -> None:
    for command in COMMANDS.values():
        for each in command.parameters:
            assert each.written, f"{command.words}: {each.name}"
            assert each.written.help.endswith("."), f"{command.words}: {each.name}"


def test_help_lists_the_formats_of_the_page(cli: Run) -> None:
    assert "table, markdown, json or html." in " ".join(cli("compare", "--help").out.split())
    assert "table, markdown or json." in " ".join(cli("licence", "show", "--help").out.split())
    assert "sarif" in cli("check", "--help").out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("licence", "show", "mit", "-f", "csv"), "no format is called 'csv'"),
        (("licence", "show", "mit", "-f", "sarif"), "a licence has no sarif"),
        (("score", "gpt-4", "--offline", "-f", "html"), "a score has no html"),
        (("component", "list", "-f", "junit"), "a list of components has no junit"),
    ],
)
def test_a_format_that_a_page_does_not_have_is_refused(cli: Run, argv: tuple[str, ...], said: str) -> None:
    outcome = cli(*argv)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


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
