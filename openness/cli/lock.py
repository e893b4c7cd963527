"""`openness lock`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_NOTHING, EXIT_OK, worst
from openness.core.options import DEFAULT_TIMEOUT, Config, Timeout, flag

EXAMPLES = "Examples: openness lock · openness lock --upgrade"


def lock(
    config: Config = None,
    upgrade: Annotated[bool, flag("--upgrade", says="Look at every release anew, not only at new ones.")] = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
) -> int:
    """Write openness.lock: the revisions that were looked at, and what was concluded of them."""
    from openness.cli.guard import say, tell
    from openness.cli.progress import Shown
    from openness.jobs.locking import write_lock

    written = write_lock(config, upgrade, timeout, Shown())
    name = written.path.name
    for error in written.errors:
        tell(error)
    if written.errors:
        say(f"{name} is left as it was")
        return worst(error.exit_code for error in written.errors)
    if not written.releases:
        say(f"{written.project} names no release")
        return EXIT_NOTHING
    say(f"{name}: {written.releases} releases, {written.looked_at} of them looked at now")
    return EXIT_OK
