"""The commands, their options and help. Bodies only call."""

from __future__ import annotations

from typing import Annotated

import typer

from openness.cli import app_ci, app_reports, app_rubrics
from openness.cli.guard import guarded
from openness.cli.options import Follow, Format, Offline, Output, Rubric, Timeout
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
cache_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Facts kept on this machine.")
licence_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Licences: what each lets you do, clause by clause. No legal advice.",
    epilog="Examples: openness licence show llama3.1 · openness licence identify LICENSE · "
    "openness licence list --class non-commercial · openness licence diff mit llama2",
)
app.add_typer(licence_app, name="licence")
app.add_typer(cache_app, name="cache")


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


@app.command(
    epilog="Examples: openness score mistralai/Mistral-7B-v0.1 · openness score org/name@v1.0 --format json · "
    "openness score gpt-4 llama-2 gpt2 --offline · openness score org/name --rubric all · openness score ./folder"
)
def score(
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL...",
            help="org/name, org/name@revision, a page's address on the Hub, a name of the catalogue, or ./folder.",
        ),
    ],
    format: Format = "table",
    output: Output = None,
    rubric: Rubric = "retort",
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CRITERION", help="Show one criterion with all of its evidence.")
    ] = None,
    offline: Offline = False,
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask anew for what is cached.")] = False,
    attestations: Annotated[
        bool,
        typer.Option(
            "--attestations/--no-attestations",
            help="Use what people have attested, or only what was found automatically.",
        ),
    ] = True,
    attest: Annotated[
        list[str] | None,
        typer.Option("--attest", metavar="FILE", help="Use a file of what people found (openness attest); repeatable."),
    ] = None,
    timeout: Timeout = 15.0,
    follow: Follow = False,
) -> None:
    """Say how open releases are: verdict, scores, evidence."""
    from openness.cli.score import run_score

    raise typer.Exit(
        guarded(
            lambda: run_score(
                models, format, output, rubric, explain, offline, refresh, attestations, timeout, follow, attest or ()
            )
        )
    )


@app.command(
    epilog="Examples: openness attest org/name -o org-name.yaml, then openness score org/name --attest org-name.yaml · "
    "openness attest record.yml --from mot --seen 2026-11-24"
)
def attest(
    model: Annotated[str, typer.Argument(metavar="MODEL|RECORD", help="A release, or with --from a record's file.")],
    output: Output = None,
    origin: Annotated[
        str | None,
        typer.Option("--from", metavar="mot|osai", help="Read a record of the Model Openness Tool or the OSAI Index."),
    ] = None,
    seen: Annotated[str | None, typer.Option("--seen", metavar="DAY", help="The day of that record.")] = None,
    offline: Offline = False,
    timeout: Timeout = 15.0,
) -> None:
    """Write a file in which a person confirms or corrects what was found."""
    from openness.cli.attest import write_attestation

    raise typer.Exit(guarded(lambda: write_attestation(model, output, origin, seen, offline, timeout)))


@app.command(epilog="Example: openness catalogue")
def catalogue() -> None:
    """List the releases that are bundled, with the names they answer to."""
    from openness.cli.listing import list_catalogue

    raise typer.Exit(guarded(list_catalogue))


@app.command(epilog="Example: openness schema scorecard > scorecard.schema.json")
def schema(
    of: Annotated[
        str, typer.Argument(metavar="scorecard|rubric|licence|attestation|policy", help="Which file format.")
    ] = "scorecard",
) -> None:
    """Print the JSON Schema of a file format."""
    from openness.cli.listing import print_schema

    raise typer.Exit(guarded(lambda: print_schema(of)))


@licence_app.command(
    "show",
    epilog="Examples: openness licence show llama3.1 · openness licence show 'MIT OR Apache-2.0' --format markdown",
)
def licence_show(
    licence: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An identifier (ours, SPDX's, the Hub's), a name, an expression or an address."
        ),
    ],
    format: Format = "table",
    output: Output = None,
) -> None:
    """Show a licence: its class, what it lets you do in plain words, and every term with its clause."""
    from openness.cli.licence import show_licence as call

    raise typer.Exit(guarded(lambda: call(licence, format, output)))


@licence_app.command(
    "identify",
    epilog="Examples: openness licence identify LICENSE · curl -s ADDRESS | openness licence identify - --format json. "
    "Exit code 0: identified; 3: a modified or unknown version, or no known licence; 2: the file cannot be read.",
)
def licence_identify(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A licence text, or - for standard input.")],
    format: Format = "table",
    output: Output = None,
) -> None:
    """Say which licence a text is, and where it differs from the known one."""
    from openness.cli.licence import identify_file as call

    raise typer.Exit(guarded(lambda: call(file, format, output)))


@licence_app.command(
    "list", epilog="Examples: openness licence list · openness licence list --class non-commercial --format json"
)
def licence_list(
    licence_class: Annotated[
        str | None, typer.Option("--class", metavar="CLASS", help="Only those of one class, such as non-commercial.")
    ] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """List the licences of the register: id, name, class, OSI's approval, identifier on the Hub."""
    from openness.cli.licence import list_licences as call

    raise typer.Exit(guarded(lambda: call(licence_class, format, output)))


@licence_app.command("diff", epilog="Example: openness licence diff mit llama2 --format markdown")
def licence_diff(
    one: Annotated[str, typer.Argument(metavar="A", help="A licence, by any of its names.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    format: Format = "table",
    output: Output = None,
) -> None:
    """Show the terms of two licences side by side."""
    from openness.cli.licence import diff_licences as call

    raise typer.Exit(guarded(lambda: call(one, other, format, output)))


@cache_app.command("info")
def cache_info() -> None:
    """Say where facts are kept, how many, and how large they are."""
    from openness.cli.listing import cache_info as call

    raise typer.Exit(guarded(call))


@cache_app.command("clear")
def cache_clear() -> None:
    """Remove every fact that is kept."""
    from openness.cli.listing import cache_clear as call

    raise typer.Exit(guarded(call))


app_rubrics.add(app)
app_ci.add(app)
app_reports.add(app)
