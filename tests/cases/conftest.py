"""Real failures, each from a public report, as tests.

The inputs are read from a folder beside the corpus, one folder a case (`OPENNESS_CASES`, by default `../shared/cases`); what must
come of them stands in the tests. A test is skipped, with the reason, where the inputs are not at hand.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Outcome, Run, cli
from tests.hub.loopback import LFS, LoopbackHub

__all__ = ["Case", "Outcome", "Run", "cli"]

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(os.environ.get("OPENNESS_CASES") or ROOT.parent / "shared" / "cases")
SMALL = 100
"""Bytes of a listed file that the case gives no content for."""
LARGE = 2_000_000_000
"""Bytes of a listed file of weights."""
_WEIGHTS = (
    ".safetensors",
    ".bin",
    ".pt",
    ".pth",
    ".gguf",
    ".zip",
    ".tar",
    ".gz",
    ".7z",
    ".ckpt",
    ".onnx",
    ".h5",
    ".nemo",
)


def add_release(hub: LoopbackHub, data: dict[str, Any]) -> None:
    """Serve one release file of the corpus' shape: `id`, `api` (fields of the Hub's answer), `readme`, `files`."""
    api = dict(data["api"])
    files: dict[str, Any] = {}
    for sibling in api.pop("siblings", None) or [
        {"rfilename": "README.md"},
        *({"rfilename": p} for p in data["files"]),
    ]:
        path = sibling["rfilename"]
        if path == "README.md" and data.get("readme") is not None:
            files[path] = data["readme"]
        elif path in data["files"]:
            files[path] = data["files"][path]
        elif path.endswith(_WEIGHTS):
            files[path] = LFS(size=sibling.get("size") or LARGE)
        else:
            files[path] = "x" * (sibling.get("size") or SMALL)
    if data.get("readme") is not None:
        files.setdefault("README.md", data["readme"])
    api.pop("sha", None)  # the loopback Hub makes commits of its own
    api.pop("id", None)
    card_data = api.pop("cardData", None)
    hub.add_model(data["id"], files, card_data=card_data, **{key.replace("-", "_"): api[key] for key in api})


@dataclass(frozen=True)
class Case:
    """A case that is being served: its folder, the Hub, and the command."""

    folder: Path
    hub: LoopbackHub
    cli: Run

    def scores(self, release: str, *options: str) -> dict[str, Any]:
        """The scorecard of one of its releases, as `--format json` writes it."""
        outcome = self.cli("score", release, "--format", "json", *options)
        card: dict[str, Any] = json.loads(outcome.out)["scorecards"][0]
        return card

    def checks(self, policy: Path, *options: str) -> tuple[int, dict[str, Any]]:
        """The exit code and the document of `openness check` under a policy."""
        outcome = self.cli("check", "--config", str(policy), "--format", "json", *options)
        return outcome.code, (json.loads(outcome.out)["check"] if outcome.out else {})


def finding(card: dict[str, Any], about: str) -> dict[str, Any]:
    """What a scorecard says of a component or aspect."""
    found: dict[str, Any] = next(each for each in card["findings"] if each["about"] == about)
    return found


def gate(card: dict[str, Any], name: str) -> str:
    """The state of one of a scorecard's gates: pass, fail or open."""
    return str(next(each["state"] for each in card["gates"] if each["id"] == name))


def affordance(card: dict[str, Any], name: str) -> bool | None:
    """Whether something can be done with the release, None where that is not known."""
    found: bool | None = next(each["possible"] for each in card["affordances"] if each["id"] == name)
    return found


@pytest.fixture
def serve(hub: LoopbackHub, cli: Run) -> Any:
    """`serve("slug")` puts the releases of a case on the loopback Hub."""

    def begin(slug: str) -> Case:
        folder = CASES / slug
        if not folder.is_dir():
            pytest.skip(f"the case is not at {folder} (set OPENNESS_CASES)")
        for path in sorted(folder.glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if "api" in data:
                add_release(hub, data)
        return Case(folder, hub, cli)

    return begin
