"""`openness licence show|identify|list|diff`: the register asked, a page written, an exit code returned."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from openness.cli.guard import say
from openness.cli.page import send, target
from openness.core.errors import EXIT_OK, EXIT_UNDECIDED, UsageError
from openness.core.licence import LicenceClass, TextMatch
from openness.outputs.base import known

if TYPE_CHECKING:
    from openness.core.licence import Mention
    from openness.core.register import LicenceDetail

READ_LIMIT = 1024 * 1024
"""Bytes read of a text; the longest licence known has 36,000."""


def show_licence(licence: str, format: str = "table", output: str | None = None) -> int:
    """Show one licence, by any of its names: 0. Raises `UsageError` for a name, a format or a file that is not."""
    from openness.licences.words import summarise
    from openness.outputs.licences import licence_page

    known(format)
    path = target(output)
    detail = _described(licence)
    summary = summarise(detail.licence)
    send(lambda page: licence_page(detail, summary, format, page), path)
    return EXIT_OK


def list_licences(licence_class: str | None = None, format: str = "table", output: str | None = None) -> int:
    """List the register, or one class of it; the count is said on stderr: 0. Raises `UsageError` for an unknown class."""
    from openness.licences.detail import lines
    from openness.outputs.licences import list_page

    known(format)
    path = target(output)
    if licence_class is not None and licence_class not in set(LicenceClass):
        raise UsageError(f"no class is called {_short(licence_class)!r}", f"classes are {', '.join(LicenceClass)}")
    found = lines(LicenceClass(licence_class) if licence_class else None)
    send(lambda page: list_page(found, format, page), path)
    say(f"{len(found)} licence{'s' * (len(found) != 1)}" + (f" of class {licence_class}" if licence_class else ""))
    return EXIT_OK


def diff_licences(one: str, other: str, format: str = "table", output: str | None = None) -> int:
    """Show the terms of two licences side by side: 0, whether they differ or not. Raises `UsageError` as `show_licence`."""
    from openness.licences.words import side_by_side
    from openness.outputs.licences import diff_page

    known(format)
    path = target(output)
    left, right = _described(one), _described(other)
    rows = side_by_side(left.licence, right.licence)
    send(lambda page: diff_page(left, right, rows, format, page), path)
    return EXIT_OK


def identify_file(file: str, format: str = "table", output: str | None = None) -> int:
    """Say which licence a text is (`-` reads stdin): 0 if it is identified, 3 if it is modified or unknown.

    Raises `UsageError` for a file that cannot be read.
    """
    from openness.core.register import Identification
    from openness.licences.detail import describe
    from openness.licences.identify import identify_text
    from openness.licences.words import summarise
    from openness.outputs.licences import identification_page

    known(format)
    path = target(output)
    text, notices = _read(file)
    match = identify_text(text)
    identified = match.licence if match.kind == "identified" else None
    detail = describe(identified.id) if identified else None
    found = Identification(
        "standard input" if file == "-" else file,
        notices,
        match,
        summarise(identified) if identified else None,
        _mentions(match, text),
    )
    send(lambda page: identification_page(found, detail, format, page), path)
    return EXIT_OK if identified else EXIT_UNDECIDED


def _mentions(match: TextMatch, text: str) -> tuple[Mention, ...]:
    """The licences that prose names, where it is no licence text itself."""
    if match.kind != "unknown":
        return ()
    from openness.licences.mentions import find_mentions

    return find_mentions(text)


def _described(name: str) -> LicenceDetail:
    """The licence of that name. Raises `UsageError` that names what may have been meant."""
    from openness.licences.detail import describe, near

    found = describe(name)
    if found is not None:
        return found
    if not name.strip():
        raise UsageError("no licence is named", "openness licence list shows those of the register")
    meant = near(name)
    if _is_file(name):
        hint = f"to ask which licence a text is: openness licence identify {_short(name)}"
    elif meant:
        hint = f"did you mean {' or '.join(meant)}?"
    else:
        hint = "openness licence list shows those of the register"
    raise UsageError(f"no licence is known as {_short(name)!r}", hint)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def _short(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"


def _read(file: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file or of stdin, and what is to be said of the reading. Raises `UsageError`."""
    from openness.sources.texts import decode

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
