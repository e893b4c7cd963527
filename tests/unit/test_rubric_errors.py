"""A rubric that cannot be used is told by file, line and column, with what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from openness.core.errors import RubricError, UsageError
from openness.rubric.library import folder, load, load_file

SOUND = (folder() / "retort.yaml").read_text(encoding="utf-8")


def broken(tmp_path: Path, old: str, new: str) -> tuple[Path, int]:
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path, text[: text.index(new)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("weight: 4", "weight: 0", "greater than 0"),
        ("weight: 4", "weight: nan", "valid integer"),
        ("weight: 4", "weight: 1e308", "valid integer"),
        ("weight: 4", 'weight: "4"', "valid integer"),
        ("weight: 4", "wieght: 4", "this key is not known"),
        ("{finding: datasets, status: released}", "{finding: dataset, status: released}", "did you mean 'datasets'?"),
        ("{finding: datasets, status: released}", "{finding: datasets, status: open}", "Input should be 'released'"),
        ("{finding: datasets, status: released}", "{finding: datasets}", "a finding needs at least one of"),
        (
            "{finding: datasets, status: released}",
            "{finding: datasets, gate: licence, status: released}",
            "exactly one of",
        ),
        ("dimension: weights", "dimension: wieghts", "no dimension is called 'wieghts'"),
        ("[weights-final, licence-osi,", "[weights-final, licence-oso,", "no criterion is called"),
        ("{gate: reproducible}]}", "{gate: reproducable}]}", "no gate is called"),
        ("open-source: [open-source]", "open-source: [open-sauce]", "no class is called"),
        ("rubric: retort", "rubric: Retort!", "String should match pattern"),
    ],
)
def test_fault_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path, line = broken(tmp_path, old, new)
    with pytest.raises(RubricError) as caught:
        load_file(path)
    assert message in caught.value.message
    lines = [int(each.split(":")[1]) for each in caught.value.message.split("\n")]
    assert any(abs(each - line) <= 8 for each in lines), (lines, line)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rubric: [", "mine.yaml:"),
        ("a: &x [1]\nb: *x\n", "aliases"),
        ("a: 1\na: 2\n", "mine.yaml:2:1: the key 'a' appears twice"),
        ("[" * 40, "nested more than 16 levels"),
        ("? [1]\n: 2\n", "a key must be plain text"),
        ("just words", "mine.yaml:1:1"),
        ("", "mine.yaml:1:1"),
    ],
)
def test_no_rubric_at_all(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match=r".") as caught:
        load_file(path)
    assert message in caught.value.message


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        load_file(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RubricError, match="not UTF-8"):
        load_file(tmp_path / "bytes.yaml")
    (tmp_path / "big.yaml").write_bytes(b"#" * (1 << 21))
    with pytest.raises(RubricError, match="larger than 1 MiB"):
        load_file(tmp_path / "big.yaml")


def test_a_name_that_is_not_known_lists_those_that_are() -> None:
    with pytest.raises(UsageError) as caught:
        load("retrot")
    assert "retort" in caught.value.hint


def test_a_user_rubric_judges(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(SOUND.replace("rubric: retort", "rubric: mine"), encoding="utf-8")
    assert load(str(path)).compiled.id == "mine"
