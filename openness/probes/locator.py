"""Evidence of one release: the address, file and lines of what was seen."""

from __future__ import annotations

from openness.core.finding import Evidence, Method
from openness.core.release import Release
from openness.core.text import cut_quote


class Locator:
    """Writes down where something of a release was seen. Where a fact stands is no fact: every probe may use it."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self._blobs: dict[str, str] = {}

    def at(self, method: Method, path: str, quote: str, lines: tuple[int, int] | None, note: str) -> Evidence:
        """A file of the release as evidence, or lines of it (1-based, inclusive); `path` '' where there is no file."""
        release = self._release
        if not path:
            return Evidence(method, note=note, seen_on=release.provenance.seen_on)
        url = self._blobs.get(path)
        if url is None:
            url = self._blobs[path] = release.blob_url(path)
        if url and lines:
            url += f"?code=true#L{lines[0]}" + (f"-L{lines[1]}" if lines[1] > lines[0] else "")
        return Evidence(method, url, path, lines, quote, note, release.provenance.seen_on, bool(release.revision))

    def file(self, path: str, note: str = "") -> Evidence:
        """A file's name as evidence."""
        return self.at(Method.FILE_LIST, path, "", None, note)

    def file_list(self) -> Evidence:
        """The whole file list as the place that was looked at."""
        release, count = self._release, len(self._release.files)
        url = f"{release.url}/tree/{release.revision or 'main'}" if release.url else ""
        note = f"the list of {count} file{'s' * (count != 1)}"
        return Evidence(
            Method.FILE_LIST, url, note=note, seen_on=release.provenance.seen_on, pinned=bool(release.revision)
        )

    def licence_text(self, path: str, line: int, quote: str, note: str = "") -> Evidence:
        """A line of a licence file as evidence."""
        return self.at(Method.LICENCE_TEXT, path, cut_quote(quote, 120), (line, line), note)

    def field(self, name: str, value: object, note: str = "") -> Evidence:
        """A field of the Hub's answer as evidence, by its line in the card's front matter where it stands there.

        Fields of the front matter are named `cardData.KEY`.
        """
        release, key = self._release, name.removeprefix("cardData.")
        shown = cut_quote(value if isinstance(value, str) else repr(value), 120)
        line = self._front_matter_line(key)
        if line and release.card:
            return self.at(Method.HUB_FIELD, release.card.path, shown, (line, line), note or key)
        url = release.url
        if name.startswith("cardData."):
            url = release.blob_url("README.md")
        elif url and release.on_hub:
            at = f"/revision/{release.revision}" if release.revision else ""
            url = f"{url.removesuffix(release.id)}api/models/{release.id}{at}"
        seen_on = release.provenance.seen_on
        return Evidence(Method.HUB_FIELD, url, name, None, shown, note or key, seen_on, bool(release.revision))

    def _front_matter_line(self, key: str) -> int | None:
        card = self._release.card
        if card is None or not card.text.startswith("---\n"):
            return None
        end = card.text.find("\n---", 3)
        start = card.text.find(f"\n{key}:", 3, max(end, 3))
        return card.text.count("\n", 0, start + 1) + 1 if start >= 0 else None
