"""Code: for training, running, evaluating the model, and for preparing its data (episode 00:08, 00:20).

A script in the repository is released. A place that the card links to, with words that say which code is there, is at least
described and stays unknown until it is followed. CodeWords without a link describe. A promise is nothing yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from openness.core.finding import Confidence, Finding, Status
from openness.core.hosts import CODE_HOSTS
from openness.core.record import record
from openness.core.release import Link, Need
from openness.probes.base import Findings, probe
from openness.probes.card import CardSentence
from openness.probes.reading import View
from openness.probes.words import foreign, phrases, promises, refuses, settled

_PLACES = (Need.CARD, Need.FILE_LIST)
_SCRIPTS = (".py", ".sh", ".ipynb", ".yaml", ".yml")
_TEXTS = (".md", ".pdf", ".txt", ".png", ".jpg", ".gif", ".svg")
_PARTS = re.compile(r"[^a-z0-9]+")


@record(frozen=True, slots=True)
class CodeWords:
    """How a kind of code is recognised: by parts of script names, words beside a link, words in its path, and in a sentence."""

    scripts: frozenset[str]
    beside: tuple[str, ...]
    path: frozenset[str]
    told: tuple[str, ...]
    users: tuple[str, ...] = ()  # words of sentences that tell the reader what to do, not what was done


_YOU = (
    "you can train",
    "you can fine-tune",
    "you can finetune",
    "you can use",
    "your own",
    "your data",
    "users can",
    "if you want",
)
_TRAINING = CodeWords(
    frozenset({"train", "training", "pretrain", "pretraining", "rlhf", "trainer"}),
    phrases(
        "training code | pretraining code | code for training | code to train | training script | "
        "training scripts | training procedure | training recipe | training recipes | training framework | "
        "training pipeline | training repo | training, inference | training, evaluation | (training | "
        "training and inference | training and evaluation | training & | pretraining and | "
        "pre-training and | training/inference | training library | training codebase | "
        "code for pretraining | code for pre-training | "
        "pretraining script | pre-training script | source code for training | code used to train | "
        "codebase used to train | script used to train | code we used to train | script used for training | "
        "code used for training | reproduce the model | code to reproduce | preprocessing, training | "
        "training and implementation | training details | recipe in | "
        "trained using the code | trained with the code | codebase that trained | reproduce the training | "
        "training logs | train our models | train from scratch | training from scratch"
    ),
    frozenset({"train", "training", "pretrain", "pretraining"}),
    phrases(
        "training code | pretraining code | training script | training scripts | code for training | "
        "code to train | code for pretraining | "
        "training framework | training library | trained using the code | trained with the code | "
        "reproduce the training | source code for training | code and data used to train"
    ),
    (*_YOU, "to fine-tune", "to finetune", "be adapted", "fast training", "faster training", "efficient training"),
)
_TUNING = phrases(
    "finetuning code | fine-tuning code | finetuning script | fine-tuning script | code for fine-tuning | code for finetuning | "
    "fine-tuning framework | finetuning recipe | fine-tuning recipe"
)
"""Code to fine-tune: the release's own training code only where the release is itself a tuned one."""
_EVALUATION = CodeWords(
    frozenset({"eval", "evaluate", "evaluation", "evals", "benchmark", "benchmarks"}),
    phrases(
        "evaluation code | evaluation script | evaluation scripts | eval code | code for evaluation | code to evaluate | "
        "evaluation harness | eval harness | evaluation framework | evaluation suite | evaluation library | evaluation tool | "
        "evaluation pipeline | evaluation toolkit | evaluated with | evaluated using | evaluated on using | evaluate our | "
        "used for evaluation | reproduce the results | reproduce our results | reproduce the evaluation | "
        "reproduce our evaluation | evaluation configuration | run the evaluation | evaluation repo | evaluation, | "
        "training and evaluation | metrics]"
    ),
    frozenset({"eval", "evals", "evaluation", "evaluate", "harness", "benchmark", "benchmarks", "benchmarking"}),
    phrases(
        "evaluation code | evaluation script | eval code | lm-evaluation-harness | lm evaluation harness | "
        "lm-eval-harness | evaluation harness | eval harness | lighteval | evaluation framework | code for evaluation | "
        "evaluation library | evaluation suite | evaluation toolkit"
    ),
    (*_YOU, "can be evaluated", "to evaluate your"),
)
_DATA = CodeWords(
    frozenset(
        {"preprocess", "preprocessing", "dataprep", "dedup", "deduplicate", "deduplication", "crawl", "curation"}
    ),
    phrases(
        "preprocessing code | pre-processing code | data processing | data-processing | data pipeline | data preparation | "
        "data preprocessing | data pre-processing | data curation | data cleaning | data filtering | data collection code | "
        "preprocessing script | preprocessing scripts | processing scripts | code to process | code used to create | "
        "dedup code | deduplication code | filtering code | data toolkit | toolkit to create | code to create the data | "
        "code for preprocessing | dataset creation | prepare the data | data recipe | preprocessing, training | "
        "dataset generation | data generation | data generated by | data was generated | synthetic data generated"
    ),
    frozenset({"dataprep", "dedup", "deduplication", "deduplicate", "curation"}),
    phrases(
        "preprocessing code | pre-processing code | data processing code | data preprocessing code | data pipeline code | "
        "data curation code | data preparation code | preprocessing script | preprocessing scripts | processing scripts | "
        "dedup code | deduplication code | filtering code | data toolkit | data processing pipeline is open"
    ),
    (*_YOU, "users ", "before feeding", "to use "),
)
_INFERENCE = CodeWords(
    frozenset(
        {"inference", "generate", "generation", "pipeline", "demo", "handler", "predict", "infer", "chat", "modeling"}
    ),
    phrases(
        "inference code | code for inference | inference script | inference scripts | inference, | and inference | "
        "inference and | inference framework | inference library | reference code | reference implementation | "
        "code to run | run the model | running the model | running inference | minimal code | minimal example | "
        "sampling code | generation script"
    ),
    frozenset({"inference", "infer", "generate", "generation", "demo"}),
    phrases("inference code | code for inference | inference script | inference scripts"),
)
_SNIPPETS = phrases(
    "from_pretrained( | pipeline( | vllm serve | llm( | import onnxruntime | torch.hub.load | "
    "diffusionpipeline | text-generation-inference | ollama run | llama.cpp | from_hparams( | "
    "timm.create_model( | sentencetransformer( | autogptqforcausallm | transformers serve | huggingface-cli download | "
    "load_model( | .generate( | ctransformers"
)
_TOOLS = phrases(
    "library | libraries | framework | toolkit | tools | tooling | toolbox | package | codebase | cookbook | recipes | stack"
)
_EVERYTHING = phrases(
    "all code | all the code | all of the code | all source code | all of our code | all our code | entire codebase | "
    "all training code | code, data | data, code | code and data | data and code"
)
_OWN = ("we ", "our ", "release", "open-sourc", "publish", "available", "repository", "repo", "github", "code:")


