"""How a probe is declared. A probe finds something or nothing; only the runner (`probes.runner`) says `unknown` or `silent`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.finding import Finding
from openness.core.record import record
from openness.core.release import Need
from openness.probes.reading import Shared, View

Findings = Iterable[Finding]
Body = Callable[[View], Findings]
SecondBody = Callable[[View, Finding], Finding]

LOOKED = {
    Need.CARD: "the model card",
    Need.CARD_METADATA: "the card's metadata",
    Need.FILE_LIST: "the file list",
    Need.HUB_INFO: "the Hub's fields",
    Need.GATING: "the Hub's field gated",
    Need.LICENCE_TEXT: "the licence files",
    Need.LINEAGE: "the base models",
}
"""The places that are looked at, in words."""


@record(frozen=True, slots=True)
class Probe:
    """A question to the facts of a release.

    Its view holds the facts of `needs` and `also`, and the helpers of `uses`. Without its `needs` a probe is not run and its
    subjects are `unknown`. Where it finds nothing, they are `silent`, but only if all of `also` could be seen too, and all
    that the helpers which it asked look at. `follows` names the kinds of link that must be followed before silence may be
    claimed.
    """

    id: str
    finds: tuple[str, ...]
    needs: tuple[Need, ...]
    also: tuple[Need, ...]
    uses: tuple[Shared[Any], ...]
    follows: tuple[str, ...]
    body: Body
    sees: frozenset[Need]


@record(frozen=True, slots=True)
class SecondLook:
    """What a finding becomes once the card's links were followed; `sees` are the facts in its view."""

    body: SecondBody
    sees: frozenset[Need]
    uses: tuple[Shared[Any], ...]


PROBES: dict[str, Probe] = {}
SECOND_LOOKS: dict[str, SecondLook] = {}
"""By subject: the second look at a finding (`probes.followed`)."""


def places(each: Probe) -> list[str]:
    """The places that a probe looks at, itself or through helpers, in words."""
    helped = (need for helper in each.uses for need in helper.looks_at)
    needs = dict.fromkeys((*each.needs, *each.also, *helped))
    looked = [LOOKED.get(need, need.value.replace("-", " ")) for need in needs]
    return [*looked, *(f"linked {kind}" for kind in each.follows)]


def probe(
    name: str,
    *,
    finds: tuple[str, ...],
    needs: tuple[Need, ...] = (),
    also: tuple[Need, ...] = (),
    uses: tuple[Shared[Any], ...] = (),
    follows: tuple[str, ...] = (),
) -> Callable[[Body], Body]:
    """Register a function from a `View` to findings. Its docstring says what it looks for, why, and how.

    Raises ValueError for a name that is taken, for subjects that are not known, and where nothing is looked at.
    """
    unknown = [about for about in finds if about not in COMPONENTS and about not in ASPECTS]
    if unknown or name in PROBES:
        raise ValueError(f"probe {name!r}: {unknown or 'registered twice'}")
    if not (needs or also or uses):
        raise ValueError(f"probe {name!r} looks at nothing")

    def register(body: Body) -> Body:
        PROBES[name] = Probe(name, finds, needs, also, uses, follows, body, frozenset((*needs, *also)))
        return body

    return register


def second_look(
    *abouts: str, sees: tuple[Need, ...], uses: tuple[Shared[Any], ...] = ()
) -> Callable[[SecondBody], SecondBody]:
    """Register a second look at findings, taken where links were followed. Its docstring says what it decides, and why."""

    def register(body: SecondBody) -> SecondBody:
        SECOND_LOOKS.update(dict.fromkeys(abouts, SecondLook(body, frozenset(sees), uses)))
        return body

    return register
