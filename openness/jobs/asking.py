"""Questions to the register of licences: one by any of its names, the list, two side by side, and which licence a text is."""

from __future__ import annotations

import sys
from pathlib import Path

from openness.core.errors import UsageError
from openness.core.licence import LicenceClass
from openness.core.register import Identification, LicenceDetail, LicenceLine
from openness.licences.detail import describe, lines, near
from openness.licences.identify import identify_text
from openness.licences.mentions import find_mentions
from openness.licences.words import side_by_side, summarise
from openness.outputs.licences import IdentifiedText, LicencePair, LicenceSheet
from openness.sources.texts import decode

READ_LIMIT = 1024 * 1024
"""Bytes of a text that are read; the longest licence known has 36,000."""
LIST_HINT = "openness licence list shows those of the register"


def show(name: str) -> LicenceSheet:
    """A licence by any of its names, with what it lets one do in plain words. Raises `UsageError` for an unknown name."""
    detail = _described(name)
    return LicenceSheet(detail, summarise(detail.licence))


def listed(licence_class: str | None = None) -> tuple[LicenceLine, ...]:
    """The register, or one class of it. Raises `UsageError` for an unknown class."""
    if licence_class is not None and licence_class not in set(LicenceClass):
        raise UsageError(f"no class is called {_short(licence_class)!r}", f"classes are {', '.join(LicenceClass)}")
    return lines(LicenceClass(licence_class) if licence_class else None)


def pair(one: str, other: str) -> LicencePair:
    """The terms of two licences side by side. Raises `UsageError` for an unknown name."""
    left, right = _described(one), _described(other)
    return LicencePair(left, right, side_by_side(left.licence, right.licence))


def identify(file: str) -> IdentifiedText:
    """Which licence a text is; `-` reads the standard input. Raises `UsageError` for a file that cannot be read."""
    text, notices = _read(file)
    match = identify_text(text)
    licence = match.licence if match.kind == "identified" else None
    found = Identification(
        "standard input" if file == "-" else file,
        notices,
        match,
        summarise(licence) if licence else None,
        find_mentions(text) if match.kind == "unknown" else (),
    )
    return IdentifiedText(found, describe(licence.id) if licence else None)


def _described(name: str) -> LicenceDetail:
    """The licence of that name. Raises `UsageError` that names what may have been meant."""
    found = describe(name)
    if found is not None:
        return found
    if not name.strip():
        raise UsageError("no licence is named", LIST_HINT)
    meant = near(name)
    if _is_file(name):
        hint = f"to ask which licence a text is: openness licence identify {_short(name)}"
    elif meant:
        hint = f"did you mean {' or '.join(meant)}?"
    else:
        hint = LIST_HINT
    raise UsageError(f"no licence is known as {_short(name)!r}", hint)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"


def _read(file: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file or of the standard input, and notices about the reading. Raises `UsageError`."""
    raw = _head(file)
    notices = []
    if len(raw) > READ_LIMIT:
        raw = raw[:READ_LIMIT]
        notices.append("larger than 1 MiB; only its head was read")
    text, notice = decode(raw)
    if notice:
        notices.append(notice)
    if raw.startswith(b"%PDF"):
        notices.append("is a PDF; give its text")
    elif "\0" in text:
        notices.append("holds NUL characters: it may be no text")
    return text, tuple(notices)


def _head(file: str) -> bytes:
    """The first bytes, one more than are read."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(READ_LIMIT + 1)
        with open(file, "rb") as stream:
            return stream.read(READ_LIMIT + 1)
    except IsADirectoryError:
        raise UsageError(f"{_short(file)} is a folder", "name one file of it") from None
    except FileNotFoundError:
        raise UsageError(f"there is no file {_short(file)}", "name a file, or - for standard input") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{_short(file)} cannot be read ({why})", "name a file, or - for standard input") from None