def _told(about: str, reading: View, words: CodeWords) -> Finding | None:
    """A sentence about the code: withheld, linked near by, or described."""
    described = None
    for sentence in reading.card.sentences(words.told):
        said = sentence.lower
        if sentence.heading or foreign(said) or promises(said) or any(word in said for word in words.users):
            continue
        if refuses(sentence.lower):
            return reading.found(
                about, Status.WITHHELD, evidence=(reading.card.quote(sentence),), confidence=Confidence.MEDIUM
            )
        if near := _near(reading, sentence):
            return reading.behind_link(
                about, (reading.card.quote(sentence), reading.card.link(near)), "the card links to a repository"
            )
        described = described or sentence
    if described:
        return reading.found(
            about, Status.DESCRIBED, evidence=(reading.card.quote(described),), confidence=Confidence.LOW
        )
    return None


def _near(reading: View, sentence: CardSentence) -> Link | None:
    """A link to a code host in the sentence, else in the lines right behind it."""
    first, last = reading.card.lines.span(sentence.start, sentence.end)
    links = reading.card.links_to(CODE_HOSTS)
    inside = (link for link in links if first <= link.line <= last and link.url.lower() in sentence.lower)
    return next(inside, None) or next((link for link in links if first <= link.line <= last + 2), None)


