"""What a score asks of the Hub: how many requests, in how many waves, and what is never asked again."""

from __future__ import annotations

import threading
from pathlib import Path

from tests.cli.conftest import CARD, Run
from tests.cli.test_score import WEIGHTS
from tests.hub.loopback import LoopbackHub

TEXTS = {"README.md": CARD, "LICENSE": "x", "NOTICE": "y", "USE_POLICY.md": "z", "model_licenses/A.md": "w"}


def test_cold_then_warm(cli: Run, hub: LoopbackHub) -> None:
    sha = hub.add_model(
        "org/name", files={**TEXTS, **WEIGHTS, "a/b/LICENSE": "deep", "LICENSE.pdf": "%PDF", "license.py": ""}
    )
    hub.latency = 0.05
    assert cli("score", "org/name").code == 0
    asked = hub.requests()
    read = [request.path.rsplit(f"{sha}/", 1)[-1] for request in asked[1:]]
    assert sorted(read) == ["LICENSE", "NOTICE", "README.md", "USE_POLICY.md"]
    assert len(asked) <= 1 + len(read)
    assert hub.depth() <= 2

    hub.clear_log()
    assert cli("score", "org/name").code == 0
    assert len(hub.log) == 1, "an unpinned warm score asks once"

    hub.clear_log()
    assert cli("score", f"org/name@{sha}").code == 0
    assert hub.log == [], "a warm score of a commit asks nothing"

    assert cli("score", f"org/name@{sha}", "--refresh").code == 0
    assert len(hub.requests()) == len(asked)


def test_a_new_commit_is_read_anew(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    cli("score", "org/name")
    second = hub.commit("org/name", files={"NOTICE": "changed"})
    assert f"at revision {second}" in cli("score", "org/name").out


def test_offline_answers_from_the_cache_with_its_date(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    cli("score", "org/name")
    hub.clear_log()
    outcome = cli("score", "org/name", "--offline")
    assert outcome.code == 0
    assert "Note: Answered from the cache of 20" in outcome.out
    assert hub.log == []


def test_offline_by_the_clients_own_switch(cli: Run, hub: LoopbackHub, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = cli("score", "org/name")
    assert outcome.code == 4
    assert "org/name is neither in the cache nor in the bundled catalogue" in outcome.err
    assert hub.log == []


def test_an_outage_answers_from_the_cache(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    cli("score", "org/name")
    hub.fault("/", kind="status", code=503)
    outcome = cli("score", "org/name")
    assert outcome.code == 0
    assert "answered with a server error (HTTP 503)" in " ".join(outcome.out.split())


def test_a_damaged_cache_is_a_miss(cli: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    sha = hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    first = cli("score", f"org/name@{sha}").out
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:-3])
    second = cli("score", f"org/name@{sha}")
    assert second.code == 0
    assert "a damaged cache entry was ignored" in second.out
    assert first.split("\n")[:12] == second.out.split("\n")[:12]


def test_many_at_once_share_one_cache(hub: LoopbackHub) -> None:
    import openness

    hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    cards: list[object] = []
    threads = [threading.Thread(target=lambda: cards.append(openness.score("org/name"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cards) == 8
    assert all(card == cards[0] for card in cards)


def test_cache_info_and_clear(cli: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    assert "0 entries" in cli("cache", "info").out
    hub.add_model("org/name", files={**TEXTS, **WEIGHTS})
    cli("score", "org/name")
    info = cli("cache", "info").out
    assert str(tmp_path / "cache") in info
    assert "0 entries" not in info
    assert "entries removed" in cli("cache", "clear").out
    assert "0 entries" in cli("cache", "info").out
