"""What a publisher could change about a release: for each subject the resulting findings, and the advice in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.events import read_events
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.licence import Licence

Lookup = Callable[[str], Licence]
_THEN = (Evidence(Method.ATTESTATION, note="as advised"),)


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One change: the finding that it would lead to, the advice in words, and the effort from 1 to 3 (see `advice.yaml`).

    Moves are compared by identity: two with the same words are two moves.
    """

    about: str
    finding: Finding
    text: str
    effort: int


@cache
def _words() -> Mapping[str, Any]:
    import yaml

    text = (Path(__file__).parent / "advice.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = read_events(yaml.parse(text, Loader=yaml.SafeLoader))[0]
    return data


def moves(now: Finding, lookup: Lookup) -> tuple[Move, ...]:
    """The changes that a publisher could make to a subject; () if there is nothing to change."""
    if now.about in COMPONENTS:
        return (_component(now, lookup),)
    found = []
    for each in _words()["aspects"].get(now.about, ()):
        if now.value in each.get("unless", ()) and now.status is not Status.UNKNOWN:
            continue
        licence = _licence(each["licence"], lookup) if "licence" in each else None
        value = licence.licence_class.value if licence else each.get("value")
        then = Finding(now.about, Status(each.get("status", "released")), "advice", value, licence, evidence=_THEN)
        found.append(Move(now.about, then, each["text"], each["effort"]))
    return tuple(found)


def _component(now: Finding, lookup: Lookup) -> Move:
    words = _words()["components"]
    component = COMPONENTS[now.about]
    how = words["own"].get(now.about) or words["kinds"][component.kind.value]
    then = Finding(now.about, Status.RELEASED, "advice", None, _licence(how["licence"], lookup), evidence=_THEN)
    key = {Status.RELEASED: "relicense", Status.PARTIAL: "complete", Status.UNKNOWN: "show"}.get(now.status, "publish")
    missing = now.missing.detail or now.missing.reason.value if now.missing else ""
    text = words[key].replace("{name}", component.name[0].lower() + component.name[1:]).replace("{why}", missing)
    return Move(now.about, then, text, how["effort"])


def _licence(identifier: str, lookup: Lookup) -> Licence:
    return replace(lookup(identifier), stated=identifier)


def advised() -> frozenset[str]:
    """The subjects that there is advice on; a test compares them with the lists of components and aspects."""
    return frozenset(_words()["aspects"]) & ASPECTS.keys() | COMPONENTS.keys()
