"""Facts into findings: pure functions, one file per dimension. `assess` runs them all."""

from __future__ import annotations

from openness.core.finding import Finding
from openness.core.release import Release

_DIMENSIONS = ("weights", "data", "code", "licence", "safety", "documentation", "access", "claims", "lineage")


def assess(release: Release) -> tuple[Finding, ...]:
    """Every probe's finding on a release, sorted by subject; what could not be looked at is `unknown`, with the reason."""
    from importlib import import_module

    from openness.probes.base import run

    for dimension in _DIMENSIONS:
        import_module(f"openness.probes.{dimension}")
    return run(release)
