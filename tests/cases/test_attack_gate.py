"""Ways to a wrong green of `openness check`, tried by a hostile publisher, Hub or file of the project."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cases.conftest import Run
from tests.cases.gate import CARD, POLICY, checked, project, publish
from tests.hub.loopback import LoopbackHub

__all__ = ["project"]

PROHIBITION = "Commercial use is prohibited. You must not use the model for any commercial purpose.\n"


@pytest.fixture
def texts(corpus: Path) -> dict[str, str]:
    """Licence texts of the corpus by short names."""
    names = {"mit": "std-mit", "nc": "std-cc-by-nc-4.0", "llama": "llama-2", "apache": "std-apache-2.0"}
    return {name: (corpus / "licences" / f"{file}.txt").read_text(encoding="utf-8") for name, file in names.items()}


# ---- attack 01: a listed licence file that is not read


def test_the_restrictive_licence_is_a_violation_when_it_is_read(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str]
) -> None:
    publish(hub, {"LICENSE": texts["llama"]})
    assert cli("check").code == 1


@pytest.mark.parametrize("path", ["LICENSE", "LICENSE.md", "MODEL_LICENSE", "COPYING.txt", "legal/LICENSE"])
@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (5, {"kind": "status", "code": 503}),
        (5, {"kind": "retry_after", "value": 9999}),
        (5, {"kind": "reset", "before": True}),
        (3, {"kind": "status", "code": 403, "error_code": "GatedRepo"}),
        (3, {"kind": "status", "code": 401, "error_code": "GatedRepo"}),
        (3, {"kind": "html200"}),
    ],
)
def test_a_licence_file_that_is_not_read_is_never_green_and_never_locked(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str], path: str, code: int, fault: dict[str, Any]
) -> None:
    sha = publish(hub, {path: texts["llama"]})
    hub.fault(f"/org/name/resolve/{sha}/{path}", **fault)
    (project / "openness.lock").write_text("version = 2\n", encoding="utf-8")
    assert cli("check").code == code
    outcome = cli("lock")
    assert outcome.code == code
    assert path in outcome.err
    assert "openness.lock is left as it was" in outcome.err
    assert (project / "openness.lock").read_text(encoding="utf-8") == "version = 2\n"


def test_a_licence_that_comes_too_slowly_is_to_be_asked_for_again(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str]
) -> None:
    sha = publish(hub, {"LICENSE": texts["llama"]})
    hub.fault(f"/org/name/resolve/{sha}/LICENSE", kind="stall")
    assert cli("check", "--timeout", "0.5").code == 5


# ---- attack 02: several licence files


@pytest.mark.parametrize(
    "second",
    [
        {"LICENSE.md": "nc"},
        {"COPYING": "nc"},
        {"LICENCE": "nc"},
        {"USE_POLICY.md": PROHIBITION},
        {"LICENSE.pdf": "%PDF"},
        {"NOTICE.pdf": "%PDF"},
        {"licence.docx": "PK"},
        {"license.HTML": "<p>non-commercial</p>"},
        {"legal/LICENSE.txt": "nc"},
        {"LICENSE-WEIGHTS": "llama"},
        {"ACCEPTABLE_USE.md": PROHIBITION},
    ],
)
def test_a_second_licence_file_is_never_passed_over(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str], second: dict[str, str]
) -> None:
    files = {path: texts.get(text, text) for path, text in second.items()}
    publish(hub, {"LICENSE": texts["mit"]} | files)
    outcome = cli("check", "-f", "json")
    assert outcome.code in (1, 3)
    assert next(iter(second)) in outcome.out


@pytest.mark.parametrize(
    "second",
    [
        {"LICENSE.md": "mit"},
        {"LICENSE-APACHE": "apache"},
        {"LICENSE-DATA": "nc"},
        {"NOTICE": "This product holds software by its contributors.\n"},
        {"THIRD_PARTY_LICENSES.txt": "nc"},
        {"license_check.py": "print('ok')"},
    ],
)
def test_what_takes_nothing_away_stays_green(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str], second: dict[str, str]
) -> None:
    publish(hub, {"LICENSE": texts["mit"]} | {path: texts.get(text, text) for path, text in second.items()})
    code, found = checked(cli)
    assert "licence-files" not in found
    assert code == 0


@pytest.mark.parametrize(
    "path", ["LICENSE.md", "LICENSE.pdf", "NOTICE", "USE_POLICY.md", "legal/LICENSE", "notice.pdf"]
)
def test_a_new_licence_file_is_a_regression_that_names_it(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str], path: str
) -> None:
    publish(hub, {"LICENSE": texts["mit"]})
    assert cli("lock").code == 0
    hub.commit("org/name", {path: texts["nc"]})
    code, found = checked(cli)
    assert code == 1
    told = [each for rule, each in found.items() if rule.startswith("regression:licence")]
    assert told[0]["outcome"] == "violated"
    assert f"{path} is new" in told[0]["message"]


@pytest.mark.parametrize(("text", "said"), [(None, "was removed"), ("Another text.\n", "changed")])
@pytest.mark.parametrize("path", ["NOTICE", "LICENSE-CODE", "legal/LICENSE"])
def test_a_changed_or_removed_licence_file_is_a_regression_that_names_it(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str], path: str, text: str | None, said: str
) -> None:
    publish(hub, {"LICENSE": texts["mit"], path: texts["apache"]})
    assert cli("lock").code == 0
    hub.commit("org/name", {path: text})
    code, found = checked(cli)
    assert code == 1
    messages = [each["message"] for rule, each in found.items() if rule.startswith("regression:licence")]
    assert any(f"{path} {said}" in message for message in messages)


def test_a_document_that_cannot_be_read_may_have_changed(
    cli: Run, project: Path, hub: LoopbackHub, texts: dict[str, str]
) -> None:
    publish(hub, {"LICENSE": texts["mit"], "LICENSE.pdf": "%PDF 1"})
    assert cli("lock").code == 0
    assert 'LICENSE.pdf" = "not read"' in (project / "openness.lock").read_text(encoding="utf-8")
    assert "holds LICENSE.pdf of org/name by its name alone" in cli("check").err
    hub.commit("org/name", {"LICENSE.pdf": "%PDF 2"})
    code, found = checked(cli)
    assert code == 3
    assert found["regression:licence-unread"]["outcome"] == "undecided"


# ---- attack 04: another name is answered


@pytest.mark.parametrize("new", ["evil/name", "org/name2", "org-x/name", "org/name-old", "0rg/name"])
def test_another_name_is_a_violation_that_names_both(cli: Run, project: Path, hub: LoopbackHub, new: str) -> None:
    publish(hub, {})
    cli("lock")
    hub.rename("org/name", new)
    code, found = checked(cli)
    assert code == 1
    assert {each["release"] for each in found.values()} == {"org/name"}
    for rule in ("renamed", "regression:renamed"):
        assert found[rule]["outcome"] == "violated"
        assert "org/name" in found[rule]["message"]
        assert new in found[rule]["message"]
    assert checked(cli, "--offline")[0] == 1


def test_a_name_that_differs_in_case_alone_is_the_same(cli: Run, project: Path, hub: LoopbackHub) -> None:
    publish(hub, {})
    (project / "openness.toml").write_text(POLICY.replace("org/name", "Org/Name"), encoding="utf-8")
    code, found = checked(cli)
    assert code == 0
    assert "renamed" not in found


def test_an_exception_accepts_a_renaming_and_not_the_next_one(cli: Run, project: Path, hub: LoopbackHub) -> None:
    publish(hub, {})
    hub.rename("org/name", "new/name")

    def excepted(release: str) -> None:
        until = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
        text = f'[[exceptions]]\nrelease = "{release}"\nrule = "renamed"\nreason = "it moved"\nuntil = {until}\n'
        (project / "openness.toml").write_text(POLICY + text, encoding="utf-8")

    excepted("org/name")
    assert cli("check").code == 0
    assert cli("lock").code == 0
    hub.rename("new/name", "evil/name")
    assert checked(cli)[1]["regression:renamed"]["outcome"] == "violated"
    excepted("evil/name")
    assert "is not among the releases" in cli("check").err


def test_another_commit_than_the_one_asked_for_is_no_answer(cli: Run, project: Path, hub: LoopbackHub) -> None:
    sha = publish(hub, {})
    (project / "openness.toml").write_text(f'{POLICY}revision = "{sha}"\n', encoding="utf-8")
    other = hub.commit("org/name", {"NOTICE": "other"})
    body = json.dumps(
        {"id": "org/name", "sha": other, "gated": False, "siblings": [{"rfilename": "model.safetensors"}]}
    )
    hub.fault("/api/models/org/name", kind="body", body=body, content_type="application/json")
    outcome = cli("check")
    assert outcome.code == 5
    assert other[:12] in outcome.err


# ---- attack 10: what a baseline hides

LEAST = '[policy]\nmin-class = "open-source"\n[[releases]]\nid = "org/name"\n'


@pytest.mark.parametrize(
    "change",
    [
        {"model.safetensors": None, "README.md": CARD.replace("mit", "cc-by-nc-4.0").replace("MIT", "CC-BY-NC-4.0")},
        {"model.safetensors": None},
        {"README.md": CARD.replace("mit", "cc-by-nc-4.0").replace("MIT", "CC-BY-NC-4.0")},
        {"README.md": CARD.replace("mit", "llama2").replace("MIT", "Llama 2")},
        {"config.json": None, "README.md": "---\nlicense: other\nlicense_name: secret\n---\n# name\n"},
        {"README.md": None, "config.json": None, "model.safetensors": None},
    ],
)
def test_a_baseline_tolerates_nothing_worse(
    cli: Run, project: Path, hub: LoopbackHub, change: dict[str, str | None]
) -> None:
    (project / "openness.toml").write_text(LEAST, encoding="utf-8")
    publish(hub, {})
    assert cli("check", "--write-baseline", "b.json").code == 1
    assert cli("check", "--baseline", "b.json").code == 0
    hub.commit("org/name", change)
    code, found = checked(cli, "--baseline", "b.json")
    assert code in (1, 3)
    assert "the baseline tolerates" in found["min-class"]["message"]


def test_a_baseline_tolerates_what_became_better(cli: Run, project: Path, hub: LoopbackHub) -> None:
    (project / "openness.toml").write_text(LEAST, encoding="utf-8")
    publish(hub, {}, CARD.replace("mit", "cc-by-nc-4.0").replace("MIT", "CC-BY-NC-4.0"))
    assert cli("check", "--write-baseline", "b.json").code == 1
    hub.commit("org/name", {"README.md": CARD})
    assert cli("check", "--baseline", "b.json").code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r'"version": 2', '"version": 1'),
        (r'"version": 2', '"version": 3'),
        (r'"licence-class": "[a-z-]+"', '"licence-class": "free"'),
        (r'"rule": "min-class"', '"rule": 3'),
        (r'"licence": "MIT"', '"licence": "MIT", "extra": 1'),
        (r'"classes": \[[0-9, ]+\]', '"classes": [3, 1]'),
        (r'"(fail|open)"', '"maybe"'),
    ],
)
def test_a_baseline_that_is_none_is_refused(cli: Run, project: Path, hub: LoopbackHub, old: str, new: str) -> None:
    (project / "openness.toml").write_text(LEAST, encoding="utf-8")
    publish(hub, {})
    cli("check", "--write-baseline", "b.json")
    text = (project / "b.json").read_text(encoding="utf-8")
    assert re.search(old, text)
    (project / "b.json").write_text(re.sub(old, new, text), encoding="utf-8")
    outcome = cli("check", "--baseline", "b.json")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--write-baseline" in outcome.err


def test_a_baseline_of_another_rubric_tolerates_nothing(cli: Run, project: Path, hub: LoopbackHub) -> None:
    (project / "openness.toml").write_text(LEAST, encoding="utf-8")
    publish(hub, {})
    cli("check", "--write-baseline", "b.json")
    text = (project / "b.json").read_text(encoding="utf-8")
    (project / "b.json").write_text(
        re.sub(r'"rubric": "retort [0-9a-f]', '"rubric": "retort x', text), encoding="utf-8"
    )
    code, found = checked(cli, "--baseline", "b.json")
    assert code == 1
    assert "under another rubric" in found["min-class"]["message"]
