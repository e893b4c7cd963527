"""Data: linked, named, described, withheld, promised; data cards; the data of the evaluation."""

from __future__ import annotations

import pytest

from openness.core.finding import AT_LEAST_DESCRIBED, Status
from tests.unit.probing import findings

ONLY = ("README.md",)
PLACE = "https://huggingface.co/datasets/lab/stories"


@pytest.mark.parametrize(
    "card",
    [
        "---\ndatasets:\n- lab/stories\n---\nA model.",
        f"It was trained on [stories]({PLACE}).",
        "It was trained on [the story corpus](https://lab.example/story-corpus).",
    ],
)
def test_linked_data_are_at_least_described(card: str) -> None:
    found = findings(card, ONLY)["datasets"]
    assert found.status is Status.UNKNOWN
    assert found.possible == AT_LEAST_DESCRIBED


@pytest.mark.parametrize(
    "card",
    [
        "We do not release the training data.",
        "The training data cannot be shared, for legal reasons it is not publicly available.",
        "The pre-training corpus has not been published.",
        "Neither the training data nor the filters are released.",
        "Details of the training data are undisclosed.",
    ],
)
def test_refusals_are_withheld_with_their_words(card: str) -> None:
    found = findings(card, ONLY)["datasets"]
    assert found.status is Status.WITHHELD
    assert found.evidence[0].quote == card


@pytest.mark.parametrize(
    "card",
    [
        "It was trained on publicly available data.",
        "The model was trained on web pages; it is not intended to provide advice.",
        "It was trained on text that does not contain the test sets, all of it from public sources.",
        "It was trained on English data, so do not expect German.",
    ],
)
def test_other_negations_and_public_data_describe(card: str) -> None:
    assert findings(card, ONLY)["datasets"].status is Status.DESCRIBED


@pytest.mark.parametrize(
    ("card", "first", "tuning"),
    [
        ("It was pretrained on web pages.", Status.DESCRIBED, Status.SILENT),
        ("It was fine-tuned on our instruction data.", Status.SILENT, Status.DESCRIBED),
        ("The pre-training data are not released. It was fine-tuned on chats.", Status.WITHHELD, Status.DESCRIBED),
        ("The fine-tuning data cannot be shared. Pretraining data: web pages.", Status.DESCRIBED, Status.WITHHELD),
        (f"It was pre-trained on books and fine-tuned on [stories]({PLACE}).", Status.UNKNOWN, Status.UNKNOWN),
        ("You can see how it was fine-tuned on your data.", Status.SILENT, Status.SILENT),
    ],
)
def test_the_data_of_each_stage(card: str, first: Status, tuning: Status) -> None:
    found = findings(card, ONLY)
    assert (found["pretraining-data"].status, found["tuning-data"].status) == (first, tuning)


@pytest.mark.parametrize(
    ("card", "kind"),
    [
        ("It was trained on a mix of proprietary data and publicly available text.", "unshareable-data"),
        ("It was trained on licensed data and on publicly available text.", "obtainable-data"),
        ("It was trained on data purchased from archives.", "obtainable-data"),
        ("It was trained on publicly available data.", "public-data"),
        ("---\ndatasets:\n- lab/stories\n---\nA model.", "open-data"),
        ("A model.", None),
    ],
)
def test_the_kind_of_the_data(card: str, kind: str | None) -> None:
    found = findings(card, ONLY)["data-kind"]
    assert found.value == kind
    assert (found.status is Status.DESCRIBED) is (kind is not None)


def test_sources_with_their_shares_are_a_mixture() -> None:
    rows = "It was trained on these texts.\n\n| Source | Share |\n|-|-|\n| Wikipedia | 40 % |\n| The Pile | 60 % |\n"
    found = findings(f"## Training data\n\n{rows}", ONLY)["datasets"]
    assert (found.status, found.value) == (Status.DESCRIBED, "mixture")
    found = findings("## Training data\n\nIt was trained on Wikipedia and the Pile.\n", ONLY)["datasets"]
    assert (found.status, found.value) == (Status.DESCRIBED, "named")


def test_proprietary_data_describe_and_say_so() -> None:
    found = findings("It was trained on a mix of proprietary data and web pages.", ONLY)["datasets"]
    assert found.status is Status.DESCRIBED
    assert "not to be public" in found.note


@pytest.mark.parametrize(
    "card",
    [
        "The training data will be released soon.",
        "Unlike ours, the original model was trained on secret text.",
        "A tale.",
    ],
)
def test_promises_and_others_are_nothing(card: str) -> None:
    assert findings(card, ONLY)["datasets"].status is Status.SILENT


@pytest.mark.parametrize(
    "card",
    [
        "## Training data\n\n[More Information Needed]\n",
        "<!-- It was trained on the Pile. -->",
        "## Training Data\n\n<!-- Link to a dataset card, or tell how the data were made. -->\n\n[More Information Needed]",
    ],
)
def test_a_template_left_empty_is_silence(card: str) -> None:
    found = findings(card, ONLY)
    assert found["datasets"].status is Status.SILENT
    assert found["data-card"].status is Status.SILENT


def test_hardware_is_no_data() -> None:
    assert findings("The model was trained on 64 A100 GPUs.", ONLY)["datasets"].status is Status.SILENT


def test_a_card_that_was_cut_is_never_silent() -> None:
    found = findings("A tale.", ONLY, truncated=True)
    assert found["datasets"].status is Status.UNKNOWN
    assert found["research-paper"].status is Status.UNKNOWN
    assert found["data-card"].status is Status.UNKNOWN


NAMED = (
    "## Training data\n\nThe corpus consists of Common Crawl (60%), Wikipedia (30%) and books (10%). Documents were filtered "
    "by language, de-duplicated and cleaned; about 300 billion tokens are left after that."
)
VAGUE = (
    "## Training data\n\nThe model was trained on a new mix of publicly available data from the web, collected with great care "
    "by our team over a long time, and filtered for quality with tools of our own making."
)


def test_a_section_that_names_its_sources_is_part_of_a_data_card() -> None:
    assert findings(NAMED, ONLY)["data-card"].status is Status.PARTIAL
    assert findings(VAGUE, ONLY)["data-card"].status is Status.SILENT


def test_a_linked_datasheet() -> None:
    found = findings("See the [datasheet](https://lab.example/sheet.pdf).", ONLY)["data-card"]
    assert found.possible == AT_LEAST_DESCRIBED
    assert findings("A datasheet is planned; it will be published.", ONLY)["data-card"].status is Status.SILENT


def test_public_benchmarks_by_name_and_linked_data() -> None:
    about = "evaluation-data"
    assert findings("MMLU 61.2, HellaSwag 80.1", ONLY)[about].status is Status.RELEASED
    assert findings("It is good.", ONLY)[about].status is Status.SILENT
    assert findings("A dropout of 0.1; we cocoon it.", ONLY)[about].status is Status.SILENT
    linked = f"We evaluate on [our benchmark]({PLACE})."
    assert findings(linked, ONLY)[about].possible == AT_LEAST_DESCRIBED
