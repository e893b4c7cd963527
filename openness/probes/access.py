"""Access: how an outsider gets the weights, and whether a reason is given where access is held back."""

from __future__ import annotations

from openness.core.finding import Confidence, Status
from openness.core.release import Gating, Need
from openness.probes.base import Found, found, probe
from openness.probes.reading import Reading

_GATES = {Gating.NONE: "open", Gating.AUTO: "click-through", Gating.MANUAL: "manual-approval"}


@probe("access", finds=("access",), needs=(Need.GATING,))
def access(reading: Reading) -> Found:
    """How the weights are had (episode 00:02, 00:32): open, behind an automatic or a manual gate, private, disabled.

    Read from the Hub's own fields. An absent `gated` field is unknown, never "open".
    """
    release = reading.release
    if release.disabled:
        yield found("access", Status.RELEASED, value="disabled", evidence=(reading.field("disabled", "true"),))
    elif release.private:
        yield found("access", Status.RELEASED, value="private", evidence=(reading.field("private", "true"),))
    elif release.gated is not None:
        shown = "false" if release.gated is Gating.NONE else release.gated.value
        yield found(
            "access",
            Status.RELEASED,
            value=_GATES[release.gated],
            confidence=Confidence.HIGH,
            evidence=(reading.field("gated", shown),),
        )


@probe("access-reason", finds=("access-reason",), needs=(Need.GATING,), also=(Need.CARD_METADATA,))
def access_reason(reading: Reading) -> Found:
    """Whether a gate says why it is there and what it takes to pass (episode 00:38): the gate's own prompt."""
    release = reading.release
    if release.gated is Gating.NONE:
        yield found("access-reason", Status.NOT_APPLICABLE, note="access is not held back")
        return
    for key in ("extra_gated_prompt", "extra_gated_description", "extra_gated_heading"):
        said = release.metadata.get(key)
        if isinstance(said, str) and len(said) > 20 and release.gated is not None:
            yield found(
                "access-reason",
                Status.DESCRIBED,
                evidence=(reading.field(f"cardData.{key}", said),),
                note="the gate has words of its own",
            )
            return
