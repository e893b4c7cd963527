"""The common forms of `openness score` and `openness licence`, read without Typer.

Typer imports pydantic as soon as a command with a typed parameter runs, which doubles the time of a warm score. Whatever is
not plain here (help, unknown or malformed options, other commands) goes to Typer, which also owns every message. A test holds
both readings together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

FLAGS: dict[str, tuple[str, bool]] = {
    "--offline": ("offline", True),
    "--refresh": ("refresh", True),
    "--no-attestations": ("attestations", False),
    "--attestations": ("attestations", True),
    "--follow": ("follow", True),
    "--no-follow": ("follow", False),
}
VALUES = {
    "--format": "format",
    "-f": "format",
    "--output": "output",
    "-o": "output",
    "--rubric": "rubric",
    "--explain": "explain",
}


PAGE = {"--format": "format", "-f": "format", "--output": "output", "-o": "output"}
LICENCE: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "show": ("show_licence", ("licence",), PAGE),
    "identify": ("identify_file", ("file",), PAGE),
    "list": ("list_licences", (), PAGE | {"--class": "licence_class"}),
    "diff": ("diff_licences", ("one", "other"), PAGE),
}
"""For each command of `openness licence` its function in `cli.licence`, its arguments and its options."""


def parse_score(argv: list[str]) -> dict[str, Any] | None:
    """The keyword arguments of `run_score`, or None where Typer has to read them."""
    if argv[:1] != ["score"]:
        return None
    read = _read(argv[1:], FLAGS, VALUES)
    if read is None or not read[0]:
        return None
    return {"models": read[0]} | read[1]


def parse_licence(argv: list[str]) -> tuple[str, dict[str, Any]] | None:
    """The function of `cli.licence` with its keyword arguments, or None where Typer has to read them."""
    if argv[:1] != ["licence"] or len(argv) < 2 or argv[1] not in LICENCE:
        return None
    function, names, values = LICENCE[argv[1]]
    read = _read(argv[2:], {}, values)
    if read is None or len(read[0]) != len(names):
        return None
    return function, dict(zip(names, read[0], strict=True)) | read[1]


def _read(
    words: Sequence[str], flags: Mapping[str, tuple[str, bool]], values: Mapping[str, str]
) -> tuple[list[str], dict[str, Any]] | None:
    """Arguments and options, or None where anything is not plain."""
    arguments: list[str] = []
    found: dict[str, Any] = {}
    tokens = iter(words)
    for token in tokens:
        name, equals, value = token.partition("=")
        if token in flags:
            key, state = flags[token]
            found[key] = state
        elif name in values and (name.startswith("--") or not equals):
            if not equals:
                value = next(tokens, "")
                if not value or value.startswith("-"):
                    return None
            found[values[name]] = value
        elif (token.startswith("-") and token != "-") or not token:
            return None
        else:
            arguments.append(token)
    return arguments, found
