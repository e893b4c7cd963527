"""Runs the probes and holds them to what they declare.

The runner, not the probe, says `unknown` where a fact could not be seen or not be understood, and `silent` where every
declared place was seen and nothing was found.
"""

from __future__ import annotations

from openness.core.components import name_of
from openness.core.finding import Evidence, Finding, Status
from openness.core.hosts import CODE_HOSTS, DATASET_PLACES
from openness.core.release import Need, Reason, Release, Unread
from openness.probes.base import LOOKED, PROBES, SECOND_LOOKS, Probe
from openness.probes.reading import Reading, Undeclared, View

FOLLOWS = {"code": CODE_HOSTS, "data": DATASET_PLACES}

strict = False
"""Whether `Undeclared` ends the run (the tests set this), instead of making the probe's answers unknown."""


def run(release: Release) -> tuple[Finding, ...]:
    """Every registered probe's findings on a release, one for each subject, sorted by subject."""
    reading = Reading(release)
    findings = [finding for each in PROBES.values() for finding in run_one(each, reading)]
    if release.linked:
        findings = [_look_again(finding, reading) for finding in findings]
    return tuple(sorted(findings, key=lambda finding: finding.about))


def run_one(each: Probe, reading: Reading) -> list[Finding]:
    """One probe's findings, completed: `unknown` where it could not look, `silent` where it looked and found nothing."""
    view = View(reading, each.id, each.sees, each.uses)
    missing = next((reading.missing[need] for need in each.needs if need in reading.missing), None)
    if missing:
        return [view.unknown(about, missing) for about in each.finds]
    try:
        findings = {finding.about: finding for finding in each.body(view)}
    except Exception as error:  # a bug in one probe must not hide what the others find
        if strict and isinstance(error, Undeclared):
            raise
        broken = _broken(each.id, error)
        return [view.unknown(about, broken) for about in each.finds]
    return [findings.get(about) or _nothing(each, about, view, reading) for about in each.finds]


def _look_again(finding: Finding, reading: Reading) -> Finding:
    look = SECOND_LOOKS.get(finding.about)
    if look is None:
        return finding
    view = View(reading, finding.probe, look.sees, look.uses)
    try:
        return look.body(view, finding)
    except Exception as error:  # as in `run_one`
        if strict and isinstance(error, Undeclared):
            raise
        return view.unknown(finding.about, _broken("followed", error))


def _broken(where: str, error: Exception) -> Unread:
    return Unread(Reason.PROBE_ERROR, f"{where}: {type(error).__name__}: {error}"[:200])


def _nothing(each: Probe, about: str, view: View, reading: Reading) -> Finding:
    """The finding of a subject that a probe found nothing of."""
    needs = (*each.needs, *each.also)
    missing = next((reading.missing[need] for need in needs if need in reading.missing), None)
    missing = missing or (reading.unseen(Need.CARD) if Need.CARD in needs else None) or next(iter(view.doubts), None)
    if missing:
        return view.unknown(about, missing)
    links = [link for kind in each.follows for link in view.card.links_to(FOLLOWS[kind])]
    links = [link for link in links if not reading.followed.saw(link)]
    if links:
        count = "a linked repository was" if len(links) == 1 else f"{len(links)} links to repositories or data were"
        place = reading.followed.by_address.get(links[0].url)
        not_followed = (place.missing if place else None) or Unread(Reason.NOT_FOLLOWED, f"{count} not followed")
        return view.unknown(about, not_followed, evidence=tuple(view.card.link(link) for link in links[:3]))
    helped = view.asked if needs or view.asked else [need for helper in each.uses for need in helper.looks_at]
    looked = _looked((*needs, *helped), reading)
    return view.found(about, Status.SILENT, evidence=looked, note=f"{name_of(about)}: nothing found")


def _looked(needs: tuple[Need, ...], reading: Reading) -> tuple[Evidence, ...]:
    """The places that were looked at without success; written once for all probes that look at the same."""
    if needs not in reading.looked:
        reading.looked[needs] = tuple(place for need in dict.fromkeys(needs) if (place := _place(need, reading)))
    return reading.looked[needs]


def _place(need: Need, reading: Reading) -> Evidence | None:
    if need is Need.CARD:
        return reading.card.whole_card("the model card" if reading.card.card else "there is no model card")
    if need is Need.FILE_LIST:
        return reading.locator.file_list()
    return reading.locator.field(need, "", LOOKED[need]) if need in LOOKED else None
