"""The command line: parse, call, print, exit code."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Entry point of the `openness` command."""
    # start-up makes many objects that all stay: looking through them again and again is a tenth of its time
    gc.set_threshold(50_000, 50, 50)
    sys.exit(run(sys.argv[1:]))


def run(argv: list[str]) -> int:
    """Run the command with these arguments; returns the exit code of the README's table."""
    from openness.cli.guard import guarded

    return guarded(lambda: _dispatch(argv))


def _dispatch(argv: list[str]) -> int:
    from openness.cli.commands import command_of
    from openness.cli.quick import quick

    asked = command_of(argv)
    if asked:
        command, words = asked
        values = quick(command, words)
        if values is not None:
            return command.call(values)
    from openness.cli.app import app

    try:
        app(args=argv, prog_name="openness")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0
