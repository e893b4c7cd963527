"""Prose that names licences, and terms in plain words."""

from __future__ import annotations

import time

import pytest

from openness.core.licence import NONE_STATED
from openness.licences import licence_ids, load, lookup
from openness.licences.mentions import find_mentions
from openness.licences.words import side_by_side, summarise

CARD = """---
license: mit
---
# A model

It was trained on many licensed books.

## License

The code is released under the [Apache License 2.0](https://www.apache.org/licenses/LICENSE-2.0).
The model weights are licensed under the Llama 2 Community License. This is not licensed under the GPL-3.0 license.

## Use

Qwen and Gemma are other models. See https://creativecommons.org/licenses/by/4.0/ for pictures.
"""


def test_a_licence_section_names_a_licence_for_each_part() -> None:
    """`LICENSE` is often only the code's: what the sentence speaks of is kept."""
    found = [(mention.licence.id, mention.line, set(mention.about)) for mention in find_mentions(CARD)]
    assert found == [("Apache-2.0", 10, {"code"}), ("llama-2", 11, {"weights"})]


@pytest.mark.parametrize(
    ("sentence", "ids"),
    [
        ("This model is licensed under the MIT license.", ["MIT"]),
        ("**License:** cc-by-nc-4.0", ["CC-BY-NC-4.0"]),
        ("DBRX is provided under and subject to the Databricks Open Model License.", ["dbrx-open-model"]),
        ("We trained Qwen on permissive data, licensed from partners.", []),
        ("It is no longer under the Apache 2.0 license.", []),
        ("licensed under the Аpache-2.0 license", []),
    ],
)
def test_sentences(sentence: str, ids: list[str]) -> None:
    assert [mention.licence.id for mention in find_mentions(sentence)] == ids


@pytest.mark.parametrize(
    "text",
    ["license " * 50_000, "# license\n" * 40_000, "\n" * 400_000, "licensed under " * 30_000, "https://" * 50_000],
)
def test_hostile_prose_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    find_mentions(text)
    assert time.perf_counter() - start < 2


def test_plain_words() -> None:
    summary = summarise(lookup("llama3.1"))
    assert "use it commercially, below the limit that the licence sets" in [sentence.text for sentence in summary.may]
    assert 'show "Built with Llama"' in [sentence.text for sentence in summary.must]
    assert any(sentence.term == "field-of-use" for sentence in summary.may_not)
    summary = summarise(lookup("cc-by-nc-4.0"))
    assert "use it commercially" in [sentence.text for sentence in summary.may_not]
    assert not summarise(NONE_STATED).may


def test_every_licence_can_be_said_in_words() -> None:
    for licence_id in licence_ids():
        licence = load(licence_id)
        assert licence is not None
        summary = summarise(licence)
        assert bool(summary.may or summary.may_not or summary.know) == bool(licence.terms), licence_id


def test_two_licences_side_by_side() -> None:
    rows = {
        key: (one and one.value, other and other.value)
        for key, one, other in side_by_side(lookup("mit"), lookup("llama2"))
    }
    assert rows["commercial-use"] == ("yes", "threshold")
    assert rows["threshold"][0] is None
