"""Training data, what describes it, and the data of the evaluation."""

from __future__ import annotations

import re

from openness.core.finding import Confidence, Finding, Status
from openness.core.hosts import DATASET_PLACES, PAPER_PLACES
from openness.core.release import Link, Need, Section
from openness.probes.base import Findings, probe
from openness.probes.card import CardSentence
from openness.probes.reading import View
from openness.probes.words import closed, foreign, phrases, promises, refuses, refuses_the

_ABOUT = phrases(
    "training data | pretraining data | pre-training data | training dataset | training corpus | training corpora | "
    "training set | trained on | pretrained on | pre-trained on | fine-tuned on | finetuned on | fine-tuned with | "
    "training mixture | data mix | fine-tuning data | finetuning data | instruction data | pretraining dataset | "
    "pre-training dataset | pretraining corpus | pre-training corpus | fine-tuning dataset | finetuning dataset | "
    "trained using | trained with | dataset used | datasets used | data used"
)
_MODEL_IS = phrases(
    "trained on | pretrained on | pre-trained on | fine-tuned on | finetuned on | training data | "
    "pretraining data | pre-training data | training corpus | training dataset | pretraining dataset | fine-tuned with | "
    "trained using | trained with | dataset used | datasets used | data used | training set | fine-tuning data | "
    "finetuning data | instruction data | fine-tuning dataset | pre-training dataset"
)
_NO_DATA = (
    "gpus",
    "tpu",
    "a100",
    "h100",
    "v100",
    "objective",
    "library",
    "framework",
    "megatron",
    "deepspeed",
    "optimizer",
)
_DATA = ("data", "corpus", "corpora", "collection", "texts")
_TRAINED = ("train", "tuned", "tuning", "learn", "corpus", "built on", "mix")
_READERS = ("can be fine-tuned", "can be finetuned", "you ", "your ", "user data", "personal")
_SECTIONS = (
    "training data",
    "pretraining data",
    "pre-training data",
    "training dataset",
    "training corpus",
    "data collection",
    "dataset composition",
    "datamix",
    "data mix",
    "dataset",
    "data source",
    "training details",
    "training procedure",
)


_TUNING = ("fine-tun", "finetun", "instruction", "tuned on", "post-train", "alignment", "sft")
_FIRST = ("pretrain", "pre-train", "from scratch")
_OBTAINABLE = ("licensed data", "licensed from", "license from", "purchased", "acquired from", "bought", "data partner")
_PUBLIC = ("publicly available", "public data", "public web", "common crawl", "commoncrawl", "the web", "wikipedia")


@probe(
    "training-data",
    finds=("datasets", "pretraining-data", "tuning-data", "data-kind"),
    also=(Need.CARD, Need.CARD_METADATA),
    follows=("data", "code"),
)
def training_data(reading: View) -> Findings:
    """Whether the exact training data can be had (episode 00:08, 00:42), and what is said of each stage's.

    Datasets named in the metadata or linked from the words on training are at least described, and released only when somebody
    has looked: until the link is followed that is unknown. A sentence that the data are not released is the publisher's own
    withholding; a sentence or section that says what the model was trained on describes the data. Sentences are told apart by
    stage where they name one, and by the OSAID's kinds of data: the least shareable kind that is named.
    """
    said = [sentence for sentence in reading.card.sentences(_ABOUT) if _speaks_of_data(sentence)]
    yield from _kind(reading, said)
    for about, words in (("pretraining-data", _FIRST), ("tuning-data", _TUNING)) if said else ():
        yield from _of_stage(about, reading, [each for each in said if any(word in each.lower for word in words)])
    refused = next((sentence for sentence in said if _refused(sentence)), None)
    if refused:
        yield reading.found("datasets", Status.WITHHELD, evidence=(reading.card.quote(refused),))
        return
    hidden = next((sentence for sentence in said if closed(sentence.lower)), None)
    if hidden:
        yield reading.found(
            "datasets",
            Status.DESCRIBED,
            value="named",
            evidence=(reading.card.quote(hidden),),
            note="part of the data is said not to be public",
        )
        return
    yield from _given(reading, next(filter(_tells, said), None))


