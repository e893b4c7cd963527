"""Documents: card, results, samples, and what a reader learns of purpose and design."""

from __future__ import annotations

import re

from openness.core.finding import Confidence, Finding, Status
from openness.core.release import Need
from openness.probes.base import Findings, probe
from openness.probes.reading import View
from openness.probes.words import phrases, promises, refuses


@probe("model-card", finds=("model-card",), needs=(Need.CARD,))
def model_card(reading: View) -> Findings:
    """Whether the release has a card with words of its own; a template left empty is silence."""
    count = _count_words(reading, 60)
    if count >= 60:
        evidence = (reading.card.whole_card("60 words or more"),)
        yield reading.found("model-card", Status.RELEASED, evidence=evidence, confidence=Confidence.HIGH)
    elif count >= 15:
        evidence = (reading.card.whole_card(f"{count} words"),)
        yield reading.found("model-card", Status.PARTIAL, evidence=evidence, note="the card has hardly any text")


_WORDS = re.compile(r"\S+")


def _count_words(reading: View, enough: int) -> int:
    """How many words the card has, counted up to `enough`; addresses and the template's words are none."""
    text = reading.card.lower
    if "information needed" in text:
        text = text.replace("more information needed", " ")
    count = 0
    for word in _WORDS.finditer(text):
        bare = word[0].strip("*#|:-.,()_`\"'")
        if bare.isalpha():
            count += len(bare) // 2 if max(bare) > "\u2e80" else 1  # scripts that write no spaces
            if count >= enough:
                break
    return count


_RESULTS = phrases(
    "evaluation | benchmark | result | performance | metric | accuracy | eval | score | quality | leaderboard | comparison"
)
_PLOTTED = phrases("evaluation result | evaluations | benchmark | performance | experimental result")
_FIGURE = re.compile(r"\d{2,}\.\d|\d\.\d{2,}|\d\s?%")
_MEASURES = phrases(
    "outperform | achieves | achieved | accuracy | word error rate | wer$ | bleu$ | rouge | f1$ | exact match | perplexity | "
    "pass@1 | top-1 | map$ | fid$ | state-of-the-art | scores"
)
_REPORTED = phrases(
    "evaluation results | benchmark results | evaluation metrics | detailed results | full results | experimental results | "
    "benchmark scores | evaluations and results | performance results | more results | results of the evaluation"
)
_ELSEWHERE = (
    "available",
    "provide",
    "paper",
    "found",
    "see ",
    "refer",
    "reported",
    "report",
    "check",
    "present",
    "shown",
    "visit",
)
_RESULT_FILES = ("eval_results", "all_results", "test_results", "evaluation_results", "results")


