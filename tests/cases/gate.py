"""What the tests of the gate share: a release on the Hub, a project that demands an open licence of it, and the command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cases.conftest import Run
from tests.hub.loopback import LFS, LoopbackHub

POLICY = """\
[policy]
min-class = "open-weights"
licences = { allow = ["open-source"], forbid = ["non-commercial", "research-only"] }
terms = { commercial-use = "yes" }
without = ["threshold"]

[[releases]]
id = "org/name"
"""
CARD = "---\nlicense: mit\n---\n# name\n\nA model. Weights are released under MIT.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that demands an open licence of org/name, as the working directory."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "openness.toml").write_text(POLICY, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def publish(hub: LoopbackHub, files: dict[str, Any], card: str = CARD) -> str:
    usual: dict[str, Any] = {"README.md": card, "config.json": "{}", "model.safetensors": LFS(size=10)}
    return hub.add_model("org/name", usual | files)


def checked(cli: Run, *argv: str) -> tuple[int, dict[str, dict[str, Any]]]:
    outcome = cli("check", "-f", "json", *argv)
    found = json.loads(outcome.out)["check"]["results"] if outcome.out else []
    return outcome.code, {each["rule"]: each for each in found}
