"""The commands that list and show: schemas, catalogue, cache."""

from __future__ import annotations

import json

from openness.core.errors import EXIT_OK, UsageError


def list_catalogue() -> int:
    """Print id, capture date and other names of every bundled release."""
    from openness.sources import catalogue

    for id in catalogue.ids():
        entry = catalogue.entry(id)
        aliases = ", ".join(entry.aliases)
        print(f"{id:<44} {entry.captured}  {entry.name}" + (f" ({aliases})" if aliases else ""))
    return EXIT_OK


def print_schema(of: str) -> int:
    """Print a JSON Schema."""
    if of == "scorecard":
        from openness.outputs.json import schema

        print(json.dumps(schema(), indent=2))
    elif of == "rubric":
        from openness.rubric.schema import schema as rubric_schema

        print(json.dumps(rubric_schema(), indent=2))
    elif of == "licence":
        from openness.licences.schema import schema as register_schema

        print(json.dumps(register_schema(), indent=2))
    elif of == "attestation":
        from openness.attest.schema import schema as attestation_schema

        print(json.dumps(attestation_schema(), indent=2))
    elif of == "policy":
        from openness.policy.schema import schema as policy_schema

        print(json.dumps(policy_schema(), indent=2))
    else:
        raise UsageError(
            f"no format is called {of!r}", "scorecard, rubric, licence, attestation and policy have a schema"
        )
    return EXIT_OK


def cache_info() -> int:
    """Print the cache's place and size."""
    from openness.sources.cache import Cache

    cache = Cache()
    count, size = cache.entries()
    print(f"{cache.directory}\n{count} entries, {size / 1024:.0f} KiB")
    return EXIT_OK


def cache_clear() -> int:
    """Empty the cache."""
    from openness.sources.cache import Cache

    cache = Cache()
    print(f"{cache.clear()} entries removed from {cache.directory}")
    return EXIT_OK
