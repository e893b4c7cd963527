"""Documents: cards, papers and whose they are, reports, results, samples."""

from __future__ import annotations

import pytest

from openness.core.finding import Confidence, Status
from tests.unit.probing import findings

ONLY = ("README.md",)
BIB = "## Citation\n\n```bibtex\n@misc{x,\n  title={%s},\n  eprint={2401.00001},\n  archivePrefix={arXiv}\n}\n```"


@pytest.mark.parametrize(
    "card",
    [
        "Read our [paper](https://arxiv.org/abs/2401.00001).",
        "**Research paper** [Tales](arxiv.org/abs/2401.00001)",
        "[![arXiv](https://img.shields.io/badge/arXiv-2401.00001-red)](https://arxiv.org/abs/2401.00001)",
        "The model was introduced in [Tales](https://aclanthology.org/2024.acl-1.1).",
        "It was introduced in [this paper](https://lab.example/tales.pdf).",
        "---\narxiv: 2401.00001\n---\nA model.",
        BIB % "Tale: a model of stories",
        "# Tale\n\n[Tale: a model](https://arxiv.org/abs/2401.00001)",
    ],
)
def test_the_releases_own_paper(card: str) -> None:
    assert findings(card, ONLY)["research-paper"].status is Status.RELEASED


@pytest.mark.parametrize(
    "card",
    [
        "| Positions | [RoPE](https://arxiv.org/abs/2104.09864) |",
        "Carbon was estimated with the calculator of the paper https://arxiv.org/abs/1910.09700.",
        "Parent model: see [the paper](https://arxiv.org/abs/1512.03385) by others.",
        "Our paper will be published soon: https://arxiv.org/abs/2401.00001",
        "We read many papers. Wrapped in newspaper.",
        "<!-- our [paper](https://arxiv.org/abs/2401.00001) -->",
        "It summarises research papers.",
        "It was trained on the Heap, see the [Heap paper](https://arxiv.org/abs/2101.00002).",
        "- Embeddings are normalised (see [paper](https://arxiv.org/abs/2110.02862))",
        "- Layers: modified from another model, see [paper](https://arxiv.org/abs/1909.08054)",
        BIB % "The Heap dataset for Tale",
        "```\n@software{t, title={Tale}, doi={10.5281/zenodo.1}}\n```",
        BIB.replace("@misc{x,", "@misc{y, title={Tale}, year={2024}}\n@misc{x,") % "A toolkit for speech",
    ],
)
def test_other_papers_are_none(card: str) -> None:
    assert findings(card, ONLY)["research-paper"].status is Status.SILENT


def test_a_citation_of_something_else_is_weak() -> None:
    found = findings(BIB % "A toolkit for speech", ONLY)["research-paper"]
    assert (found.status, found.confidence) == (Status.DESCRIBED, Confidence.LOW)


@pytest.mark.parametrize(
    ("name", "card", "status"),
    [
        ("ab/tale-7b-own", "It is a finetune of Tale.", Status.SILENT),
        ("ab/tale-7b-own", "It was trained from scratch.", Status.RELEASED),
        ("ab/tale-7b-chat", "It is a finetune of Tale.", Status.RELEASED),
        ("ab/tale-own", "---\nbase_model: cd/tale-7b\n---\n", Status.SILENT),
        ("ab/tale-own", "---\nbase_model: ab/tale-7b\n---\n", Status.RELEASED),
    ],
)
def test_the_paper_of_what_it_was_made_from_is_not_its_own(name: str, card: str, status: Status) -> None:
    found = findings(f"{card}\n\n{BIB % 'Tale: a model of stories'}", ONLY, id=name)
    assert found["research-paper"].status is status


def test_a_paper_that_is_only_mentioned() -> None:
    assert findings("See section 5 of the Tale paper.", ONLY)["research-paper"].status is Status.DESCRIBED


@pytest.mark.parametrize(
    ("card", "status"),
    [
        ("- Technical report: https://arxiv.org/abs/2401.00001", Status.RELEASED),
        (BIB % "Tale Technical Report", Status.RELEASED),
        (BIB % "Tale Model Card", Status.RELEASED),
        ("The technical report has all details.", Status.DESCRIBED),
        ("The [Tale report on arXiv](https://arxiv.org/abs/2401.00001) tells more.", Status.RELEASED),
        ("Read our security whitepaper.", Status.SILENT),
        ("More in this [blogpost](https://huggingface.co/blog/tale).", Status.SILENT),
        ("Details are in our [blog](https://lab.example/tale).", Status.PARTIAL),
        ("The technical report will be published soon.", Status.SILENT),
        ("Results are from the [GPT technical report](https://arxiv.org/abs/2401.1).", Status.SILENT),
        ("A tale.", Status.SILENT),
    ],
)
def test_reports(card: str, status: Status) -> None:
    assert findings(card, ONLY)["technical-report"].status is status


