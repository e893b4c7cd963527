"""Limits in plain words: the lexicon's own examples, sentences that must not be taken for a limit, and a gate's words."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.core.licence import TERMS
from openness.reading.gate import gate_statements
from openness.reading.lexicon import STRENGTHS, limits_lexicon
from openness.reading.limits import limits, terms_of
from openness.reading.statement import Act, Confidence, Part, Stance, Statement, Whose, named_parts
from openness.reading.whose import Names

LEXICON = limits_lexicon()
FIND = [(limit.kind, group.strength, text) for limit in LEXICON.limits for group in limit.groups for text in group.find]
SKIP = [(limit.kind, text) for limit in LEXICON.limits for text in limit.skip]
DOUBT = [(limit.kind, text) for limit in LEXICON.limits for text in limit.doubt]


def of_kind(text: str, kind: str) -> list[Statement]:
    """The statements of one kind of limit in a text."""
    return [statement for statement in limits(text) if statement.value == kind]


def certain(text: str) -> dict[str, str]:
    """Kinds of limit that a text states for certain, with their parts, data and documents left out."""
    return {
        each.value: named_parts(each)
        for each in limits(f"# A model\n\n{text}")
        if each.certain and not (each.parts and each.parts <= {Part.DATA, Part.DOCS})
    }


@pytest.mark.parametrize(("kind", "strength", "text"), FIND)
def test_an_example_is_found_with_the_strength_of_its_group(kind: str, strength: str, text: str) -> None:
    assert any(
        (each.stance, each.confidence) == STRENGTHS[strength] and each.whose is Whose.THIS
        for each in of_kind(text, kind)
    )


@pytest.mark.parametrize(("kind", "text"), SKIP)
def test_a_counterexample_is_not_asserted_of_this_release(kind: str, text: str) -> None:
    found = of_kind(text, kind)
    assert not [each for each in found if each.whose is Whose.THIS and each.stance is Stance.ASSERTED]


@pytest.mark.parametrize(("kind", "text"), DOUBT)
def test_a_doubtful_example_is_found_and_not_certain(kind: str, text: str) -> None:
    found = of_kind(text, kind)
    assert found
    assert not any(each.certain for each in found)


@pytest.mark.parametrize("text", LEXICON.nothing)
def test_what_holds_no_limit(text: str) -> None:
    assert limits(text) == ()


@pytest.mark.parametrize("limit", LEXICON.limits, ids=lambda limit: limit.kind)
def test_every_limit_means_terms_and_has_examples_both_ways(limit: object) -> None:
    kind = limit.kind  # type: ignore[attr-defined]  # parametrize loses the type
    entry = next(each for each in LEXICON.limits if each.kind == kind)
    assert set(entry.terms) <= set(TERMS)
    assert entry.terms
    assert entry.skip
    assert all(group.find for group in entry.groups)


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("The model weights are for non-commercial use only, while the code is MIT.", "non-commercial", "weights"),
        ("The code is MIT; the weights may not be used commercially.", "non-commercial", "weights"),
        ("The code is MIT, but the weights are for research purposes only.", "research-only", "weights"),
        ("You are not allowed to use these weights in commercial products.", "non-commercial", "weights"),
        ("Any commercial use of the weights is strictly prohibited.", "non-commercial", "weights"),
        ("This model can only be used for research.", "research-only", "weights"),
        ("This project is for educational purposes only.", "academic-only", "all"),
        ("**Non-commercial use only.**", "non-commercial", ""),
        ("**For non-commercial use only**", "non-commercial", ""),
        ("The weights are released for non-\ncommercial use only.", "non-commercial", "weights"),
        ("- **Weights**: non-commercial use only", "non-commercial", "weights"),
        ("The checkpoint is for [non-commercial](https://example.org/x) *use* only.", "non-commercial", "weights"),
        ("## Weights\n\nFor non-commercial use only.", "non-commercial", "weights"),
        ("代码采用 MIT 协议，模型权重禁止商用。", "non-commercial", "weights"),
        ("本模型仅用于研究目的，不得用于商业用途。", "research-only", "weights"),
        ("The model is made available strictly for non-commercial purposes.", "non-commercial", "weights"),
        ("For commercial use you need a Software Usage Agreement from the authors.", "authorisation-needed", ""),
        ("Our model is free for research, but needs authorization for commerce.", "authorisation-needed", "weights"),
        ("For research purposes only. Commercial use is not permitted.", "non-commercial", ""),
        ("The code and weights are available for non-commercial academic purposes.", "non-commercial", "code, weights"),
    ],
)
def test_a_limit_is_certain_and_bound_to_its_part(text: str, kind: str, parts: str) -> None:
    assert certain(text).get(kind) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The model may be used for any purpose, commercial or not.",
        "Released under the Apache 2.0 License for research and commercial use.",
        "This model is not restricted to non-commercial use.",
        "We removed the non-commercial restriction in this release.",
        "The original Foo weights are for non-commercial use only.",
        "Foobar's licence prohibits commercial use, so we trained from scratch.",
        "Whether commercial use is prohibited depends on your jurisdiction.",
        "We do not use any data from commercial services for training.",
        "It cannot be used as a replacement for commercial translation software.",
        "The evaluation was limited to research papers.",
        "We only evaluated on academic benchmarks.",
        "No commercial model was used in the making of the data.",
        "Our demo is free for non-commercial use; the weights are MIT.",
        "This project uses FooNet, which is licensed for non-commercial use only.",
        "It relies on the BarLib tokenizer (non-commercial use only).",
        '"This model is for non-commercial use only" was removed from the card.',
        "We plan to release a non-commercial version.",
        "The data set is licensed for research only, the model is Apache-2.0.",
        "Models trained with this code may be for research only.",
        "> Is commercial use prohibited?",
        "For commercial use, no permission is required.",
        "The weights are not restricted to researchers.",
        "Commercial models are not allowed to take part in the ranking.",
        "The model does not work for users in China.",
        "The weights are under CC BY-NC 4.0.",
        "```\n# for non-commercial use only\n```",
        "## Acknowledgements\n\nThe code of the loader is for non-commercial use only.",
        "| Model | Licence | Size |\n|---|---|---|\n| Foo-7B | for non-commercial use only | 7B |",
        "- [Foo-7B](https://example.org) (for research purposes only)",
        "Weights of OtherNet 2 are for non-commercial use only.",
        "该模型不是非商业的。",
        "数据集仅供研究使用。",
        "支持商用，遵循许可协议。",
    ],
)
def test_what_is_no_certain_limit(text: str) -> None:
    assert certain(text) == {}


def test_names_tell_this_release_from_its_base() -> None:
    text = "Orion is for non-commercial use only."
    names = Names(own=("lab/Orion-7B",))
    assert [each.certain for each in limits(text, names=names)] == [True]
    assert [each.whose for each in limits(text, names=Names(own=("x/Draco",), bases=("lab/Orion",)))] == [Whose.BASE]
    assert [each.confidence for each in limits(text)] == [Confidence.LOW]


def test_lines_and_quote_are_those_of_the_file() -> None:
    text = "# A\n\nThe weights are great.\nThe weights may not\nbe used commercially. Enjoy."
    (found,) = limits(text, first_line=11)
    assert found.lines == (14, 15)
    assert found.quote == "The weights may not\nbe used commercially."
    assert found.quote in text


def test_a_long_sentence_is_quoted_around_the_limit() -> None:
    text = "The model, " + "which we like a lot and " * 40 + "is licensed for non-commercial use only."
    quotes = [each.quote for each in limits(text)]
    assert quotes
    assert all(len(quote) <= 280 and "non-commercial use" in quote and quote in text for quote in quotes)


def test_terms_of_a_limit() -> None:
    (territory,) = limits("The weights are not licensed for use within the European Union.")
    assert terms_of(territory) == {"territory": "European Union"}
    (commercial,) = limits("Commercial use is prohibited.")
    assert terms_of(commercial) == {"commercial-use": "no"}


def test_a_gate_says_who_is_kept_out_and_what_is_promised() -> None:
    text = (
        "---\nlicense: apache-2.0\nextra_gated_eu_disallowed: true\nextra_gated_fields:\n  Full name: text\n"
        "  Where you live: country\n  I will use this model for non-commercial purposes ONLY: checkbox\n"
        "  I accept the terms: checkbox\n  What do you plan: text\n---\n"
    )
    metadata = {
        "extra_gated_eu_disallowed": "true",
        "extra_gated_prompt": "By asking for access you agree that the weights must not be used in commercial products.",
        "extra_gated_fields": {
            "Full name": "text",
            "Where you live": "country",
            "I will use this model for non-commercial purposes ONLY": "checkbox",
            "I accept the terms": "checkbox",
            "What do you plan": {"type": "select", "options": ["a"]},
        },
    }
    found = gate_statements(metadata, text)
    limited = [(each.value, each.detail, each.lines) for each in found if each.act is Act.LIMITED]
    assert limited == [
        ("non-commercial", "", (1, 1)),
        ("non-commercial", "", (7, 7)),
        ("territory", "European Union", (3, 3)),
    ]
    asked = [(each.value, each.detail) for each in found if each.act is Act.ASKED]
    assert asked == [("identity", "name"), ("identity", "country"), ("agreement", ""), ("answer", "purpose")]
    assert found[-1].quote == "extra_gated_eu_disallowed: true"
    assert all(each.certain for each in found)


def test_a_gate_without_words_says_nothing() -> None:
    assert gate_statements({"license": "mit", "extra_gated_eu_disallowed": "false", "extra_gated_fields": ["x"]}) == ()


PIECES = st.sampled_from(
    [
        "non-commercial",
        "use",
        "only",
        "commercial",
        "not",
        "research",
        "the weights",
        "，",
        "商用",
        "不得",
        "|",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "```",
        "for",
        '"',
        "<td>",
        "<!--",
        "[x](",
        ")",
        "**",
        ". ",
        "; ",
        "which",
        "is",
        "European Union",
        "\x00",
        "\u200b",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=60).map(" ".join) | st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    lines = text.split("\n")
    for each in limits(text):
        assert each.quote in text
        assert 0 < len(each.quote) <= 280
        assert 1 <= each.lines[0] <= each.lines[1] <= len(lines)


@pytest.mark.parametrize(
    "unit",
    [
        "The weights are for non-commercial use only. ",
        "not commercial ",
        "for ",
        "research, and the code, ",
        "| commercial ",
        "“commercial",
        "<td commercial ",
        "](commercial ",
        "商用",
        "commercial\n",
    ],
)
def test_time_grows_no_faster_than_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = 9e9
        for _ in range(3):
            begin = time.perf_counter()
            limits(text)
            best = min(best, time.perf_counter() - begin)
        return best

    limits(unit)
    assert seconds(80_000) < 4 * seconds(20_000) * 2 + 0.05