def _beside(about: str, reading: View, words: CodeWords) -> Finding | None:
    """A link to a code host whose own words say that it holds this code."""
    beside = reading.card.among(words.beside)
    for link, sentence in _usable(reading, words) if beside else ():
        if any(_begins(word, sentence.lower) for word in beside):
            return reading.behind_link(
                about,
                (reading.card.quote(sentence), reading.card.link(link)),
                "the card says that this code is in a linked repository",
                confidence=Confidence.HIGH,
            )
    return None


def _named(about: str, reading: View, words: CodeWords) -> Finding | None:
    """A link to a code host whose address is named after this code."""
    for link, _ in _usable(reading, words):
        path = _path(link)
        if not words.path.isdisjoint(_PARTS.split(path)) and not path.endswith(_TEXTS):
            return reading.behind_link(
                about,
                (reading.card.link(link),),
                "the card links to a repository named after this code",
                confidence=Confidence.LOW,
            )
    return None


def _usable(reading: View, words: CodeWords) -> Iterator[tuple[Link, CardSentence]]:
    for link, sentence in reading.card.contexts(CODE_HOSTS):
        said = sentence.lower
        if not (foreign(said) or promises(said) or refuses(said) or any(word in said for word in words.users)):
            yield link, sentence


def _begins(word: str, text: str) -> bool:
    place = text.find(word)
    while place >= 0:
        if not (place and word[0].isalnum() and text[place - 1].isalnum()):
            return True
        place = text.find(word, place + 1)
    return False


def _path(link: Link) -> str:
    """The address behind its host and owner, without what it asks for, in lower case."""
    url = link.url.lower().partition("#")[0].partition("?")[0]
    return url.split("/", 4)[-1] if url.count("/") >= 4 else ""


def _everything(about: str, reading: View) -> Finding | None:
    """`We release all code`, beside a link to a repository."""
    for sentence in reading.card.sentences(_EVERYTHING):
        said = settled(sentence.lower)
        if not any(word in said for word in _EVERYTHING):
            continue
        if "all" not in said and "entire" not in said:
            continue
        if foreign(said) or promises(said) or refuses(said) or not any(word in said for word in _OWN):
            continue
        link = _near(reading, sentence) or next(iter(reading.card.links_to(CODE_HOSTS)), None)
        if link:
            return reading.behind_link(
                about,
                (reading.card.quote(sentence), reading.card.link(link)),
                "the card says that all code is released",
                confidence=Confidence.LOW,
            )
    return None


