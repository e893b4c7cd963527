"""The commands for projects that depend on releases: declared here, called elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from openness.cli.guard import guarded
from openness.cli.options import Follow, Offline, Output, Timeout


def add(app: typer.Typer) -> None:
    """Declare these commands."""
    app.command(
        epilog="Examples: openness compare org/one org/two · openness compare org/name@v1.0 org/name · "
        "openness compare saved.json org/name --format markdown"
    )(compare)
    app.command(
        epilog="Examples: openness check · openness check --locked --offline · openness check -f github -f sarif=out.sarif · "
        "openness check --write-baseline openness.baseline.json"
    )(check)
    app.command(epilog="Examples: openness lock · openness lock --upgrade")(lock)
    app.command(epilog="Example: openness init")(init)


Config = Annotated[
    str | None,
    typer.Option("--config", metavar="FILE", help="openness.toml or pyproject.toml; else the nearest, upwards."),
]


def check(
    format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME[=FILE]",
            help="table, markdown, json, github, sarif, junit, gitlab, badge, endpoint; repeatable.",
        ),
    ] = None,
    config: Config = None,
    locked: Annotated[bool, typer.Option("--locked", help="Check the very revisions that are in the lock.")] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody: what is in the cache or the catalogue.")
    ] = False,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Tolerate what stands in it; fail on what is new.")
    ] = None,
    write_baseline: Annotated[
        str | None, typer.Option("--write-baseline", metavar="FILE", help="Write down what is violated now.")
    ] = None,
    discover: Annotated[
        bool, typer.Option("--discover", help="List the releases that code and configuration name, and check nothing.")
    ] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="End with 0 where it would be 1 or 3.")] = False,
    timeout: Timeout = 15.0,
) -> None:
    """Hold the releases that a project depends on against what it demands of them."""
    if discover:
        from openness.cli.init import run_discover

        raise typer.Exit(guarded(lambda: run_discover(config)))
    from openness.cli.check import run_check

    raise typer.Exit(
        guarded(
            lambda: run_check(
                format or ("table",), config, locked, offline, baseline, write_baseline, exit_zero, timeout
            )
        )
    )


def lock(
    config: Config = None,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Look at every release anew, not only at new ones.")
    ] = False,
    timeout: Timeout = 15.0,
) -> None:
    """Write openness.lock: the revisions that were looked at, and what was concluded of them."""
    from openness.cli.check import run_lock

    raise typer.Exit(guarded(lambda: run_lock(config, upgrade, timeout)))


def compare(
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="A B [C...]", help="Releases, revisions of one (org/name@v1), folders, or saved JSON files."
        ),
    ],
    rubric: Annotated[str | None, typer.Option("--rubric", metavar="NAME|FILE", help="The rubric to judge by.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="table, markdown, json or html.")] = "table",
    output: Output = None,
    offline: Offline = False,
    follow: Follow = False,
    timeout: Timeout = 15.0,
) -> None:
    """Show releases side by side: differences first, what changed and why."""
    from openness.cli.compare import run_compare

    raise typer.Exit(guarded(lambda: run_compare(models, rubric, format, output, offline, follow, timeout)))


def init() -> None:
    """Write openness.toml, with the releases that the project names, and a workflow. What is there is left as it is."""
    from openness.cli.init import run_init

    raise typer.Exit(guarded(run_init))
