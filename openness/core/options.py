"""The options of commands, each declared once: a field of a record with its default, its flag and its help.

The command line (`openness.cli.declare`: Typer's declaration and the quick reading) and the keyword arguments of the public API
(`openness.core.keywords`) are derived from these records. A new option is one field here and its use.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, MISSING, fields
from functools import cache
from inspect import Parameter
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from openness.core.record import record

DEFAULT_RUBRIC = "retort"
DEFAULT_TIMEOUT = 15.0
"""Seconds for one request."""


@record(frozen=True, slots=True)
class Flag:
    """How an option is written on the command line.

    `names` are its spellings, the long one first; a switch that has an opposite names both: `--follow/--no-follow`.
    `least` is the smallest number that the option takes.
    """

    names: tuple[str, ...]
    help: str
    metavar: str = ""
    least: float | None = None


@record(frozen=True, slots=True)
class Argument:
    """How an argument, which has a place but no name, is shown on the command line."""

    metavar: str
    help: str


@record(frozen=True, slots=True)
class PageOf:
    """Names the page (`openness.outputs.base.formats`) that a command's `PageOptions` are about."""

    name: str


def flag(*names: str, says: str, metavar: str = "", least: float | None = None) -> Flag:
    """A `Flag` with these names, whose help is `says`."""
    return Flag(names, says, metavar, least)


Config = Annotated[
    str | None, flag("--config", metavar="FILE", says="openness.toml or pyproject.toml; else the nearest one, upwards.")
]
Follow = Annotated[
    bool, flag("--follow/--no-follow", says="Look at the repositories, data sets and papers that the card links to.")
]
Offline = Annotated[bool, flag("--offline", says="Ask nobody: use the cache, else the bundled catalogue.")]
Output = Annotated[str | None, flag("--output", "-o", metavar="FILE", says="Write to a file, whole or not at all.")]
RubricNames = Annotated[
    str, flag("--rubric", metavar="NAME|FILE|all", says="One rubric, several separated by commas, or all.")
]
RubricName = Annotated[str, Argument("NAME|FILE", "A bundled rubric, one of the project's, or a YAML file.")]
Timeout = Annotated[float, flag("--timeout", metavar="SECONDS", least=0.1, says="Patience for each request.")]


@record(frozen=True, slots=True)
class Options:
    """How a release is scored: the options of `openness score`, and the keyword arguments of `openness.score`.

    `rubric` is a rubric's name or path, several with commas between them, or `all`. `offline` asks nobody; `refresh` asks
    anew for what is cached; `timeout` is in seconds, for each request. `attestations=False` leaves out what people have
    attested; `attest` names files of what people found. `follow` looks at what the card links to. `advise` adds the changes
    that lead into a better class; `standings=False` leaves out the comparison with the catalogue's reference releases.
    """

    _: KW_ONLY
    rubric: RubricNames = DEFAULT_RUBRIC
    offline: Offline = False
    refresh: Annotated[bool, flag("--refresh", says="Ask anew for what is cached.")] = False
    timeout: Timeout = DEFAULT_TIMEOUT
    attestations: Annotated[
        bool,
        flag(
            "--attestations/--no-attestations",
            says="Use what people have attested, or only what was found automatically.",
        ),
    ] = True
    follow: Follow = False
    attest: Annotated[
        tuple[str, ...],
        flag("--attest", metavar="FILE", says="Use a file of what people found (openness attest); repeatable."),
    ] = ()
    advise: bool = False
    standings: bool = True


@record(frozen=True, slots=True)
class PageOptions:
    """How a command's page is drawn and where it goes; `output` None or `-` is the standard output."""

    format: Annotated[str, flag("--format", "-f", says="")] = "table"
    output: Output = None


@record(frozen=True, slots=True)
class CheckOptions:
    """How a project is checked: the options of `openness check`, and the arguments of `openness.check`.

    `config` is the file that states the demands, None the nearest one upwards. `locked` checks the revisions of the lock.
    `baseline` is a file of violations that are tolerated.
    """

    config: Config = None
    _: KW_ONLY
    locked: Annotated[bool, flag("--locked", says="Check the revisions that the lock holds.")] = False
    offline: Offline = False
    baseline: Annotated[
        str | None, flag("--baseline", metavar="FILE", says="Tolerate the violations in this file; fail on new ones.")
    ] = None
    timeout: Timeout = DEFAULT_TIMEOUT


@record(frozen=True, slots=True)
class ReportOptions:
    """What a report is about, how its releases are scored, and how it looks: the options of `openness report`."""

    out: Annotated[str | None, flag("--out", metavar="DIR", says="The folder of the site.")] = None
    listed: Annotated[
        str | None, flag("--from", metavar="FILE", says="Take names from a file, one a line; # begins a remark.")
    ] = None
    org: Annotated[str | None, flag("--org", metavar="NAME", says="All public models of an account.")] = None
    saved: Annotated[
        tuple[str, ...],
        flag("--saved", metavar="FILE", says="Scorecards from `openness score --format json`; repeatable."),
    ] = ()
    catalogue: Annotated[bool, flag("--catalogue", says="Every bundled release, as it is bundled.")] = False
    card: Annotated[bool, flag("--card", says="Print a section for a model card instead of a site.")] = False
    rubric: Annotated[str, flag("--rubric", metavar="NAME|FILE", says="The rubric of the report.")] = DEFAULT_RUBRIC
    also: Annotated[str, flag("--also", metavar="NAMES|all", says="Other rubrics, each a row on a release's page.")] = (
        ""
    )
    title: Annotated[str, flag("--title", metavar="TEXT", says="The report's title.")] = "How open are these models?"
    url: Annotated[str, flag("--url", metavar="ADDRESS", says="The site's address, for its feed and citations.")] = ""
    badge: Annotated[str, flag("--badge", metavar="ADDRESS", says="With --card: the badge to show.")] = ""
    offline: Offline = False
    follow: Follow = False
    timeout: Timeout = DEFAULT_TIMEOUT
    parquet: Annotated[
        bool, flag("--parquet/--no-parquet", says="Write tables as Parquet too, where pyarrow is installed.")
    ] = True


@record(frozen=True, slots=True)
class Declared:
    """One declared parameter: its name and type in the program, its default, how a command line writes it.

    `written` is None for a field that no command line sets. `default` is `inspect.Parameter.empty` where there is none.
    """

    name: str
    kind: object
    default: object
    written: Flag | Argument | None


def declared(annotation: object, name: str, default: object) -> Declared:
    """A parameter by its annotation: `Annotated[type, Flag | Argument]`, or a bare type."""
    kind, *notes = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
    return Declared(name, kind, default, next((each for each in notes if isinstance(each, (Flag, Argument))), None))


@cache
def fields_of(options: type[Any]) -> tuple[Declared, ...]:
    """The fields of an options record, in their order."""
    hints = get_type_hints(options, include_extras=True)
    return tuple(
        declared(hints[each.name], each.name, Parameter.empty if each.default is MISSING else each.default)
        for each in fields(options)
    )