@probe("evaluation-results", finds=("evaluation-results",), also=(Need.CARD, Need.CARD_METADATA, Need.FILE_LIST))
def evaluation_results(reading: View) -> Findings:
    """Whether measured results are published: a `model-index`, result files, or a section or sentence of the card with figures.

    A sentence that says where the results stand describes them.
    """
    if reading.metadata.items("model-index"):
        evidence = (reading.field("cardData.model-index", "model-index"),)
        yield reading.found("evaluation-results", Status.RELEASED, evidence=evidence, confidence=Confidence.HIGH)
        return
    for section in reading.card.sections(_RESULTS):
        text = reading.card.section_text(section)
        if sum(map(text.count, "0123456789")) >= 20 or len(_FIGURE.findall(text)) >= 3:
            yield reading.found(
                "evaluation-results",
                Status.RELEASED,
                evidence=(reading.card.heading(section, "a section with figures"),),
            )
            return
    table = _table_of_results(reading)
    if table:
        evidence = (reading.card.lines_of(*table, "a table of figures on named benchmarks"),)
        yield reading.found("evaluation-results", Status.RELEASED, evidence=evidence)
        return
    for path, name in zip(reading.files.paths, reading.files.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if name.startswith(".eval_results/") or (base.startswith(_RESULT_FILES) and base.endswith((".json", ".txt"))):
            yield reading.found("evaluation-results", Status.RELEASED, evidence=(reading.file(path),))
            return
    lesser = _lesser_results(reading)
    if lesser:
        yield reading.at_least(lesser, Need.CARD_METADATA, Need.FILE_LIST)


def _lesser_results(reading: View) -> Finding | None:
    """Results that the card shows in pictures or in a sentence, or says where they stand."""
    for section in reading.card.sections(_PLOTTED):
        first, last = reading.card.section_lines(section)
        if any("![" in line or "<img" in line for line in reading.card.lower_lines[first - 1 : last]):
            return reading.found(
                "evaluation-results",
                Status.PARTIAL,
                evidence=(reading.card.heading(section, "a section with pictures of results"),),
                confidence=Confidence.LOW,
            )
    for sentence in reading.card.sentences(_MEASURES):
        if _FIGURE.search(sentence.lower) and not promises(sentence.lower):
            return reading.found(
                "evaluation-results",
                Status.PARTIAL,
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.LOW,
            )
    for sentence in reading.card.sentences(_REPORTED):
        said = sentence.lower
        if any(word in said for word in _ELSEWHERE) and not (promises(said) or refuses(said)):
            return reading.found(
                "evaluation-results",
                Status.DESCRIBED,
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.LOW,
                note="the card says where results stand",
            )
    return None


_NAMED = phrases(
    "mmlu | hellaswag | glue$ | squad | imagenet | coco$ | humaneval | gsm8k | mnli | bleu$ | accuracy | wer$ | mteb | f1$ | map$"
)


def _table_of_results(reading: View) -> tuple[int, int] | None:
    """First and last line of table rows with several figures each, where the card names a benchmark or a measure."""
    if "\n|" not in reading.card.plain or not any(reading.card.holds(word) for word in _NAMED):
        return None
    rows = [
        number
        for number, line in enumerate(reading.card.lower_lines, 1)
        if line.startswith("|") and len(_FIGURE.findall(line[:600])) >= 2
    ]
    return (rows[0], rows[2]) if len(rows) >= 3 else None


_SAMPLES = phrases(
    "sample output | example output | generated | generation example | generation sample | showcase | gallery | "
    "sample image | sample generation | sample result | examples of output | output example | outputs example | cherry"
)
_PICTURED = phrases("example | sample | gallery | showcase")
_SHOWN = phrases(
    "generated_text': | generated_text\": | # output | \noutput: | >> ' | # => | # prints | translation_text': | "
    "summary_text': | summary_text\": | \"label\": | 'label': | the output should be"
)


@probe("sample-outputs", finds=("sample-model-outputs",), also=(Need.CARD, Need.CARD_METADATA))
def sample_outputs(reading: View) -> Findings:
    """Whether examples of the model's output are shown: the Hub's widget with outputs, a section of samples, output in code.

    A section that only shows how to call the model is no example of what it produces.
    """
    for item in reading.metadata.items("widget"):
        if isinstance(item, dict) and item.get("output"):
            yield reading.found(
                "sample-model-outputs",
                Status.RELEASED,
                evidence=(reading.field("cardData.widget", "a widget with outputs"),),
                confidence=Confidence.MEDIUM,
            )
            return
    for section in reading.card.sections(_SAMPLES):
        if len(reading.card.section_text(section)) >= 80:
            yield reading.found("sample-model-outputs", Status.RELEASED, evidence=(reading.card.heading(section),))
            return
    lesser = _lesser_samples(reading)
    if lesser:
        yield reading.at_least(lesser, Need.CARD_METADATA)


def _lesser_samples(reading: View) -> Finding | None:
    """Examples of output that the card shows in pictures, or beside code."""
    for section in reading.card.sections(_PICTURED):
        first, last = reading.card.section_lines(section)
        if any("![" in line or "<img" in line for line in reading.card.lower_lines[first - 1 : last]):
            return reading.found(
                "sample-model-outputs",
                Status.PARTIAL,
                evidence=(reading.card.heading(section),),
                confidence=Confidence.LOW,
            )
    for sentence in reading.card.sentences(_SHOWN, code=True):
        return reading.found(
            "sample-model-outputs", Status.PARTIAL, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
        )
    return None


@probe("intended-use", finds=("intended-use",), needs=(Need.CARD,))
def intended_use(reading: View) -> Findings:
    """Whether the card says whom and what the release is for, and its limits (episode 00:18)."""
    for section in reading.card.sections(
        ("intended use", "intended uses", "uses", "direct use", "limitations", "use cases", "out-of-scope")
    ):
        yield reading.found("intended-use", Status.DESCRIBED, evidence=(reading.card.heading(section),))
        return
    for sentence in reading.card.sentences(
        ("intended for", "intended use", "limitation", "should not be used", "out-of-scope")
    ):
        yield reading.found(
            "intended-use", Status.DESCRIBED, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
        )
        return


_DESIGN = {
    "hyper-parameters": phrases(
        "hyperparameter | hyper-parameter | learning rate | learning_rate | batch size | batch_size"
    ),
    "compute": ("gpu hours", "gpu-hours", "a100", "h100", "tpu", "flops", "gpus", "compute"),
    "tokenizer": ("tokenizer", "vocabulary", "bpe", "sentencepiece"),
    "training set-up": ("tokens", "epochs", "steps", "optimizer", "adamw"),
}


@probe("design-choices", finds=("design-choices",), needs=(Need.CARD,))
def design_choices(reading: View) -> Findings:
    """Whether the choices behind the model are written down (episode 00:50): hyper-parameters, compute, tokenizer, set-up."""
    told = {}
    for name, words in _DESIGN.items():
        sentence = next(reading.card.sentences(words), None)
        if sentence:
            told[name] = sentence
    if not told:
        return
    status = Status.DESCRIBED if len(told) >= 3 else Status.PARTIAL
    yield reading.found(
        "design-choices",
        status,
        evidence=tuple(reading.card.quote(sentence, name) for name, sentence in told.items())[:3],
        note="documented: " + ", ".join(told),
        confidence=Confidence.LOW,
    )
