"""What every test stands on: no network but this machine, a cache of its own, no token, and a loopback Hub on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from openness.probes import runner

runner.strict = True  # a probe that touches what it does not declare fails the test that ran it
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "HF_HUB_OFFLINE",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "OPENNESS_DEBUG",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENNESS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The shared corpus of real releases; a test that needs it is skipped where it is absent."""
    path = Path(os.environ.get("OPENNESS_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not path.is_dir():
        pytest.skip(f"the corpus is not at {path} (set OPENNESS_CORPUS)")
    return path


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A loopback Hub that the real client talks to through HF_ENDPOINT."""
    from tests.hub.loopback import LoopbackHub

    with LoopbackHub() as running:
        monkeypatch.setenv("HF_ENDPOINT", running.url)
        yield running
