"""`openness catalogue`."""

from __future__ import annotations

from openness.core.errors import EXIT_OK

EXAMPLES = "Example: openness catalogue"


def catalogue() -> int:
    """List the releases that are bundled, with the names they answer to."""
    from openness.sources.catalogue import entry, ids

    for name in ids():
        bundled = entry(name)
        aliases = ", ".join(bundled.get("aliases", ()))
        print(f"{name:<44} {bundled['captured']}  {bundled['name']}" + (f" ({aliases})" if aliases else ""))
    return EXIT_OK
