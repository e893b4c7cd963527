"""Facts into findings: pure functions, one file per dimension. `assess` runs them all."""

from __future__ import annotations

from openness.core.finding import Finding
from openness.core.release import Release

_DIMENSIONS = ("weights", "data", "code", "licence", "safety", "documentation", "papers", "access", "claims", "lineage")


def register() -> None:
    """Import every dimension's file, so that its probes are known."""
    from importlib import import_module

    for dimension in _DIMENSIONS:
        import_module(f"openness.probes.{dimension}")


def assess(release: Release) -> tuple[Finding, ...]:
    """Every probe's finding on a release, sorted by subject; what could not be looked at is `unknown`, with the reason."""
    from openness.probes.base import run

    register()
    return run(release)
