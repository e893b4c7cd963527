"""A folder on this machine, before it is released."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from openness.core.release import Reason, Unread
from openness.sources import folder
from tests.cli.conftest import Run

CARD = """---
license: apache-2.0
---
# A small model

This model answers short questions. It is intended for research and not for advice on health.
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A folder with a card, a licence, a configuration and weights."""
    root = tmp_path / "my-model"
    root.mkdir()
    (root / "README.md").write_text(CARD, encoding="utf-8")
    (root / "config.json").write_text('{"architectures": ["SmallForCausalLM"]}', encoding="utf-8")
    (root / "model.safetensors").write_bytes(b"\0" * 64)
    return root


def scored(cli: Run, path: Path | str) -> dict[str, Any]:
    outcome = cli("score", str(path), "--format", "json")
    assert outcome.code == 0, outcome.err
    card: dict[str, Any] = json.loads(outcome.out)["scorecards"][0]
    return card


def finding(card: dict[str, Any], about: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in card["findings"] if each["about"] == about)
    return found


def test_a_folder_is_scored_as_a_release_whose_gate_nobody_knows(cli: Run, model: Path) -> None:
    card = scored(cli, model)
    assert (card["release"]["id"], card["release"]["url"]) == ("my-model", "")
    assert card["release"]["provenance"]["source"] == "folder"
    assert finding(card, "model-parameters-final")["status"] == "released"
    assert finding(card, "licence")["licence"]["spdx"] == "Apache-2.0"
    access = finding(card, "access")
    assert (access["status"], access["missing"]["detail"]) == ("unknown", "a folder on this machine has no gate yet")
    assert finding(card, "intended-use")["evidence"][0]["lines"]


def test_the_page_names_the_folder_and_not_where_it_lies(cli: Run, model: Path) -> None:
    for format in ("table", "markdown", "json"):
        assert str(model.parent) not in cli("score", str(model), "--format", format).out
    assert "Facts: the folder my-model on this machine" in cli("score", str(model)).out


def test_every_way_to_name_it(cli: Run, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(model.parent)
    for named in ("./my-model", "my-model/", "my-model/../my-model/"):
        assert scored(cli, named)["release"]["id"] == "my-model"
    monkeypatch.chdir(model)
    assert scored(cli, ".")["release"]["id"] == "my-model"
    assert cli("score", "my-model", "--offline").code == 4  # without a stroke it is a name on the Hub


def test_advice_and_a_draft_for_it(cli: Run, model: Path) -> None:
    assert "Publish the" in cli("advise", str(model), "--rubric", "mof").out
    assert 'release: "my-model"' in cli("attest", str(model)).out


@pytest.mark.parametrize("name", ["nothing-here", "file"])
def test_what_is_no_folder(cli: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    outcome = cli("score", f"{tmp_path}/{name}")
    assert (outcome.code, outcome.out) == (2, "")
    assert name in outcome.err
    assert "a folder that holds a release" in outcome.err


def test_the_commit_of_a_work_tree(cli: Run, model: Path) -> None:
    sha = "0123456789abcdef0123456789abcdef01234567"
    git = model / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (git / "packed-refs").write_text(f"# pack-refs\n{sha} refs/heads/main\n", encoding="utf-8")
    assert scored(cli, model)["release"]["revision"] == sha
    (git / "refs" / "heads" / "main").write_text(f"{sha[::-1]}\n", encoding="utf-8")
    assert scored(cli, model)["release"]["revision"] == sha[::-1]
    (git / "HEAD").write_text("ref: refs/../../../etc/passwd\n", encoding="utf-8")
    assert scored(cli, model)["release"]["revision"] is None


def test_nothing_is_followed_out_of_it_and_no_pipe_is_waited_for(cli: Run, model: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\nlicense: mit\n---\n# Secret\n", encoding="utf-8")
    (model / "README.md").unlink()
    (model / "README.md").symlink_to(secret)
    (model / "loop").symlink_to(model / "loop")
    (model / "up").symlink_to(tmp_path)
    (model / "round").symlink_to(model)
    os.mkfifo(model / "pytorch_model.bin")
    os.mkfifo(model / "LICENSE")
    card = scored(cli, model)
    assert "5 entries were left out" in " ".join(card["release"]["notices"])
    assert finding(card, "licence")["status"] == "unknown"
    assert ["card", "README.md is a link that leads out of the folder"] in [
        [need, why["detail"]] for need, why in card["coverage"]["missing"]
    ]
    assert "Secret" not in json.dumps(card)


def test_a_link_within_it_is_read(cli: Run, model: Path) -> None:
    (model / "README.md").rename(model / "card.md")
    (model / "README.md").symlink_to("card.md")
    assert finding(scored(cli, model), "licence")["status"] == "released"


def test_a_pipe_put_in_the_place_of_a_file_does_not_hang(model: Path) -> None:
    os.mkfifo(model / "NOTICE")
    assert folder._text(model, "NOTICE", 100) == Unread(Reason.MALFORMED, "NOTICE is not a regular file")


def test_weights_are_never_opened(cli: Run, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = os.open

    def spy(path: Any, *rest: Any, **named: Any) -> int:
        opened.append(str(path))
        return real(path, *rest, **named)

    monkeypatch.setattr(os, "open", spy)
    scored(cli, model)
    assert any(path.endswith("README.md") for path in opened)
    assert not any(path.endswith((".safetensors", "config.json")) for path in opened)


def test_names_that_are_no_names(cli: Run, model: Path) -> None:
    (model / "a\x1b[2Jb\n::error::x.bin").write_bytes(b"")
    (model / ("n" * 250)).write_bytes(b"")
    (model / os.fsdecode(b"half\xff.bin")).write_bytes(b"")
    hostile = model.rename(model.parent / "my \x1b]0;x\x07 model")
    assert scored(cli, hostile)["release"]["id"] == "my-0-x-model"
    page = cli("score", str(hostile)).out
    assert "\x1b" not in page
    assert "\n::error" not in page


def test_a_card_larger_than_is_read(cli: Run, model: Path) -> None:
    with (model / "README.md").open("a", encoding="utf-8") as file:
        file.write("word " * 600_000)
    assert (
        "README.md is too large to be read whole; only its beginning was read."
        in scored(cli, model)["release"]["notices"]
    )


def test_an_empty_folder(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    card = scored(cli, tmp_path / "empty")
    assert card["verdict"]["classes"][-1][0] == "closed"
