"""How long a site of a thousand releases takes on one core: `python -m tests.benchmarks.site [COUNT]`.

Releases are the catalogue's, varied. Writing is not counted, rendering and every twin are.
"""

from __future__ import annotations

import sys
from time import process_time

from openness.outputs.site.build import files
from tests.site.synthetic import many, report

LIMIT = 20.0
"""Seconds of one core for a thousand releases."""


def main() -> int:
    """Print seconds and sizes; 1 where it takes too long."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    cards = many(count)
    begin = process_time()
    sizes: dict[str, int] = {}
    heaviest = 0
    for name, content in files(report(cards)):
        kind = name.rpartition(".")[2]
        sizes[kind] = sizes.get(kind, 0) + len(content)
        if name == "index.html":
            print(f"index.html: {len(content) / 1000:.0f} kB")
        if name.startswith("releases/") and kind == "html":
            heaviest = max(heaviest, len(content))
    took = process_time() - begin
    print(f"{count} releases in {took:.1f} s of one core; heaviest page {heaviest / 1000:.0f} kB")
    print(", ".join(f"{kind} {size / 1e6:.1f} MB" for kind, size in sorted(sizes.items())))
    return int(took > LIMIT * count / 1_000)


if __name__ == "__main__":
    sys.exit(main())
