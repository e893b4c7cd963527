"""Lineage: what the release was made from."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.release import Need
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading

_RELATIONS = ("finetune", "adapter", "quantized", "merge")


@probe("lineage", finds=("lineage",), also=(Need.HUB_INFO, Need.CARD_METADATA))
def lineage(reading: Reading) -> Found:
    """Which releases this one was made from, and how, by the Hub's `baseModels` or the card's `base_model`."""
    release = reading.release
    if release.base_models:
        relation = release.base_relation if release.base_relation in _RELATIONS else "finetune"
        yield found(
            "lineage",
            Status.RELEASED,
            value=relation,
            confidence=Confidence.HIGH,
            evidence=(reading.field("base_model", ", ".join(release.base_models[:4])),),
        )


@probe("variants", finds=("variants",), also=(Need.CARD, Need.CARD_METADATA))
def variants(reading: Reading) -> Found:
    """Whether base and tuned variants are both released (episode 00:51): the card names the other one as a release."""
    name = reading.release.name.lower()
    tuned = any(word in name for word in ("instruct", "chat", "-it", "-sft", "-dpo"))
    stem = next(
        (
            base
            for base in reading.release.base_models
            if base.partition("/")[0] == reading.release.id.partition("/")[0]
        ),
        None,
    )
    if tuned and stem:
        yield found(
            "variants",
            Status.RELEASED,
            value="both",
            evidence=(reading.field("base_model", stem),),
            note="the base is another release of the same publisher",
        )
        return
    org = reading.release.id.partition("/")[0].lower()
    for link in reading.links:
        lower = link.url.lower()
        if f"/{org}/{name}-" in lower and any(word in lower for word in ("instruct", "chat", "-it")) and not tuned:
            yield found(
                "variants", Status.RELEASED, value="both", evidence=(reading.link(link),), confidence=Confidence.LOW
            )
            return
