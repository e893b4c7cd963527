"""Code: what counts as found, what as said, promised, refused, and whose it is."""

from __future__ import annotations

import pytest

from openness.core.finding import AT_LEAST_DESCRIBED, Status
from openness.core.release import Reason
from tests.unit.probing import findings

REPO = "https://github.com/lab/tale"
SAID = {
    "training-code": [
        f"The training code is available at {REPO}.",
        f"- [Training Code]({REPO}-run)",
        f"- Core repo (training, inference, and more): {REPO}",
        f"We train with the code in the [repository]({REPO}); it holds our training recipe.",
    ],
    "evaluation-code": [
        f"All models were evaluated using the [harness]({REPO}).",
        f"- Evaluation code: {REPO}",
        "You find our scripts in https://github.com/lab/tale-eval",
    ],
    "data-preprocessing-code": [
        f"- [Data preparation]({REPO}-prep)",
        f"The data processing pipeline stands in [our repository]({REPO}).",
    ],
    "inference-code": [f"The inference code is at {REPO}."],
    "supporting-libraries-and-tools": [f"- Library: [Tale Engine]({REPO})", f"It needs our toolkit, see {REPO}."],
}


@pytest.mark.parametrize(("about", "card"), [(about, card) for about, cards in SAID.items() for card in cards])
def test_a_place_that_was_not_looked_at_is_at_least_described(about: str, card: str) -> None:
    found = findings(card, ("README.md",))[about]
    assert found.status is Status.UNKNOWN
    assert found.possible == AT_LEAST_DESCRIBED
    assert found.missing is not None
    assert found.missing.reason is Reason.NOT_FOLLOWED
    assert found.evidence[0].quote


@pytest.mark.parametrize(
    ("about", "path"),
    [
        ("training-code", "train.py"),
        ("training-code", "scripts/run_pretrain.sh"),
        ("evaluation-code", "eval/evaluate.py"),
        ("data-preprocessing-code", "data/preprocess_text.py"),
        ("inference-code", "modeling_tale.py"),
        ("supporting-libraries-and-tools", "tokenizer.json"),
    ],
)
def test_a_file_is_released(about: str, path: str) -> None:
    found = findings("", ("README.md", path))[about]
    assert found.status is Status.RELEASED
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    "path", ["constrained.py", "retrieval.py", "training_args.bin", "trainer_state.json", "untrained.md"]
)
def test_a_name_that_only_looks_like_it_is_nothing(path: str) -> None:
    found = findings("", ("README.md", path))
    assert found["training-code"].status is Status.SILENT
    assert found["evaluation-code"].status is Status.SILENT


@pytest.mark.parametrize("about", ["training-code", "evaluation-code", "data-preprocessing-code"])
def test_a_card_without_a_word_is_silent(about: str) -> None:
    found = findings("A small model that tells tales.", ("README.md",))[about]
    assert found.status is Status.SILENT
    assert found.evidence


@pytest.mark.parametrize("about", ["training-code", "evaluation-code", "data-preprocessing-code", "inference-code"])
def test_without_a_file_list_nothing_is_silent(about: str) -> None:
    assert findings("A small model.", listed=False)[about].status is Status.UNKNOWN


def test_a_link_without_words_is_unknown_whatever_it_holds() -> None:
    found = findings(f"See {REPO} for more.", ("README.md",))["training-code"]
    assert found.status is Status.UNKNOWN
    assert found.possible == ()


@pytest.mark.parametrize(
    "card",
    [
        "The training code will be released soon.",
        f"We plan to publish the training code at {REPO}.",
        "The training code is coming soon.",
        "We are going to open-source our training scripts.",
    ],
)
def test_a_promise_is_nothing_yet(card: str) -> None:
    found = findings(card, ("README.md",))["training-code"]
    assert found.status in (Status.SILENT, Status.UNKNOWN)
    assert not found.possible


@pytest.mark.parametrize(
    "card",
    [
        "We do not release the training code.",
        "The training code is not publicly available.",
        "No training code is provided with this model.",
        "The training scripts haven’t been published.",
    ],
)
def test_a_refusal_is_the_publishers_own(card: str) -> None:
    found = findings(card, ("README.md",))["training-code"]
    assert found.status is Status.WITHHELD
    assert found.evidence[0].quote == card


@pytest.mark.parametrize(
    "card",
    [
        f"The model is not meant for children, but its training code is available at {REPO}.",
        f"Our training code, at {REPO}, is not only released but documented.",
    ],
)
def test_a_negation_of_something_else_is_no_refusal(card: str) -> None:
    assert findings(card, ("README.md",))["training-code"].possible == AT_LEAST_DESCRIBED


def test_words_without_a_place_describe() -> None:
    assert (
        findings("Our training code runs on any machine.", ("README.md",))["training-code"].status is Status.DESCRIBED
    )


@pytest.mark.parametrize(
    "card",
    [
        f"We thank the authors of the training code in {REPO}.",
        f"Unlike ours, the original model has its training code at {REPO}.",
        f"You can fine-tune it with the training script of {REPO} on your own data.",
    ],
)
def test_somebody_elses_code_and_instructions_do_not_count(card: str) -> None:
    assert not findings(card, ("README.md",))["training-code"].possible


def test_fine_tuning_code_is_training_code_of_a_tuned_release_only() -> None:
    card = f"Our fine-tuning code is at {REPO}."
    assert not findings(card, ("README.md",))["training-code"].possible
    tuned = "---\nbase_model: lab/tale-base\n---\n" + card
    assert findings(tuned, ("README.md",))["training-code"].possible == AT_LEAST_DESCRIBED


def test_all_code_is_every_kind_of_code_but_what_is_coming() -> None:
    card = f"We release all code, weights, logs (coming soon), and details at [our place]({REPO})."
    found = findings(card, ("README.md",))
    assert found["data-preprocessing-code"].possible == AT_LEAST_DESCRIBED
    card = f"We release the weights, and all code (coming soon) at [our place]({REPO})."
    assert not findings(card, ("README.md",))["data-preprocessing-code"].possible


def test_a_snippet_with_a_public_library_runs_the_model() -> None:
    card = '```python\nmodel = AutoModel.from_pretrained("lab/tale-7b")\n```'
    assert findings(card, ("README.md",))["inference-code"].status is Status.RELEASED


@pytest.mark.parametrize(
    "card",
    [
        f"<!-- The training code is available at {REPO}. -->",
        f"The training\u200b code\u202e is unavailable.\n<!-- training code: {REPO} -->",
        "---\nnote: training code at https://github.com/lab/tale\n---\nA model.",
        "[![training code](https://img.shields.io/badge/training_code-open-green)](https://mot.isitopen.ai/model/1)",
        "![training code](https://github.com/lab/tale/training.png)",
    ],
)
def test_hidden_text_and_badges_are_no_evidence(card: str) -> None:
    found = findings(card, ("README.md",))["training-code"]
    assert not found.possible
    assert found.status in (Status.SILENT, Status.UNKNOWN)
