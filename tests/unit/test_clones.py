"""Links to code hosts, followed in clones as the accuracy benchmark does it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from openness.core.finding import Status
from openness.core.release import Reason
from openness.probes import assess
from tests.benchmarks.clones import followed
from tests.unit.probing import release

CARD = "The training code is at https://github.com/Makers/Tale-7B and the rest at https://github.com/others/gone.\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_clients_questions_are_answered_from_clones(tmp_path: Path) -> None:
    clone = tmp_path / "makers+tale-7b"
    (clone / "src").mkdir(parents=True)
    (clone / "src" / "train.py").write_text("pass\n", encoding="utf-8")
    (clone / "README.md").write_text("How it was trained.\n", encoding="utf-8")
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "."), (*who, "commit", "-q", "-m", "first")):
        subprocess.run(["git", "-C", str(clone), *words], check=True, capture_output=True)
    (seen,) = followed([release(CARD)], tmp_path)
    held, gone = sorted(seen.linked, key=lambda place: place.exists is None)
    assert [file.path for file in held.files] == ["README.md", "src/train.py"]
    assert held.readme == "How it was trained.\n"
    assert gone.missing is not None
    assert gone.missing.reason is Reason.NOT_RECORDED
    found = {finding.about: finding for finding in assess(seen)}["training-code"]
    assert (found.status, found.evidence[0].path) == (Status.RELEASED, "src/train.py")
