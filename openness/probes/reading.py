"""What a probe sees of a release: a view that holds the facts which the probe declared, and nothing else.

A `Reading` is made once per release and holds its facts by kind, with what was worked out from them. The runner makes a
`View` of it for each probe. A kind of fact that the probe did not declare is not in its view: touching it raises
`Undeclared`. A declared kind that could not be seen is in the view and empty, and `unseen` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from openness.core.finding import AT_LEAST_DESCRIBED, Confidence, Evidence, Finding, Status
from openness.core.licence import Licence
from openness.core.release import Need, ReadText, Reason, Release, Unread
from openness.probes.card import CardText
from openness.probes.facts import Followed, GateFacts, LineageFacts, ListedFiles, file_list
from openness.probes.locator import Locator
from openness.probes.metadata import Metadata

T = TypeVar("T")


_OPEN_UPWARDS = {
    Status.PARTIAL: (Status.RELEASED, Status.PARTIAL),
    Status.DESCRIBED: AT_LEAST_DESCRIBED,
    Status.WITHHELD: (Status.RELEASED, Status.WITHHELD),
}
"""The statuses that something may still have, by the one that it has at least."""


class Undeclared(Exception):
    """A probe touched a kind of fact that it does not declare. This is a mistake in the probe."""


KINDS: Mapping[Need, str] = {
    Need.CARD: "card",
    Need.CARD_METADATA: "metadata",
    Need.FILE_LIST: "files",
    Need.LICENCE_TEXT: "texts",
    Need.GATING: "gate",
    Need.LINEAGE: "lineage",
    Need.HUB_INFO: "tags",
    Need.LINKED: "followed",
}
"""Where a view holds each kind of fact. Of branches and tags (`Need.REVISIONS`) no source brings any facts yet."""


class Reading:
    """The facts of one release by kind, empty where they could not be seen, and the answers of helpers."""

    def __init__(self, release: Release) -> None:
        seen = release.missing.__contains__
        self.release = release
        self.missing = release.missing
        self.locator = Locator(release)
        self.card = CardText(None if seen(Need.CARD) else release.card, self.locator)
        self.metadata: Mapping[str, object] = {} if seen(Need.CARD_METADATA) else release.metadata
        self.files = file_list(() if seen(Need.FILE_LIST) else release.files)
        self.texts = release.texts
        """The licence texts that were read; `Need.LICENCE_TEXT` is unmet where one of several was not."""
        self.gate = GateFacts(release.gated, release.private, release.disabled)
        unknown = seen(Need.LINEAGE)
        self.lineage = LineageFacts(
            () if unknown else release.base_models,
            None if unknown else release.base_relation,
            () if unknown else release.ancestors,
        )
        self.tags = () if seen(Need.HUB_INFO) else release.tags
        self.answers: dict[Shared[Any], SharedAnswer[Any]] = {}
        self.looked: dict[tuple[Need, ...], tuple[Evidence, ...]] = {}
        """The places that were looked at, as evidence, by the needs of the probe that looked."""

    @cached_property
    def followed(self) -> Followed:
        """What the links that were followed lead to."""
        return Followed(self.release.linked)

    def unseen(self, need: Need) -> Unread | None:
        """Why a kind of fact was not seen, or not to its end; None where it was."""
        if need is Need.CARD and need not in self.missing and not self.card.whole:
            return Unread(Reason.TOO_LARGE, "the card was not read to its end")
        return self.missing.get(need)


class SharedAnswer(NamedTuple, Generic[T]):
    """What a shared helper worked out, and the first thing that it could not see or not understand."""

    value: T
    doubt: Unread | None


class Shared(Generic[T]):
    """A helper that works something out for several probes, once per release, from facts that it declares itself."""

    def __init__(
        self, body: Callable[[View], T], needs: tuple[Need, ...], uses: tuple[Shared[Any], ...], judges: bool
    ) -> None:
        self.body, self.needs, self.uses, self.judges = body, needs, uses, judges
        self.__doc__ = body.__doc__
        self.__name__ = body.__name__
        self.sees = frozenset(needs)
        self.looks_at: tuple[Need, ...] = tuple(
            dict.fromkeys((*needs, *(need for each in uses for need in each.looks_at)))
        )
        """Every kind of fact that the answer rests on, those of the helpers that this one uses with it."""

    def __call__(self, view: View) -> T:
        """The helper's answer for the release of a view that declares the helper. Raises `Undeclared` for another view."""
        return view.ask(self)


def shared(
    *needs: Need, uses: tuple[Shared[Any], ...] = (), judges: bool = False
) -> Callable[[Callable[[View], T]], Shared[T]]:
    """Make a helper of a function from a view to anything; `needs` and `uses` are what its view holds.

    A need that was not met leaves the answer in doubt. A helper that `judges` says itself, with `View.doubt`, whether its
    answer depends on what was not seen.
    """

    def make(body: Callable[[View], T]) -> Shared[T]:
        return Shared(body, needs, uses, judges)

    return make