def _speaks_of_data(sentence: CardSentence) -> bool:
    said = sentence.lower
    if sentence.heading or foreign(said) or promises(said):
        return False
    return "data" in said or not any(word in said for word in _NO_DATA)


def _refused(sentence: CardSentence) -> bool:
    return refuses_the(_DATA, sentence.lower) and not any(word in sentence.lower for word in _READERS)


def _tells(sentence: CardSentence) -> bool:
    return any(word in sentence.lower for word in _MODEL_IS)


def _of_stage(about: str, reading: View, said: list[CardSentence]) -> Findings:
    """What is said of the data of one stage; a link to them is left open, as for all data."""
    if not said:
        return
    refused = next(filter(_refused, said), None)
    if refused:
        yield reading.found(about, Status.WITHHELD, evidence=(reading.card.quote(refused),))
        return
    told = next((each for each in said if _tells(each) and not any(word in each.lower for word in _READERS)), None)
    if told is None:
        return
    if any(place in told.lower for place in DATASET_PLACES):
        yield reading.behind_link(about, (reading.card.quote(told),), "the card links to data")
    else:
        yield reading.found(about, Status.DESCRIBED, evidence=(reading.card.quote(told),))


def _kind(reading: View, said: list[CardSentence]) -> Findings:
    """The least shareable kind of data that is named (OSAID 1.0, data information: open, public, obtainable, unshareable)."""
    told = next((each for each in said if closed(each.lower) and "licensed" not in each.lower), None)
    value = "unshareable-data"
    for kind, words in (
        ("obtainable-data", reading.card.among(_OBTAINABLE)),
        ("public-data", reading.card.among(_PUBLIC)),
    ):
        if told is None and words:
            value, told = kind, next((each for each in said if any(word in each.lower for word in words)), None)
    if told:
        yield reading.found("data-kind", Status.DESCRIBED, value=value, evidence=(reading.card.quote(told),))
        return
    named = reading.metadata.names("datasets")
    if named:
        evidence = reading.field("cardData.datasets", ", ".join(named[:6]))
        unread = reading.unseen(Need.CARD)
        if unread:  # the card may speak of data that cannot be shared
            yield reading.unknown("data-kind", unread, evidence=(evidence,), possible=(Status.DESCRIBED,))
            return
        yield reading.found(
            "data-kind", Status.DESCRIBED, value="open-data", evidence=(evidence,), confidence=Confidence.LOW
        )


def _given(reading: View, told: CardSentence | None) -> Findings:
    """Data that are linked, else named, else described by a section."""
    named = reading.metadata.names("datasets")
    if named:
        yield reading.behind_link(
            "datasets",
            (reading.field("cardData.datasets", ", ".join(named[:6])),),
            "the metadata name datasets of the Hub",
            confidence=Confidence.HIGH,
        )
        return
    for link, sentence in reading.card.contexts(DATASET_PLACES):
        said = sentence.lower
        if any(word in said for word in _TRAINED) and not (promises(said) or foreign(said) or refuses(said)):
            yield reading.behind_link(
                "datasets", (reading.card.quote(sentence), reading.card.link(link)), "the card links to data"
            )
            return
    links = reading.card.links_to(DATASET_PLACES)
    if links and told:
        yield reading.behind_link(
            "datasets",
            (reading.card.quote(told), reading.card.link(links[0])),
            "the card links to data",
            confidence=Confidence.LOW,
        )
    elif told and (page := _names_data(reading, told)):
        yield reading.behind_link(
            "datasets",
            (reading.card.quote(told), reading.card.link(page)),
            "the card links to the data's own page",
            confidence=Confidence.LOW,
        )
    elif described := _described(reading, told):
        yield reading.at_least(described, Need.CARD_METADATA)


