"""Names that are planted in code and configuration: what is found of them, on which line, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openness.policy.discover import Discovered, chosen, discover, distinct, named, sightings, summary
from tests.unit.planted_code import CODE, EXTRA
from tests.unit.planted_files import FILES

PLANTED = CODE | FILES
NAME = re.compile(r"\byes/[\w-]+(?:\.[0-9]+)*")


def planted(name: str) -> set[tuple[str, int]]:
    """The names that stand in a file, each with its line."""
    lines = enumerate(PLANTED[name].splitlines(), 1)
    return {(found, number) for number, line in lines for found in NAME.findall(line)} | EXTRA.get(name, set())


def seen(name: str) -> set[tuple[str, int]]:
    """The names that count in a file, as its reader finds them, each with its line."""
    reader = chosen(Path(name).name)
    assert reader is not None, name
    return {(each.id, each.line) for each in sightings(PLANTED[name], reader) if not each.left_out}


def test_there_are_enough_names_and_files() -> None:
    assert sum(len(planted(name)) for name in PLANTED) >= 120
    assert len(PLANTED) >= 40


@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_name_is_found_on_its_line_and_no_other(name: str) -> None:
    assert seen(name) == planted(name)


@pytest.mark.parametrize(
    ("name", "release", "revision"),
    [
        ("libraries.py", "yes/download-keyword", "0123abc"),
        ("names.py", "yes/passed-to-own-function", "v1"),
        ("notebook.ipynb", "yes/notebook-call", "main"),
        ("adapter_config.json", "yes/adapter-base", "main"),
        ("k8s.yaml", "yes/k8s-args", "refs/pr/1"),
        ("conf/model/llm.yaml", "yes/hydra-nested", "v2"),
        ("pyproject.toml", "yes/toml-table", "abc"),
        ("run.sh", "yes/shell-download", "abc123"),
        ("run.sh", "yes/shell-curl", "main"),
        ("libraries.py", "yes/single-file", "main"),
        ("app.js", "yes/js-pipeline", None),
        ("app.js", "yes/js-multi-line", "main"),
    ],
)
def test_revisions_are_kept(name: str, release: str, revision: str | None) -> None:
    reader = chosen(Path(name).name)
    assert reader is not None
    assert [each.revision for each in sightings(PLANTED[name], reader) if each.id == release] == [revision]


def test_a_project_is_read_as_a_whole(tmp_path: Path) -> None:
    for name, text in PLANTED.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = discover(tmp_path)
    assert {(each.at.file, each.id, each.at.line) for each in found} == {
        (name, *each) for name in PLANTED for each in planted(name)
    }
    assert all(each.kind for each in found)
    assert discover(tmp_path) == found


def test_what_is_skipped(tmp_path: Path) -> None:
    for folder in (".git", ".venv", "node_modules", "dist"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text('from_pretrained("org/name")', encoding="utf-8")
    (tmp_path / "large.py").write_text('from_pretrained("org/name")\n' + "#" * (1 << 20), encoding="utf-8")
    (tmp_path / "openness.toml").write_text('releases = ["org/name"]\nmodel = "org/name"\n', encoding="utf-8")
    (tmp_path / "notes.md").write_text('from_pretrained("org/name")', encoding="utf-8")
    (tmp_path / "link.py").symlink_to(tmp_path / "large.py")
    (tmp_path / "broken.py").write_bytes(b"\xff\xfe\x00" * 40)
    assert named(tmp_path) == []


def test_a_folder_of_the_project_is_no_release(tmp_path: Path) -> None:
    (tmp_path / "mine" / "tuned").mkdir(parents=True)
    (tmp_path / "a.py").write_text('AutoModel.from_pretrained("mine/tuned")\n', encoding="utf-8")
    assert discover(tmp_path) == []
    assert [each.left_out for each in named(tmp_path)] == ["path in the project"]


def test_each_release_once_at_the_revision_that_all_its_places_ask_for(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'from_pretrained("a/one", revision="1")\nfrom_pretrained("a/two", revision="1")\n'
        'from_pretrained("a/two", revision="2")\nfrom_pretrained("a/one", revision="1")\nfrom_pretrained("a/three")\n',
        encoding="utf-8",
    )
    each = distinct(discover(tmp_path))
    assert [(one.id, one.at.line, one.revision) for one in each] == [
        ("a/one", 1, "1"),
        ("a/two", 2, None),
        ("a/three", 5, None),
    ]


def test_what_is_left_out_is_counted_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'load_dataset("a/data")\nload_dataset("a/more")\nmodel.push_to_hub("a/out")\nfrom_pretrained("gpt2")\n',
        encoding="utf-8",
    )
    found: list[Discovered] = named(tmp_path)
    assert summary(found) == "4 named things left out: 2 data sets, 1 name without an owner, 1 output"
    assert summary([]) == ""
