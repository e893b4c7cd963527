"""Template words say nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.reading.lexicon import placeholder_words
from openness.reading.placeholders import is_empty, is_placeholder, without_placeholders

WHOLE, BEGINS = placeholder_words()


@pytest.mark.parametrize("words", WHOLE + BEGINS)
def test_every_word_of_the_lexicon_is_a_placeholder(words: str) -> None:
    assert is_placeholder(words)
    assert is_placeholder(f"- *{words.capitalize()}.*")
    assert not without_placeholders(f"{words}\n").strip()


@pytest.mark.parametrize(
    "text",
    [
        "[More Information Needed]",
        "[More Information Needed](https://example.org/x)",
        "- **Developed by:** [More Information Needed]",
        "| Licence | TBD |",
        "{{ model_summary | default('', true) }}",
        "Describe your model here.",
        "Please describe the training data here",
        "<insert name here>",
        "[your name]",
        "TODO",
        "待补充",
    ],
)
def test_placeholders(text: str) -> None:
    assert is_placeholder(text)
    assert not without_placeholders(text).strip()
    assert is_empty(f"## Uses\n\n{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Apache-2.0",
        "The model writes TODO lists.",
        "We describe the data here, and say what it lacks.",
        "More information needed to answer is asked for in a dialogue.",
        "None",
        "{x}",
        "Licence: Apache-2.0",
        "What is needed is more information.",
    ],
)
def test_what_is_no_placeholder(text: str) -> None:
    assert not is_placeholder(text)
    assert without_placeholders(text) == text


def test_a_sentence_behind_a_placeholder_stays() -> None:
    text = "More information needed. It was trained on letters."
    assert without_placeholders(text).strip() == "It was trained on letters."


def test_code_and_headings_are_left_as_they_are() -> None:
    text = "# TODO\n\n```\nTODO\n```\n"
    assert without_placeholders(text) == text


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True),
        ("## Uses\n\n### Direct use\n", True),
        ("## Uses\n\nMore information needed\n", True),
        ("| A | B |\n|---|---|\n", True),
        ("| A | B |\n|---|---|\n| 1 | 2 |\n", False),
        ("**Data:**\n\n- [More Information Needed]\n", True),
        ("**Data:**\n\n- letters\n", False),
        ("Used in schools.", False),
        ("---\n", True),
    ],
)
def test_a_section_of_nothing_is_empty(text: str, empty: bool) -> None:
    assert is_empty(text) is empty


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            ["More information needed", "TODO", "{{ ", " }}", ": ", "\n", "# ", "```", "a", ". ", "[", "](b)"]
        ),
        max_size=30,
    ).map("".join)
    | st.text(max_size=200)
)
def test_blanking_keeps_length_and_lines(text: str) -> None:
    shown = without_placeholders(text)
    assert len(shown) == len(text)
    assert shown.count("\n") == text.count("\n")
    is_empty(text)
