"""Documents: card, results, samples, and what a reader learns of purpose and design."""

from __future__ import annotations

import re

from openness.core.finding import Confidence, Status
from openness.core.release import Need
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading
from openness.probes.words import phrases, promises, refuses


@probe("model-card", finds=("model-card",), needs=(Need.CARD,))
def model_card(reading: Reading) -> Found:
    """Whether the release has a card with words of its own; a template left empty is silence."""
    count = _count_words(reading, 60)
    if count >= 60:
        evidence = (reading.whole_card("60 words or more"),)
        yield found("model-card", Status.RELEASED, evidence=evidence, confidence=Confidence.HIGH)
    elif count >= 15:
        evidence = (reading.whole_card(f"{count} words"),)
        yield found("model-card", Status.PARTIAL, evidence=evidence, note="the card has hardly any text")


_WORDS = re.compile(r"\S+")


def _count_words(reading: Reading, enough: int) -> int:
    """How many words the card has, counted up to `enough`; addresses and the template's words are none."""
    text = reading.lower
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


@probe("evaluation-results", finds=("evaluation-results",), also=(Need.CARD, Need.CARD_METADATA))
def evaluation_results(reading: Reading) -> Found:
    """Whether measured results are published: a `model-index`, result files, or a section or sentence of the card with figures.

    A sentence that says where the results stand describes them.
    """
    index = reading.release.metadata.get("model-index")
    if isinstance(index, list) and index:
        evidence = (reading.field("cardData.model-index", "model-index"),)
        yield found("evaluation-results", Status.RELEASED, evidence=evidence, confidence=Confidence.HIGH)
        return
    for section in reading.sections(_RESULTS):
        text = reading.section_text(section)
        if sum(map(text.count, "0123456789")) >= 20 or len(_FIGURE.findall(text)) >= 3:
            yield found(
                "evaluation-results", Status.RELEASED, evidence=(reading.heading(section, "a section with figures"),)
            )
            return
    table = _table_of_results(reading)
    if table:
        evidence = (reading.lines_of(*table, "a table of figures on named benchmarks"),)
        yield found("evaluation-results", Status.RELEASED, evidence=evidence)
        return
    for path, name in zip(reading.paths, reading.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if name.startswith(".eval_results/") or (base.startswith(_RESULT_FILES) and base.endswith((".json", ".txt"))):
            yield found("evaluation-results", Status.RELEASED, evidence=(reading.file(path),))
            return
    for section in reading.sections(_PLOTTED):
        first, last = reading.section_lines(section)
        if any("![" in line or "<img" in line for line in reading.lower_lines[first - 1 : last]):
            yield found(
                "evaluation-results",
                Status.PARTIAL,
                evidence=(reading.heading(section, "a section with pictures of results"),),
                confidence=Confidence.LOW,
            )
            return
    for sentence in reading.sentences(_MEASURES):
        if _FIGURE.search(sentence.lower) and not promises(sentence.lower):
            yield found(
                "evaluation-results", Status.PARTIAL, evidence=(reading.quote(sentence),), confidence=Confidence.LOW
            )
            return
    for sentence in reading.sentences(_REPORTED):
        said = sentence.lower
        if any(word in said for word in _ELSEWHERE) and not (promises(said) or refuses(said)):
            yield found(
                "evaluation-results",
                Status.DESCRIBED,
                evidence=(reading.quote(sentence),),
                confidence=Confidence.LOW,
                note="the card says where results stand",
            )
            return


_NAMED = phrases(
    "mmlu | hellaswag | glue$ | squad | imagenet | coco$ | humaneval | gsm8k | mnli | bleu$ | accuracy | wer$ | mteb | f1$ | map$"
)


def _table_of_results(reading: Reading) -> tuple[int, int] | None:
    """First and last line of table rows with several figures each, where the card names a benchmark or a measure."""
    if "\n|" not in reading.plain or not any(reading.holds(word) for word in _NAMED):
        return None
    rows = [
        number
        for number, line in enumerate(reading.lower_lines, 1)
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
def sample_outputs(reading: Reading) -> Found:
    """Whether examples of the model's output are shown: the Hub's widget with outputs, a section of samples, output in code.

    A section that only shows how to call the model is no example of what it produces.
    """
    widget = reading.release.metadata.get("widget")
    for item in widget if isinstance(widget, list) else ():
        if isinstance(item, dict) and item.get("output"):
            yield found(
                "sample-model-outputs",
                Status.RELEASED,
                evidence=(reading.field("cardData.widget", "a widget with outputs"),),
                confidence=Confidence.MEDIUM,
            )
            return
    for section in reading.sections(_SAMPLES):
        if len(reading.section_text(section)) >= 80:
            yield found("sample-model-outputs", Status.RELEASED, evidence=(reading.heading(section),))
            return
    for section in reading.sections(_PICTURED):
        first, last = reading.section_lines(section)
        if any("![" in line or "<img" in line for line in reading.lower_lines[first - 1 : last]):
            yield found(
                "sample-model-outputs", Status.PARTIAL, evidence=(reading.heading(section),), confidence=Confidence.LOW
            )
            return
    for sentence in reading.sentences(_SHOWN, code=True):
        yield found(
            "sample-model-outputs", Status.PARTIAL, evidence=(reading.quote(sentence),), confidence=Confidence.LOW
        )
        return


@probe("intended-use", finds=("intended-use",), needs=(Need.CARD,))
def intended_use(reading: Reading) -> Found:
    """Whether the card says whom and what the release is for, and its limits (episode 00:18)."""
    for section in reading.sections(
        ("intended use", "intended uses", "uses", "direct use", "limitations", "use cases", "out-of-scope")
    ):
        yield found("intended-use", Status.DESCRIBED, evidence=(reading.heading(section),))
        return
    for sentence in reading.sentences(
        ("intended for", "intended use", "limitation", "should not be used", "out-of-scope")
    ):
        yield found("intended-use", Status.DESCRIBED, evidence=(reading.quote(sentence),), confidence=Confidence.LOW)
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
def design_choices(reading: Reading) -> Found:
    """Whether the choices behind the model are written down (episode 00:50): hyper-parameters, compute, tokenizer, set-up."""
    told = {}
    for name, words in _DESIGN.items():
        sentence = next(reading.sentences(words), None)
        if sentence:
            told[name] = sentence
    if not told:
        return
    status = Status.DESCRIBED if len(told) >= 3 else Status.PARTIAL
    yield found(
        "design-choices",
        status,
        evidence=tuple(reading.quote(sentence, name) for name, sentence in told.items())[:3],
        note="documented: " + ", ".join(told),
        confidence=Confidence.LOW,
    )
