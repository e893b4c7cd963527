"""The licence files of a release that a project depends on: all of them, whichever decides which licence is in force."""

from __future__ import annotations

from collections.abc import Iterable

from openness.core.finding import Evidence, Method
from openness.core.licence import Licence
from openness.core.questions import in_force
from openness.core.release import ReadText, Release
from openness.core.scorecard import Scorecard
from openness.core.text import cut_quote, digest
from openness.licences.identify import identify_text
from openness.policy.lock import UNREAD
from openness.sources.texts import licence_documents

_OTHER_PARTS = ("code", "data", "third", "3rd")
"""Words in a file's name that say that it speaks of another part than the weights."""


def licence_texts(release: Release) -> dict[str, str]:
    """Each licence file by its path, with the SHA-256 of its text, or `UNREAD` for one that is no plain text."""
    read = {text.path: digest(text.text) for text in release.texts}
    return dict.fromkeys(licence_documents(file.path for file in release.files), UNREAD) | read


def not_understood(release: Release, card: Scorecard) -> list[tuple[str, str]]:
    """Licence files that leave open whether an open licence is all that is in force: each path, and why.

    Where the licence in force is not an open one, or not known, the demands on it say so themselves.
    """
    licence = in_force(next((each for each in card.findings if each.about == "licence"), None))
    if licence is None or not licence.osi:
        return []
    found = [
        (path, "is no plain text and was not read") for path in _of_the_release(licence_documents(_paths(release)))
    ]
    texts = {text.path: text for text in release.texts}
    return found + [(path, why) for path in _of_the_release(texts) if (why := _against(texts[path], licence))]


def evidence(release: Release, path: str) -> Evidence:
    """A licence file as evidence, by its first words where it was read."""
    text = next((each.text for each in release.texts if each.path == path), "")
    quote = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return Evidence(
        Method.LICENCE_TEXT,
        release.blob_url(path),
        path,
        quote=cut_quote(quote),
        seen_on=release.provenance.seen_on,
        pinned=release.revision is not None,
    )


def _paths(release: Release) -> list[str]:
    return [file.path for file in release.files]


def _of_the_release(paths: Iterable[str]) -> list[str]:
    """The paths whose names do not say that the file speaks of another part, or lists attributions in plain text."""
    names = {path: path.rsplit("/", 1)[-1].lower() for path in paths}
    attributions = {path for path, name in names.items() if name.startswith("notice") and not licence_documents([path])}
    other = {path for path, name in names.items() if any(word in name for word in _OTHER_PARTS)}
    return [path for path in names if path not in attributions | other]


def _against(text: ReadText, licence: Licence) -> str:
    """Why a licence file may narrow an open licence; '' where it does not."""
    match = identify_text(text.text)
    if match.kind == "identified" and match.licence:
        return "" if match.licence.osi else f"holds {match.licence.id}"
    if len(text.text) < 2_000 and licence.name.lower() in " ".join(text.text.lower().split()):
        return ""
    near = f"; nearest: {match.based_on.id}" if match.based_on else ""
    return f"holds terms that were not identified{near}"
