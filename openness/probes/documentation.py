"""Documents: card, reports, results, and what a reader learns of purpose and design."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.release import Need
from openness.probes.base import Found, found, linked, probe
from openness.probes.reading import PAPER_PLACES, Reading
from openness.probes.words import phrases

_BOILERPLATE = "1910.09700"
"""The paper of the CO2 calculator that the Hub's card template cites; no paper about any model."""


@probe("model-card", finds=("model-card",), needs=(Need.CARD,))
def model_card(reading: Reading) -> Found:
    """Whether the release has a card with words of its own; a template left empty is silence."""
    words = reading.lower.replace("[more information needed]", " ").split()
    count = sum(word.strip("*#|:-").isalpha() for word in words)
    if count >= 60:
        yield found(
            "model-card", Status.RELEASED, evidence=(reading.whole_card(f"{count} words"),), confidence=Confidence.HIGH
        )
    elif count >= 15:
        yield found(
            "model-card",
            Status.PARTIAL,
            evidence=(reading.whole_card(f"{count} words"),),
            note="the card has hardly any text",
        )


@probe("papers", finds=("research-paper", "technical-report"), also=(Need.CARD,))
def papers(reading: Reading) -> Found:
    """Whether a paper or report about the model can be read.

    Links to the places where papers stand are counted, the template's own citation is not. What a linked paper is about
    stays unseen until it is followed, so a link alone is at least a description; a citation block that names the model's own
    report, or words such as "our paper", make it a finding.
    """
    links = [link for link in reading.linked(PAPER_PLACES) if _BOILERPLATE not in link.url]
    own = next(
        reading.sentences(
            phrases(
                "our paper | our technical report | [paper] | paper: | the paper | this paper | technical report | "
                "preprint"
            )
        ),
        None,
    )
    if links and (own or "@article" in reading.lower or "@misc" in reading.lower or "@inproceedings" in reading.lower):
        yield found("research-paper", Status.RELEASED, evidence=(reading.link(links[0]),))
    elif links:
        yield linked("research-paper", (reading.link(links[0]),), "the card links to a paper")
    report = next(
        reading.sentences(("technical report", "tech report", "whitepaper", "white paper", "system card")), None
    )
    if report and (links or "http" in report.lower):
        yield found(
            "technical-report", Status.RELEASED, evidence=(reading.quote(report),), confidence=Confidence.MEDIUM
        )
    elif report:
        yield found("technical-report", Status.DESCRIBED, evidence=(reading.quote(report),), confidence=Confidence.LOW)


@probe("evaluation-results", finds=("evaluation-results",), also=(Need.CARD, Need.CARD_METADATA))
def evaluation_results(reading: Reading) -> Found:
    """Whether measured results are published: a `model-index`, or a section of the card with figures."""
    index = reading.release.metadata.get("model-index")
    if isinstance(index, list) and index:
        yield found(
            "evaluation-results", Status.RELEASED, evidence=(reading.field("cardData.model-index", "model-index"),)
        )
        return
    for section in reading.sections(("evaluation", "benchmark", "results", "performance", "metrics")):
        text = reading.section_text(section)
        if sum(character.isdigit() for character in text) >= 8:
            yield found(
                "evaluation-results", Status.RELEASED, evidence=(reading.heading(section, "a section with figures"),)
            )
            return
    for sentence in reading.sentences(
        ("outperforms", "achieves", "accuracy of", "word error rate", "wer", "bleu", "rouge", "f1")
    ):
        if any(character.isdigit() for character in sentence.lower):
            yield found(
                "evaluation-results", Status.PARTIAL, evidence=(reading.quote(sentence),), confidence=Confidence.LOW
            )
            return


@probe("sample-outputs", finds=("sample-model-outputs",), also=(Need.CARD, Need.CARD_METADATA))
def sample_outputs(reading: Reading) -> Found:
    """Whether examples of the model's output are shown, in the card or as the Hub's widget with outputs."""
    for section in reading.sections(("example", "sample", "showcase", "demo", "generation")):
        if len(reading.section_text(section)) >= 80:
            yield found(
                "sample-model-outputs", Status.RELEASED, evidence=(reading.heading(section),), confidence=Confidence.LOW
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
