"""The small language in which the lexicon's phrases are written."""

from __future__ import annotations

import pytest

from openness.reading.phrases import PhraseError, Spelling, compiled, needs

SETS = {"use": "use|uses in_use", "商": "商用|商业"}


def found(phrase: str, text: str) -> str | None:
    """What a phrase finds in a text, as it is written there."""
    wording = Spelling(text, 0, len(text))
    match = compiled(phrase, SETS).pattern.search(wording.words)
    if not match:
        return None
    start, end = wording.span(*match.span())
    return text[start:end]


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("not free", "It is not free.", "not free"),
        ("not free", "It is not so free.", None),
        ("not ~2 free", "It is *not* so very free.", "not* so very free"),
        ("not ~1 free", "It is not so very free.", None),
        ("not [very] free", "not free", "not free"),
        ("not [very] free", "NOT Very FREE", "NOT Very FREE"),
        ("free|open use", "open use", "open use"),
        ("no_cost use", "no-cost use", "no-cost use"),
        ("no $use", "no in use", "no in use"),
        ("commerc*", "commercially", "commercially"),
        ("use", "reuse", None),
        ("use", "uses", None),
        ("don't", "we don’t", "don’t"),
        ("不 ~2 $商", "不得商用。", "不得商用"),
        ("不 ~2 $商", "不得随意商业", None),
    ],
)
def test_phrases(phrase: str, text: str, expected: str | None) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize("phrase", ["", "~3 a", "a ~13 b", "$none", "a (b)", "[]", "*"])
def test_a_phrase_that_cannot_be_read(phrase: str) -> None:
    with pytest.raises(PhraseError):
        compiled(phrase, SETS)


def test_a_phrase_needs_a_literal() -> None:
    assert needs("no $use", SETS, ["use"])
    assert not needs("no [use]", SETS, ["use"])
    assert not needs("use|free", SETS, ["use"])
