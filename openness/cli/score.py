"""`openness score`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from openness.cli.guard import tell, worst
from openness.core.errors import EXIT_OK, OpennessError, UsageError
from openness.outputs.base import Page, explained, known, renderer

if TYPE_CHECKING:
    from openness.core.scorecard import Scorecard


def run_score(
    models: list[str],
    format: str = "table",
    output: str | None = None,
    rubric: str = "retort",
    explain: str | None = None,
    offline: bool = False,
    refresh: bool = False,
    attestations: bool = True,
    timeout: float = 15.0,
    follow: bool = False,
) -> int:
    """Score releases, print or write the page, and return the exit code."""
    from openness.cli.progress import progress
    from openness.engine import Options, score_many

    if offline and refresh:
        raise UsageError("--offline and --refresh contradict each other", "leave one of them out")
    known(format)
    options = Options(rubric, offline, refresh, timeout, attestations, follow)
    target = _checked(output)
    codes: list[int] = []
    cards: list[Scorecard] = []
    with progress(f"Looking at {models[0]} …" if len(models) == 1 else f"Looking at {len(models)} releases …"):
        for result in score_many(models, options, lambda: renderer(format)):
            if isinstance(result, OpennessError):
                codes.append(result.exit_code)
                tell(result)
            else:
                codes.append(EXIT_OK)
                cards.append(result)
    if cards:
        render = renderer(format)
        if explain:
            explained(cards[0], explain)
        if target:
            _write(target, render(cards, Page(width=100, explain=explain)))
        else:
            _print(render(cards, _page(explain)))
    return worst(codes)


def _page(explain: str | None) -> Page:
    """The page that fits where stdout leads."""
    terminal = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    colour = (terminal or bool(os.environ.get("FORCE_COLOR"))) and not os.environ.get("NO_COLOR")
    return Page(_terminal_width() if terminal else _columns(), colour, terminal, explain)


def _terminal_width() -> int:
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _columns() -> int:
    """Width of a page that is piped: COLUMNS where it is set, else 100."""
    said = os.environ.get("COLUMNS", "")
    return min(int(said), 500) if said.isdigit() and int(said) >= 20 else 100


def _print(page: str) -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure and (sys.stdout.encoding or "").lower().replace("-", "") != "utf8":
        reconfigure(errors="replace")
    sys.stdout.write(page)
    sys.stdout.flush()


def _checked(output: str | None) -> Path | None:
    if output is None or output == "-":
        return None
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output} is a folder", "name the file to write")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} does not exist", "make it first")
    return path


def _write(path: Path, page: str) -> None:
    from openness.sources.cache import write_atomically

    try:
        write_atomically(path, page.encode("utf-8"), 0o644)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another file") from None
