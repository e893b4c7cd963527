"""How a probe is declared and run. A probe finds or finds nothing; only the runner says `unknown` or `silent`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from openness.core.components import ASPECTS, COMPONENTS, name_of
from openness.core.finding import Confidence, Evidence, Finding, Method, Status
from openness.core.licence import Licence
from openness.core.record import record
from openness.core.release import Need, Reason, Release, Unread
from openness.probes.reading import CODE_HOSTS, DATASET_PLACES, Reading

Found = Iterable[Finding]
Body = Callable[[Reading], Found]

FOLLOWS = {"code": CODE_HOSTS, "data": DATASET_PLACES}

_LOOKED = {
    Need.CARD: "the model card",
    Need.CARD_METADATA: "the card's metadata",
    Need.FILE_LIST: "the file list",
    Need.HUB_INFO: "the Hub's fields",
    Need.GATING: "the Hub's field gated",
    Need.LICENCE_TEXT: "the licence files",
}


@record(frozen=True, slots=True)
class Probe:
    """A question to the facts of a release.

    Without its `needs` a probe is not run and its subjects are `unknown`. Where it finds nothing, they are `silent`, but
    only if the places in `also` could be looked at too; `follows` names the kinds of link that would have to be followed
    before silence may be claimed.
    """

    id: str
    finds: tuple[str, ...]
    needs: tuple[Need, ...]
    also: tuple[Need, ...]
    follows: tuple[str, ...]
    body: Body


PROBES: dict[str, Probe] = {}


def places(each: Probe) -> list[str]:
    """The places that a probe looks at, in words."""
    looked = [_LOOKED.get(need, need.value.replace("-", " ")) for need in (*each.needs, *each.also)]
    return [*looked, *(f"linked {kind}" for kind in each.follows)]


Second = Callable[[Reading, Finding], Finding]
SECONDS: dict[str, Second] = {}
"""By subject: what a finding becomes once the card's links were followed (`probes.followed`)."""


def probe(
    id: str,
    *,
    finds: tuple[str, ...],
    needs: tuple[Need, ...] = (),
    also: tuple[Need, ...] = (),
    follows: tuple[str, ...] = (),
) -> Callable[[Body], Body]:
    """Register a function from a `Reading` to findings. Its docstring says what it looks for, why, and how."""
    unknown = [about for about in finds if about not in COMPONENTS and about not in ASPECTS]
    if unknown or id in PROBES:
        raise ValueError(f"probe {id!r}: {unknown or 'registered twice'}")

    def register(body: Body) -> Body:
        PROBES[id] = Probe(id, finds, needs, also, follows, body)
        return body

    return register


def second(*abouts: str) -> Callable[[Second], Second]:
    """Register a second look at findings, taken where links were followed. Its docstring says what it decides, and why."""

    def register(body: Second) -> Second:
        SECONDS.update(dict.fromkeys(abouts, body))
        return body

    return register


def _look_again(finding: Finding, reading: Reading) -> Finding:
    body = SECONDS.get(finding.about)
    try:
        return body(reading, finding) if body else finding
    except Exception as error:  # as in `run_one`
        broken = Unread(Reason.PROBE_ERROR, f"followed: {type(error).__name__}: {error}"[:200])
        return unknown(finding.probe, finding.about, broken)


def run(release: Release) -> tuple[Finding, ...]:
    """Every registered probe's findings on a release, one for each subject, sorted by subject."""
    reading = Reading(release)
    findings = [finding for each in PROBES.values() for finding in run_one(each, reading)]
    if release.linked:
        import openness.probes.followed  # noqa: F401  (its rules register themselves; a score without --follow pays nothing)

        findings = [_look_again(finding, reading) for finding in findings]
    return tuple(sorted(findings, key=lambda finding: finding.about))


def run_one(each: Probe, reading: Reading) -> list[Finding]:
    """One probe's findings, completed: `unknown` where it could not look, `silent` where it looked and found nothing."""
    missing = _first_missing(reading.release, each.needs)
    if missing:
        return [unknown(each.id, about, missing) for about in each.finds]
    try:
        found = {finding.about: _signed(finding, each.id) for finding in each.body(reading)}
    except Exception as error:  # one probe's bug must not hide what the others found
        broken = Unread(Reason.PROBE_ERROR, f"{each.id}: {type(error).__name__}: {error}"[:200])
        return [unknown(each.id, about, broken) for about in each.finds]
    return [found[about] if about in found else _nothing(each, about, reading) for about in each.finds]


