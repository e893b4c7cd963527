"""How a card is read: words, sentences, hidden text, and that hostile cards cost no more than their length."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from openness.core.components import COMPONENTS
from openness.core.release import Reason
from openness.probes import assess
from openness.probes.base import PROBES
from openness.probes.reading import Reading
from openness.probes.words import closed, promises, refuses, settled
from tests.unit.probing import findings, release

ROOT = Path(__file__).parents[2]


def sentences(card: str, *words: str, code: bool = False) -> list[str]:
    return [sentence.lower.strip() for sentence in Reading(release(card)).card.sentences(words, code)]


def test_a_phrase_begins_a_word_and_may_end_one() -> None:
    card = "Pretraining code here. Training codes there."
    assert sentences(card, "training code") == ["training codes there."]
    assert sentences("lower were", "wer$", "wer") == ["lower were"]
    assert sentences("lower were", "wer$") == []


def test_code_is_read_only_when_asked() -> None:
    card = "```\nload the tale\n```\n"
    assert sentences(card, "load the") == []
    assert sentences(card, "load the", code=True)


def test_a_heading_is_no_part_of_the_sentence_under_it() -> None:
    card = "## Training code\nWe describe data here.\n"
    assert sentences(card, "describe data") == ["we describe data here."]
    assert sentences(card, "training code") == ["## training code"]


def test_evidence_is_verbatim_whatever_the_letters() -> None:
    card = "İİİ 🦙 Zuerst.\n\nThe Training code isn’t public — it’s not released. Ende."
    found = findings(card, ("README.md",))["training-code"]
    assert found.evidence[0].quote == "The Training code isn’t public — it’s not released."
    assert found.evidence[0].lines == (3, 3)


@pytest.mark.parametrize(
    ("sentence", "refused", "promised"),
    [
        ("we do not release the data", True, False),
        ("the data are not yet available", True, True),
        ("we will release the data", False, True),
        ("it is not meant for children, but the data are available", False, False),
        ("not only the code but the data are released", False, False),
        ("the data are released", False, False),
        ("users will need a large disk", False, False),
    ],
)
def test_refusals_and_promises(sentence: str, refused: bool, promised: bool) -> None:
    assert (refuses(sentence), promises(sentence)) == (refused, promised)


def test_closed_is_said_of_data() -> None:
    assert closed("trained on a mix of proprietary data")
    assert not closed("it beats proprietary models in every way")
    assert settled("code, logs (coming soon), and data").replace(" ", "") == "code,,anddata"


def test_every_component_has_a_probe() -> None:
    found = {about for probe in PROBES.values() for about in probe.finds}
    assert set(COMPONENTS) <= found


def test_every_probe_says_what_it_does() -> None:
    assess(release("A tale."))
    assert all(len(probe.body.__doc__ or "") > 60 for probe in PROBES.values())


def test_no_rule_names_a_model_or_its_publisher() -> None:
    bundled = ROOT / "openness" / "sources" / "bundled"
    texts = [path.read_text(encoding="utf-8") for path in bundled.glob("*.yaml")]
    ids = {line[3:].strip() for text in texts for line in text.split("\n") if line.startswith("id:")}
    publishers = {id.partition("/")[0].lower() for id in ids if "/" in id}
    assert len(publishers) > 10
    for path in (ROOT / "openness" / "probes").glob("*.py"):
        text = path.read_text(encoding="utf-8").lower()
        named = [name for name in publishers | {id.lower() for id in ids} if re.search(rf"\b{re.escape(name)}\b", text)]
        assert not named, f"{path.name} names {named}"


NASTY = {
    "brackets": "[a](" * 40_000,
    "pictures": "![" * 80_000,
    "training": "training code " * 20_000,
    "not": "training data not " * 15_000,
    "headings": "# x\n" * 40_000,
    "tables": "| 61.25 | 70.25 |\n" * 12_000 + "mmlu",
    "entries": "@misc{" * 30_000,
    "titles": "@misc{ title = {" + "{" * 100_000,
    "comments": "<!-- " * 40_000,
    "links": "https://github.com/a/b training code " * 8_000,
    "papers": "arxiv.org/abs/1234.56789 paper " * 8_000,
    "dots": ". " * 100_000,
    "surrogates": "training code \ud800\udfff not released. " * 2_000,
    "soon": "a" * 100_000 + " (coming soon)",
}


@pytest.mark.parametrize("name", NASTY)
def test_hostile_cards_cost_no_more_than_their_length(name: str) -> None:
    card = NASTY[name]
    started = time.process_time()
    found = assess(release(card))
    assert time.process_time() - started < 4
    assert not any(each.missing and each.missing.reason is Reason.PROBE_ERROR for each in found)
    assert all(len(evidence.quote) <= 280 for each in found for evidence in each.evidence)
