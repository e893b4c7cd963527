"""The common form of `openness score`, read without Typer.

Typer imports pydantic as soon as a command with a typed parameter runs, which doubles the time of a warm score. Whatever is
not plain here (help, unknown or malformed options, other commands) goes to Typer, which also owns every message. A test holds
both readings together.
"""

from __future__ import annotations

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


def parse_score(argv: list[str]) -> dict[str, Any] | None:
    """The keyword arguments of `run_score`, or None where Typer has to read them."""
    if argv[:1] != ["score"]:
        return None
    found: dict[str, Any] = {"models": []}
    tokens = iter(argv[1:])
    for token in tokens:
        name, equals, value = token.partition("=")
        if token in FLAGS:
            key, state = FLAGS[token]
            found[key] = state
        elif name in VALUES and (name.startswith("--") or not equals):
            if not equals:
                value = next(tokens, "")
                if not value or value.startswith("-"):
                    return None
            found[VALUES[name]] = value
        elif token.startswith("-") or not token:
            return None
        else:
            found["models"].append(token)
    return found if found["models"] else None
