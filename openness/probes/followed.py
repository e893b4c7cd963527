"""The second look at findings, taken once the card's links were followed: what the linked places hold, and which are dead.

Words alone are worth `described` (`docs/design.md`, Statuses). A file list that was seen is worth more. A dead link is worth no
more than the words beside it. A place that could not be seen leaves the finding unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from openness import licences
from openness.core.finding import AT_LEAST_DESCRIBED, Confidence, Evidence, Finding, Method, Status
from openness.core.licence import Licence
from openness.core.release import Linked, Need, Reason, Unread
from openness.core.text import ascii_lower, cut_quote
from openness.probes import holdings
from openness.probes.base import second_look
from openness.probes.reading import View, shared
from openness.probes.words import phrases

_PLACES = (Need.CARD, Need.LINKED)
_SEEN = ("the link is dead", "nothing of the kind among its files")
_NEAR = 2
"""The largest number of lines between a sentence and a link that it means."""


def evidence(place: Linked, path: str = "", quote: str = "", note: str = "") -> Evidence:
    """A linked place, or a file of it, as evidence."""
    from urllib.parse import quote as percent

    url = f"{place.files_at}{percent(path)}" if path and place.files_at else place.url
    return Evidence(
        Method.LINKED_REPOSITORY, url, path, None, cut_quote(quote), note, place.seen_on, place.revision is not None
    )


def meant(finding: Finding, reading: View) -> list[Linked]:
    """The places that a finding's evidence means: by the addresses in its first quote that has any, else by links near it."""
    if finding.missing and not _open_ended(finding):  # then its evidence is what was not looked at, and claims nothing
        return []
    said = [each for each in finding.evidence if each.method is Method.CARD_SECTION]
    for each in said:
        quoted = [place for place in reading.followed.places if any(_stands(link, each.quote) for link in place.links)]
        if quoted:
            return quoted
    spans = [each.lines for each in said if each.lines]
    near = {
        link.url
        for link in reading.card.links
        if any(first - _NEAR <= link.line <= last + _NEAR for first, last in spans)
    }
    return [place for place in reading.followed.places if near & set(place.links)]


def _stands(link: str, quote: str) -> bool:
    """Whether a quote holds an address, and not a longer address that begins with it."""
    at = quote.find(link)
    after = quote[at + len(link) : at + len(link) + 1]
    return at >= 0 and not (after.isalnum() or after in ("-", "_"))


def _open_ended(finding: Finding) -> bool:
    """Whether only a link that was not followed keeps a finding open (`View.behind_link` makes such findings)."""
    return bool(finding.possible) and finding.missing is not None and finding.missing.reason is Reason.NOT_FOLLOWED


def _dead(finding: Finding, dead: Iterable[Linked]) -> Finding:
    """The finding of what the card says beside a dead link: at most described."""
    shown = tuple(evidence(place, note="the link is dead") for place in dead)
    told = tuple(each for each in finding.evidence if each.method is not Method.LINKED_REPOSITORY)
    note = f"{finding.note}; the link is dead".removeprefix("; ")
    value = "named" if finding.about == "datasets" else finding.value
    return replace(
        finding, status=Status.DESCRIBED, value=value, missing=None, possible=(), note=note, evidence=(*told, *shown)
    )


def _unseen(finding: Finding, place: Linked) -> Finding:
    """The finding as it was, open for the reason for which the place was not seen."""
    return replace(finding, missing=place.missing or Unread(Reason.NOT_FOLLOWED, "the link was not followed"))


def _risen(finding: Finding, status: Status, sure: Confidence, note: str, *shown: Evidence) -> Finding:
    """The finding as the linked place shows it; the card's own words follow as evidence."""
    kept = tuple(each for each in finding.evidence if each.quote)
    return replace(
        finding,
        status=status,
        confidence=sure,
        note=note,
        evidence=(*shown, *kept),
        value=None,
        missing=None,
        possible=(),
    )


