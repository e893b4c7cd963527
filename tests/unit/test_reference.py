"""What a user may type for a release."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.core.errors import UsageError
from openness.sources.reference import parse_reference

SHA = "26bca36bde8333b5d7f72e9ed20ccda6a618af24"


@pytest.mark.parametrize(
    ("asked", "id", "revision"),
    [
        ("org/name", "org/name", None),
        (" org/name ", "org/name", None),
        ("gpt2", "gpt2", None),
        ("org/name@v1.0", "org/name", "v1.0"),
        ("org/name@refs/pr/1", "org/name", "refs/pr/1"),
        (f"org/name@{SHA}", "org/name", SHA),
        ("https://huggingface.co/org/name", "org/name", None),
        ("https://huggingface.co/org/name/", "org/name", None),
        ("huggingface.co/org/name", "org/name", None),
        ("https://hf.co/org/name?not-for-all-audiences=true", "org/name", None),
        ("https://huggingface.co/org/name/tree/main", "org/name", "main"),
        ("https://huggingface.co/org/name/tree/refs%2Fpr%2F3", "org/name", "refs/pr/3"),
        ("https://huggingface.co/org/name/tree/refs/pr/3/folder", "org/name", "refs/pr/3"),
        (f"https://huggingface.co/org/name/blob/{SHA}/README.md#L3", "org/name", SHA),
        ("https://huggingface.co/org/name/resolve/v2/config.json", "org/name", "v2"),
        ("https://huggingface.co/gpt2", "gpt2", None),
        ("https://huggingface.co/gpt2/tree/main", "gpt2", "main"),
        ("https://huggingface.co/models/org/name", "org/name", None),
        ("https://huggingface.co/org/name/discussions/4", "org/name", None),
        ("http://127.0.0.1:9/org/name", "org/name", None),
    ],
)
def test_understood(asked: str, id: str, revision: str | None) -> None:
    reference = parse_reference(asked)
    assert (reference.id, reference.revision) == (id, revision)
    assert reference.pinned == (revision == SHA)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "empty"),
        ("a/b/c", "not a model name"),
        ("org/", "not a model name"),
        ("/name", "not a model name"),
        ("../etc/passwd", "not a model name"),
        ("org/na me", "not a model name"),
        ("org/na--me", "not a model name"),
        ("org/na..me", "not a model name"),
        ("-org/name", "not a model name"),
        ("org/name.git", "not a model name"),
        ("org/" + "x" * 200, "not a model name"),
        ("org/naмe", "not a model name"),
        ("org/name@", "without a revision"),
        ("org/name@../../x", "cannot be a branch, tag or commit"),
        ("org/name@a b", "cannot be a branch, tag or commit"),
        ("https://example.com/org/name", "not on the Hub"),
        ("https://huggingface.co.evil.example/org/name", "not on the Hub"),
        ("https://user@huggingface.co/org/name", "not on the Hub"),
        ("ftp://huggingface.co/org/name", "not on the Hub"),
        ("https://huggingface.co/", "names no release"),
        ("https://huggingface.co/datasets/org/name", "datasets, not of a model"),
        ("https://huggingface.co/spaces/org/name", "spaces, not of a model"),
        ("https://[::1/org/name", "not an address"),
    ],
)
def test_refused_with_a_hint(asked: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_reference(asked)
    assert said in caught.value.message
    assert "org/name@revision" in caught.value.hint
    assert "\n" not in caught.value.message


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(asked: str) -> None:
    try:
        reference = parse_reference(asked)
    except UsageError:
        return
    assert ".." not in reference.id
    assert reference.id.count("/") <= 1
