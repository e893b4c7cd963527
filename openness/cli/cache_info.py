"""`openness cache info`."""

from __future__ import annotations

from openness.core.errors import EXIT_OK

EXAMPLES = "Example: openness cache info"


def cache_info() -> int:
    """Say where facts are kept, how many, and how large they are."""
    from openness.sources.cache import Cache

    cache = Cache()
    count, size = cache.entries()
    print(f"{cache.directory}\n{count} entries, {size / 1024:.0f} KiB")
    return EXIT_OK