def _file(about: str, reading: View, names: frozenset[str]) -> Finding | None:
    for path, name in zip(reading.files.paths, reading.files.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if base.endswith(_SCRIPTS[:3]) and not names.isdisjoint(_PARTS.split(base)):
            return reading.found(about, Status.RELEASED, evidence=(reading.file(path),), confidence=Confidence.HIGH)
    return None


def _code(about: str, reading: View, words: CodeWords) -> Finding | None:
    """Everything there is about one kind of code, the surest first; a refusal stands against words, not against files."""
    script = _file(about, reading, words.scripts)
    if script:
        return script
    told = _told(about, reading, words)
    if told and told.status is Status.WITHHELD:
        return reading.at_least(told, Need.FILE_LIST)
    beside = _beside(about, reading, words)
    if beside or (told and told.status is not Status.DESCRIBED):
        return beside or told
    linked_to = _named(about, reading, words) or _everything(about, reading)
    return linked_to or (reading.at_least(told, Need.FILE_LIST) if told else None)


def _given(finding: Finding | None) -> Findings:
    return (finding,) if finding else ()


_TRAINING_OF_TUNED = replace(
    _TRAINING,
    scripts=_TRAINING.scripts | {"finetune", "finetuning", "sft", "dpo", "lora"},
    beside=_TRAINING.beside + _TUNING,
    told=_TRAINING.told + _TUNING,
)


@probe("training-code", finds=("training-code",), also=(*_PLACES, Need.LINEAGE), follows=("code",))
def training_code(reading: View) -> Findings:
    """Whether the code that trained the model is public: a script in the repository, or a repository the card links to.

    CodeWords beside a link count where they say what was done; instructions to fine-tune the model oneself do not.
    """
    words = _TRAINING
    if reading.lineage.base_models:
        words = _TRAINING_OF_TUNED
    return _given(_code("training-code", reading, words))


@probe("evaluation-code", finds=("evaluation-code",), also=_PLACES, follows=("code",))
def evaluation_code(reading: View) -> Findings:
    """Whether the code of the evaluation is public: a script in the repository, or a public harness that the card links to."""
    return _given(_code("evaluation-code", reading, _EVALUATION))


@probe("data-preprocessing-code", finds=("data-preprocessing-code",), also=_PLACES, follows=("code",))
def preprocessing_code(reading: View) -> Findings:
    """Whether the code that prepared the training data is public: a script, or a repository linked with such words."""
    return _given(_code("data-preprocessing-code", reading, _DATA))


@probe("inference-code", finds=("inference-code",), also=_PLACES, follows=("code",))
def inference_code(reading: View) -> Findings:
    """Whether code that runs the model is public: in the repository, in the card, or by a public library's file layout."""
    script = _file("inference-code", reading, _INFERENCE.scripts)
    if script:
        return (script,)
    for sentence in reading.card.sentences(_SNIPPETS, code=True):
        return (
            reading.found(
                "inference-code",
                Status.RELEASED,
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.LOW,
                note="the card shows how to run it with a public library",
            ),
        )
    configured = next(
        (path for path in reading.files.paths if path.rsplit("/", 1)[-1] in ("config.json", "model_index.json")), None
    )
    if configured:
        return (
            reading.found(
                "inference-code",
                Status.RELEASED,
                evidence=(reading.file(configured),),
                confidence=Confidence.LOW,
                note="the file layout of a public library",
            ),
        )
    return _given(_code("inference-code", reading, _INFERENCE))


_TOOL_FILES = frozenset(
    phrases(
        "tokenizer.json | tokenizer.model | vocab.txt | vocab.json | merges.txt | spiece.model | "
        "sentencepiece.bpe.model | tekken.json | preprocessor_config.json | processor_config.json | "
        "feature_extractor/preprocessor_config.json | requirements.txt | tokenizer_config.json"
    )
)


@probe("supporting-tools", finds=("supporting-libraries-and-tools",), also=_PLACES, follows=("code",))
def supporting_tools(reading: View) -> Findings:
    """Whether the tools that the work needs are public: a tokenizer beside the weights, or a library that the card links to."""
    for path, name in zip(reading.files.paths, reading.files.names, strict=True):
        if name in _TOOL_FILES or name.rsplit("/", 1)[-1] in _TOOL_FILES:
            yield reading.found("supporting-libraries-and-tools", Status.RELEASED, evidence=(reading.file(path),))
            return
    for link, sentence in reading.card.contexts(CODE_HOSTS):
        said = sentence.lower
        if foreign(said) or promises(said) or refuses(said):
            continue
        if "tokenizer" in f"{link.text} {_path(link)}".lower() or any(
            _begins(word, said) for word in reading.card.among(_TOOLS)
        ):
            yield reading.behind_link(
                "supporting-libraries-and-tools",
                (reading.card.quote(sentence), reading.card.link(link)),
                "the card links to a library or tool",
            )
            return
