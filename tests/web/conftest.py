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
