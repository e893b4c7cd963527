"""Safety tuning: done or not, described or not, and what of it is released. Reported beside openness (episode 00:51)."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.hosts import DATASET_PLACES
from openness.core.release import Need
from openness.probes.base import Findings, probe
from openness.probes.reading import View
from openness.probes.words import phrases, refuses

_METHODS = phrases(
    "rlhf | reinforcement learning from human feedback | rlaif | constitutional ai | safety tuning | "
    "safety-tuned | safety fine-tun | safety alignment | aligned with human preferences | "
    "human preferences for helpfulness and safety | direct preference optimization | dpo | red teaming | "
    "red-teaming | moderation mechanism | guardrail"
)
_SAFETY = phrases(
    "safety | harm | toxic | refus | red team | red-team | guardrail | moderation | rlhf | human feedback | preference"
)
_NONE = phrases(
    "does not have any moderation | no moderation | not been aligned | not aligned | "
    "without any safety | unaligned | uncensored | has not been fine-tuned | not fine-tuned for safety | "
    "without rlhf | no safety alignment | pretrained base model"
)
_DENIALS = (" not ", "n't ", " without ", " no ", " never ", " nor ")
_TUNED_NAMES = ("instruct", "chat", "-it", "sft", "dpo", "rlhf", "assistant", "-rl")


def _says_so(sentence: str) -> bool:
    """Whether a sentence that names a method says that it was used, for safety or preferences; rows of tables list others."""
    if sentence.lstrip().startswith("|") or refuses(sentence) or not any(word in sentence for word in _SAFETY):
        return False
    places = [sentence.find(method) for method in _METHODS]
    first = min(place for place in (*places, len(sentence)) if place >= 0)
    return not any(word in f" {sentence[max(0, first - 40) : first]}" for word in _DENIALS)


@probe("safety-tuning", finds=("safety-tuning",), needs=(Need.CARD,), also=(Need.LINEAGE,))
def safety_tuning(reading: View) -> Findings:
    """Whether the release was tuned for safety: not at all (a base), for something else, as an instruction follower, or for it.

    A sentence that denies safety tuning or moderation is read first, of a base or of a release that was tuned otherwise (by
    its name, or because it was made from another); then a method of safety or preference tuning; then the publisher's words
    that it is an instruction or chat model.
    """
    name = reading.name.lower()
    tuned = bool(reading.lineage.base_models) or any(word in name for word in _TUNED_NAMES)
    for sentence in reading.card.sentences(_NONE):
        unseen = reading.unseen(Need.LINEAGE)
        if unseen and not tuned and "base model" not in sentence.lower:
            quote = (reading.card.quote(sentence),)
            yield reading.unknown("safety-tuning", unseen, evidence=quote, possible=(Status.RELEASED,))
            return
        value = "not-for-safety" if tuned and "base model" not in sentence.lower else "none"
        yield reading.found("safety-tuning", Status.RELEASED, value=value, evidence=(reading.card.quote(sentence),))
        return
    for sentence in reading.card.sentences(_METHODS):
        if _says_so(sentence.lower):
            yield reading.found(
                "safety-tuning", Status.RELEASED, value="tuned", evidence=(reading.card.quote(sentence),)
            )
            return
    for sentence in reading.card.sentences(
        phrases(
            "instruction-tuned | instruction tuned | instruct fine-tuned | instruction-following | chat model | "
            "fine-tuned for chat | fine-tuned for dialogue | instruct model"
        )
    ):
        if any(word in name for word in _TUNED_NAMES):
            yield reading.found(
                "safety-tuning",
                Status.RELEASED,
                value="instruct",
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.LOW,
            )
            return


_BENCHMARKS = phrases("toxigen | realtoxicityprompts | bbq | crows-pairs | winogender | harmbench | advbench | xstest")
_TUNED_BY = tuple(word for word in _METHODS if not word.startswith(("red", "moderation", "guardrail")))
_TUNED_ON = phrases(
    "preference data | preference dataset | preference pairs | human annotations | human-annotated | human-generated data | "
    "human feedback data | safety data | safety dataset | adversarial prompts | comparison data | hh-rlhf | ultrafeedback"
)
_JUDGED = phrases(
    "safety evaluation | safety benchmark | red teaming | red-teaming | red team | adversarial evaluation"
)


@probe("alignment", finds=("alignment-description",), also=(Need.CARD,))
def alignment(reading: View) -> Findings:
    """How well it is described how safety tuning was done (episode 00:27): its method, its data, how it was evaluated.

    Without a sentence that names the method as used there is no description; with data and an evaluation beside it, it is whole.
    """
    method = next((each for each in reading.card.sentences(_TUNED_BY) if _says_so(each.lower)), None)
    if method is None:
        return
    told = {"method": method}
    for part, words in (("data", _TUNED_ON), ("evaluation", (*_JUDGED, *_BENCHMARKS))):
        sentence = next((each for each in reading.card.sentences(words) if not refuses(each.lower)), None)
        if sentence:
            told[part] = sentence
    status = (Status.DESCRIBED, Status.PARTIAL, Status.RELEASED)[len(told) - 1]
    evidence = tuple(reading.card.quote(sentence, part) for part, sentence in told.items())
    note = f"described: {', '.join(told)}" if len(told) > 1 else ""
    yield reading.found("alignment-description", status, evidence=evidence, confidence=Confidence.LOW, note=note)


@probe("safety-data", finds=("safety-data", "reward-model"), also=(Need.CARD, Need.CARD_METADATA), follows=("data",))
def safety_data(reading: View) -> Findings:
    """Whether preference or safety data, and the reward model, are released; named with a link they are at least described."""
    links = reading.card.links_to(DATASET_PLACES)
    for about, words in (
        (
            "safety-data",
            ("preference data", "preference dataset", "safety data", "human feedback data", "hh-rlhf", "ultrafeedback"),
        ),
        ("reward-model", ("reward model", "preference model")),
    ):
        for sentence in reading.card.sentences(words):
            if refuses(sentence.lower):
                yield reading.found(
                    about, Status.WITHHELD, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
                )
            elif any(abs(link.line - reading.card.lines.line(sentence.start)) <= 2 for link in links):
                yield reading.behind_link(about, (reading.card.quote(sentence),), "the card names it and links to data")
            else:
                yield reading.found(
                    about, Status.DESCRIBED, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
                )
            break


@probe("safety-evaluation", finds=("safety-evaluation",), also=(Need.CARD,))
def safety_evaluation(reading: View) -> Findings:
    """Whether results on safety, bias or toxicity are published: named safety benchmarks with figures, or a section."""
    for sentence in reading.card.sentences((*_BENCHMARKS, "truthfulqa")):
        yield reading.found(
            "safety-evaluation", Status.RELEASED, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
        )
        return
    for section in reading.card.sections(("safety", "bias", "red team", "ethical", "responsib")):
        yield reading.found(
            "safety-evaluation", Status.DESCRIBED, evidence=(reading.card.heading(section),), confidence=Confidence.LOW
        )
        return


@probe("usage-policy", finds=("usage-policy",), also=(Need.CARD, Need.FILE_LIST))
def usage_policy(reading: View) -> Findings:
    """Whether the publisher says what users may not do: a policy file, or a policy the card links to."""
    for path, name in zip(reading.files.paths, reading.files.names, strict=True):
        if "use_policy" in name or "usage_policy" in name or "acceptable" in name or "use-policy" in name:
            yield reading.found(
                "usage-policy", Status.RELEASED, evidence=(reading.file(path),), confidence=Confidence.HIGH
            )
            return
    for sentence in reading.card.sentences(
        phrases(
            "acceptable use policy | usage policy | prohibited use policy | use policy | out-of-scope use | "
            "use restrictions | prohibited uses"
        )
    ):
        yield reading.found("usage-policy", Status.RELEASED, evidence=(reading.card.quote(sentence),))
        return
