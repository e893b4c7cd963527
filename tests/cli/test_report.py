"""`openness report`: from where, into what, and never over what is not its own."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import CARD, Run
from tests.hub.loopback import LoopbackHub


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_only_what_changed_is_written_and_what_is_gone_removed(cli: Run, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert cli("report", "gpt-4", "llama-2", "--offline", "--out", str(out)).code == 0
    before = tree(out)
    assert {"index.html", "README.md", "compare.html", "methodology.html", "feed.xml", "data/releases.csv"} <= set(
        before
    )
    assert cli("report", "gpt-4", "llama-2", "--offline", "--out", str(out)).code == 0
    assert tree(out) == before
    (out / "note.txt").write_text("mine")
    assert cli("report", "gpt-4", "--offline", "--out", str(out)).code == 0
    after = tree(out)
    assert not [name for name in after if "llama" in name]
    assert after["note.txt"][1] == b"mine"
    page = next(name for name in after if name.startswith("releases/gpt-4") and name.endswith(".svg"))
    assert after[page] == before[page]


def test_a_folder_that_is_no_report_s_is_left_alone(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    done = cli("report", "gpt-4", "--offline", "--out", str(tmp_path))
    assert done.code == 2
    assert "no report's" in done.err
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_list_and_a_saved_scan_give_the_same_site(cli: Run, tmp_path: Path) -> None:
    listed = tmp_path / "models.txt"
    listed.write_text("gpt-4  # closed\n\nllama-2\n")
    scan = tmp_path / "scan.json"
    assert cli("score", "gpt-4", "llama-2", "--offline", "--format", "json", "-o", str(scan)).code == 0
    one, other = tmp_path / "one", tmp_path / "other"
    assert cli("report", "--from", str(listed), "--offline", "--out", str(one)).code == 0
    assert cli("report", "--saved", str(scan), "--out", str(other)).code == 0
    pages = {name: content for name, (_, content) in tree(one).items() if name == "data/releases.json"}
    assert pages == {name: content for name, (_, content) in tree(other).items() if name == "data/releases.json"}


def test_an_account_is_listed_page_by_page(cli: Run, tmp_path: Path, hub: LoopbackHub) -> None:
    for name in ("one", "two", "three"):
        hub.add_model(f"org/{name}", {"README.md": CARD, "model.safetensors": b"x"})
    hub.add_model("organ/other", {"README.md": CARD})
    done = cli("report", "--org", "org", "--out", str(tmp_path / "site"))
    assert done.code == 0, done.err
    assert len(list((tmp_path / "site" / "releases").glob("org-*.html"))) == 3
    assert not list((tmp_path / "site" / "releases").glob("organ-*"))


def test_an_account_that_is_none(cli: Run, tmp_path: Path, hub: LoopbackHub) -> None:
    assert cli("report", "--org", "nobody", "--out", str(tmp_path / "a")).code == 4
    assert cli("report", "--org", "../x", "--out", str(tmp_path / "b")).code == 2


def test_what_cannot_be_scored_is_named_and_the_rest_is_written(cli: Run, tmp_path: Path) -> None:
    done = cli("report", "gpt-4", "org/none", "--offline", "--out", str(tmp_path / "site"))
    assert done.code == 4
    assert "org/none" in (tmp_path / "site" / "index.html").read_text()


def test_wrong_use_is_said(cli: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"schema_version": "1.1", "scorecards": [{"release": 1}]}')
    for arguments in (["gpt-4"], ["--out", str(tmp_path / "x")], ["--saved", str(bad), "--out", str(tmp_path / "y")]):
        assert cli("report", *arguments).code == 2
    assert cli("report", "gpt-4", "--offline", "--url", "javascript:x", "--out", str(tmp_path / "z")).code == 2


def test_a_section_for_a_card(cli: Run) -> None:
    done = cli(
        "report", "gpt-4", "--offline", "--card", "--url", "https://x.example/r", "--badge", "https://x.example/b.svg"
    )
    assert done.code == 0
    assert done.out.startswith("## Openness\n")
    assert "[![Openness: 12–16 %](<https://x.example/b.svg>)](<https://x.example/r>)" in done.out
