"""Facts into findings: pure functions, one file per dimension. `assess` runs them all."""

from __future__ import annotations

from importlib import import_module

from openness.core.finding import Finding
from openness.core.release import Release
from openness.probes.runner import run

_MODULES = (
    "weights",
    "data",
    "code",
    "licence",
    "safety",
    "documentation",
    "papers",
    "access",
    "claims",
    "lineage",
    "followed",
)


def register() -> None:
    """Import every dimension's file and the second looks: they register themselves."""
    for name in _MODULES:
        import_module(f"openness.probes.{name}")


def assess(release: Release) -> tuple[Finding, ...]:
    """Every probe's finding on a release, sorted by subject; what could not be looked at is `unknown`, with the reason."""
    register()
    return run(release)
