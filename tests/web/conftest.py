"""A loopback web for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.loopback import LoopbackWeb


@pytest.fixture
def web() -> Iterator[LoopbackWeb]:
    """Every host a card links to, on this machine."""
    with LoopbackWeb() as running:
        yield running


@pytest.fixture
def followed(web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> LoopbackWeb:
    """The loopback web in place of the real one for whatever follows links; the Hub is part of it."""
    from openness.sources import linked

    monkeypatch.setenv("HF_ENDPOINT", "https://huggingface.co")
    monkeypatch.setattr(linked, "open_web", lambda timeout: web.client(timeout, linked.BUDGET))
    return web