def _signed(finding: Finding, id: str) -> Finding:
    """The finding with its probe's name, written into it: the probe made it a moment ago, and nobody else holds it.

    Copies took three hundredths of the time of all probes.
    """
    object.__setattr__(finding, "probe", id)
    return finding


def unknown(id: str, about: str, missing: Unread, possible: tuple[Status, ...] = ()) -> Finding:
    """The finding of something that could not be looked at."""
    return Finding(about, Status.UNKNOWN, id, missing=missing, possible=possible)


def found(
    about: str,
    status: Status,
    *,
    evidence: tuple[Evidence, ...] = (),
    value: str | None = None,
    licence: Licence | None = None,
    confidence: Confidence = Confidence.MEDIUM,
    note: str = "",
) -> Finding:
    """What a probe found; the runner adds which probe it was."""
    return Finding(about, status, "", value, licence, confidence, evidence, note)


AT_LEAST_DESCRIBED = (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)


def linked(
    about: str,
    evidence: tuple[Evidence, ...],
    note: str,
    *,
    confidence: Confidence = Confidence.MEDIUM,
    unseen: str = "the link was not followed",
) -> Finding:
    """The finding of something that the publisher says is at a place nobody looked at: at least described.

    What is there stays `unknown`, with the reason; `possible` holds what the words leave possible.
    """
    return Finding(
        about,
        Status.UNKNOWN,
        "",
        confidence=confidence,
        evidence=evidence,
        note=note,
        possible=AT_LEAST_DESCRIBED,
        missing=Unread(Reason.NOT_FOLLOWED, unseen),
    )


def _first_missing(release: Release, needs: Iterable[Need]) -> Unread | None:
    return next((release.missing[need] for need in needs if need in release.missing), None)


def _cut(each: Probe, release: Release) -> Unread | None:
    """A card whose end was not read cannot be silent."""
    if release.card is not None and release.card.truncated and Need.CARD in (*each.needs, *each.also):
        return Unread(Reason.TOO_LARGE, "the card was not read to its end")
    return None


def _nothing(each: Probe, about: str, reading: Reading) -> Finding:
    missing = _first_missing(reading.release, each.also) or _cut(each, reading.release)
    if missing:
        return unknown(each.id, about, missing)
    links = [link for kind in each.follows for link in reading.linked(FOLLOWS[kind]) if not reading.saw(link)]
    if links:
        count = "a linked repository was" if len(links) == 1 else f"{len(links)} links to repositories or data were"
        place = reading.followed.get(links[0].url)
        silent = (place.missing if place else None) or Unread(Reason.NOT_FOLLOWED, f"{count} not followed")
        shown = tuple(reading.link(link) for link in links[:3])
        return Finding(about, Status.UNKNOWN, each.id, evidence=shown, missing=silent)
    return Finding(
        about, Status.SILENT, each.id, evidence=_places(each, reading), note=f"{name_of(about)}: nothing found"
    )


def _places(each: Probe, reading: Reading) -> tuple[Evidence, ...]:
    """The places that were looked at without success; told once for all probes that look at the same."""
    known = reading.shared.setdefault("places", {})
    assert isinstance(known, dict)
    needs = (*each.needs, *each.also)
    if needs not in known:
        known[needs] = _looked_at(needs, reading)
    told: tuple[Evidence, ...] = known[needs]
    return told


def _looked_at(needs: tuple[Need, ...], reading: Reading) -> tuple[Evidence, ...]:
    release = reading.release
    places = []
    for need in needs:
        if need is Need.CARD:
            places.append(reading.whole_card("the model card" if release.card else "there is no model card"))
        elif need is Need.FILE_LIST:
            count = len(release.files)
            url = f"{release.url}/tree/{release.revision or 'main'}" if release.url else ""
            places.append(
                Evidence(
                    Method.FILE_LIST,
                    url,
                    "",
                    None,
                    "",
                    f"the list of {count} file{'s' * (count != 1)}",
                    release.provenance.seen_on,
                    bool(release.revision),
                )
            )
        elif need in (Need.CARD_METADATA, Need.HUB_INFO, Need.GATING, Need.LICENCE_TEXT):
            places.append(reading.field(need, "", _LOOKED[need]))
    return tuple(places)
