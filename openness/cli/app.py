"""The commands, collected for Typer, which owns help and every message about a malformed command line."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from openness.cli.commands import COMMANDS, GROUPS
from openness.cli.declare import MANY, Command
from openness.cli.guard import guarded
from openness.core.options import Argument, Declared
from openness.version import __version__

app = typer.Typer(
    name="openness",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="How open is a model release really? With the evidence for every word.",
    epilog="Examples: openness score mistralai/Mistral-7B-v0.1 · openness score gpt-4 --offline · openness rubric list",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"openness {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def typed(command: Command) -> Callable[..., None]:
    """A command as a function that Typer understands."""

    def call(**values: object) -> None:
        raise typer.Exit(guarded(lambda: command.call(values)))

    call.__signature__ = Signature(  # type: ignore[attr-defined]  # what Typer reads
        [
            Parameter(each.name, Parameter.KEYWORD_ONLY, default=each.default, annotation=_annotated(each))
            for each in command.parameters
        ]
    )
    call.__doc__ = command.function.__doc__
    return call


def _annotated(field: Declared) -> Any:
    """A parameter as Typer writes it."""
    kind: Any = list[str] if field.kind in MANY else field.kind
    written = field.written
    if written is None:
        raise TypeError(f"{field.name} does not say how it is written")
    if isinstance(written, Argument):
        return Annotated[kind, typer.Argument(metavar=written.metavar, help=written.help)]
    metavar = written.metavar or None
    return Annotated[kind, typer.Option(*written.names, metavar=metavar, help=written.help, min=written.least)]


def collect(root: typer.Typer, commands: dict[str, Command]) -> None:
    """Put commands, by their words, into a Typer program."""
    groups = {
        name: typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=words, epilog=examples)
        for name, (words, examples) in GROUPS.items()
    }
    for words, command in commands.items():
        group, _, name = words.rpartition(" ")
        (groups[group] if group else root).command(name, epilog=command.examples)(typed(command))
    for name, group_app in groups.items():
        root.add_typer(group_app, name=name)


collect(app, COMMANDS)
