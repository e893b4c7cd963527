"""The commands that list and show: rubrics, schemas, catalogue, cache."""

from __future__ import annotations

import json

from openness.cli.guard import tell, worst
from openness.core.errors import EXIT_OK, RubricError, UsageError
from openness.outputs.safe import text


def list_rubrics() -> int:
    """Print name, version and title of every bundled rubric."""
    from openness.rubric.library import load, names

    for name in names():
        rubric = load(name).compiled
        print(f"{name:<12} {rubric.version:<8} {rubric.title} <{rubric.source}>")
    return EXIT_OK


def show_rubric(name: str, yaml: bool) -> int:
    """Print a rubric, as its file or in words."""
    from openness.rubric.library import load

    loaded = load(name)
    if yaml:
        print(loaded.text, end="")
        return EXIT_OK
    rubric, data = loaded.compiled, loaded.data
    print(f"{text(rubric.title)} (rubric {rubric.id} {rubric.version})")
    print(text(data["description"].strip()))
    print(f"Source: {text(data['source']['title'])}, {text(data['source']['date'])} <{text(rubric.source)}>")
    for id, (title, beside, _) in rubric.dimensions.items():
        print(f"\n{text(title)}" + (" (beside the score)" if beside else ""))
        for criterion in rubric.criteria:
            if criterion.dimension == id:
                human = ", a human decides" if criterion.decided_by == "human" else ""
                print(
                    f"  {criterion.id:<22} {text(criterion.question)} ({text(criterion.cite)}; weight {criterion.weight}{human})"
                )
    print("\nGates")
    for id, gate in rubric.gates.items():
        print(f"  {id:<22} {text(gate['title'])} ({text(gate['cite'])}): {', '.join(gate['criteria'])}")
    print("\nClasses, the first that fits")
    for id, title, _, _ in rubric.classes:
        print(f"  {id:<22} {text(title)}")
    return EXIT_OK


def validate_rubrics(files: list[str]) -> int:
    """Check rubrics, all of them, and say what is wrong."""
    from pathlib import Path

    from openness.rubric.library import folder, load_file, names

    codes = []
    for name in files:
        path = folder() / f"{name}.yaml" if name in names() else Path(name)
        try:
            loaded = load_file(path)
        except RubricError as error:
            tell(error)
            codes.append(error.exit_code)
        else:
            print(f"{text(name)}: sound ({len(loaded.compiled.criteria)} criteria)")
            codes.append(EXIT_OK)
    return worst(codes)


def list_catalogue() -> int:
    """Print id, capture date and other names of every bundled release."""
    from openness.sources import catalogue

    for id in catalogue.ids():
        entry = catalogue.entry(id)
        aliases = ", ".join(entry.get("aliases", ()))
        print(f"{id:<44} {entry['captured']}  {entry['name']}" + (f" ({aliases})" if aliases else ""))
    return EXIT_OK


def print_schema(of: str) -> int:
    """Print a JSON Schema."""
    if of == "scorecard":
        from openness.outputs.json import schema

        print(json.dumps(schema(), indent=2))
    elif of == "rubric":
        from openness.rubric.schema import RubricFile

        print(json.dumps(RubricFile.model_json_schema(), indent=2))
    elif of == "licence":
        from openness.licences.schema import schema as register_schema

        print(json.dumps(register_schema(), indent=2))
    elif of == "attestation":
        from openness.attest.schema import schema as attestation_schema

        print(json.dumps(attestation_schema(), indent=2))
    else:
        raise UsageError(f"no format is called {of!r}", "scorecard, rubric, licence and attestation have a schema")
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
