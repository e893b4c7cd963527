"""Every failure as one clear line on stderr and an exit code; never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from openness.core.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_OK, OpennessError


def guarded(call: Callable[[], int]) -> int:
    """Run a command; what it raises becomes a message and a code.

    OPENNESS_DEBUG=1 shows the traceback of a bug.
    """
    try:
        return call()
    except OpennessError as error:
        tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        say("interrupted")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the interpreter flushes stdout once more at its end
        return EXIT_OK
    except Exception as error:
        if os.environ.get("OPENNESS_DEBUG"):
            raise
        say(f"a bug in openness: {type(error).__name__}: {error}")
        say("set OPENNESS_DEBUG=1 for the traceback, and please report it")
        return EXIT_BUG


def tell(error: OpennessError) -> None:
    """Print an error and its hint on stderr."""
    for line in error.message.split("\n"):
        say(line)
    if error.hint:
        say(f"hint: {error.hint}")


def say(line: str) -> None:
    """One harmless line on stderr."""
    from openness.outputs.safe import text

    print(f"openness: {text(line)}", file=sys.stderr)
