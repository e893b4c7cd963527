"""What a reader has seen in one file: which use of a name wins, and which names are not releases that the project uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from openness.core.record import record
from openness.policy.discovery import naming

WEAK, STRONG = 1, 2
"""A name is weak where only the key or variable that holds it says what it is, strong where a call or command uses it."""
_DOCUMENTS = ("license", "licence", "readme", "notice", "policy", ".md", ".pdf")
"""Parts of an address that show that it leads to a text about a release, which no program loads as a model."""
MOST = 5_000
"""Sightings of one file that are kept."""


@record(frozen=True, slots=True)
class Sighting:
    """A name in a file: id, line from 1, revision or None, why it counts in words; if it does not count, what it is."""

    id: str
    line: int
    revision: str | None
    kind: str
    left_out: str
    weight: int


class Sightings:
    """Collects the names of one file."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._seen: list[Sighting] = []

    def add(
        self,
        value: str,
        line: int,
        kind: str,
        weight: int = WEAK,
        revision: str | None = None,
        left_out: str = "",
        owner_needed: bool = True,
    ) -> bool:
        """Take note of a value if it names a repository on the Hub; say whether it does.

        With `owner_needed` false, a single word such as `gpt2` is noted too, as a name without an owner.
        """
        if len(self._seen) >= MOST:
            return False
        found = naming.reference(value)
        if not found:
            if not owner_needed and naming.bare(value):
                self._seen.append(Sighting(value, line, revision, kind, left_out or naming.BARE, weight))
                return True
            return False
        if found.what != "model":
            left_out, weight = found.what, STRONG
        elif left_out == naming.API and value.startswith(naming.ROUTED):
            left_out = ""
        elif not left_out and weight == WEAK and naming.served_only(found.id):
            left_out = naming.API
        if not left_out and naming.placeholder(found.id):
            left_out = naming.PLACEHOLDER
        self._seen.append(Sighting(found.id, line, found.revision or revision, kind, left_out, weight))
        return True

    def add_by_key(
        self, key: str, value: str, line: int, kind: str, beside: dict[str, str], revision: str | None = None
    ) -> bool:
        """Take note of a value by the name of the key that holds it and the keys beside it; say whether it is a name."""
        about = naming.role(key)
        if not about:
            return False
        repository = beside.get("repo_type", "").lower()
        if repository in ("dataset", "space"):
            left_out = naming.DATASET if repository == "dataset" else naming.SPACE
        elif about != "model":
            left_out = about
        elif naming.served_elsewhere(beside):
            left_out = naming.API
        else:
            left_out = ""
        return self.add(value, line, kind, WEAK, revision or beside.get("revision") or None, left_out)

    def add_addresses(self, text: str, line: int, files_only: bool = True) -> None:
        """Take note of the Hub addresses in a text, by default only of those of files, which a program fetches."""
        if "://" not in text or ("hugging" not in text and "hf" not in text):
            return
        for offset, found in naming.addresses(text):
            rest = text[offset : offset + 400].split(maxsplit=1)[0].lower()
            if any(each in rest for each in _DOCUMENTS):
                continue
            if found.revision or not files_only or text.startswith("hf://", offset):
                at = line + text.count("\n", 0, offset)
                left_out = "" if found.what == "model" else found.what
                if len(self._seen) < MOST:
                    self._seen.append(Sighting(found.id, at, found.revision, "address on the Hub", left_out, STRONG))

    def merge(self, others: Iterable[Sighting], shift: int = 0) -> None:
        """Add what another reader saw in a part of the file that begins `shift` lines down."""
        for each in others:
            self._seen.append(
                Sighting(each.id, each.line + shift, each.revision, each.kind, each.left_out, each.weight)
            )

    def raw(self) -> Iterator[Sighting]:
        """Everything that was seen, in the order of reading."""
        return iter(self._seen)

    def settled(self) -> list[Sighting]:
        """One sighting for each name and line, by line.

        The use of a name decides over the key that holds it: a name that is only written, or only sent to an interface,
        is left out on its other lines too, unless a call loads it somewhere in the file.
        """
        loaded = {each.id for each in self._seen if each.weight == STRONG and not each.left_out}
        elsewhere = {each.id: each.left_out for each in self._seen if each.weight == STRONG and each.left_out}
        best: dict[tuple[str, int], Sighting] = {}
        for each in self._seen:
            if each.weight == WEAK and not each.left_out and each.id in elsewhere and each.id not in loaded:
                each = Sighting(each.id, each.line, each.revision, each.kind, elsewhere[each.id], WEAK)
            now = best.get((each.id, each.line))
            if now is None or _rank(each) > _rank(now):
                best[each.id, each.line] = each
        return sorted(best.values(), key=lambda each: (each.line, each.id))


def _rank(each: Sighting) -> tuple[int, bool, bool]:
    return each.weight, not each.left_out, each.revision is not None