class View:
    """What one probe sees of a release.

    The identity of the release is always visible. Each kind of fact is an attribute (`KINDS`) that is there only where the
    probe declares its need. Findings are made here, so that each bears its probe's name.
    """

    __slots__ = (
        "_reading",
        "_uses",
        "asked",
        "card",
        "declared",
        "doubts",
        "files",
        "followed",
        "gate",
        "lineage",
        "locator",
        "metadata",
        "probe",
        "tags",
        "texts",
    )
    card: CardText
    metadata: Metadata
    files: ListedFiles
    texts: tuple[ReadText, ...]
    gate: GateFacts
    lineage: LineageFacts
    tags: tuple[str, ...]
    followed: Followed

    def __init__(self, reading: Reading, probe: str, sees: frozenset[Need], uses: tuple[Shared[Any], ...] = ()) -> None:
        self._reading = reading
        self._uses = uses
        self.probe = probe
        self.declared = sees
        self.locator = reading.locator
        self.doubts: list[Unread] = []
        """What was seen and not understood, and what helpers could not see: reasons against calling anything silent."""
        self.asked: dict[Need, None] = {}
        """The kinds of fact that the helpers which were asked look at, in order."""
        for need in sees:
            if need is Need.CARD_METADATA:
                self.metadata = Metadata(reading.metadata, self.misread)
            elif need in KINDS:
                setattr(self, KINDS[need], getattr(reading, KINDS[need]))

    def __getattr__(self, name: str) -> Any:
        if name in KINDS.values():
            raise Undeclared(f"{self.probe or 'a helper'} does not declare the need for {name}")
        raise AttributeError(name)

    @property
    def id(self) -> str:
        """The release's id."""
        return self._reading.release.id

    @property
    def account(self) -> str:
        """The account that the release stands in: what is before the slash of its id."""
        return self._reading.release.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The release's name."""
        return self._reading.release.name

    @property
    def publisher(self) -> str:
        """The release's publisher."""
        return self._reading.release.publisher

    @property
    def curated(self) -> bool:
        """Whether the facts are those of the bundled catalogue, written down by a person who read the release's page."""
        return self._reading.release.provenance.source == "catalogue"

    def unseen(self, need: Need) -> Unread | None:
        """Why a declared kind of fact was not seen, or not to its end; None where it was. Raises `Undeclared`."""
        if need not in self.declared:
            raise Undeclared(f"{self.probe or 'a helper'} does not declare {need}")
        return self._reading.unseen(need)

    def sees(self, need: Need) -> bool:
        """Whether a declared kind of fact was seen whole. Raises `Undeclared`."""
        return self.unseen(need) is None

    def ask(self, helper: Shared[T]) -> T:
        """A declared helper's answer; what it could not see counts for this view too. Raises `Undeclared`."""
        if helper not in self._uses:
            raise Undeclared(f"{self.probe or 'a helper'} does not declare that it uses {helper.__name__}")
        answer: SharedAnswer[T] | None = self._reading.answers.get(helper)
        if answer is None:
            view = View(self._reading, "", helper.sees, helper.uses)
            value = helper.body(view)
            unseen = () if helper.judges else (self._reading.unseen(need) for need in helper.needs)
            doubt = next((each for each in unseen if each), None) or next(iter(view.doubts), None)
            answer = self._reading.answers[helper] = SharedAnswer(value, doubt)
        self.asked.update(dict.fromkeys(helper.looks_at))
        if answer.doubt:
            self.doubts.append(answer.doubt)
        return answer.value

    def doubt(self, why: Unread) -> None:
        """Note a reason against silence: what this probe finds nothing of is unknown."""
        self.doubts.append(why)

    def misread(self, what: str) -> None:
        """Note that something was seen and not understood: what this probe finds nothing of is unknown."""
        self.doubt(Unread(Reason.MALFORMED, what))

    def file(self, path: str, note: str = "") -> Evidence:
        """A file's name as evidence."""
        return self.locator.file(path, note)

    def field(self, name: str, value: object, note: str = "") -> Evidence:
        """A field of the Hub's answer or (`cardData.KEY`) of the card's front matter as evidence."""
        return self.locator.field(name, value, note)

    def found(
        self,
        about: str,
        status: Status,
        *,
        evidence: tuple[Evidence, ...] = (),
        value: str | None = None,
        licence: Licence | None = None,
        confidence: Confidence = Confidence.MEDIUM,
        note: str = "",
    ) -> Finding:
        """A finding of this probe. Raises ValueError for a status without evidence."""
        return Finding(about, status, self.probe, value, licence, confidence, evidence, note)

    def unknown(
        self,
        about: str,
        missing: Unread,
        *,
        evidence: tuple[Evidence, ...] = (),
        possible: tuple[Status, ...] = (),
        confidence: Confidence = Confidence.MEDIUM,
        note: str = "",
    ) -> Finding:
        """A finding of something that this probe could not see or not understand.

        `possible` holds the statuses that it may still be, () for any.
        """
        return Finding(
            about,
            Status.UNKNOWN,
            self.probe,
            confidence=confidence,
            evidence=evidence,
            note=note,
            missing=missing,
            possible=possible,
        )

    def at_least(self, finding: Finding, *needs: Need) -> Finding:
        """A finding, open upwards where one of the needs that may show more was not seen or not understood.

        `withheld` is then the publisher's word alone: the thing may be there all the same.
        """
        missing = next((why for need in needs if (why := self.unseen(need))), None) or next(iter(self.doubts), None)
        if missing is None or finding.status not in _OPEN_UPWARDS:
            return finding
        return replace(
            finding, status=Status.UNKNOWN, missing=missing, possible=_OPEN_UPWARDS[finding.status], value=None
        )

    def behind_link(
        self,
        about: str,
        evidence: tuple[Evidence, ...],
        note: str,
        *,
        confidence: Confidence = Confidence.MEDIUM,
        unseen: str = "the link was not followed",
    ) -> Finding:
        """A finding of something that, as the publisher says, is at a place that was not looked at.

        What is there is unknown; by the publisher's words alone it is at least described.
        """
        missing = Unread(Reason.NOT_FOLLOWED, unseen)
        return self.unknown(
            about, missing, evidence=evidence, possible=AT_LEAST_DESCRIBED, confidence=confidence, note=note
        )