def _described(reading: View, told: CardSentence | None) -> Finding | None:
    """Data that a section or a sentence describes."""
    for section in reading.card.sections(_SECTIONS):
        if _gives_shares(reading, section):
            evidence = (reading.card.heading(section),)
            return reading.found("datasets", Status.DESCRIBED, value="mixture", evidence=evidence)
    if told:
        return reading.found("datasets", Status.DESCRIBED, value="named", evidence=(reading.card.quote(told),))
    for section in reading.card.sections(_SECTIONS[:11]):
        return reading.found(
            "datasets",
            Status.DESCRIBED,
            value="named",
            evidence=(reading.card.heading(section),),
            confidence=Confidence.LOW,
        )
    return None


_DATA_WORDS = (
    "dataset",
    "corpus",
    "corpora",
    "-data",
    "data-",
    "_data",
    "the pile",
    "common crawl",
    "wikipedia",
    "laion",
    "data]",
)


def _names_data(reading: View, sentence: CardSentence) -> Link | None:
    """A link in the sentence that is named after data, wherever it leads but to a paper or a picture."""
    first, last = reading.card.lines.span(sentence.start, sentence.end)
    for link in reading.card.links:
        if first <= link.line <= last and not any(place in link.url.lower() for place in PAPER_PLACES):
            named = f"{link.text} {link.url}".lower()
            if any(word in named for word in _DATA_WORDS) and link.url.lower() in sentence.lower:
                return link
    return None


_CARDS = phrases(
    "data card | datasheet | data sheet | data statement | dataset card | datacard | dataset documentation"
)
_CORPORA = phrases(
    "the pile | common crawl | commoncrawl | c4 | wikipedia | webtext | bookcorpus | bookscorpus | books3 | openwebtext | "
    "refinedweb | "
    "redpajama | the stack | starcoder data | laion | imagenet | librispeech | common voice | oscar | cc100 | cc-100 | mc4 | "
    "stackexchange | stack exchange | arxiv papers | pubmed | semantic scholar | roots | dolma | fineweb | slimpajama | "
    "cc-news | stories | reddit | coco | conceptual captions | cc3m | cc12m | voxceleb | squad | natural questions | flan | "
    "github code"
)
_MAKING = phrases(
    "filter | dedup | de-dup | clean | curat | collect | crawl | scrap | annotat | label | preprocess | pre-process | sampled | "
    "tokens | documents | examples | sources | consists of | composed of | subset | proportion | balanced | gb of | hours of"
)
_SHARE = re.compile(r"\d\s?%|\|\s{0,10}\d|\d\s?(?:gb|tb|b tokens|billion|million|hours)\b")


@probe("data-card", finds=("data-card",), also=(Need.CARD, Need.CARD_METADATA), follows=("data",))
def data_card(reading: View) -> Findings:
    """Whether the training data have a description of their own: a data card, data sheet or data statement.

    A document that calls itself one counts; so, in part, does a section of the card that names its sources and says how they
    were made; data on the Hub have a page of their own, which is not read here. "Publicly available data" names nothing.
    """
    for sentence in reading.card.sentences(_CARDS):
        said = sentence.lower
        if promises(said) or refuses(said):
            continue
        if "http" in said or "](" in said:
            yield reading.behind_link(
                "data-card",
                (reading.card.quote(sentence),),
                "the card links to a data card",
                confidence=Confidence.HIGH,
            )
        else:
            yield reading.found(
                "data-card", Status.DESCRIBED, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
            )
        return
    for section in reading.card.sections(_SECTIONS):
        if _documents(reading, section):
            yield reading.found(
                "data-card",
                Status.PARTIAL,
                evidence=(reading.card.heading(section),),
                confidence=Confidence.MEDIUM,
                note="a section of the model card describes the data and names sources",
            )
            return
    named = reading.metadata.names("datasets")
    if named:
        yield reading.behind_link(
            "data-card",
            (reading.field("cardData.datasets", ", ".join(named[:6])),),
            "the metadata name datasets of the Hub, which have pages of their own",
        )
        return
    for link, sentence in reading.card.contexts(DATASET_PLACES):
        if any(word in sentence.lower for word in _TRAINED) and not promises(sentence.lower):
            yield reading.behind_link(
                "data-card",
                (reading.card.link(link),),
                "the card links to training data, which have a page of their own",
                confidence=Confidence.LOW,
            )
            return


