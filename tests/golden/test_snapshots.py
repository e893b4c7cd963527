"""Whole pages, compared with what they were."""

from __future__ import annotations

import pytest

from openness.core.release import ReadText
from openness.core.scorecard import Scorecard
from openness.engine import Options, judge, score_one
from openness.outputs.base import Canvas, Explained, draw
from openness.sources.answer import read_info
from openness.sources.assemble import build
from openness.sources.facts import HubFacts
from openness.sources.reference import parse_reference
from tests.golden.compare import hold

SHA = "0123456789abcdef0123456789abcdef01234567"
CARD = """---
license: apache-2.0
language: no
base_model: meta-llama/Llama-2-7b-hf
datasets:
- org/stories
---
# Tale 7B

Tale 7B is our fully open source model, tuned on stories. The training code is at https://github.com/example/tale.

## Training data

It was trained on [our stories](https://huggingface.co/datasets/org/stories), which are released in full.

## Limitations

It may say things that are wrong, and should not be used to decide about people.
"""


@pytest.fixture(autouse=True)
def _public_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_ENDPOINT")


def from_the_hub() -> Scorecard:
    """A release as the Hub would show it: a card with claims, a base model, no licence file."""
    files = ("README.md", "config.json", "model-00001-of-00001.safetensors", "tokenizer.json")
    info = {
        "id": "org/tale-7b",
        "sha": SHA,
        "author": "org",
        "gated": False,
        "private": False,
        "disabled": False,
        "siblings": [{"rfilename": path} for path in files],
        "pipeline_tag": "text-generation",
        "tags": ["license:apache-2.0"],
    }
    facts = HubFacts(read_info(info), {"README.md": ReadText("README.md", CARD)}, seen_on="2026-11-24")
    return judge(build(parse_reference("org/tale-7b"), facts, "hub"), Options())


def catalogued(name: str) -> Scorecard:
    return score_one(name, Options(offline=True))


@pytest.mark.parametrize("name", ["mistralai/Mistral-7B-v0.1", "llama-2", "gpt-4", "pythia-12b"])
def test_the_table_of_a_catalogued_release(name: str) -> None:
    hold(f"{name.rpartition('/')[2]}.txt", draw("score", "table", [catalogued(name)], Canvas()))


@pytest.mark.parametrize("width", [48, 80, 160])
def test_the_table_of_a_release_on_the_hub(width: int) -> None:
    page = draw("score", "table", [from_the_hub()], Canvas(width))
    assert max(len(line) for line in page.partition("\nSources\n")[0].splitlines()) <= width
    hold(f"hub-{width}.txt", page)


def test_the_table_with_colours_and_links() -> None:
    hold("hub-colour.txt", draw("score", "table", [from_the_hub()], Canvas(colour=True, links=True)))


@pytest.mark.parametrize(("format", "suffix"), [("markdown", "md"), ("json", "json")])
def test_other_formats(format: str, suffix: str) -> None:
    hold(f"hub.{suffix}", draw("score", format, [from_the_hub()], Canvas()))


@pytest.mark.parametrize(("format", "suffix"), [("table", "txt"), ("markdown", "md")])
def test_several_releases(format: str, suffix: str) -> None:
    hold(f"several.{suffix}", draw("score", format, [from_the_hub(), catalogued("gpt-4")], Canvas()))


@pytest.mark.parametrize(("format", "suffix"), [("table", "txt"), ("markdown", "md")])
def test_one_criterion_explained(format: str, suffix: str) -> None:
    hold(f"explained.{suffix}", draw("explain", format, Explained((from_the_hub(),), "data-exact"), Canvas()))
