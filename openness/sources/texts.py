"""Which files of a repository are its card and its licence texts, and how their bytes become text.

Names alone decide: `README.md` at the root is the card; a file is licence-like when its name says so (`LICENSE`, `COPYING`,
`NOTICE`, `USE_POLICY`, `MODEL_LICENSE`, …) and it is text by its suffix.

At most 12 licence-like files are read, at most one folder deep, those at the root first. What is not read is never taken for
absent: `unread_licences` says what remains and why. A file deeper than one folder governs that folder and not the release, so
it counts only where no licence-like file nearer to the root was found. Of a text longer than its limit the head is read: it
shows what it says and hides what follows, so the licence texts count as not read completely, except for a NOTICE file, which
lists attributions and grants nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from openness.core.release import ReadText, Reason, Unread

CARD_LIMIT = 2 << 20
LICENCE_LIMIT = 1 << 20
"""Most bytes that are read of a card and of a licence file; of a larger file the head is read, and a notice says so."""
MAX_LICENCE_FILES = 12

_LICENCE_NAME = r"(?i:(?:licen[cs]e|copying|notice|use[_-]?policy|acceptable[_-]use|usage[_-]policy)|.{0,80}licen[cs]e)"
_TEXT = frozenset({"", "txt", "md", "rst", "markdown"})
_NO_TEXT = frozenset(
    [
        "py",
        "json",
        "yaml",
        "yml",
        "csv",
        "png",
        "jpg",
        "svg",
        "pdf",
        "docx",
        "doc",
        "html",
        "bin",
        "safetensors",
        "pt",
        "gguf",
    ]
)
"""Suffixes of files that are text, and of files that hold no terms or cannot be read as text. Another suffix is part of the
name (`LICENSE-2.0`)."""


_DOCUMENTS = (".pdf", ".docx", ".doc", ".html", ".htm", ".rtf", ".odt", ".pages", ".epub", ".png", ".jpg", ".jpeg")
"""Suffixes of documents and pictures that may hold a licence."""


def card_path(paths: Iterable[str]) -> str | None:
    """The model card among the files: README.md at the root, in any case; None where there is none."""
    named = [path for path in paths if path.lower() == "readme.md"]
    return "README.md" if "README.md" in named else (named[0] if named else None)


def licence_files(paths: Iterable[str]) -> list[str]:
    """The licence-like files that are read, those at the root first."""
    return [path for path in _licence_like(paths) if path.count("/") <= 1][:MAX_LICENCE_FILES]


def licence_documents(paths: Iterable[str]) -> list[str]:
    """Licence-like files, at most one folder deep, that are documents and no plain text: they hold terms that are not read."""
    return sorted(path for path in paths if path.count("/") <= 1 and _is_document(_name(path)))


def limits(paths: Sequence[str]) -> dict[str, int]:
    """The paths of the texts to read, each with its limit in bytes."""
    wanted = dict.fromkeys(licence_files(paths), LICENCE_LIMIT)
    card = card_path(paths)
    return wanted | ({card: CARD_LIMIT} if card else {})


def unread_licences(paths: Sequence[str], texts: Sequence[ReadText]) -> Unread | None:
    """Why the licence texts are not complete although all that were asked for came; None where they are complete."""
    found = _licence_like(paths)
    read = licence_files(found)
    left_out = [path for path in found if path not in read and (path.count("/") <= 1 or not read)]
    if left_out:
        return Unread(Reason.TOO_LARGE, f"{len(left_out)} licence files were not read: {', '.join(left_out[:3])}")
    cut = next((text.path for text in texts if text.truncated and not _name(text.path).startswith("notice")), None)
    return (
        Unread(Reason.TOO_LARGE, f"{cut} is too large to be read whole; only its beginning was read") if cut else None
    )


def _licence_like(paths: Iterable[str]) -> list[str]:
    """Every licence-like text file, those nearest to the root first."""
    found = [path for path in paths if _is_licence_like(_name(path))]
    return sorted(found, key=lambda path: (path.count("/"), path))


def _is_licence_like(name: str) -> bool:
    return len(name) <= 120 and re.match(_LICENCE_NAME, name) is not None and _suffix(name) not in _NO_TEXT


def _is_document(name: str) -> bool:
    return len(name) <= 120 and name.endswith(_DOCUMENTS) and re.match(_LICENCE_NAME, name) is not None


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1].lower()


def _suffix(name: str) -> str:
    head, dot, tail = name.rpartition(".")
    return tail if head and dot and tail in _TEXT | _NO_TEXT else ""


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file, and a notice where it is not UTF-8 ('' otherwise)."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), "is UTF-16, not UTF-8"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 4:  # the head of a larger file may end within a character
            return raw[: error.start].decode("utf-8-sig", "replace"), ""
        return raw.decode("utf-8-sig", "replace"), "is not UTF-8; unreadable bytes are shown as \ufffd"


def read_text(path: str, raw: bytes, limit: int) -> ReadText:
    """The text of a file from its bytes, of which at most `limit` are taken; one byte more shows that the file is longer."""
    text, notice = decode(raw[:limit])
    return ReadText(path, text, len(raw) > limit, notice)
