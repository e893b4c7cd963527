"""Code: for training, running, evaluating the model, and for preparing its data (episode 00:08, 00:20)."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.release import Link, Need
from openness.probes.base import Found, found, linked, probe
from openness.probes.reading import CODE_HOSTS, Reading
from openness.probes.words import phrases, promises, refuses

_PLACES = (Need.CARD, Need.FILE_LIST)
_TRAINING = phrases(
    "training code | train code | training script | pretraining code | pre-training code | "
    "fine-tuning code | finetuning code | training scripts | code for training | code to train | "
    "training framework | training library | reproduce the training | trained using the code | "
    "trained with the code"
)
_EVALUATION = phrases(
    "evaluation code | evaluation script | eval code | lm-evaluation-harness | lm evaluation harness | "
    "evaluation harness | lighteval | opencompass | evaluation framework | eval harness"
)
_DATA = phrases(
    "preprocessing code | pre-processing code | data processing code | data pipeline | "
    "data curation code | data preparation code | preprocessing script | processing scripts | "
    "dedup code | filtering code | data toolkit"
)
_INFERENCE = phrases(
    "from_pretrained( | pipeline( | vllm serve | llm( | import onnxruntime | torch.hub.load | "
    "diffusionpipeline | text-generation-inference | ollama run | llama.cpp | inference code | "
    "from_hparams("
)


def _told(about: str, reading: Reading, words: tuple[str, ...]) -> Found:
    """A sentence about the code: withheld, linked, or described."""
    for sentence in reading.sentences(words):
        if promises(sentence.lower):
            continue
        if refuses(sentence.lower):
            yield found(about, Status.WITHHELD, evidence=(reading.quote(sentence),), confidence=Confidence.LOW)
        elif near := _near(reading, reading.lines.line(sentence.start)):
            yield linked(about, (reading.quote(sentence), reading.link(near)), "the card links to a repository")
        else:
            yield found(about, Status.DESCRIBED, evidence=(reading.quote(sentence),), confidence=Confidence.LOW)
        return


def _near(reading: Reading, line: int) -> Link | None:
    return next((link for link in reading.linked(CODE_HOSTS) if abs(link.line - line) <= 2), None)


def _files(about: str, reading: Reading, names: tuple[str, ...]) -> Found:
    for path, name in zip(reading.paths, reading.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if base.endswith((".py", ".sh", ".ipynb")) and any(word in base for word in names):
            yield found(about, Status.RELEASED, evidence=(reading.file(path),))
            return


def _code(about: str, reading: Reading, names: tuple[str, ...], words: tuple[str, ...]) -> Found:
    files = list(_files(about, reading, names))
    return files or _told(about, reading, words)


@probe("training-code", finds=("training-code",), also=_PLACES, follows=("code",))
def training_code(reading: Reading) -> Found:
    """Whether the code that trained the model is public: a script in the repository, or a repository the card links to."""
    return _code("training-code", reading, ("train", "finetune", "fine_tune", "sft"), _TRAINING)


@probe("evaluation-code", finds=("evaluation-code",), also=_PLACES, follows=("code",))
def evaluation_code(reading: Reading) -> Found:
    """Whether the code of the evaluation is public: a script in the repository, or a named public harness."""
    return _code("evaluation-code", reading, ("eval",), _EVALUATION)


@probe("data-preprocessing-code", finds=("data-preprocessing-code",), also=_PLACES, follows=("code",))
def preprocessing_code(reading: Reading) -> Found:
    """Whether the code that prepared the training data is public."""
    return _code("data-preprocessing-code", reading, ("preprocess", "prepare_data", "process_data", "data_prep"), _DATA)


@probe("inference-code", finds=("inference-code",), also=_PLACES, follows=("code",))
def inference_code(reading: Reading) -> Found:
    """Whether code that runs the model is public: in the repository, in the card, or by a public library's file layout."""
    files = list(
        _files("inference-code", reading, ("modeling_", "inference", "generate", "pipeline", "demo", "run_", "handler"))
    )
    if files:
        return files
    for sentence in reading.sentences(_INFERENCE, code=True):
        return (
            found(
                "inference-code",
                Status.RELEASED,
                evidence=(reading.quote(sentence),),
                note="the card shows how to run it with a public library",
            ),
        )
    configured = next(
        (path for path in reading.paths if path.rsplit("/", 1)[-1] in ("config.json", "model_index.json")), None
    )
    if configured:
        return (
            found(
                "inference-code",
                Status.RELEASED,
                evidence=(reading.file(configured),),
                confidence=Confidence.LOW,
                note="the file layout of a public library",
            ),
        )
    return ()


@probe("supporting-tools", finds=("supporting-libraries-and-tools",), also=_PLACES, follows=("code",))
def supporting_tools(reading: Reading) -> Found:
    """Whether the tools that the work needs are public; a tokenizer beside the weights is the commonest."""
    for path, name in zip(reading.paths, reading.names, strict=True):
        if name.rsplit("/", 1)[-1] in phrases(
            "tokenizer.json | tokenizer.model | vocab.txt | vocab.json | merges.txt | spiece.model | "
            "tekken.json | preprocessor_config.json | requirements.txt"
        ):
            yield found("supporting-libraries-and-tools", Status.RELEASED, evidence=(reading.file(path),))
            return
