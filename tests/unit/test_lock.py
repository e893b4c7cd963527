"""The lock: what is written is read back, and what became worse is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.core.errors import PolicyError
from openness.policy.lock import UNREAD, Locked, gaps, read, regressions, write

CLASSES = ("open-source", "open-weights", "restricted-weights", "closed")
ENTRY = Locked(
    "org/name",
    "org/name",
    "",
    "a" * 40,
    "retort",
    "0" * 64,
    ("open-weights",),
    (4_000, 6_000),
    "MIT",
    "open",
    "released",
    {"LICENSE": "1" * 64, "NOTICE.pdf": UNREAD},
    "2026-01-01",
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    other = replace(ENTRY, id="org/other", wanted="v1", score=None, texts={})
    (tmp_path / "openness.lock").write_text(write([ENTRY, other]), encoding="utf-8")
    assert read(tmp_path / "openness.lock") == {"org/name": ENTRY, "org/other": other}


def test_the_same_is_no_regression() -> None:
    assert list(regressions(ENTRY, ENTRY, CLASSES)) == []


@pytest.mark.parametrize(
    ("after", "rule", "certain"),
    [
        (replace(ENTRY, answered="evil/name"), "regression:renamed", True),
        (replace(ENTRY, classes=("closed",)), "regression:class", True),
        (replace(ENTRY, classes=("open-weights", "closed")), "regression:class", False),
        (replace(ENTRY, licence="CC-BY-NC-4.0"), "regression:licence", True),
        (replace(ENTRY, licence="unknown"), "regression:licence", False),
        (replace(ENTRY, access="manual-approval"), "regression:access", True),
        (replace(ENTRY, weights="silent"), "regression:weights", True),
        (replace(ENTRY, weights="unknown"), "regression:weights", False),
        (replace(ENTRY, texts=dict(ENTRY.texts) | {"LICENSE.md": "2" * 64}), "regression:licence-text", True),
        (replace(ENTRY, texts=dict(ENTRY.texts) | {"LICENSE.pdf": UNREAD}), "regression:licence-text", True),
        (replace(ENTRY, texts=dict(ENTRY.texts) | {"LICENSE": "3" * 64}), "regression:licence-text", True),
        (replace(ENTRY, texts={"NOTICE.pdf": UNREAD}), "regression:licence-text", True),
        (replace(ENTRY, revision="b" * 40), "regression:licence-unread", False),
    ],
)
def test_what_became_worse(after: Locked, rule: str, certain: bool) -> None:
    assert [(each.rule, each.certain) for each in regressions(ENTRY, after, CLASSES)] == [(rule, certain)]


@given(
    st.dictionaries(st.sampled_from(["LICENSE", "NOTICE", "COPYING"]), st.sampled_from(["1" * 64, "2" * 64, UNREAD]))
)
def test_every_other_set_of_licence_files_is_told_with_its_paths(texts: dict[str, str]) -> None:
    found = list(regressions(ENTRY, replace(ENTRY, texts=texts), CLASSES))
    differ = {path for path in ENTRY.texts.keys() | texts.keys() if ENTRY.texts.get(path) != texts.get(path)}
    assert {path for each in found for path in each.texts} == differ
    assert all(path in found[0].message for path in differ)


def test_what_an_entry_does_not_cover_is_said() -> None:
    assert len(list(gaps(ENTRY))) == 1
    assert len(list(gaps(replace(ENTRY, licence="unknown", access="unknown", weights="unknown")))) == 4


def test_a_revision_that_may_move_is_refused(tmp_path: Path) -> None:
    (tmp_path / "openness.lock").write_text(write([replace(ENTRY, revision="main")]), encoding="utf-8")
    with pytest.raises(PolicyError, match="full commit"):
        read(tmp_path / "openness.lock")