def _documents(reading: View, section: Section) -> bool:
    """Whether a section names where the data come from and says something of how they were made."""
    text = reading.card.section_text(section)
    if len(text) < 150 or not any(word in text for word in ("data", "corpus", "corpora")):
        return False
    named = sum(word in text for word in reading.card.among(_CORPORA)) + sum(place in text for place in DATASET_PLACES)
    return named >= 1 and sum(word in text for word in _MAKING) + bool(_SHARE.search(text)) >= 2


def _gives_shares(reading: View, section: Section) -> bool:
    """Whether a section names several sources and how much of each was taken."""
    known = reading.card.among(_CORPORA)
    if len(known) < 2:
        return False
    text = reading.card.section_text(section)
    return sum(word in text for word in known) >= 2 and len(_SHARE.findall(text)) >= 2


@probe("evaluation-data", finds=("evaluation-data",), also=(Need.CARD, Need.CARD_METADATA), follows=("data",))
def evaluation_data(reading: View) -> Findings:
    """Whether the data of the published evaluation can be had: public benchmarks by name, or a `model-index`."""
    if reading.metadata.items("model-index"):
        yield reading.found(
            "evaluation-data",
            Status.RELEASED,
            evidence=(reading.field("cardData.model-index", "model-index"),),
            confidence=Confidence.MEDIUM,
            note="results on named public datasets",
        )
        return
    evaluated_on = _evaluated_on(reading)
    if evaluated_on:
        yield evaluated_on
        return
    named = [word for word in _BENCHMARKS if reading.card.may_hold(word) and reading.card.holds(word)]
    if len(named) >= 2:
        sentence = next(reading.card.sentences((named[0],)), None)
        if sentence:
            yield reading.found(
                "evaluation-data",
                Status.RELEASED,
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.LOW,
                note="public benchmarks by name: " + ", ".join(word.rstrip("$") for word in named[:4]),
            )


_EVALUATED = ("evaluat", "benchmark", "test set", "eval ", "evals")


def _evaluated_on(reading: View) -> Finding | None:
    for link, sentence in reading.card.contexts(DATASET_PLACES):
        said = sentence.lower
        if any(word in said for word in _EVALUATED) and "train" not in said and not promises(said):
            return reading.behind_link(
                "evaluation-data",
                (reading.card.quote(sentence), reading.card.link(link)),
                "the card links to the data of its evaluation",
                confidence=Confidence.MEDIUM,
            )
    return None


_BENCHMARKS = phrases(
    "mmlu | hellaswag | gsm8k | humaneval | lambada | winogrande | truthfulqa | glue$ | superglue | squad | "
    "imagenet | coco$ | librispeech | common voice | mt-bench | bbh$ | big-bench | piqa | boolq | drop$ | mbpp | wmt | "
    "xnli | arc-c | arc challenge | arc-challenge | arc_challenge | arc-e | triviaqa | openbookqa | agieval | ceval | c-eval | "
    "cmmlu | mteb | alpacaeval | gpqa | ifeval | math$ | mgsm | sciq | race$ | natural questions | fleurs | mmmu | beir | "
    "nq$ | wikitext | wsc | livecodebench | swe-bench | arena-hard | toxigen | crows-pairs"
)
