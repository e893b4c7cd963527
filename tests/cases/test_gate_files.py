"""Ways to a wrong green through the files of a project: its policy, its exceptions, its lock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cases.conftest import Run
from tests.cases.gate import CARD, POLICY, project, publish
from tests.hub.loopback import LoopbackHub

__all__ = ["project"]

# ---- policies that demand nothing, and days


@pytest.mark.parametrize(
    "text",
    [
        'releases = ["org/name"]\n',
        'releases = ["org/name"]\n[policy]\n',
        'releases = ["org/name"]\n[policy]\nrubric = "mof"\n',
        'releases = ["org/name"]\n[policy]\ngates = []\n',
        'releases = ["org/name"]\n[policy]\nmin-score = 1\nlicences = { forbid = [] }\n',
        'releases = ["org/name"]\n[policy]\nmin-score = 0\n',
        'releases = ["org/name"]\n[policy]\nmin-class = "closed"\n',
        'releases = ["org/name"]\n[policy]\nmin-score = 1\nterms = { commercial-use = [] }\n',
        'releases = ["org/name"]\n[policy]\nmin-score = 1\n[policies.strict]\nmin-score = 90\n',
        '[policy]\nmin-score = 90\n[policies.lax]\nmin-score = 1\n[[releases]]\nid = "org/name"\npolicy = "lax"\n',
        '[policies.lax]\n[[releases]]\nid = "org/name"\npolicy = "lax"\n',
        'releases = ["org/name", "Org/Name"]\n[policy]\nmin-score = 1\n',
        'releases = ["org/name", "https://huggingface.co/org/name"]\n[policy]\nmin-score = 1\n',
    ],
)
def test_a_policy_that_demands_nothing_is_refused(cli: Run, project: Path, hub: LoopbackHub, text: str) -> None:
    publish(hub, {})
    (project / "openness.toml").write_text(text, encoding="utf-8")
    outcome = cli("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert "openness: " in outcome.err


@pytest.mark.parametrize("text", ["releases = []\n", "releases = []\n[policy]\nmin-score = 50\n", ""])
def test_no_releases_are_nothing_to_check(cli: Run, project: Path, text: str) -> None:
    (project / "openness.toml").write_text(text, encoding="utf-8")
    outcome = cli("check")
    assert outcome.code == 4
    assert "names no release" in outcome.err


@pytest.mark.parametrize("epoch", ["0", "1000000000", "1", "99999999999999999999", "²"])
def test_no_epoch_revives_an_exception(
    cli: Run, project: Path, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    publish(hub, {}, CARD.replace("mit", "cc-by-nc-4.0").replace("MIT", "CC-BY-NC-4.0"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    policy = '[policy]\nlicences = { forbid = ["non-commercial"] }\n[[releases]]\nid = "org/name"\n'
    exception = '[[exceptions]]\nrelease = "org/name"\nrule = "licence:forbid"\nreason = "ticket"\nuntil = '
    yesterday = datetime.now(UTC).date() - timedelta(days=2)
    (project / "openness.toml").write_text(f"{policy}{exception}{yesterday}\n", encoding="utf-8")
    assert cli("check").code == 1
    soon = datetime.now(UTC).date() + timedelta(days=2)
    (project / "openness.toml").write_text(f"{policy}{exception}{soon}\n", encoding="utf-8")
    assert cli("check").code == 0


def test_an_epoch_to_come_ends_an_exception(
    cli: Run, project: Path, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(hub, {}, CARD.replace("mit", "cc-by-nc-4.0").replace("MIT", "CC-BY-NC-4.0"))
    soon = datetime.now(UTC) + timedelta(days=2)
    text = (
        '[policy]\nlicences = { forbid = ["non-commercial"] }\n[[releases]]\nid = "org/name"\n[[exceptions]]\n'
        f'release = "org/name"\nrule = "licence:forbid"\nreason = "ticket"\nuntil = {soon.date()}\n'
    )
    (project / "openness.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int((soon + timedelta(days=5)).timestamp())))
    assert cli("check").code == 1


# ---- the lock


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'revision = "[0-9a-f]{40}"', 'revision = "main"'),
        (r'revision = "[0-9a-f]{40}"', 'revision = "abc1234"'),
        (r'access = "[a-z-]+"', 'access = "wide-open"'),
        (r'weights = "[a-z-]+"', 'weights = "gone"'),
        (r"classes = \[.*\]", 'classes = ["best-of-all"]'),
        (r"classes = \[.*\]", "classes = []"),
        (r"score = \[.*\]", "score = [9000, 100]"),
        (r"texts = \{.*\}", 'texts = { LICENSE = "abc" }'),
        (r'seen = "[0-9-]+"', 'seen = "yesterday"'),
        (r'answered = "[^"]+"\n', ""),
        (r"\[\[release\]\]", '[[release]]\nnote = "trust me"'),
        (r"version = 2", 'version = 2\nnote = "trust me"'),
        (r"version = 2", "version = 2.0"),
    ],
)
def test_a_lock_is_validated(cli: Run, project: Path, hub: LoopbackHub, old: str, new: str) -> None:
    publish(hub, {})
    assert cli("lock").code == 0
    text = (project / "openness.lock").read_text(encoding="utf-8")
    assert re.search(old, text)
    (project / "openness.lock").write_text(re.sub(old, new, text, count=1), encoding="utf-8")
    outcome = cli("check")
    assert (outcome.code, outcome.out) == (2, "")
    assert "`openness lock --upgrade` writes a new one" in outcome.err
    assert cli("lock", "--upgrade").code == 0


@pytest.mark.parametrize("name", ["org/name", "Org/Name"])
def test_a_release_stands_in_the_lock_once(cli: Run, project: Path, hub: LoopbackHub, name: str) -> None:
    publish(hub, {})
    cli("lock")
    text = (project / "openness.lock").read_text(encoding="utf-8")
    entry = text[text.index("[[release]]") :].replace('id = "org/name"', f'id = "{name}"')
    (project / "openness.lock").write_text(f"{text}\n{entry}", encoding="utf-8")
    assert "is listed twice" in cli("check").err


def test_what_the_lock_does_not_cover_is_said(cli: Run, project: Path, hub: LoopbackHub) -> None:
    publish(hub, {})
    assert "openness.lock" not in cli("check").err
    (project / "openness.lock").write_text("version = 2\n", encoding="utf-8")
    assert "org/name is not in openness.lock" in cli("check").err
    assert cli("check", "--locked").code == 2


def test_the_lock_is_of_the_revision_that_the_project_names(cli: Run, project: Path, hub: LoopbackHub) -> None:
    publish(hub, {})
    cli("lock")
    hub.branch("org/name", "v2", hub.commit("org/name", {"model.safetensors": None}))
    (project / "openness.toml").write_text(f'{POLICY}revision = "v2"\n', encoding="utf-8")
    outcome = cli("check", "--locked")
    assert (outcome.code, outcome.out) == (2, "")
    assert "v2" in outcome.err
    assert "1 of them looked at now" in cli("lock").err


def test_a_remembered_answer_is_not_green_while_the_hub_fails(cli: Run, project: Path, hub: LoopbackHub) -> None:
    publish(hub, {})
    assert cli("check").code == 0
    for code in (500, 502, 503, 504):
        hub.clear_faults()
        hub.fault("/api/models/org/name", kind="status", code=code)
        assert cli("check").code == 5