def licence_of(place: Linked) -> Licence | None:
    """The licence of a linked place: by its text where one was read and recognised, else by its identifier."""
    if place.licence_text:
        match = licences.identify_text(place.licence_text.text)
        if match.kind == "identified":
            return match.licence
    return licences.lookup(place.licence) if place.licence else None


# ---- code


@shared(Need.LINKED)
def _code_files(reading: View) -> dict[str, list[str]]:
    """The code files of every linked repository, by its address."""
    return {place.url: holdings.code_files(place) for place in reading.followed.places if place.kind == "code"}


@second_look(
    "training-code",
    "evaluation-code",
    "data-preprocessing-code",
    "inference-code",
    "supporting-libraries-and-tools",
    sees=(*_PLACES, Need.LINEAGE),
    uses=(_code_files,),
)
def code(reading: View, finding: Finding) -> Finding:
    """What a linked repository holds, by the names of its files and folders.

    A repository counts where the card's sentence about this very code links to it, or where it is the release's own: its name
    is the model's, its README links to the release, or it is the publisher's and the card says that the release was made with
    it. Others (libraries, converters, a publisher's other projects) hold training code too, which trained something else.
    """
    if finding.status in (Status.RELEASED, Status.WITHHELD) and not _dead_only(finding, reading):
        return finding
    named = [place for place in meant(finding, reading) if place.kind == "code"]
    own = [place for place in reading.followed.places if place.kind == "code" and _own(place, reading)]
    looked = {place.url: place for place in (*named, *own)}
    tuned = holdings.is_tuned(reading.name, reading.lineage.base_models)
    files = _code_files(reading)
    best: tuple[Status, str, str, Linked] | None = None
    for place in looked.values():
        hit = holdings.code_in(place, files[place.url], finding.about, place in named, tuned)
        if hit and (best is None or (best[0] is not Status.RELEASED and hit[0] is Status.RELEASED)):
            best = (*hit, place)
    if best:
        status, path, note, place = best
        sure = Confidence.MEDIUM if path else Confidence.LOW
        risen = _risen(finding, status, sure, note, evidence(place, path, "", place.title))
        return replace(risen, licence=licence_of(place))
    unseen = next((place for place in looked.values() if place.exists is None or place.missing), None)
    if unseen and _open_ended(finding):
        return _unseen(finding, unseen)
    if unseen and finding.status is Status.SILENT:
        return replace(_unseen(finding, unseen), status=Status.UNKNOWN, note="")
    dead = [place for place in named if place.exists is False]
    if dead and len(dead) == len(named):
        return _dead(finding, dead)
    if named and _open_ended(finding):
        shown = tuple(evidence(place, note=_SEEN[place.exists is not False]) for place in named)
        note = "the linked repository holds nothing of the kind"
        told = tuple(each for each in finding.evidence if each.quote)
        return replace(finding, status=Status.DESCRIBED, missing=None, possible=(), note=note, evidence=(*told, *shown))
    if finding.status is Status.SILENT and looked:
        shown = tuple(
            evidence(place, note=f"the {len(place.files)} files of {place.title}") for place in looked.values()
        )
        return replace(finding, evidence=(*finding.evidence, *shown))
    return finding


_MADE_WITH = phrases("library: | trained with | trained using | training library | training framework | codebase:")


def _own(place: Linked, reading: View) -> bool:
    """Whether a repository is the release's own, or its publisher's and what the release was made with, by the card's words."""
    if holdings.belongs(place, reading):
        return True
    if not holdings.by_publisher(place, reading):
        return False
    said = (reading.card.around(link).lower for link in reading.card.links if link.url in place.links)
    return any(word in sentence for sentence in said for word in _MADE_WITH)


