"""What people find: written as a draft, read back, merged openly, never silently."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.cli.conftest import CARD, Run
from tests.cli.test_score import WEIGHTS, document, found
from tests.hub.loopback import LoopbackHub

ENTRY = """release: org/name
author: A reader
findings:
  - about: training-code
    status: released
    source: https://example.org/code
    seen: "2026-11-01"
    licence: MIT
    note: The repository holds the trainer.
"""


@pytest.fixture
def file(hub: LoopbackHub, tmp_path: Path) -> Path:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    path = tmp_path / "said.yaml"
    path.write_text(ENTRY)
    return path


def test_an_attestation_fills_what_was_silent(cli: Run, file: Path) -> None:
    plain = found(document(cli, "org/name"), "training-code")
    told = found(document(cli, "org/name", "--attest", str(file)), "training-code")
    assert (plain["status"], told["status"], told["origin"]) == ("silent", "released", "attested")
    assert told["evidence"][0]["url"] == "https://example.org/code"
    assert "A reader" in told["evidence"][0]["note"]
    assert told["licence"]["id"] == "MIT"


def test_a_draft_is_confirmed_by_naming_its_author(cli: Run, file: Path) -> None:
    draft = cli("attest", "org/name").out
    file.write_text(draft)
    refused = cli("score", "org/name", "--attest", str(file))
    assert refused.code == 2
    assert f"{file}:7:9: author: " in refused.err
    file.write_text(draft.replace('author: ""', 'author: "A reader"'))
    judged = document(cli, "org/name", "--attest", str(file))
    assert judged["score"] == document(cli, "org/name")["score"]
    written = yaml.safe_load(file.read_text())
    schema = json.loads(cli("schema", "attestation").out)
    jsonschema.validate(written, schema)
    assert {each["about"] for each in written["findings"]} >= {"model-parameters-final", "licence", "datasets"}


def test_a_contradiction_is_disputed_and_a_supersession_is_told(cli: Run, file: Path) -> None:
    contrary = ENTRY.replace("training-code", "model-architecture").replace("status: released", "status: withheld")
    file.write_text(contrary)
    disputed = found(document(cli, "org/name", "--attest", str(file)), "model-architecture")
    assert disputed["status"] == "unknown"
    assert disputed["missing"]["reason"] == "disputed"
    draft = cli("attest", "org/name").out
    entry = draft[draft.index("- about: model-architecture") :]
    fingerprint = entry[entry.index("supersedes: ") + 12 :][:16]
    file.write_text(contrary + f'    supersedes: "{fingerprint}"\n')
    told = found(document(cli, "org/name", "--attest", str(file)), "model-architecture")
    assert told["status"] == "withheld"
    assert "supersedes the automatic finding released" in told["note"]
    assert len(told["evidence"]) > 1, "the automatic evidence stays in view"


@pytest.mark.parametrize(
    ("change", "notice"),
    [
        (("org/name", "org/other"), "is about org/other and was not used."),
        (("author:", "revision: 'abc0000'\nauthor:"), "is about revision abc0000 and was not used."),
        (("    licence: MIT", '    expires: "2026-11-02"'), "what it attests of training-code expired on 2026-11-02"),
    ],
)
def test_what_does_not_speak_of_the_release_is_left_out_and_told(
    cli: Run, file: Path, change: tuple[str, str], notice: str
) -> None:
    file.write_text(ENTRY.replace(*change))
    judged = document(cli, "org/name", "--attest", str(file))
    assert found(judged, "training-code")["status"] == "silent"
    assert any(notice in each for each in judged["release"]["notices"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY.replace("training-code", "training-coed"), "no component or aspect is called 'training-coed'"),
        (ENTRY.replace("status: released", "status: great"), ":5:13: findings.0.status: "),
        (ENTRY.replace("source: https", "source: ftp"), ":6:13: findings.0.source: "),
        (ENTRY.replace("    note", "    remark"), "findings.0.remark: this key is not known"),
        (ENTRY.replace("author: A reader\n", ""), "author: this key is missing"),
        (ENTRY.replace('"2026-11-01"', '"2026-13-01"'), "findings.0: "),
        (ENTRY + ENTRY.partition("findings:\n")[2], "training-code is attested twice"),
        ("- a\n- b\n", "file: "),
        ("a: *b\n", "aliases"),
        ("a: [", "said.yaml:"),
        ("", "file: "),
    ],
)
def test_a_file_that_is_wrong_is_told_with_its_line(cli: Run, file: Path, text: str, said: str) -> None:
    file.write_text(text)
    outcome = cli("score", "org/name", "--attest", str(file))
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.out == ""


def test_a_file_that_is_not_there(cli: Run, file: Path) -> None:
    outcome = cli("score", "org/name", "--attest", str(file.with_name("none.yaml")))
    assert outcome.code == 2
    assert "cannot be read" in outcome.err


MOT = """framework: {name: Model Openness Framework, version: "1.0"}
release:
  name: Name
  huggingface: https://huggingface.co/org/name
  components:
    - {name: Training code, license: MIT, component_path: "https://example.org/code"}
    - {name: Datasets}
    - {name: Something else}
"""
INDEX = """project: {name: Name, link: "https://huggingface.co/org/name"}
availability:
  opencode: {class: open, link: "https://example.org/code", notes: "all of it"}
  llmdata: {class: closed}
  license: {class: partial}
"""


@pytest.mark.parametrize(
    ("origin", "record", "expected"),
    [
        ("mot", MOT, {"training-code": "released", "datasets": "released"}),
        ("osai", INDEX, {"training-code": "released", "datasets": "silent"}),
    ],
)
def test_records_of_other_indices_become_attestations(
    cli: Run, file: Path, tmp_path: Path, origin: str, record: str, expected: dict[str, str]
) -> None:
    path = tmp_path / "record.yml"
    path.write_text(record)
    assert cli("attest", str(path), "--from", origin, "--seen", "2026-11-01", "-o", str(file)).code == 0
    written = yaml.safe_load(file.read_text())
    assert {each["about"]: each["status"] for each in written["findings"]} == expected
    assert written["release"] == "org/name"
    told = found(document(cli, "org/name", "--attest", str(file)), "training-code")
    assert told["evidence"][0]["url"] == "https://example.org/code"


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("--from", "mot"), "the day of the record is missing"),
        (("--from", "moth", "--seen", "2026-11-01"), "no index is called 'moth'"),
        (("--from", "osai", "--seen", "2026-11-01"), "this is not a record of the Open Source AI Index"),
    ],
)
def test_records_that_are_none(cli: Run, file: Path, argv: tuple[str, ...], said: str) -> None:
    file.write_text("a: b\n")
    outcome = cli("attest", str(file), *argv)
    assert outcome.code == 2
    assert said in outcome.err


def test_hostile_words_stay_within_their_quotes(cli: Run, hub: LoopbackHub) -> None:
    hostile = CARD.replace("## Intended uses", '## Intended uses "]}\u202e\x07: *a #{{')
    hub.add_model("org/name", files={"README.md": hostile, **WEIGHTS})
    draft = cli("attest", "org/name").out
    assert yaml.safe_load(draft)["release"] == "org/name"
    assert "\u202e" not in draft
    assert "\x07" not in draft
