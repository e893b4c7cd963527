"""Facts into findings: pure functions, one file per dimension. `assess` runs them all."""

from __future__ import annotations

from importlib import import_module

from openness.core.finding import Finding
from openness.core.release import Release
from openness.probes.runner import run

_DIMENSIONS = ("weights", "data", "code", "licence", "safety", "documentation", "papers", "access", "claims", "lineage")


def register() -> None:
    """Import every dimension's file: its probes register themselves."""
    for dimension in _DIMENSIONS:
        import_module(f"openness.probes.{dimension}")


def assess(release: Release) -> tuple[Finding, ...]:
    """Every probe's finding on a release, sorted by subject; what could not be looked at is `unknown`, with the reason."""
    register()
    if release.linked:
        import_module("openness.probes.followed")  # its second looks register themselves; most scores do not need them
    return run(release)