def _dead_only(finding: Finding, reading: View) -> bool:
    """Whether all that a finding of something released rests on is the card's word and links that are dead."""
    quoted = [
        place
        for place in reading.followed.places
        if any(_stands(link, each.quote) for link in place.links for each in finding.evidence)
    ]
    words = all(each.method is Method.CARD_SECTION for each in finding.evidence)
    return finding.status is Status.RELEASED and words and bool(quoted) and all(p.exists is False for p in quoted)


# ---- data


@second_look(
    "datasets",
    "pretraining-data",
    "tuning-data",
    "safety-data",
    "reward-model",
    "evaluation-data",
    sees=(*_PLACES, Need.CARD_METADATA),
)
def data(reading: View, finding: Finding) -> Finding:
    """Whether the data (or the reward model) that the card names can be had: by the file list of the place it links to.

    Released when every named set holds data files and no gate; in part when some do, or behind a gate; a set with a loading
    script only, an empty one and a dead link are no more than a name.
    """
    if not _open_ended(finding) and not _dead_only(finding, reading):
        return finding
    named, unasked = _sets(finding, reading)
    if not named:
        return finding
    unseen = next((place for place in named if place.exists is None or (place.missing and not place.files)), None)
    if unseen:
        return _unseen(finding, unseen)
    if all(place.exists is False for place in named) and not unasked:
        return _dead(finding, named)
    states = {place.url: holdings.holding(place, finding.about) for place in named}
    shown = tuple(evidence(place, *_sample(place, finding.about), _state(states[place.url])) for place in named[:6])
    seen, note = set(states.values()), _summary(states.values())
    status = Status.PARTIAL if seen & {"files", "gated"} else Status.DESCRIBED
    if seen == {"files"}:
        status = Status.RELEASED
    risen = _risen(finding, status, Confidence.MEDIUM, note, *shown)
    if status is Status.DESCRIBED and finding.about == "datasets":
        risen = replace(risen, value="named")
    if unasked:
        why = Unread(Reason.NOT_FOLLOWED, f"{unasked} of the named data sets were not followed")
        best = tuple(
            each for each in AT_LEAST_DESCRIBED if status is not Status.RELEASED or each is not Status.DESCRIBED
        )
        return replace(risen, status=Status.UNKNOWN, missing=why, possible=best, value=None)
    return replace(risen, licence=licence_of(named[0]) if len(named) == 1 else None)


def _named_sets(reading: View) -> set[str]:
    """The ids of the data sets that the metadata name, as they are written there."""
    return set(reading.metadata.names("datasets"))


def _sets(finding: Finding, reading: View) -> tuple[list[Linked], int]:
    """The places that a finding about data means, and the number of named data sets that nobody asked for."""
    kinds = ("model", "dataset") if finding.about == "reward-model" else ("dataset",)
    ids = _named_sets(reading)
    if ids and any(each.method is Method.HUB_FIELD for each in finding.evidence):
        places = {place.url: place for each in ids if (place := reading.followed.by_address.get(each))}
        return sorted(places.values(), key=lambda place: place.url), len(ids - set(reading.followed.by_address))
    return [place for place in meant(finding, reading) if place.kind in kinds], 0


def _sample(place: Linked, about: str) -> tuple[str, str]:
    return next((file.path for file in place.files if holdings.is_data(file.path, about)), ""), ""


def _state(state: str) -> str:
    return {
        "files": "data files are there",
        "gated": "behind a gate",
        "script": "a loading script only",
        "empty": "no data files",
        "dead": "the link is dead",
    }[state]


def _summary(states: Iterable[str]) -> str:
    counts: dict[str, int] = {}
    for state in states:
        counts[state] = counts.get(state, 0) + 1
    if len(counts) == 1:
        return _state(next(iter(counts)))
    return ", ".join(f"{count} of {sum(counts.values())}: {_state(state)}" for state, count in sorted(counts.items()))


