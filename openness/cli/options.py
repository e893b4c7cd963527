"""Options that several commands share, each declared once."""

from __future__ import annotations

from typing import Annotated

import typer

Format = Annotated[str, typer.Option("--format", "-f", help="table, markdown or json.")]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file, whole or not at all.")
]
Offline = Annotated[bool, typer.Option("--offline", help="Ask nobody: the cache, else the bundled catalogue.")]
Follow = Annotated[
    bool,
    typer.Option("--follow/--no-follow", help="Look at the repositories, data sets and papers that the card links to."),
]
Timeout = Annotated[float, typer.Option("--timeout", metavar="SECONDS", min=0.1, help="Patience for each request.")]
Rubric = Annotated[
    str, typer.Option("--rubric", metavar="NAME|FILE|all", help="One rubric, several with commas, or all.")
]
