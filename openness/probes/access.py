"""Access: how an outsider gets the weights, and whether a reason is given where access is held back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openness.core.finding import Confidence, Evidence, Finding, Status
from openness.core.release import Gating, Need
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading
from openness.probes.weights import weight_files
from openness.probes.words import phrases, promises

_TORRENT = phrases("magnet:?xt | magnet link | torrent file | .torrent | via torrent | bittorrent")
_API = phrases(
    "only available through the api | only available via the api | only available through our api | only available via our api | "
    "access is through the api | api access only | available only through our api | available only via our api"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_GATES = {Gating.NONE: "open", Gating.AUTO: "click-through", Gating.MANUAL: "manual-approval"}


@probe("access", finds=("access",), needs=(Need.GATING,))
def access(reading: Reading) -> Found:
    """How the weights are had (episode 00:02, 00:32): open, behind an automatic or a manual gate, private, disabled.

    A repository without weights whose card leads to a torrent, or to an interface alone, is had that way. Read from the Hub's
    own fields, with what the gate's form asks for. An absent `gated` field is unknown, never "open".
    """
    release = reading.release
    if release.disabled:
        yield found("access", Status.RELEASED, value="disabled", evidence=(reading.field("disabled", "true"),))
    elif release.private:
        yield found("access", Status.RELEASED, value="private", evidence=(reading.field("private", "true"),))
    elif elsewhere := _elsewhere(reading):
        yield elsewhere
    elif release.gated is not None:
        held = _asked_for(reading) if release.gated is not Gating.NONE else ()
        shown = "false" if release.gated is Gating.NONE else release.gated.value
        yield found(
            "access",
            Status.RELEASED,
            value=_GATES[release.gated],
            confidence=Confidence.HIGH,
            evidence=(reading.field("gated", shown), *held),
        )


def _elsewhere(reading: Reading) -> Finding | None:
    """How weights are had that are not in the repository, where the card says so: by a torrent, or by an interface alone."""
    if Need.FILE_LIST in reading.release.missing or weight_files(reading):
        return None
    for value, words, code in (("mirror", _TORRENT, True), ("api-only", _API, False)):
        for sentence in reading.sentences(words, code=code):
            if not promises(sentence.lower):
                quote = (reading.quote(sentence),)
                return found(
                    "access", Status.RELEASED, value=value, evidence=quote, note="no weights in the repository"
                )
    return None


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


def _prompts(reading: Reading) -> Iterator[tuple[str, str]]:
    """The gate's texts, each with its key."""
    for key in _PROMPTS:
        said = reading.release.metadata.get(key)
        if isinstance(said, str) and len(said) > 20:
            yield key, said[:_READ]


def _asked_for(reading: Reading) -> tuple[Evidence, ...]:
    """What the gate's form asks for."""
    fields = reading.release.metadata.get("extra_gated_fields")
    names = [" ".join(str(name).split()) for name in fields] if isinstance(fields, dict) else []
    if not names:
        return ()
    return (reading.field("cardData.extra_gated_fields", ", ".join(names[:12]), "what the gate asks for"),)


@probe("access-reason", finds=("access-reason",), needs=(Need.GATING,), also=(Need.CARD_METADATA, Need.CARD))
def access_reason(reading: Reading) -> Found:
    """Whether a gate says why it is there and what it takes to pass (episode 00:38).

    Its prompt is read sentence by sentence, then the card: a reason speaks of access and says why. A gate that says only what
    it takes is a part of that. A prompt alone shows no gate: some stay behind when the gate is gone.
    """
    release = reading.release
    if release.gated is None:
        return
    if release.gated is Gating.NONE:
        yield found("access-reason", Status.NOT_APPLICABLE, note="access is not held back")
        return
    for key, said in _prompts(reading):
        for sentence in _SENTENCE.split(said):
            lower = sentence.lower()
            if any(word in lower for word in _HELD) and any(word in lower for word in _WHY):
                evidence = reading.field(f"cardData.{key}", sentence.strip())
                yield found(
                    "access-reason", Status.DESCRIBED, evidence=(evidence,), note="the gate says why it is there"
                )
                return
    for sentence in reading.sentences(_WHY):
        if any(word in sentence.lower for word in ("gated", "request access", "access request", "restrict access")):
            quote = reading.quote(sentence)
            yield found(
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
        yield found("access-reason", Status.PARTIAL, evidence=(reading.field(f"cardData.{key}", said),), note=note)
        return
