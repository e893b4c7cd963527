"""Access: the gate, what it asks for, whether it says why it is there."""

from __future__ import annotations

import pytest

from openness.core.finding import Status
from tests.unit.probing import findings

PROMPT = "---\nextra_gated_prompt: >-\n  {0}\nextra_gated_fields:\n  Name: text\n  Country: country\n---\nA tale."


@pytest.mark.parametrize(
    ("gated", "value"), [(False, "open"), ("auto", "click-through"), ("manual", "manual-approval")]
)
def test_the_gate(gated: object, value: str) -> None:
    found = findings("A tale.", gated=gated)["access"]
    assert (found.status, found.value) == (Status.RELEASED, value)


def test_what_the_gate_asks_for_is_evidence() -> None:
    found = findings(PROMPT.format("Please ask."), gated="manual")["access"]
    assert [each.quote for each in found.evidence] == ["manual", "Name, Country"]
    assert found.evidence[1].note == "what the gate asks for"
    assert len(findings(PROMPT.format("Please ask."), gated=False)["access"].evidence) == 1


def test_a_prompt_alone_shows_no_gate() -> None:
    found = findings(PROMPT.format("You must agree to the terms."), gated=None)
    assert found["access"].status is Status.UNKNOWN
    assert found["access-reason"].status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("We restrict access in order to keep the model out of the wrong hands. You must agree.", Status.DESCRIBED),
        ("Access is reviewed by hand because of dual use.", Status.DESCRIBED),
        ("You must agree to share your name, and will then be granted a download.", Status.PARTIAL),
        ("Welcome to the wonderful world of tales and stories.", Status.PARTIAL),
        ("Hello.", Status.SILENT),
    ],
)
def test_whether_a_reason_is_given(said: str, status: Status) -> None:
    assert findings(PROMPT.format(said), gated="auto")["access-reason"].status is status


def test_the_card_may_say_why() -> None:
    card = "Access to the weights is gated so that we can see who uses it.\n\n## Request access\n\nAsk us."
    assert findings(card, gated="manual")["access-reason"].status is Status.DESCRIBED


@pytest.mark.parametrize(
    ("card", "files", "value"),
    [
        ("Get it by torrent:\n\nmagnet:?xt=urn:btih:0123\n", ("README.md",), "mirror"),
        ("The model is only available through our API.", ("README.md",), "api-only"),
        ("The torrent file will be released soon.", ("README.md",), "open"),
        ("Get it by torrent: magnet:?xt=urn:btih:0123", ("README.md", "model.safetensors"), "open"),
    ],
)
def test_weights_that_are_elsewhere(card: str, files: tuple[str, ...], value: str) -> None:
    assert findings(card, files)["access"].value == value


def test_without_a_gate_no_reason_is_owed() -> None:
    assert findings("A tale.", gated=False)["access-reason"].status is Status.NOT_APPLICABLE
