"""The reader of cards: front matter in its real shapes, hostile YAML, sections, links, hidden text."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.core.release import Reason, Unread
from openness.sources.cards import read_card


def metadata(front: str) -> object:
    return read_card("README.md", f"---\n{front}\n---\n# Title\n")[1]


@pytest.mark.parametrize(
    ("front", "key", "value"),
    [
        ("license: apache-2.0", "license", "apache-2.0"),
        ("license:\n- apache-2.0\n- bsd-3-clause", "license", ["apache-2.0", "bsd-3-clause"]),
        ("license: no", "license", "no"),
        ("language: no", "language", "no"),
        ("language:\n- en\n- no", "language", ["en", "no"]),
        ("datasets: c4", "datasets", "c4"),
        ("license:", "license", None),
        ("version: 1.10", "version", "1.10"),
        ("date: 2024-02-30", "date", "2024-02-30"),
        ("n: " + "9" * 5_000, "n", "9" * 5_000),
        ('license: "null"', "license", "null"),
        ("co2_eq_emissions:\n  emissions: 3.2", "co2_eq_emissions", {"emissions": "3.2"}),
        ("license: мит", "license", "мит"),
    ],
)
def test_values_stay_text(front: str, key: str, value: object) -> None:
    read = metadata(front)
    assert isinstance(read, dict)
    assert read[key] == value


@pytest.mark.parametrize(
    "front",
    [
        "license: [",
        "a: &a [x]\nb: *a",
        "license: mit\nlicense: apache-2.0",
        "- just\n- a list",
        "words",
        "a: " + "[" * 5_000,
        "a: !!python/object/apply:os.system ['true']\n b: [",
        "\t- tab",
        "x: " + "y" * 70_000,
        "\n".join(f"k{n}: v" for n in range(6_000)),
    ],
)
def test_malformed_front_matter_is_missing_not_a_crash(front: str) -> None:
    read = metadata(front)
    assert isinstance(read, Unread)
    assert read.reason in (Reason.MALFORMED, Reason.TOO_LARGE)
    assert read.detail
    assert "\n" not in read.detail


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    tracemalloc.start()
    started = time.perf_counter()
    assert isinstance(metadata(bomb), Unread)
    assert time.perf_counter() - started < 0.5
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("# No front matter\n", {}),
        ("", {}),
        ("---\n---\nx", {}),
        ("--- \nlicense: mit\n---\n", {}),
        ("----\nx\n----\n", {}),
    ],
)
def test_no_front_matter(text: str, read: object) -> None:
    assert read_card("README.md", text)[1] == read


def test_front_matter_without_an_end() -> None:
    read = read_card("README.md", "---\nlicense: mit\n# Title")[1]
    assert isinstance(read, Unread)


def test_windows_line_ends_and_a_rule_in_the_text() -> None:
    card, read = read_card("README.md", "---\r\nlicense: mit\r\n---\r\n# A\r\n\r\n---\r\ntext\r\n")
    assert read == {"license": "mit"}
    assert [section.title for section in card.sections] == ["", "A"]


CARD = """---
license: mit
---
# Model <!-- license: apache-2.0, fully open -->
Intro with [a paper](https://arxiv.org/abs/2310.06825) and https://github.com/org/code.

## Training data ##
```
# not a heading https://example.com/in-code
```
Text
Underlined
----------
<!-- hidden
all training data is released
-->
visible\u200b text
"""


def test_structure_and_hidden_text() -> None:
    card, _ = read_card("README.md", CARD)
    assert len(card.body) == len(card.text)
    assert card.body.count("\n") == card.text.count("\n")
    assert [(section.title, section.level) for section in card.sections[1:]] == [
        ("Model", 1),
        ("Training data", 2),
        ("Underlined", 2),
    ]
    assert "fully open" not in card.body
    assert "all training data is released" not in card.body
    assert "license: mit" not in card.body
    assert "\u200b" not in card.body
    assert [(link.url, link.text, link.line) for link in card.links][:2] == [
        ("https://arxiv.org/abs/2310.06825", "a paper", 5),
        ("https://github.com/org/code", "Intro with [a paper](https://arxiv.org/abs/2310.06825) and", 5),
    ]


@given(st.text(max_size=2_000))
def test_any_text_is_read_and_offsets_hold(text: str) -> None:
    card, _ = read_card("README.md", text)
    assert len(card.body) == len(card.text)
    lines = card.text.count("\n") + 1
    for section in card.sections:
        assert 1 <= section.first <= section.last <= lines


@pytest.mark.parametrize("unit", ["[a](", "<!--", "# x\n", "```\n", "https://", "[", "---\n", "*_"])
def test_reading_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        started = time.perf_counter()
        read_card("README.md", text)
        return time.perf_counter() - started

    size = 200_000 // len(unit)
    seconds(100)
    assert seconds(size) < 2.0
