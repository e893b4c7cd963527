"""`openness cache clear`."""

from __future__ import annotations

from openness.core.errors import EXIT_OK

EXAMPLES = "Example: openness cache clear"


def cache_clear() -> int:
    """Remove every fact that is kept."""
    from openness.sources.cache import Cache

    cache = Cache()
    print(f"{cache.clear()} entries removed from {cache.directory}")
    return EXIT_OK
