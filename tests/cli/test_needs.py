"""What the Hub did not give is unknown and decides nothing: end to end, through the real client."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import CARD, Run
from tests.hub.loopback import LFS, LoopbackHub

WEIGHTS: dict[str, Any] = {"config.json": "{}", "model.safetensors": LFS(size=10), "tokenizer.json": "{}"}
UNTAGGED = CARD.replace("license: apache-2.0\n", "")
MALFORMED = CARD.replace("license: apache-2.0\n", "datasets: [lab/tales]\narxiv: 2401.00001\nlicense: [apache-2.0\n")


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openness.sources.hubclient.FIRST_WAIT", 0.01)


def scored(cli: Run) -> dict[str, Any]:
    outcome = cli("score", "org/name", "--format", "json")
    assert outcome.code == 0, outcome.err
    card: dict[str, Any] = json.loads(outcome.out)["scorecards"][0]
    return card


def finding(card: dict[str, Any], about: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in card["findings"] if each["about"] == about)
    return found


def gate(card: dict[str, Any], name: str) -> str:
    state: str = next(each["state"] for each in card["gates"] if each["id"] == name)
    return state


def without_licence(hub: LoopbackHub, card: str) -> None:
    sha = hub.add_model("org/name", files={"README.md": card, "LICENSE": "All that is needed to know.", **WEIGHTS})
    hub.fault(f"/org/name/resolve/{sha}/LICENSE", kind="status", code=503)


def test_a_licence_file_that_was_not_read_leaves_the_licence_open(cli: Run, hub: LoopbackHub) -> None:
    without_licence(hub, UNTAGGED)
    card = scored(cli)
    licence = finding(card, "licence")
    assert (licence["status"], licence["missing"]["reason"]) == ("unknown", "unreachable")
    assert "LICENSE" in licence["missing"]["detail"]
    assert finding(card, "licence-conflict")["status"] == "unknown"
    assert finding(card, "governance")["status"] == "unknown"
    assert gate(card, "licence") == "open"
    assert len(card["verdict"]["classes"]) > 1
    page = cli("score", "org/name").out
    assert "on restrictive terms" not in page.splitlines()[0]


def test_a_tag_is_no_more_than_a_claim_beside_it(cli: Run, hub: LoopbackHub) -> None:
    without_licence(hub, CARD)
    card = scored(cli)
    licence = finding(card, "licence")
    assert (licence["status"], licence["possible"]) == ("unknown", ["released"])
    assert licence["evidence"][0]["quote"] == "apache-2.0"
    assert gate(card, "licence") == "open"


def test_read_again_the_licence_is_known(cli: Run, hub: LoopbackHub) -> None:
    without_licence(hub, UNTAGGED)
    assert gate(scored(cli), "licence") == "open"
    hub.clear_faults()
    assert finding(scored(cli), "licence")["status"] == "released"


def test_front_matter_that_is_malformed_is_not_empty(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": MALFORMED, **WEIGHTS})
    card = scored(cli)
    for about in ("data-card", "research-paper", "datasets", "licence"):
        missing = finding(card, about)["missing"]
        assert (finding(card, about)["status"], missing["reason"]) == ("unknown", "malformed"), about
    assert gate(card, "licence") == "open"


def test_a_card_that_was_not_read_is_not_silent(cli: Run, hub: LoopbackHub) -> None:
    sha = hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    hub.fault(f"/org/name/resolve/{sha}/README.md", kind="status", code=503)
    card = scored(cli)
    silent = [each["about"] for each in card["findings"] if each["status"] == "silent"]
    assert set(silent) <= {"lineage", "lineage-terms", "data-terms"}  # by what the Hub itself says of the card
    assert finding(card, "model-parameters-final")["status"] == "released"