def test_a_report_where_papers_are_kept_is_a_paper() -> None:
    found = findings("The [Tale report on arXiv](https://arxiv.org/abs/2401.00001) tells more.", ONLY)
    assert found["research-paper"].status is Status.RELEASED


def test_a_model_card_is_no_research_paper() -> None:
    assert findings(BIB % "Tale Model Card", ONLY)["research-paper"].status is Status.SILENT


def test_a_card_is_counted_by_its_own_words() -> None:
    about = "model-card"
    assert findings("word " * 60)[about].status is Status.RELEASED
    assert findings("word " * 20)[about].status is Status.PARTIAL
    assert findings("[More Information Needed] " * 200)[about].status is Status.SILENT
    assert findings("https://a.example/" + "x" * 9 + " 12 34 " * 99)[about].status is Status.SILENT
    assert findings("模型" * 100)[about].status is Status.RELEASED
    assert findings("", ("model.safetensors",))[about].status is Status.SILENT
    assert findings(listed=False)[about].status is Status.UNKNOWN


INDEX = "---\nmodel-index:\n- name: tale\n  results: []\n---\n"


@pytest.mark.parametrize(
    ("card", "status"),
    [
        (INDEX, Status.RELEASED),
        ("## Evaluation\n\nMMLU 61.25, HellaSwag 80.10 and GSM8K 40.33 on the test sets.", Status.RELEASED),
        (
            "## Numbers\n\n| | MMLU | B |\n|-|-|-|\n| a | 61.2 | 70.1 |\n| b | 61.3 | 70.2 |\n| c | 61.4 | 70.3 |",
            Status.RELEASED,
        ),
        (
            "## Benchmark\n\nThe plot shows how it compares with others on tasks.\n\n<img src='plot.png'/>",
            Status.PARTIAL,
        ),
        ("It achieves an accuracy of 91.3% there.", Status.PARTIAL),
        ("Evaluation results are provided in the model's own place.", Status.DESCRIBED),
        ("Evaluation results will be provided soon.", Status.SILENT),
        ("Version 4.0 achieves what version 3.1 did not.", Status.SILENT),
        ("The lower answer was traversed 3 times.", Status.SILENT),
        ("## Evaluation\n\n[More Information Needed]", Status.SILENT),
    ],
)
def test_results(card: str, status: Status) -> None:
    assert findings(card, ONLY)["evaluation-results"].status is status


def test_results_as_files() -> None:
    assert findings("", ("README.md", "all_results.json"))["evaluation-results"].status is Status.RELEASED
    assert findings("", ("README.md", ".eval_results/a.yaml"))["evaluation-results"].status is Status.RELEASED


@pytest.mark.parametrize(
    ("card", "status"),
    [
        ("---\nwidget:\n- text: a\n  output:\n    text: b\n---\n", Status.RELEASED),
        ("---\nwidget:\n- text: a\n---\n", Status.SILENT),
        (
            "## Sample outputs\n\n> Once upon a time there was a model that told tales to all who asked it for one.",
            Status.RELEASED,
        ),
        ("## Examples\n\nThese are what it draws when it is asked for a house.\n\n![a](a.png)", Status.PARTIAL),
        ("```\n>>> tell('x')\n[{'generated_text': 'Once upon a time'}]\n```", Status.PARTIAL),
        ('```\nprint(outputs[0]["generated_text"][-1])\n```', Status.SILENT),
        (
            "## Examples\n\nLoad it with the library and call it with a prompt of your own choice, as ever.",
            Status.SILENT,
        ),
        ("for i in output:\n    print(i)", Status.SILENT),
    ],
)
def test_samples(card: str, status: Status) -> None:
    assert findings(card, ONLY)["sample-model-outputs"].status is status


def test_purpose_and_limits() -> None:
    said = "## Intended use\n\nFor teachers who want to tell tales in class, and for nobody else."
    assert findings(said, ONLY)["intended-use"].status is Status.DESCRIBED
    assert findings("A tale.", ONLY)["intended-use"].status is Status.SILENT
