"""Safety tuning: what a card denies, names, or leaves unsaid."""

from __future__ import annotations

import pytest

from openness.core.finding import Finding
from openness.core.release import ReadText
from openness.probes import assess
from openness.sources.answer import read_info
from openness.sources.assemble import build
from openness.sources.facts import HubFacts
from openness.sources.reference import parse_reference


def read(name: str, body: str, front: str = "license: mit") -> dict[str, Finding]:
    """What the probes find of a release with that name, front matter and text."""
    info = {"id": f"org/{name}", "sha": "0" * 40, "siblings": [{"rfilename": "README.md"}], "gated": False}
    card = ReadText("README.md", f"---\n{front}\n---\n{body}\n")
    facts = HubFacts(read_info(info), {"README.md": card}, seen_on="2026-11-24")
    return {each.about: each for each in assess(build(parse_reference(f"org/{name}"), facts, "hub"))}


@pytest.mark.parametrize(
    ("name", "body", "front", "value"),
    [
        ("tale", "This pretrained base model does not have any moderation.", "license: mit", "none"),
        ("tale-chat", "The model has not been aligned to human preferences.", "license: mit", "not-for-safety"),
        ("tale", "It is uncensored.", "base_model: other/base", "not-for-safety"),
        ("tale-chat", "We used RLHF so that it refuses harmful requests.", "license: mit", "tuned"),
        ("tale-instruct", "An instruction-tuned variant of Tale.", "license: mit", "instruct"),
        ("tale", "A language model for stories.", "license: mit", None),
        ("tale", "We will not use RLHF for safety.", "license: mit", None),
        ("tale", "| Other-Chat | RLHF | 6.9 |", "license: mit", None),
    ],
)
def test_whether_it_was_tuned_for_safety(name: str, body: str, front: str, value: str | None) -> None:
    found = read(name, body, front)["safety-tuning"]
    assert found.value == value
    assert (found.status == "silent") == (value is None)
    if value:
        assert found.evidence[0].quote in body


METHOD = "We used RLHF so that it refuses harmful requests."


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (METHOD, "described"),
        (f"{METHOD}\n\nThe preference data are 20,000 comparisons.", "partial"),
        (f"{METHOD}\n\nSafety evaluation: three of 400 prompts succeed.", "partial"),
        (f"{METHOD}\n\nThe preference data are 20,000 pairs.\n\nRed teaming found three faults.", "released"),
        ("The preference data are 20,000 pairs. Red teaming found three faults.", "silent"),
        ("A tale.", "silent"),
    ],
)
def test_how_well_its_tuning_is_described(body: str, status: str) -> None:
    found = read("tale-chat", body)["alignment-description"]
    assert found.status == status
    if status == "released":
        assert [each.note for each in found.evidence] == ["method", "data", "evaluation"]
