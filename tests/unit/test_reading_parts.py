"""Which part of a release each clause speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.reading.parts import clause_at, clauses, parts_at, parts_of
from openness.reading.passages import masked, passages, sentences
from openness.reading.statement import Part


def shown(text: str) -> dict[str, str]:
    """For each of the names MIT and NC in a text, the parts that it is said of."""
    words, found = masked(text), clauses(text)
    result = {}
    for name in ("MIT", "NC"):
        place = words.find(name)
        clause = clause_at(found, place)
        if place >= 0 and clause:
            result[name] = ", ".join(sorted(parts_at(words, clause, place, place + len(name))))
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The code is released under MIT; the weights are under NC.", ("code", "weights")),
        ("The code is released under MIT and the model weights under NC.", ("code", "weights")),
        ("License: MIT (code), NC (weights)", ("code", "weights")),
        ("MIT for the code and NC for the weights.", ("code", "weights")),
        ("Code is MIT, weights are NC.", ("code", "weights")),
        ("While the code is MIT, the weights are NC.", ("code", "weights")),
        ("The weights are NC, whereas the code is MIT.", ("code", "weights")),
        ("The source code is under MIT.\nThe model weights are released under NC.", ("code", "weights")),
        ("The code is MIT, but the weights are not. They are NC.", ("code", "weights")),
        ("- **Code**: MIT\n- **Weights**: NC", ("code", "weights")),
        ("* Code: MIT\n* Data: NC", ("code", "data")),
        ("| | License |\n|---|---|\n| Code | MIT |\n| Weights | NC |", ("code", "weights")),
        ("| | Code | Weights |\n|---|---|---|\n| License | MIT | NC |", ("code", "weights")),
        (
            "| Artifact | License | Link |\n|---|---|---|\n| Code | MIT | x |\n| Model weights | NC | y |",
            ("code", "weights"),
        ),
        ("## Code license\n\nMIT.\n\n## Model weights\n\nReleased under NC.", ("code", "weights")),
        ("<h2>Code</h2>\n\nMIT\n\n<h2>Weights</h2>\n\nNC", ("code", "weights")),
        ("Code license\n============\n\nMIT\n\nData\n----\n\nNC", ("code", "data")),
        ("Everything in this repository is MIT. The data set is NC.", ("all", "data")),
        ("代码采用 MIT 许可，模型权重采用 NC 许可。", ("code", "weights")),
        ("代码：MIT；权重：NC。", ("code", "weights")),
        ("The inference code is MIT licensed; our checkpoints are NC.", ("code", "weights")),
        ("The documentation is under MIT, generated images are under NC.", ("docs", "outputs")),
    ],
)
def test_each_name_is_bound_to_its_part(text: str, expected: tuple[str, str]) -> None:
    assert shown(text) == {"MIT": expected[0], "NC": expected[1]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Code, data and weights are under MIT.", "code, data, weights"),
        ("The code and the model weights are MIT.", "code, weights"),
        ("Released under MIT and trained on public data.", ""),
        ("The data set used to train the model is MIT.", "data"),
        ("This model is MIT.", "weights"),
        ("The model card is MIT.", "docs"),
        ("MIT licensed code.", "code"),
        ("We are MIT.", ""),
        ("Code Orion is MIT.", ""),
        ("A code generation service, MIT.", ""),
        ("The Software is under MIT.", ""),
        ("This software is under MIT.", "code"),
        ("The model was trained on data that is MIT.", "data"),
        ("# A model\n\nMIT.", ""),
        ("# Model card\n\n## Details\n\nMIT.", ""),
    ],
)
def test_the_subject_of_one_name(text: str, expected: str) -> None:
    assert shown(text)["MIT"] == expected


def test_a_clause_says_whether_its_part_is_its_own() -> None:
    own, inherited = clauses("The weights are new. They are free.")
    assert (own.parts, own.inherited) == (frozenset({Part.WEIGHTS}), False)
    assert (inherited.parts, inherited.inherited) == (frozenset({Part.WEIGHTS}), True)


def test_respectively_is_told_by_order() -> None:
    (clause,) = clauses("Code and weights are under MIT and NC respectively.")
    assert clause.ordered
    assert clause.parts == {Part.CODE, Part.WEIGHTS}


def test_headings_and_code_are_no_clauses() -> None:
    text = "# The code\n\n```\nthe weights\n```\n"
    assert clauses(text) == ()
    assert clause_at((), 3) is None


@pytest.mark.parametrize("part", list(Part))
def test_every_part_can_be_named(part: Part) -> None:
    words = {"all": "all materials", "docs": "the documentation", "outputs": "generated images"}
    assert parts_of(words.get(part, f"the {part}")) == {part}


def test_sentences_end_where_they_do() -> None:
    text = "We use it, e.g. for tests. It has 1.5 parts (v1.0)! 是的。好"
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == [
        "We use it, e.g. for tests.",
        "It has 1.5 parts (v1.0)!",
        "是的。",
        "好",
    ]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                "|",
                "---",
                "\n",
                "# A",
                "- ",
                "the code",
                "and",
                "the weights",
                "is",
                ",",
                "```",
                "<td>",
                "<br>",
                "](x)",
                "https://a.b/c",
                "===",
            ]
        ),
        max_size=50,
    ).map(" ".join)
    | st.text(max_size=300)
)
def test_any_text_can_be_cut(text: str) -> None:
    words = masked(text)
    assert len(words) == len(text)
    assert words.count("\n") == text.count("\n")
    last = 0
    for passage in passages(text):
        assert last <= passage.start < passage.end <= len(text)
        last = passage.end
    for clause in clauses(text):
        assert 0 <= clause.start < clause.end <= len(text)
