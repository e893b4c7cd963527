"""A project with three releases: one passes, one violates, one became worse since it was locked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from sarif_pydantic import Sarif

from tests.cli.conftest import CARD, Run
from tests.golden.compare import hold
from tests.hub.loopback import LFS, LoopbackHub

POLICY = """\
[policy]
min-class = "open-weights"
licences = { forbid = ["non-commercial"] }

[policy.terms]
commercial-use = "yes"

[[releases]]
id = "org/good"

[[releases]]
id = "org/narrow"

[[releases]]
id = "org/drifts"
"""
NARROW = CARD.replace("license: apache-2.0", "license: cc-by-nc-4.0")
TEXT = "Licence of Drifts\n\nYou may use it for every purpose.\nYou may pass it on.\n"


@pytest.fixture
def project(hub: LoopbackHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's folder, as the working directory; it is locked before the third release drifts."""
    files: dict[str, Any] = {"config.json": "{}", "model.safetensors": LFS(size=10)}
    hub.add_model("org/good", files=files | {"README.md": CARD})
    hub.add_model("org/narrow", files=files | {"README.md": NARROW})
    hub.add_model("org/drifts", files=files | {"README.md": CARD, "NOTICE": TEXT})
    (tmp_path / "openness.toml").write_text(POLICY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    return tmp_path


def drift(hub: LoopbackHub) -> str:
    return hub.commit("org/drifts", files={"README.md": NARROW, "NOTICE": TEXT.replace("every", "no commercial")})


def results(cli: Run, *argv: str) -> dict[tuple[str, str], dict[str, Any]]:
    found = json.loads(cli("check", "--format", "json", *argv).out)["check"]["results"]
    return {(each["release"], each["rule"]): each for each in found}


def in_days(number: int) -> str:
    """The day that many days from now, as TOML writes it."""
    return (datetime.now(UTC).date() + timedelta(days=number)).isoformat()


def settled(page: str) -> str:
    """The page without what differs from run to run: the loopback Hub's port and commits, and the day."""
    page = re.sub(r"https?:(&#8203;)?//127\.0\.0\.1:\d+", "https://hub.example", page)
    page = re.sub(r"\b[0-9a-f]{12}(?:[0-9a-f]{28})?\b", lambda found: "0" * len(found[0]), page)
    return re.sub(r'"seen_on": "[0-9-]+"', '"seen_on": "2026-01-01"', page)


def test_one_passes_and_one_violates(cli: Run, project: Path) -> None:
    outcome = cli("check")
    assert outcome.code == 1
    found = results(cli)
    assert {each["outcome"] for (release, _), each in found.items() if release == "org/good"} == {"holds"}
    forbidden = found["org/narrow", "licence:forbid"]
    assert forbidden["outcome"] == "violated"
    assert forbidden["at"] == {"file": "openness.toml", "line": 12}
    assert forbidden["rule_at"] == {"file": "openness.toml", "line": 3}
    assert "cc-by-nc-4.0" in forbidden["evidence"][0]["quote"]
    assert forbidden["fix"]


def test_what_became_worse_is_a_regression_that_names_the_commits(cli: Run, project: Path, hub: LoopbackHub) -> None:
    assert cli("lock").code == 0
    before = (project / "openness.lock").read_text(encoding="utf-8")
    after = drift(hub)
    found = results(cli)
    licence = found["org/drifts", "regression:licence"]
    assert licence["outcome"] == "violated"
    assert "from Apache-2.0 to CC-BY-NC-4.0" in licence["message"]
    assert after[:12] in licence["message"]
    assert "-You may use it for every purpose." in licence["detail"]
    assert "+You may use it for no commercial purpose." in licence["detail"]
    assert found["org/drifts", "regression:class"]["outcome"] == "violated"
    assert not any(rule.startswith("regression") for release, rule in found if release != "org/drifts")
    assert (project / "openness.lock").read_text(encoding="utf-8") == before


def test_the_locked_revisions_are_checked_without_a_network(cli: Run, project: Path, hub: LoopbackHub) -> None:
    cli("lock")
    drift(hub)
    requests = len(hub.log)
    outcome = cli("check", "--locked", "--offline", "--format", "json")
    assert len(hub.log) == requests
    found = {(each["release"], each["rule"]): each for each in json.loads(outcome.out)["check"]["results"]}
    assert found["org/drifts", "min-class"]["outcome"] == "holds"
    assert outcome.code == 1  # for org/narrow


def test_upgrading_the_lock_accepts_what_changed(cli: Run, project: Path, hub: LoopbackHub) -> None:
    cli("lock")
    drift(hub)
    assert "0 of them looked at now" in cli("lock").err
    assert cli("lock", "--upgrade").code == 0
    assert not any(rule.startswith("regression") for _, rule in results(cli))


def test_a_gate_and_removed_weights_are_regressions(cli: Run, project: Path, hub: LoopbackHub) -> None:
    cli("lock")
    hub.commit("org/good", files={"model.safetensors": None})
    found = results(cli)
    assert found["org/good", "regression:weights"]["outcome"] == "violated"
    assert "from released to" in found["org/good", "regression:weights"]["message"]
    hub.repository("org/drifts").gated = "manual"
    gate = results(cli)["org/drifts", "regression:access"]
    assert gate["outcome"] == "violated"
    assert "access went from open to manual-approval" in gate["message"]


def test_an_outage_is_never_green_and_masks_no_violation(cli: Run, project: Path, hub: LoopbackHub) -> None:
    (project / "openness.toml").write_text(POLICY.replace('[[releases]]\nid = "org/narrow"\n', ""), encoding="utf-8")
    assert cli("check").code == 0
    hub.fault("/api/models/org/drifts", kind="status", code=503)
    outcome = cli("check")
    assert outcome.code == 5
    assert "could not be looked at" in outcome.out
    (project / "openness.toml").write_text(POLICY, encoding="utf-8")
    assert cli("check").code == 1


def test_what_is_gone_or_gated_is_not_green(cli: Run, project: Path) -> None:
    (project / "openness.toml").write_text(POLICY + '[[releases]]\nid = "org/none"\n', encoding="utf-8")
    found = results(cli)
    assert found["org/none", "available"]["outcome"] == "undecided"


def test_undecided_ends_with_3_or_as_the_policy_says(cli: Run, project: Path, hub: LoopbackHub) -> None:
    hub.add_model("org/unsaid", files={"README.md": CARD.replace("apache-2.0", "unknown"), "config.json": "{}"})
    policy = 'on-unknown = "fail"\n[policy]\nterms = { commercial-use = "yes" }\n[[releases]]\nid = "org/unsaid"\n'
    (project / "openness.toml").write_text(policy, encoding="utf-8")
    assert cli("check").code == 3
    (project / "openness.toml").write_text(policy.replace('"fail"', '"warn"'), encoding="utf-8")
    assert cli("check").code == 0


def test_exceptions_have_an_end(cli: Run, project: Path) -> None:
    def excepted(until: str, rule: str = "licence:forbid") -> dict[tuple[str, str], dict[str, Any]]:
        entry = f'[[exceptions]]\nrelease = "org/narrow"\nrule = "{rule}"\nreason = "ticket 7"\nuntil = {until}\n'
        (project / "openness.toml").write_text(POLICY + entry, encoding="utf-8")
        return results(cli)

    assert excepted(in_days(30))["org/narrow", "licence:forbid"]["outcome"] == "excepted"
    expired = excepted("2026-01-01")["org/narrow", "licence:forbid"]
    assert expired["outcome"] == "violated"
    assert "its exception ended on 2026-01-01" in expired["message"]
    excepted(in_days(30), "lineage")
    assert "covers nothing" in cli("check").err


def test_a_baseline_tolerates_what_is_there_today(cli: Run, project: Path, hub: LoopbackHub) -> None:
    cli("lock")
    assert cli("check", "--write-baseline", "base.json").code == 1
    assert cli("check", "--baseline", "base.json").code == 0
    drift(hub)
    assert cli("check", "--baseline", "base.json").code == 1
    (project / "base.json").write_text('{"version": 1, "tolerated": []}', encoding="utf-8")
    old = cli("check", "--baseline", "base.json")
    assert (old.code, old.out) == (2, "")
    assert "openness check --write-baseline base.json" in old.err
    (project / "base.json").write_text("{", encoding="utf-8")
    broken = cli("check", "--baseline", "base.json")
    assert (broken.code, broken.out) == (2, "")
    assert "is not a baseline" in broken.err
    missing = cli("check", "--baseline", "none.json")
    assert missing.code == 2
    assert "there is no such baseline" in missing.err


def test_the_code_does_not_depend_on_the_format(cli: Run, project: Path) -> None:
    formats = ("table", "markdown", "json", "github", "sarif", "junit", "gitlab", "badge", "endpoint")
    assert {cli("check", "-f", each).code for each in formats} == {1}
    assert cli("check", "--exit-zero").code == 0
    outcome = cli("check", "-f", "table", *(word for each in formats for word in ("-f", f"{each}={each}.out")))
    assert outcome.code == 1
    assert all((project / f"{each}.out").stat().st_size for each in formats)
    assert cli("check", "-f", "table", "-f", "json").code == 2
    assert cli("check", "-f", "xml").code == 2


@pytest.mark.parametrize(
    "format", ["table", "markdown", "json", "github", "sarif", "junit", "gitlab", "badge", "endpoint"]
)
def test_every_format_as_it_was(
    cli: Run, project: Path, hub: LoopbackHub, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("lock")
    drift(hub)
    monkeypatch.setenv("COLUMNS", "400")  # an address that is folded cannot be replaced
    hold(f"check.{format}", settled(cli("check", "-f", format).out))


def test_annotations_stand_on_the_lines_of_the_file(cli: Run, project: Path) -> None:
    lines = cli("check", "-f", "github").out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error file=openness.toml,line=12,title=org/narrow::")


def test_sarif_is_what_code_scanning_takes(cli: Run, project: Path) -> None:
    page = cli("check", "-f", "sarif").out
    assert Sarif.model_validate_json(page).version == "2.1.0"
    [run] = json.loads(page)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["results"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]] == each["ruleId"]
        assert each["level"] in ("error", "warning", "note")
        place = each["locations"][0]["physicalLocation"]
        assert (project / place["artifactLocation"]["uri"]).is_file()
        assert place["region"]["startLine"] >= 1
        assert len(each["partialFingerprints"]["openness/v1"]) == 16


def test_junit_counts_what_it_holds(cli: Run, project: Path) -> None:
    root = ElementTree.fromstring(cli("check", "-f", "junit").out)
    cases = root.findall(".//testcase")
    assert int(root.attrib["tests"]) == len(cases)
    assert int(root.attrib["failures"]) == len(root.findall(".//failure")) > 0


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (
            "[policy]\nmin-clas = 'x'",
            "openness.toml:2: policy.min-clas: this key is not known; did you mean 'min-class'?",
        ),
        ("on-unknown = 'explode'", "openness.toml:1: on-unknown: Input should be 'fail', 'warn' or 'ignore'"),
        ("[policy.terms]\ncommerical-use = 'yes'", "did you mean 'commercial-use'?"),
        ("[[releases]]\nid = 'a/b'\npolicy = 'prod'", "openness.toml:3: releases.0.policy: no policy is called 'prod'"),
        ("[[releases]]\nid = 'a/b'\n[[releases]]\nid = 'a/b'", "a/b is listed twice"),
        (
            "releases = ['a/b']\n[[exceptions]]\nrelease = 'a/b'\nrule = 'x'\nuntil = 2026-12-01",
            "reason: this key is missing",
        ),
        (
            "releases = ['a/b']\n[[exceptions]]\nrelease = 'a/b'\nrule = 'x'\nreason = 'why'",
            "until: this key is missing",
        ),
        (
            "releases = ['a/b']\n[[exceptions]]\nrelease = 'a/b'\nrule = 'x'\nreason = 'why'\nuntil = 2036-12-01",
            "an exception lasts at most 400 days",
        ),
        (
            "[[exceptions]]\nrelease = 'a/b'\nrule = 'x'\nreason = 'why'\nuntil = 2026-12-01",
            "is not among the releases",
        ),
        ("releases = ['org/good']\n[policy]\nmin-class = 'best'", "has no class 'best'"),
        ("releases = ['org/good']\n[policy]\ngates = ['best']", "has no gate 'best'"),
        ("releases = ['org/good']\n[policy]\nrubric = 'best'\nmin-class = 'x'", "no rubric is called 'best'"),
        ("releases = [", "openness.toml: "),
    ],
)
def test_demands_that_cannot_be_used(cli: Run, project: Path, written: str, told: str) -> None:
    (project / "openness.toml").write_text(written, encoding="utf-8")
    outcome = cli("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_where_nothing_is_demanded(cli: Run, project: Path) -> None:
    (project / "openness.toml").write_text("", encoding="utf-8")
    assert cli("check").code == 4
    (project / "openness.toml").unlink()
    assert cli("check").code == 2
    (project / "pyproject.toml").write_text('[tool.openness]\nreleases = ["org/good"]\n', encoding="utf-8")
    assert "this policy demands nothing" in cli("check").err
    demanding = '[tool.openness]\nreleases = ["org/good"]\npolicy = { min-class = "open-weights" }\n'
    (project / "pyproject.toml").write_text(demanding, encoding="utf-8")
    assert cli("check").code == 0
    (project / "openness.toml").write_text(POLICY, encoding="utf-8")
    assert "both openness.toml and pyproject.toml" in cli("check").err


def test_the_nearest_file_upwards_counts(cli: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "src" / "deep").mkdir(parents=True)
    monkeypatch.chdir(project / "src" / "deep")
    assert cli("check").code == 1
    assert cli("lock").code == 0
    assert (project / "openness.lock").is_file()


def test_a_release_does_not_choose_its_judge(cli: Run, project: Path, hub: LoopbackHub) -> None:
    hub.commit(
        "org/narrow", files={"openness.toml": "releases = []", "pyproject.toml": "[tool.openness]\nreleases = []"}
    )
    assert cli("check").code == 1


@pytest.mark.parametrize(
    "text", ["{", "version = 9", "version = 1", 'version = 2\n[[release]]\nid = "org/good"', "version = 2\nrelease = 3"]
)
def test_a_lock_that_is_none(cli: Run, project: Path, text: str) -> None:
    (project / "openness.lock").write_text(text, encoding="utf-8")
    outcome = cli("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert "`openness lock --upgrade` writes a new one" in outcome.err


def test_locked_needs_a_lock_that_fits(cli: Run, project: Path) -> None:
    assert "there is no openness.lock" in cli("check", "--locked").err
    cli("lock")
    text = (project / "openness.lock").read_text(encoding="utf-8")
    (project / "openness.lock").write_text(text.replace('rubric = "retort"', 'rubric = "mof"', 1), encoding="utf-8")
    outcome = cli("check", "--locked")
    assert (outcome.code, outcome.out) == (2, "")
    assert "openness lock --upgrade" in outcome.err
    cli("lock", "--upgrade")
    (project / "openness.toml").write_text(POLICY + '[[releases]]\nid = "org/new"\n', encoding="utf-8")
    assert "does not hold org/new" in cli("check", "--locked").err


def test_the_lock_is_the_same_each_time_and_whole_or_not_at_all(cli: Run, project: Path, hub: LoopbackHub) -> None:
    cli("lock")
    first = (project / "openness.lock").read_bytes()
    cli("lock", "--upgrade")
    assert (project / "openness.lock").read_bytes() == first
    hub.fault("/api/models/org/drifts", kind="status", code=503)
    assert cli("lock", "--upgrade").code == 5
    assert (project / "openness.lock").read_bytes() == first


def test_as_a_process(project: Path, hub: LoopbackHub) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "openness", "check", "-f", "github"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("::error file=openness.toml")
