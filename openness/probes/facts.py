"""The facts of a release by kind, as probes read them."""

from __future__ import annotations

from openness.core.record import record
from openness.core.release import Ancestor, File, Gating, Link, Linked


@record(frozen=True, slots=True)
class ListedFiles:
    """The files of a repository: their paths, the same in lower case, and their sizes in bytes (None: not known)."""

    paths: tuple[str, ...]
    names: tuple[str, ...]
    sizes: tuple[int | None, ...]


def file_list(files: tuple[File, ...]) -> ListedFiles:
    """The files of a release as probes read them."""
    paths = tuple(file.path for file in files)
    return ListedFiles(paths, tuple(path.lower() for path in paths), tuple(file.size for file in files))


@record(frozen=True, slots=True)
class GateFacts:
    """How the Hub guards a repository; each field is None where it was not seen."""

    gated: Gating | None
    private: bool | None
    disabled: bool | None


@record(frozen=True, slots=True)
class LineageFacts:
    """What a release was made from: ids of its base models, the relation to them, and what is known of each ancestor."""

    base_models: tuple[str, ...]
    relation: str | None
    ancestors: tuple[Ancestor, ...]


class Followed:
    """The places that the card's links lead to, where links were followed; each says itself what could not be seen of it."""

    def __init__(self, places: tuple[Linked, ...]) -> None:
        self.places = places
        self.by_address = {address: place for place in places for address in place.links}
        """Each place by the addresses and ids that lead to it, as they stand in the card or its metadata."""

    def saw(self, link: Link) -> bool:
        """Whether all that a link leads to was seen (or that the link is dead)."""
        place = self.by_address.get(link.url)
        return place is not None and place.exists is not None and place.missing is None
