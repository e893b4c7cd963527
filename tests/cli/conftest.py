"""Running the command as a user does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from openness.cli import run

CARD = """---
license: apache-2.0
pipeline_tag: text-generation
---
# Model card of Name

Name is a pretrained base model with seven billion parameters for research on text generation. We describe here how it
may be used, where its limits are and how it was measured on several public benchmarks, so that readers can judge for
themselves whether it fits what they have in mind before they spend any time on it or put it into something they sell.

## Intended uses

Name is intended for research on language; it should not be used to decide about people without a second look.
"""


@dataclass(frozen=True)
class Outcome:
    """What a run printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Run:
    """`cli("score", "org/name")` runs the command in this process."""

    def call(*argv: str) -> Outcome:
        code = run(list(argv))
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err + printed.out
        return Outcome(code, printed.out, printed.err)

    return call
