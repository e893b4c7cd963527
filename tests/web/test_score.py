"""`openness score --follow`, from the command to the page: the Hub and the web are loopbacks, all else is real."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from openness.cli import run
from openness.outputs.base import formats
from openness.sources import linked
from tests.cli.conftest import CARD
from tests.hostile.corpus import STRINGS
from tests.hub.loopback import LFS, LoopbackHub
from tests.hub.repository import Content
from tests.web.loopback import LoopbackWeb, as_json, page

LINKS = """
## Training

The training code is at https://github.com/org/code for all.

The evaluation code is at https://github.com/org/gone for all.
"""
FRONT = CARD.replace("license: apache-2.0\n", "license: apache-2.0\ndatasets:\n- org/set\n")
FILES: dict[str, Content] = {"README.md": FRONT + LINKS, "config.json": "{}", "model.safetensors": LFS(size=10)}

Score = Callable[..., dict[str, Any]]


@pytest.fixture
def both(hub: LoopbackHub, web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> LoopbackWeb:
    """The loopback Hub as the user's own, and the loopback web for everything else."""
    hub.add_model("org/name", files=FILES)
    hub.add_dataset("org/set", files={"README.md": "# Set", "data/train.parquet": LFS(size=10)})
    web.github("org/code", {"train.py": "", "README.md": "# Code", "LICENSE": "?"})
    monkeypatch.setattr(linked, "open_web", lambda timeout: web.client(timeout, linked.BUDGET, hub.url))
    return web


@pytest.fixture
def score(both: LoopbackWeb, capsys: pytest.CaptureFixture[str]) -> Score:
    """`score("--follow")` gives the scorecard of org/name as JSON."""

    def call(*options: str) -> dict[str, Any]:
        assert run(["score", "org/name", "--format", "json", *options]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return dict(json.loads(printed.out)["scorecards"][0])

    return call


def found(card: dict[str, Any], about: str) -> dict[str, Any]:
    return dict(next(each for each in card["findings"] if each["about"] == about))


def unseen(card: dict[str, Any]) -> set[str]:
    return {need for need, _ in card["coverage"]["missing"]}


def test_nothing_is_followed_unless_asked(score: Score, both: LoopbackWeb, hub: LoopbackHub) -> None:
    for options in ((), ("--no-follow",), ("--follow", "--no-follow")):
        card = score(*options)
        assert both.log == []
        assert not any("/api/datasets/" in request.path for request in hub.log)
        assert found(card, "training-code")["status"] == "unknown"
        assert "linked-repositories" in unseen(card)


def test_what_is_seen_behind_the_links(score: Score, both: LoopbackWeb) -> None:
    before, card = score(), score("--follow")
    training = found(card, "training-code")
    assert training["status"] == "released"
    assert training["evidence"][0]["method"] == "linked-repository"
    assert training["evidence"][0]["url"] == "https://github.com/org/code/blob/HEAD/train.py"
    assert found(card, "evaluation-code")["status"] == "described"
    assert "the link is dead" in found(card, "evaluation-code")["note"]
    assert found(card, "datasets")["status"] == "released"
    assert found(card, "datasets")["evidence"][0]["pinned"] is True
    assert "linked-repositories" not in unseen(card)
    assert card["release"]["notices"] == ["Linked but not there: https://github.com/org/gone."]
    low, high = (before["score"][end] for end in ("low", "high"))
    assert low <= card["score"]["low"] <= card["score"]["high"] <= high, "learning more never widens a score"


def test_a_second_look_within_a_week_asks_nobody_but_the_hub_once(
    score: Score, both: LoopbackWeb, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = score("--follow")
    asked = len(both.log)
    hub.clear_log()
    monkeypatch.setattr(linked, "open_web", lambda timeout: pytest.fail("nobody is to be asked"))
    second = score("--follow")
    assert second["findings"] == first["findings"]
    assert len(hub.requests()) == 1
    assert score("--follow", "--offline")["findings"] == first["findings"]
    assert len(both.log) == asked


def test_offline_is_unknown_and_never_silent(score: Score, both: LoopbackWeb) -> None:
    score()
    card = score("--follow", "--offline")
    assert both.log == []
    for about in ("training-code", "evaluation-code", "data-preprocessing-code", "datasets"):
        assert found(card, about)["status"] == "unknown", about
        assert found(card, about)["missing"]["reason"] == "offline", about


def test_a_rate_limit_is_unknown_and_never_silent(score: Score, both: LoopbackWeb) -> None:
    both.pages["api.github.com/repos/org/code/git/trees/HEAD"] = page("", 429, Retry_After="600")
    both.pages["raw.githubusercontent.com/org/code/HEAD/README.md"] = page("", 429, Retry_After="600")
    for about in ("training-code", "data-preprocessing-code"):
        finding = found(score("--follow"), about)
        assert (finding["status"], finding["missing"]["reason"]) == ("unknown", "rate-limited"), about


def test_the_hubs_token_goes_to_no_linked_place(
    score: Score, both: LoopbackWeb, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_canarycanary")
    hub.tokens = {"hf_canarycanary": set()}
    card = score("--follow")
    asked = [request for request in hub.log if request.path == "/api/datasets/org/set"]
    assert asked
    assert all(request.token is None for request in asked)
    assert "canary" not in str(both.log)
    assert "canary" not in json.dumps(card)


def test_hostile_names_and_titles_leave_escaped(
    both: LoopbackWeb, hub: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    links = "\n\n".join(f"https://arxiv.org/abs/2310.0{i:04}" for i in range(len(STRINGS)))
    hub.commit("org/name", files={"README.md": FRONT + LINKS + links + "\nhttps://github.com/org/x%1b]0;y\n"})
    for i, text in enumerate(STRINGS.values()):
        both.arxiv(f"2310.0{i:04}", f"Name {text}")
    names = [{"path": f"train/{text}.py", "type": "blob"} for text in STRINGS.values()]
    both.pages["api.github.com/repos/org/code/git/trees/HEAD"] = as_json({"tree": names})
    for format in formats("score"):
        assert run(["score", "org/name", "--follow", "--format", format]) == 0
        page = capsys.readouterr().out
        assert not any((ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 for letter in page), format
        assert not set("\u202e\u2066\u200b\ufeff") & set(page), format
        assert not any(line.lstrip().startswith("::") for line in page.splitlines()), format


def test_from_python(both: LoopbackWeb) -> None:
    import openness

    card = openness.score("org/name", follow=True)
    assert next(each for each in card.findings if each.about == "training-code").status == "released"
