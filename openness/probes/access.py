"""Access: how an outsider gets the weights, and whether a reason is given where access is held back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openness.core.finding import Confidence, Evidence, Finding, Status
from openness.core.release import Gating, Need
from openness.probes.base import Findings, probe
from openness.probes.reading import View
from openness.probes.weights import weight_files
from openness.probes.words import phrases, promises

_TORRENT = phrases("magnet:?xt | magnet link | torrent file | .torrent | via torrent | bittorrent")
_API = phrases(
    "only available through the api | only available via the api | only available through our api | only available via our api | "
    "access is through the api | api access only | available only through our api | available only via our api"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_GATES = {Gating.NONE: "open", Gating.AUTO: "click-through", Gating.MANUAL: "manual-approval"}


@probe(
    "access",
    finds=("access",),
    needs=(Need.GATING,),
    also=(Need.FILE_LIST, Need.CARD, Need.CARD_METADATA),
    uses=(weight_files,),
)
def access(reading: View) -> Findings:
    """How the weights are had (episode 00:02, 00:32): open, behind an automatic or a manual gate, private, disabled.

    A repository without weights whose card leads to a torrent, or to an interface alone, is had that way. Read from the Hub's
    own fields, with what the gate's form asks for. An absent `gated` field is unknown, never "open".
    """
    gate = reading.gate
    if gate.disabled:
        yield reading.found("access", Status.RELEASED, value="disabled", evidence=(reading.field("disabled", "true"),))
    elif gate.private:
        yield reading.found("access", Status.RELEASED, value="private", evidence=(reading.field("private", "true"),))
    elif gate.gated in (Gating.AUTO, Gating.MANUAL):
        shown = (reading.field("gated", gate.gated.value), *_asked_for(reading))
        yield reading.found(
            "access", Status.RELEASED, value=_GATES[gate.gated], confidence=Confidence.HIGH, evidence=shown
        )
    elif elsewhere := _elsewhere(reading):
        yield elsewhere
    elif gate.gated is Gating.NONE:
        yield reading.found(
            "access",
            Status.RELEASED,
            value=_GATES[gate.gated],
            confidence=Confidence.HIGH,
            evidence=(reading.field("gated", "false"),),
        )


def _elsewhere(reading: View) -> Finding | None:
    """How weights are had that are not in the repository, where the card says so: by a torrent, or by an interface alone.

    Unknown where either could not be seen: whether weights are in the repository, or what the card says of them.
    """
    if weight_files(reading):
        return None
    unlisted = next(iter(reading.doubts), None)
    for value, words, code in (("mirror", _TORRENT, True), ("api-only", _API, False)):
        for sentence in reading.card.sentences(words, code=code):
            if promises(sentence.lower):
                continue
            quote = (reading.card.quote(sentence),)
            if unlisted:
                return reading.unknown("access", unlisted, evidence=quote, possible=(Status.RELEASED,))
            note = "no weights in the repository"
            return reading.found("access", Status.RELEASED, value=value, evidence=quote, note=note)
    unread = reading.unseen(Need.CARD)
    return reading.unknown("access", unread, possible=(Status.RELEASED,)) if unread else None


_HELD = ("access", "gate", "request", "form", "download")
_WHY = phrases(
    "because | in order to | to ensure | to prevent | to protect | to avoid | so that | due to | concern | misuse | "
    "to understand | to limit | dual use | dual-use | potential harm | to comply | for safety | to study"
)
_WHAT_IT_TAKES = phrases(
    "agree | accept | required to | you must | must match | by clicking | submit | fill | approv | review | granted | confirm"
)
_PROMPTS = ("extra_gated_prompt", "extra_gated_description", "extra_gated_heading")
_READ = 4_000
"""Characters read of a prompt: many hold a whole licence."""


def _prompts(reading: View) -> Iterator[tuple[str, str]]:
    """The gate's texts, each with its key."""
    for key in _PROMPTS:
        said = reading.metadata.text(key)
        if len(said) > 20:
            yield key, said[:_READ]


def _asked_for(reading: View) -> tuple[Evidence, ...]:
    """What the gate's form asks for."""
    names = [" ".join(str(name).split()) for name in reading.metadata.mapping("extra_gated_fields")]
    if not names:
        return ()
    return (reading.field("cardData.extra_gated_fields", ", ".join(names[:12]), "what the gate asks for"),)


@probe("access-reason", finds=("access-reason",), needs=(Need.GATING,), also=(Need.CARD_METADATA, Need.CARD))
def access_reason(reading: View) -> Findings:
    """Whether a gate says why it is there and what it takes to pass (episode 00:38).

    Its prompt is read sentence by sentence, then the card: a reason speaks of access and says why. A gate that says only what
    it takes is a part of that. A prompt alone shows no gate: some stay behind when the gate is gone.
    """
    gated = reading.gate.gated
    if gated is None:
        return
    if gated is Gating.NONE:
        yield reading.found("access-reason", Status.NOT_APPLICABLE, note="access is not held back")
        return
    for key, said in _prompts(reading):
        for sentence in _SENTENCE.split(said):
            lower = sentence.lower()
            if any(word in lower for word in _HELD) and any(word in lower for word in _WHY):
                evidence = reading.field(f"cardData.{key}", sentence.strip())
                yield reading.found(
                    "access-reason", Status.DESCRIBED, evidence=(evidence,), note="the gate says why it is there"
                )
                return
    for sentence in reading.card.sentences(_WHY):
        if any(word in sentence.lower for word in ("gated", "request access", "access request", "restrict access")):
            quote = reading.card.quote(sentence)
            yield reading.found(
                "access-reason",
                Status.DESCRIBED,
                evidence=(quote,),
                note="the card says why",
                confidence=Confidence.LOW,
            )
            return
    for key, said in _prompts(reading):
        takes = any(word in said.lower() for word in _WHAT_IT_TAKES)
        note = (
            "the gate says what it takes to pass it, not why it is there" if takes else "the gate has words of its own"
        )
        evidence = reading.field(f"cardData.{key}", said)
        own_words = reading.found("access-reason", Status.PARTIAL, evidence=(evidence,), note=note)
        yield reading.at_least(own_words, Need.CARD)
        return
