"""The command that writes reports: its options and help. Its body only calls."""

from __future__ import annotations

from typing import Annotated

import typer

from openness.cli.guard import guarded


def add(app: typer.Typer) -> None:
    """Put the command into the program."""
    app.command(
        epilog="Examples: openness report org/name gpt-4 --out site · openness report --org allenai --out site · "
        "openness report --from models.txt --out site · openness report --saved scan.json --out site · "
        "openness report --catalogue --out reports · openness report org/name --card. "
        "Interrupted? The same command again goes on where it stopped."
    )(report)


def report(
    models: Annotated[list[str] | None, typer.Argument(metavar="MODEL...", help="As for `openness score`.")] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="DIR", help="The folder of the site.")] = None,
    listed: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Names from a file, one a line; # begins a remark.")
    ] = None,
    org: Annotated[str | None, typer.Option("--org", metavar="NAME", help="All public models of an account.")] = None,
    saved: Annotated[
        list[str] | None,
        typer.Option("--saved", metavar="FILE", help="Scorecards from `openness score --format json`; repeatable."),
    ] = None,
    catalogue: Annotated[bool, typer.Option("--catalogue", help="Every bundled release, as it is bundled.")] = False,
    card: Annotated[bool, typer.Option("--card", help="Print a section for a model card instead of a site.")] = False,
    rubric: Annotated[str, typer.Option("--rubric", metavar="NAME|FILE", help="The rubric of the report.")] = "retort",
    also: Annotated[
        str, typer.Option("--also", metavar="NAMES|all", help="Other rubrics, each a row on a release's page.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="The report's title.")] = "How open are these models?",
    url: Annotated[
        str, typer.Option("--url", metavar="ADDRESS", help="Where the site will stand: for feed and citations.")
    ] = "",
    badge: Annotated[str, typer.Option("--badge", metavar="ADDRESS", help="With --card: the badge to show.")] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody: cache, else catalogue.")] = False,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Look at what cards link to.")] = False,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Patience for each request.")
    ] = 15.0,
    parquet: Annotated[
        bool, typer.Option("--parquet/--no-parquet", help="Tables as Parquet too, where pyarrow is installed.")
    ] = True,
) -> None:
    """Write a report: a site for a browser with its Markdown twin, data and a feed."""
    from openness.cli.report import Wanted, run_report

    wanted = Wanted(
        tuple(models or ()),
        out,
        listed,
        org,
        tuple(saved or ()),
        catalogue,
        card,
        rubric,
        also,
        title,
        url,
        badge,
        offline,
        follow,
        timeout,
        parquet,
    )
    raise typer.Exit(guarded(lambda: run_report(wanted)))