@second_look("data-card", sees=(*_PLACES, Need.CARD_METADATA))
def data_card(reading: View, finding: Finding) -> Finding:
    """Whether a data set that the release was trained on has a card with words of its own, read on its page."""
    if finding.status in (Status.RELEASED, Status.WITHHELD):
        return finding
    ids = _named_sets(reading)
    sets = [place for place in reading.followed.places if place.kind == "dataset" and ids & set(place.links)]
    sets = sets or [place for place in meant(finding, reading) if place.kind == "dataset"]
    described = [place for place in sets if holdings.words(place.readme) >= 60]
    if described:
        shown = tuple(evidence(place, "README.md", "", place.title) for place in described[:3])
        whole = len(described) == len(sets)
        note = "the data sets have cards of their own" if whole else f"{len(described)} of {len(sets)} have cards"
        return _risen(finding, Status.RELEASED if whole else Status.PARTIAL, Confidence.MEDIUM, note, *shown)
    unseen = next((place for place in sets if place.exists is None or place.missing), None)
    if unseen:
        return _unseen(finding, unseen) if finding.missing else finding
    if sets and _open_ended(finding):
        return _dead(finding, sets) if all(place.exists is False for place in sets) else _closed(finding, sets)
    return finding


def _closed(finding: Finding, sets: list[Linked]) -> Finding:
    shown = tuple(evidence(place, note="its page says hardly anything") for place in sets[:3])
    return replace(
        finding, status=Status.DESCRIBED, missing=None, possible=(), evidence=(*finding.evidence, *shown), note=""
    )


# ---- papers


@second_look("research-paper", "technical-report", sees=_PLACES)
def papers(reading: View, finding: Finding) -> Finding:
    """Whether a linked paper exists and is about this release: its title names the model.

    A paper that exists but whose title names something else is no more than a description of the technique, unless the card
    itself calls it its own; a link that leads nowhere leaves the card's words alone.
    """
    every = [place for place in reading.followed.places if place.kind == "paper"]
    about = [place for place in every if place.exists and holdings.names(place.title, reading)]
    if finding.about == "technical-report":
        about = [place for place in about if any(word in ascii_lower(place.title) for word in holdings.REPORTS)]
    if about and finding.status is not Status.WITHHELD:
        first = about[0]
        sure = Confidence.HIGH if holdings.names(first.title, reading, whole=True) else Confidence.MEDIUM
        shown = evidence(first, "", first.title, "its title names the release")
        return _risen(finding, Status.RELEASED, sure, "", shown)
    named = [place for place in meant(finding, reading) if place.kind == "paper"]
    dead = [place for place in named if place.exists is False]
    if named and len(dead) == len(named) and finding.status is not Status.WITHHELD:
        return _dead(finding, dead)
    blind = next((place for place in every if place.exists is None), None)
    if blind and finding.status is Status.SILENT:
        return replace(_unseen(finding, blind), status=Status.UNKNOWN, note="")
    if not _open_ended(finding) or not named:
        return finding
    unseen = next((place for place in named if place.exists is None), None)
    if unseen:
        return _unseen(finding, unseen)
    other = next((place for place in named if place.exists and place.title), None)
    if other is None:
        return replace(finding, missing=Unread(Reason.NOT_RECORDED, "the linked paper exists; its title was not seen"))
    shown = evidence(other, "", other.title, "its title does not name the release")
    note = "a linked paper exists; its title does not name the release"
    return _risen(finding, Status.DESCRIBED, Confidence.LOW, note, shown)


# ---- whatever else the card gives out by a link


@second_look(
    "usage-policy",
    "safety-evaluation",
    "evaluation-results",
    "sample-model-outputs",
    "alignment-description",
    sees=_PLACES,
)
def documents(reading: View, finding: Finding) -> Finding:
    """Whether a document that the card links to can still be had: where all its links are dead, it is at most described."""
    if not _dead_only(finding, reading):
        return finding
    return _dead(finding, [p for p in meant(finding, reading) if p.exists is False])
