"""`openness licence`: every name answered, texts identified or shown where they differ, hostile input told in one line."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from openness.core.errors import UsageError
from openness.core.licence import LicenceClass
from openness.jobs.asking import identify
from openness.licences import licence_ids
from tests.cli.conftest import Run
from tests.unit.test_licences_identify import installed

CLAUSE = "If you have more than 100 million monthly active users you must request a licence."
README = """# A model

## License

The code is released under the [Apache License 2.0](https://www.apache.org/licenses/LICENSE-2.0).
The model weights are licensed under the Llama 2 Community License.
"""


def document(cli: Run, *argv: str, code: int = 0) -> dict[str, Any]:
    outcome = cli("licence", *argv, "--format", "json")
    assert outcome.code == code, outcome.err
    found: dict[str, Any] = json.loads(outcome.out)
    assert found["schema_version"] == "1.0"
    return found


@pytest.fixture
def mit(tmp_path: Path) -> Path:
    path = tmp_path / "LICENSE"
    path.write_text(installed("pytest", "LICENSE"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "id", "kind"),
    [
        ("llama-3.1", "llama-3.1", "licence"),
        ("llama3.1", "llama-3.1", "licence"),
        ("Meta Llama 3.1 Community License", "llama-3.1", "licence"),
        ("apache license, version 2.0", "Apache-2.0", "licence"),
        ("https://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0", "licence"),
        ("mit or apache-2.0", "MIT OR Apache-2.0", "expression"),
        ("gpl", "gpl", "family"),
        ("APSL-2.0", "APSL-2.0", "licence"),
        ("other", "other", "licence"),
        ("llama-3.1-use-policy", "llama-3.1-use-policy", "use-policy"),
    ],
)
def test_a_licence_answers_to_all_of_its_names(cli: Run, name: str, id: str, kind: str) -> None:
    found = document(cli, "show", name)
    assert (found["licence"]["id"], found["kind"]) == (id, kind)
    assert found["rule"]


def test_a_licence_is_shown_with_its_clauses(cli: Run) -> None:
    shown = " ".join(cli("licence", "show", "llama3.1").out.split())
    for words in (
        "Class restricted above a threshold Commercial use is granted below a number of users",
        "OSI approved no",
        "Published by Meta, version 3.1",
        "On the Hub llama3.1",
        "meta-llama/llama-models, models/llama3_1/LICENSE @ a9c89c471f79",
        "You must • pass on its terms to whoever gets it from you",
        "section 1(b)(i): “… made available, you shall also include “Llama” at the beginning of any such AI model name.”",
        "Note: acceptable-use policy, by reference",
    ):
        assert words in shown
    assert shown.count("no legal advice") == 1


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_a_text_that_was_not_read_has_no_terms(cli: Run, format: str) -> None:
    shown = cli("licence", "show", "mnpl", "-f", format).out
    assert "text not read, terms unknown" in shown
    assert "You may" not in shown
    assert "Terms, each" not in shown


def test_what_follows_from_approval_alone_is_said(cli: Run) -> None:
    assert "text not read; the terms follow from OSI's approval" in " ".join(
        cli("licence", "show", "APSL-2.0").out.split()
    )


def test_a_family_names_its_members_and_an_expression_its_parts(cli: Run) -> None:
    shown = cli("licence", "show", "bsd").out
    assert "May mean" in shown
    assert "BSD-4-Clause" in shown
    assert "OSI approved unknown" in " ".join(shown.split())
    found = document(cli, "show", "(MIT OR Apache-2.0) AND CC-BY-4.0")
    assert [each["id"] for each in found["members"]] == ["MIT", "Apache-2.0", "CC-BY-4.0"]
    assert "you choose one" in found["note"]
    assert "all parts bind" in found["note"]


def test_every_licence_can_be_shown_and_compared(cli: Run) -> None:
    for id in licence_ids():
        assert document(cli, "show", id)["licence"]["id"] == id
    for id in licence_ids()[::12]:
        for format in ("table", "markdown"):
            assert cli("licence", "show", id, "-f", format).code == 0
            assert cli("licence", "diff", "gpl", id, "-f", format).code == 0


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("llama-3.11", "did you mean llama-3.1 or"),
        ("apche-2", "did you mean Apache-2.0"),
        ("cc-by-nc-5.0", "did you mean CC-BY-NC-4.0"),
        ("an unheard-of thing", "openness licence list shows"),
        ("none", "did you mean"),
        ("  ", "openness licence list shows"),
        ("А" * 5000, "openness licence list shows"),
    ],
)
def test_an_unknown_name_is_wrong_use_with_what_may_be_meant(cli: Run, name: str, hint: str) -> None:
    outcome = cli("licence", "show", name)
    assert (outcome.code, outcome.out) == (2, "")
    first, second = outcome.err.splitlines()
    assert len(first) < 200
    assert second.startswith("openness: hint: ")
    assert hint in second or name == "none"


def test_a_file_is_not_a_name(cli: Run, mit: Path) -> None:
    outcome = cli("licence", "show", str(mit))
    assert outcome.code == 2
    assert "openness licence identify" in outcome.err


def test_the_list_and_one_class_of_it(cli: Run) -> None:
    outcome = cli("licence", "list")
    assert outcome.code == 0
    assert outcome.err == f"openness: {len(licence_ids())} licences\n"
    assert [each["id"] for each in document(cli, "list")["licences"]] == sorted(licence_ids(), key=str.lower)
    rows = document(cli, "list", "--class", "non-commercial")["licences"]
    assert {each["licence_class"] for each in rows} == {"non-commercial"}
    assert {"CC-BY-NC-4.0"} <= {each["id"] for each in rows}
    assert cli("licence", "list", "--class", "none-stated").err == "openness: 0 licences of class none-stated\n"


def test_an_unknown_class_names_the_classes(cli: Run) -> None:
    outcome = cli("licence", "list", "--class", "free")
    assert outcome.code == 2
    assert all(each in outcome.err for each in LicenceClass)


def test_two_licences_side_by_side(cli: Run) -> None:
    terms = {each["term"]: each for each in document(cli, "diff", "mit", "llama2")["terms"]}
    assert terms["commercial-use"]["differs"] is True
    assert terms["research-only"]["differs"] is False
    assert terms["threshold"]["one"] is None
    assert terms["threshold"]["other"]["quote"]
    shown = cli("licence", "diff", "mit", "llama2").out
    assert re.search(r"≠ Threshold +not stated +700M MAU", shown)
    assert re.search(r"\n  Research only +no", shown)
    assert shown.count("no legal advice") == 1


@pytest.mark.parametrize("other", ["mnpl", "bsd", "openrail"])
def test_what_cannot_be_told_is_not_called_different(cli: Run, other: str) -> None:
    """Neither a text that was not read nor a tag for several says that a term is absent."""
    found = document(cli, "diff", "llama2", other)
    unknown = [each for each in found["terms"] if each["other"] is None]
    assert unknown
    assert all(each["differs"] is None for each in unknown)
    shown = cli("licence", "diff", "llama2", other).out
    assert re.search(r"\? Governing law +California \[7\] +unknown", shown)


def test_a_licence_does_not_differ_from_itself(cli: Run) -> None:
    assert not any(each["differs"] for each in document(cli, "diff", "mit", "MIT License")["terms"])
    assert "≠ " not in cli("licence", "diff", "mit", "MIT License").out.partition("≠ they differ")[0]


@pytest.mark.parametrize("width", [30, 47, 60, 61, 80, 100, 137, 200])
@pytest.mark.parametrize("argv", [("show", "llama-4"), ("diff", "gpl-3.0", "openrail++"), ("list",), ("show", "bsd")])
def test_pages_fit_their_width(cli: Run, monkeypatch: pytest.MonkeyPatch, width: int, argv: tuple[str, ...]) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = cli("licence", *argv).out
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= width
    assert not any(line != line.rstrip() for line in shown.splitlines())


def test_a_known_text_is_identified(cli: Run, mit: Path) -> None:
    outcome = cli("licence", "identify", str(mit))
    assert (outcome.code, outcome.err) == (0, "")
    assert "Licence     MIT License (MIT)" in outcome.out
    assert "use it commercially" in outcome.out
    assert outcome.out.count("no legal advice") == 1
    found = document(cli, "identify", str(mit))
    assert found["match"]["licence"]["id"] == "MIT"
    assert found["summary"]["may"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_modified_text_is_shown_where_it_differs(cli: Run, mit: Path, newline: str) -> None:
    text = installed("pytest", "LICENSE").rstrip() + f"\n\n{CLAUSE}\n"
    mit.write_bytes(text.replace("\n", newline).encode())
    found = document(cli, "identify", str(mit), code=3)
    match = found["match"]
    assert (match["kind"], match["based_on"]["id"], match["licence"]["terms"]) == ("modified", "MIT", {})
    telling = [each for each in match["differences"] if each["telling"]]
    assert [(each["quote"], each["words"]) for each in telling] == [(CLAUSE, len(CLAUSE.split()))]
    assert telling[0]["line"] == text.split("\n").index(CLAUSE) + 1
    assert found["summary"] is None
    outcome = cli("licence", "identify", str(mit))
    assert outcome.code == 3
    assert "it is not that licence, and its terms are unknown" in outcome.out
    assert f"“{CLAUSE}”" in " ".join(outcome.out.split())
    assert "You may" not in outcome.out


def test_only_a_handful_of_differences_is_shown(cli: Run, mit: Path) -> None:
    words = installed("packaging", "LICENSE.APACHE").split(" ")
    for number in range(20):
        words.insert(60 * number + 30, f"provided that you pay {number} coins")
    mit.write_text(" ".join(words), encoding="utf-8")
    match = document(cli, "identify", str(mit), code=3)["match"]
    assert len(match["differences"]) == 6
    assert match["more"] >= 10
    assert [each["line"] for each in match["differences"]] == sorted(each["line"] for each in match["differences"])


def test_what_is_missing_is_counted(cli: Run, mit: Path) -> None:
    text = installed("pytest", "LICENSE")
    mit.write_text(text[: text.index("THE SOFTWARE IS PROVIDED")], encoding="utf-8")
    match = document(cli, "identify", str(mit), code=3)["match"]
    assert match["missing"] > 50
    assert "of it are missing (the register holds only hashes)" in " ".join(
        cli("licence", "identify", str(mit)).out.split()
    )


def test_prose_that_names_licences_is_listed(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(README, encoding="utf-8")
    found = document(cli, "identify", str(path), code=3)
    told = [(each["id"], each["line"], each["about"]) for each in found["mentions"]]
    assert told == [("Apache-2.0", 5, ["code"]), ("llama-2", 6, ["weights"])]
    assert "Llama 2 Community License Agreement (llama-2), of the weights" in cli("licence", "identify", str(path)).out


def test_standard_input_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "openness", "licence", "identify", "-", "--format", "json"]
    text = installed("pytest", "LICENSE").encode()
    done = subprocess.run(command, input=text, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["source"] == "standard input"
    done = subprocess.run(command, input=text * 3, capture_output=True, timeout=60)
    assert done.returncode == 3
    assert subprocess.run(command, input=b"", capture_output=True, timeout=60).returncode == 3


HOSTILE = {
    "binary": bytes(range(256)) * 2000,
    "nul": b"\0" * 100_000,
    "five megabytes": b"Permission is granted to no one.\n" * 160_000,
    "one line": b"licence " * 131_000,
    "one word": b"x" * 1_000_000,
    "escapes": b"MIT License \x1b[2J\x1b]0;owned\x07 \xe2\x80\xae evil\n::error::x\n" * 40,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" * 20,
    "bad utf-8": b"caf\xe9 " * 400,
    "empty": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("format", ["table", "markdown", "json"])
def test_hostile_texts_are_answered(cli: Run, tmp_path: Path, name: str, format: str) -> None:
    path = tmp_path / "LICENSE"
    path.write_bytes(HOSTILE[name])
    started = time.perf_counter()
    outcome = cli("licence", "identify", str(path), "-f", format)
    assert time.perf_counter() - started < 5
    assert outcome.code == 3
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", outcome.out)
    assert not re.search(r"^\s*::", outcome.out, re.MULTILINE)
    said = {"five megabytes": "1 MiB", "pdf": "is a PDF", "nul": "NUL", "bad utf-8": "is not UTF-8"}
    assert said.get(name, "") in outcome.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_other_encodings_are_read(cli: Run, mit: Path, encoding: str) -> None:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    mit.write_bytes(mark + installed("pytest", "LICENSE").encode(encoding))
    found = document(cli, "identify", str(mit))
    assert found["match"]["licence"]["id"] == "MIT"
    assert found["notices"] == ([] if encoding == "utf-8-sig" else ["is UTF-16, not UTF-8"])


def test_a_licence_with_megabytes_after_it_is_not_that_licence(cli: Run, mit: Path) -> None:
    mit.write_bytes(installed("pytest", "LICENSE").encode() + b"\n" * 2_000_000)
    found = document(cli, "identify", str(mit), code=3)
    assert found["match"]["kind"] == "modified"
    assert found["notices"] == ["larger than 1 MiB; only its head was read"]


@pytest.mark.skipif(os.name == "nt", reason="such names do not exist there")
def test_a_hostile_file_name_is_only_text(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\n::error::b|<script>"
    path.write_text(installed("pytest", "LICENSE"), encoding="utf-8")
    for format in ("table", "markdown", "json"):
        shown = cli("licence", "identify", str(path), "-f", format).out
        assert "\x1b" not in shown
        assert not re.search(r"^\s*::", shown, re.MULTILINE)
        assert "<script>" not in shown or format != "markdown"
    path.unlink()
    outcome = cli("licence", "identify", str(path))
    assert outcome.code == 2
    assert "\x1b" not in outcome.err


def test_what_cannot_be_read_is_wrong_use(cli: Run, tmp_path: Path) -> None:
    said = {str(tmp_path): "is a folder", str(tmp_path / "none"): "there is no file", "x" * 5000: "cannot be read"}
    for file, words in said.items():
        outcome = cli("licence", "identify", file)
        assert (outcome.code, outcome.out) == (2, "")
        assert words in outcome.err
        assert len(outcome.err.splitlines()) == 2
    with pytest.raises(UsageError, match="cannot be read"):
        identify("a\0b")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_leave_to_read(cli: Run, mit: Path) -> None:
    mit.chmod(0)
    outcome = cli("licence", "identify", str(mit))
    assert outcome.code == 2
    assert "Permission denied" in outcome.err


@pytest.mark.parametrize("argv", [("show", "mit"), ("list",), ("diff", "mit", "isc")])
@pytest.mark.parametrize("format", ["table", "markdown", "json"])
def test_a_page_goes_to_a_file_whole(cli: Run, tmp_path: Path, argv: tuple[str, ...], format: str) -> None:
    path = tmp_path / "page"
    outcome = cli("licence", *argv, "-f", format, "-o", str(path))
    assert (outcome.code, outcome.out) == (0, "")
    assert path.read_text(encoding="utf-8") == cli("licence", *argv, "-f", format).out
    assert [each.name for each in tmp_path.iterdir() if "page" in each.name] == ["page"]


@pytest.mark.parametrize("argv", [("show", "mit"), ("list",), ("diff", "mit", "isc"), ("identify", "-")])
def test_an_unknown_format_is_told_before_anything_is_read(cli: Run, argv: tuple[str, ...]) -> None:
    outcome = cli("licence", *argv, "--format", "xml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no format is called 'xml'" in outcome.err


def test_the_schema_of_a_register_entry_is_a_schema(cli: Run) -> None:
    import jsonschema

    published = json.loads(cli("schema", "licence").out)
    jsonschema.Draft202012Validator.check_schema(published)
    assert "terms" in published["properties"]


@pytest.mark.parametrize("format", ["json", "markdown", "table"])
def test_a_licence_is_shown_without_heavy_imports(format: str) -> None:
    heavy = [
        "pydantic",
        "typer",
        "httpx",
        "huggingface_hub",
        "yaml",
        "packaging",
        *(["rich"] if format != "table" else []),
    ]
    code = (
        f"import sys\nfor name in {heavy!r}: sys.modules[name] = None\n"
        f"from openness.cli import run\nassert run(['licence', 'show', 'MIT', '-f', {format!r}]) == 0"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
