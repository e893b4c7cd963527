"""Pages about licences, compared with what they were."""

from __future__ import annotations

import pytest

from openness.cli import run
from tests.golden.compare import hold

PAGES = {
    "show-llama-3.1": ("show", "llama-3.1"),
    "show-apache-2.0": ("show", "apache-2.0"),
    "diff-mit-llama-2": ("diff", "mit", "llama2"),
    "list-non-commercial": ("list", "--class", "non-commercial"),
}


def printed(name: str, format: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(["licence", *PAGES[name], "--format", format]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_tables(name: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    hold(f"licence-{name}-{width}.txt", printed(name, "table", capsys))


@pytest.mark.parametrize("name", ["show-llama-3.1", "show-apache-2.0", "diff-mit-llama-2"])
def test_markdown(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    hold(f"licence-{name}.md", printed(name, "markdown", capsys))


@pytest.mark.parametrize("name", ["show-llama-3.1", "diff-mit-llama-2", "list-non-commercial"])
def test_json(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    hold(f"licence-{name}.json", printed(name, "json", capsys))


def test_colours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    hold("licence-show-apache-2.0-colour.txt", printed("show-apache-2.0", "table", capsys))
