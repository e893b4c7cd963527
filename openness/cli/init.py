"""`openness init`: a policy and a workflow for the project that one stands in, and `check --discover`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from openness.cli.guard import say
from openness.cli.page import write
from openness.core.errors import EXIT_NOTHING, EXIT_OK
from openness.outputs.safe import text

if TYPE_CHECKING:
    from openness.policy.discover import Discovered

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


def run_discover(config: str | None = None) -> int:
    """List the releases that the project names, with file and line; those that nothing is demanded of are marked."""
    from openness.core.errors import PolicyError
    from openness.policy import discover, project

    try:
        known = project.read(Path(config) if config else project.find(Path.cwd()))
        root, listed = known.folder, {each.id for each in known.config.entries()}
    except PolicyError:
        if config:
            raise
        root, listed = Path.cwd(), set()
    found = discover.discover(root)
    for each in found:
        mark = "" if each.id in listed else "  (not among the releases that are checked)"
        print(f"{text(each.at.file)}:{each.at.line}: {text(each.id)}{mark}")
    say(f"{len(found)} mentions of {len({each.id for each in found})} releases")
    return EXIT_OK if found else EXIT_NOTHING


def run_init() -> int:
    """Write openness.toml and a workflow; what is there is left as it is, and that is said."""
    from openness.policy import discover

    root = Path.cwd()
    found = discover.discover(root)
    _place(root / "openness.toml", POLICY + _releases(found))
    if (root / ".git").exists() or (root / ".github").is_dir():
        (root / ".github" / "workflows").mkdir(parents=True, exist_ok=True)
        _place(root / ".github" / "workflows" / "openness.yml", WORKFLOW)
    say("next: openness check, then openness lock")
    return EXIT_OK


def _releases(found: list[Discovered]) -> str:
    first: dict[str, Discovered] = {}
    for each in found:
        first.setdefault(each.id, each)
    if not first:
        return '\n# No release was found in code or configuration. Name each as\n# [[releases]]\n# id = "org/name"\n'
    return "".join(
        f"\n[[releases]]\nid = {json.dumps(each.id)}  # {text(each.at.file)}:{each.at.line}\n"
        for each in first.values()
    )


def _place(path: Path, content: str) -> None:
    if path.exists():
        say(f"{path.name} is there, and left as it is")
        return
    write(content, path)
    say(f"{path.name} is written")
