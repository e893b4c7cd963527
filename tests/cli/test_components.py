"""What each status means, component by component, as a user asks for it."""

from __future__ import annotations

import json

import pytest

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.finding import Status
from openness.core.meanings import meaning
from openness.probes import register
from openness.probes.base import PROBES
from tests.cli.conftest import Run


def test_every_component_has_words_for_every_status() -> None:
    for id in COMPONENTS:
        said = [meaning(id, status) for status in Status]
        assert all(words.endswith(".") for words in said), id
        assert len(set(said)) == len(said), id


def test_the_list(cli: Run) -> None:
    document = json.loads(cli("component", "list", "--format", "json").out)
    assert [each["id"] for each in document["components"]] == list(COMPONENTS)
    assert [each["id"] for each in document["aspects"]] == list(ASPECTS)
    assert "training-code" in cli("component", "list").out


@pytest.mark.parametrize("asked", ["training-code", "Training code"])
def test_one_of_them(cli: Run, asked: str) -> None:
    outcome = cli("component", "show", asked)
    assert outcome.code == 0
    for words in ("withheld", "How it is found", "linked code", "retort/training-code", "osaid/training-code"):
        assert words in outcome.out


def test_what_only_people_find(cli: Run) -> None:
    assert "No program looks for it" in cli("component", "show", "peer-review", "--format", "markdown").out


def test_an_unknown_one(cli: Run) -> None:
    outcome = cli("component", "show", "trainingcode")
    assert (outcome.code, outcome.out) == (2, "")
    assert "did you mean training-code?" in outcome.err


@pytest.mark.parametrize("id", [*COMPONENTS, *ASPECTS])
def test_a_document_for_each(cli: Run, id: str) -> None:
    register()
    document = json.loads(cli("component", "show", id, "--format", "json").out)
    assert document["id"] == id
    assert document["definition"].endswith(".")
    assert bool(document["probes"]) == any(id in each.finds for each in PROBES.values())
