"""Training data, what describes it, and the data of the evaluation."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.release import Need
from openness.probes.base import Found, found, linked, probe
from openness.probes.reading import DATASET_PLACES, Reading
from openness.probes.words import closed, phrases, promises, refuses

_ABOUT = phrases(
    "training data | pretraining data | pre-training data | training dataset | training corpus | "
    "training set | trained on | pretrained on | pre-trained on | fine-tuned on | finetuned on | "
    "training mixture | data mix"
)
_MODEL_IS = phrases(
    "trained on | pretrained on | pre-trained on | fine-tuned on | finetuned on | training data | "
    "pretraining data | pre-training data | training corpus"
)
_NO_DATA = ("gpus", "tpu", "a100", "h100", "v100")


@probe("training-data", finds=("datasets",), also=(Need.CARD, Need.CARD_METADATA), follows=("data", "code"))
def training_data(reading: Reading) -> Found:
    """Whether the exact training data can be had (episode 00:08, 00:42).

    Datasets named in the metadata or linked from the card are at least described, and released only when somebody has
    looked: until the link is followed that is unknown. A sentence that the data are not released is the publisher's own
    withholding; a sentence or section that says what the model was trained on describes the data.
    """
    named = [item for item in _as_list(reading.release.metadata.get("datasets")) if item]
    links = reading.linked(DATASET_PLACES)
    told = None
    for sentence in reading.sentences(_ABOUT):
        if any(word in sentence.lower for word in _NO_DATA) and "data" not in sentence.lower:
            continue
        if refuses(sentence.lower) and not promises(sentence.lower) and "data" in sentence.lower:
            yield found("datasets", Status.WITHHELD, evidence=(reading.quote(sentence),))
            return
        if closed(sentence.lower):
            yield found(
                "datasets",
                Status.DESCRIBED,
                value="named",
                evidence=(reading.quote(sentence),),
                note="part of the data is said not to be public",
            )
            return
        if told is None and any(word in sentence.lower for word in _MODEL_IS):
            told = sentence
    if named:
        yield linked(
            "datasets",
            (reading.field("cardData.datasets", ", ".join(named[:6])),),
            "the metadata name datasets of the Hub",
        )
    elif links and told:
        yield linked("datasets", (reading.quote(told), reading.link(links[0])), "the card links to data")
    elif told:
        yield found("datasets", Status.DESCRIBED, value="named", evidence=(reading.quote(told),))
    else:
        for section in reading.sections(
            ("training data", "pretraining data", "training dataset", "training corpus", "dataset")
        ):
            yield found(
                "datasets",
                Status.DESCRIBED,
                value="named",
                evidence=(reading.heading(section),),
                confidence=Confidence.LOW,
            )
            return


@probe("data-card", finds=("data-card",), also=(Need.CARD,), follows=("data",))
def data_card(reading: Reading) -> Found:
    """Whether the training data have a description of their own: a data card, data sheet or data statement."""
    for sentence in reading.sentences(("data card", "datasheet", "data sheet", "data statement", "dataset card")):
        if "http" in sentence.lower or "](" in sentence.lower:
            yield linked("data-card", (reading.quote(sentence),), "the card links to a data card")
        else:
            yield found("data-card", Status.DESCRIBED, evidence=(reading.quote(sentence),), confidence=Confidence.LOW)
        return
    for section in reading.sections(("training data", "training dataset", "data overview", "dataset")):
        if len(reading.section_text(section)) >= 400:
            yield found(
                "data-card",
                Status.PARTIAL,
                evidence=(reading.heading(section),),
                confidence=Confidence.LOW,
                note="a section of the model card describes the data",
            )
            return


@probe("evaluation-data", finds=("evaluation-data",), also=(Need.CARD, Need.CARD_METADATA), follows=("data",))
def evaluation_data(reading: Reading) -> Found:
    """Whether the data of the published evaluation can be had: public benchmarks by name, or a `model-index`."""
    index = reading.release.metadata.get("model-index")
    if isinstance(index, list) and index:
        yield found(
            "evaluation-data",
            Status.RELEASED,
            evidence=(reading.field("cardData.model-index", "model-index"),),
            confidence=Confidence.MEDIUM,
            note="results on named public datasets",
        )
        return
    named = [word for word in _BENCHMARKS if word in reading.lower]
    if len(named) >= 2:
        sentence = next(reading.sentences((named[0],)), None)
        if sentence:
            yield found(
                "evaluation-data",
                Status.RELEASED,
                evidence=(reading.quote(sentence),),
                confidence=Confidence.MEDIUM,
                note="public benchmarks by name: " + ", ".join(named[:4]),
            )


_BENCHMARKS = phrases(
    "mmlu | hellaswag | gsm8k | humaneval | lambada | winogrande | truthfulqa | glue | squad | "
    "imagenet | coco | librispeech | common voice | mt-bench | bbh | piqa | boolq | drop | mbpp | wmt | "
    "xnli | arc-c | arc challenge | triviaqa | openbookqa | agieval | ceval | c-eval | cmmlu | mteb | "
    "alpacaeval"
)


def _as_list(value: object) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
