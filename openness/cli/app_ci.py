"""The commands for projects that depend on releases: declared here, called elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from openness.cli.guard import guarded


def add(app: typer.Typer) -> None:
    """Declare these commands."""
    app.command(
        epilog="Examples: openness compare org/one org/two · openness compare org/name@v1.0 org/name · "
        "openness compare saved.json org/name --format markdown"
    )(compare)


def compare(
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="A B [C...]", help="Releases, revisions of one (org/name@v1), folders, or saved JSON files."
        ),
    ],
    rubric: Annotated[str | None, typer.Option("--rubric", metavar="NAME|FILE", help="The rubric to judge by.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table, markdown or json.")] = "table",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.")
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody: the cache, else the bundled catalogue.")
    ] = False,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Look at what the cards link to.")] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Patience for each request.")
    ] = 15.0,
) -> None:
    """Show releases side by side: differences first, what changed and why."""
    from openness.cli.compare import run_compare

    raise typer.Exit(guarded(lambda: run_compare(models, rubric, format, output, offline, follow, timeout)))
