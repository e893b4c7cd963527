"""The commands about rubrics, and those that ask one in depth: declared here, called elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from openness.cli.guard import guarded
from openness.cli.options import Follow, Format, Offline, Output, Rubric, Timeout

rubric_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The rubrics that releases are judged by.",
    epilog="Examples: openness rubric list · openness rubric show osaid · openness rubric test all",
)

component_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What is looked for in a release, and what each status means.",
    epilog="Examples: openness component list · openness component show training-code",
)

Name = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="A bundled rubric, one of the project's, or a YAML file.")
]


def add(app: typer.Typer) -> None:
    """Declare these commands."""
    app.add_typer(rubric_app, name="rubric")
    app.add_typer(component_app, name="component")
    app.command(
        epilog="Examples: openness advise org/name · openness advise org/name --rubric mof · openness advise ./folder"
    )(advise)
    app.command(
        epilog="Examples: openness explain org/name data-exact · openness explain org/name mof/training-code --follow"
    )(explain)


def advise(
    models: Annotated[
        list[str], typer.Argument(metavar="MODEL|FOLDER...", help="Releases, or folders to be released.")
    ],
    rubric: Rubric = "retort",
    format: Format = "table",
    output: Output = None,
    offline: Offline = False,
    follow: Follow = False,
    timeout: Timeout = 15.0,
) -> None:
    """Say what would bring releases into the next class: the smallest set of changes."""
    from openness.cli.advise import run_advise

    raise typer.Exit(guarded(lambda: run_advise(models, rubric, format, output, offline, follow, timeout)))


def explain(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A release.")],
    criterion: Annotated[
        str, typer.Argument(metavar="CRITERION", help="A criterion, as ID or RUBRIC/ID (openness rubric show RUBRIC).")
    ],
    rubric: Annotated[str | None, typer.Option("--rubric", metavar="NAME|FILE", help="The rubric that has it.")] = None,
    format: Format = "table",
    output: Output = None,
    offline: Offline = False,
    follow: Follow = False,
    timeout: Timeout = 15.0,
) -> None:
    """Show one criterion with all of its evidence."""
    from openness.cli.advise import run_explain

    raise typer.Exit(guarded(lambda: run_explain(model, criterion, rubric, format, output, offline, follow, timeout)))


@rubric_app.command("list")
def rubric_list() -> None:
    """List the rubrics: those that are bundled, and those of the project."""
    from openness.cli.rubrics import list_rubrics

    raise typer.Exit(guarded(list_rubrics))


@rubric_app.command("show", epilog="Example: openness rubric show retort --yaml")
def rubric_show(
    rubric: Name, yaml: Annotated[bool, typer.Option("--yaml", help="Print the file itself.")] = False
) -> None:
    """Show a rubric: criteria, weights, citations, gates and classes."""
    from openness.cli.rubrics import show_rubric

    raise typer.Exit(guarded(lambda: show_rubric(rubric, yaml)))


@rubric_app.command("validate", epilog="Example: openness rubric validate my-rubric.yaml")
def rubric_validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Rubrics, by name or path.")],
) -> None:
    """Check rubrics; every fault is named with its line and column."""
    from openness.cli.rubrics import validate_rubrics

    raise typer.Exit(guarded(lambda: validate_rubrics(files)))


@rubric_app.command("test", epilog="Examples: openness rubric test all · openness rubric test my-rubric.yaml")
def rubric_test(
    rubrics: Annotated[list[str], typer.Argument(metavar="NAME|FILE|all...", help="Rubrics, by name or path.")],
) -> None:
    """Judge the worked cases that rubrics carry. Exit code 1: one does not come out as it must; 4: there are none."""
    from openness.cli.rubrics import check_rubrics

    raise typer.Exit(guarded(lambda: check_rubrics(rubrics)))


@component_app.command("list", epilog="Examples: openness component list · openness component list --format json")
def component_list(format: Format = "table", output: Output = None) -> None:
    """List the components (what can be released) and aspects (what else is found)."""
    from openness.cli.components import list_components as call

    raise typer.Exit(guarded(lambda: call(format, output)))


@component_app.command(
    "show", epilog="Examples: openness component show datasets · openness component show model-card --format markdown"
)
def component_show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A component or aspect (openness component list).")],
    format: Format = "table",
    output: Output = None,
) -> None:
    """Show what released, partial, described, withheld and silent mean for it, how it is found, and who asks for it."""
    from openness.cli.components import show_component as call

    raise typer.Exit(guarded(lambda: call(name, format, output)))
