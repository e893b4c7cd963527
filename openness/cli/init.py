"""`openness init`."""

from __future__ import annotations

from openness.core.errors import EXIT_OK

EXAMPLES = "Example: openness init"


def init() -> int:
    """Write openness.toml, with the releases that the project names, and a workflow. A file that is there is left as it is."""
    from pathlib import Path

    from openness.cli.guard import say
    from openness.jobs.beginning import begin

    for name, written in begin(Path.cwd()):
        say(f"{name} is written" if written else f"{name} is there, and left as it is")
    say("next: openness check, then openness lock")
    return EXIT_OK
