"""Beginning: the releases that a project's code names, and a first policy and workflow for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from openness.core.errors import PolicyError
from openness.core.record import record
from openness.jobs.files import put
from openness.outputs.safe import text
from openness.policy.discover import Discovered, discover, distinct, named, summary
from openness.policy.project import find, read

POLICY = """\
# What this project demands of the model releases that it depends on; `openness check` holds them against it.
on-unknown = "fail"                # fail, warn or ignore what cannot be decided

[policy]
rubric = "retort"                  # openness rubric list
min-class = "open-weights"         # openness rubric show retort
licences = { forbid = ["research-only", "non-commercial"] }
terms = { commercial-use = "yes" } # openness licence show ID
without = ["threshold"]
lineage = "base-terms-apply"       # grants no more than the licence of its base
"""
WORKFLOW = """\
name: openness
on:
  pull_request:
  schedule: [{cron: "17 5 * * 1"}]
permissions:
  contents: read
jobs:
  openness:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - run: python -m pip install openness
      - run: |
          code=0
          openness check -f github -f markdown=openness.md || code=$?
          cat openness.md >> "$GITHUB_STEP_SUMMARY"
          exit "$code"
"""


@record(frozen=True, slots=True)
class NamedReleases:
    """The releases that a project names, with file and line, the ids of those that it checks, and what does not count."""

    found: tuple[Discovered, ...]
    checked: frozenset[str]
    left_out: str
    """How many named things are no releases that the project uses, and what they are, in one line; empty for none."""


def named_releases(config: str | None = None) -> NamedReleases:
    """The releases that the code and configuration around `config`, or around the working directory, name.

    Raises `PolicyError` for a `config` that cannot be used.
    """
    try:
        project = read(Path(config) if config else find(Path.cwd()))
        root, checked = project.folder, frozenset(each.id for each in project.config.entries())
    except PolicyError:
        if config:
            raise
        root, checked = Path.cwd(), frozenset()
    everything = named(root)
    return NamedReleases(tuple(each for each in everything if each.counts), checked, summary(everything))


def begin(root: Path) -> list[tuple[str, bool]]:
    """Write openness.toml and, in a repository, a workflow: each name, and whether it was written.

    A file that is there already is left as it is. Raises `UsageError` where a file cannot be written.
    """
    placed = [_place(root / "openness.toml", POLICY + _releases(discover(root)))]
    if (root / ".git").exists() or (root / ".github").is_dir():
        (root / ".github" / "workflows").mkdir(parents=True, exist_ok=True)
        placed.append(_place(root / ".github" / "workflows" / "openness.yml", WORKFLOW))
    return placed


def _releases(found: Sequence[Discovered]) -> str:
    """The entries of the releases, each with the first place that names it."""
    if not found:
        return '\n# No release was found in code or configuration. Name each as\n# [[releases]]\n# id = "org/name"\n'
    return "".join(
        f"\n[[releases]]\nid = {json.dumps(each.id)}  # {text(each.at.file)}:{each.at.line}\n"
        + (f"revision = {json.dumps(each.revision)}\n" if each.revision else "")
        for each in distinct(found)
    )


def _place(path: Path, content: str) -> tuple[str, bool]:
    if path.exists():
        return path.name, False
    put(path, content.encode())
    return path.name, True
