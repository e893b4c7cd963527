"""`reports/` is what its command writes, to the byte."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from openness.cli import run

ROOT = Path(__file__).parents[2]


def test_the_published_reports_are_what_the_command_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^    openness (report --catalogue .*) --out reports$", readme, re.MULTILINE)
    assert command
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HF_ENDPOINT")  # pages name the Hub that is asked; this command asks none
    history = tmp_path / "reports" / "data" / "history.jsonl"
    history.parent.mkdir(parents=True)
    shutil.copy(ROOT / "reports" / "data" / "history.jsonl", history)
    shutil.copy(ROOT / "reports" / "files.json", tmp_path / "reports" / "files.json")
    assert run([*shlex.split(command[1]), "--out", "reports"]) == 0
    committed = {path.relative_to(ROOT): path.read_bytes() for path in (ROOT / "reports").rglob("*") if path.is_file()}
    built = {
        path.relative_to(tmp_path): path.read_bytes() for path in (tmp_path / "reports").rglob("*") if path.is_file()
    }
    assert sorted(committed) == sorted(built)
    assert [str(path) for path in built if built[path] != committed[path]] == []
