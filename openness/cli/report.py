"""`openness report`."""

from __future__ import annotations

from typing import Annotated

from openness.core.options import Argument, ReportOptions

EXAMPLES = (
    "Examples: openness report org/name gpt-4 --out site · openness report --org allenai --out site · "
    "openness report --from models.txt --out site · openness report --saved scan.json --out site · "
    "openness report --catalogue --out reports · openness report org/name --card. "
    "Interrupted? The same command again goes on where it stopped."
)


def report(
    options: ReportOptions, models: Annotated[tuple[str, ...], Argument("MODEL...", "As for `openness score`.")] = ()
) -> int:
    """Write a report: a site for a browser with its Markdown twin, data and a feed."""
    from openness.cli.guard import say, tell
    from openness.cli.page import write
    from openness.cli.progress import Shown
    from openness.jobs.publishing import report as call

    published = call(models, options, Shown())
    for error in published.errors:
        tell(error)
    for section in published.sections:
        write(section, None)
    done = published.written
    if done:
        removed = f", {done.removed} removed" if done.removed else ""
        say(
            f"{done.folder}: {done.releases} releases; {done.written} files written, {done.unchanged} unchanged{removed}"
        )
    return published.exit_code
