"""What an answer of a linked place shows: its files, its texts, or why it is not shown. Everything in it is taken as hostile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from openness.core.release import File, Linked, Reason, Unread
from openness.sources.answer import MAX_PATH
from openness.sources.connections import Unseen
from openness.sources.facts import FileList
from openness.sources.http import Web, WebPage
from openness.sources.targets import Target, within

LIST_LIMIT = 16 << 20
README_LIMIT = 64 << 10
LICENCE_LIMIT = 128 << 10
PAGE_LIMIT = 256 << 10
"""Most bytes read of a list of files, a README, a licence text, and any other page (whose head holds the title)."""
MAX_LISTED = 10_000
"""Most files kept of one place."""
GONE = frozenset({404, 410, 451})
"""The statuses by which a place says that it does not exist, or does not exist any more."""
JSON = "application/json"


def present(target: Target, **shown: Any) -> Linked:
    """A place that exists."""
    return replace(Linked(target.url, target.kind, exists=True, title=target.id), **shown)


def gone(target: Target, title: str = "") -> Linked:
    """A place that does not exist; `title` is the target's id unless another name is given."""
    return Linked(target.url, target.kind, exists=False, title=title or target.id)


def refused(page: WebPage, what: str) -> Unseen:
    """The error for a page of a status that is not 200; `what` is the name of the thing that was asked for."""
    reason = Reason.GATED if page.status in (401, 403) else Reason.UNREACHABLE
    return Unseen(reason, f"{what} is not shown (HTTP {page.status})")


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object; an empty one for any other value."""
    return value if isinstance(value, dict) else {}


def short_text(value: Any, limit: int = 300) -> str:
    """A text in one line of at most `limit` characters; '' for any other value."""
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""


def file_list(entries: Any, name: str, target: Target) -> FileList:
    """The files of a list, without folders; it is incomplete where an entry has no plain path."""
    if entries is None:
        return FileList(unread=Unread(Reason.NOT_RECORDED, f"{target.id} shows no file list"))
    if not isinstance(entries, list):
        return FileList(unread=Unread(Reason.MALFORMED, f"the file list of {target.id} is malformed"))
    found: dict[str, File] = {}
    odd = 0
    for entry in entries:
        path = entry.get(name) if isinstance(entry, dict) else None
        if isinstance(entry, dict) and entry.get("type") in ("tree", "commit"):
            continue
        plain = plain_path(path)
        if plain is None:
            odd += 1
            continue
        length = entry.get("size")
        found[plain] = File(plain, length if type(length) is int and length >= 0 else None)
    why = f"{odd} of {len(entries)} entries of the file list of {target.id} cannot be read"
    return FileList(tuple(found[path] for path in sorted(found)), Unread(Reason.MALFORMED, why) if odd else None)


def plain_path(path: object) -> str | None:
    """A path without characters that cannot be printed, which are replaced (macOS names a file `Icon` with a carriage return).

    None for what cannot be a path of a repository: an absolute path, a step up, another type.
    """
    if not isinstance(path, str) or len(path) > MAX_PATH or any(step in ("", ".", "..") for step in path.split("/")):
        return None
    return path if path.isprintable() else "".join(each if each.isprintable() else "\ufffd" for each in path)


def bounded(target: Target, listed: FileList, cut: object = False) -> FileList:
    """The files under the linked folders, as many as are kept; `cut` says that the answer was only a part of the list."""
    own = tuple(file for file in listed.files if within(file.path, target.folders))
    why = listed.unread
    if cut or len(own) > MAX_LISTED:
        why = Unread(Reason.TOO_LARGE, f"the file list of {target.id} is longer than is read")
    elif target.folders and not own and listed.files:
        why = Unread(Reason.NOT_RECORDED, f"the linked folder is not in {target.id} as it is now")
    return FileList(own[:MAX_LISTED], why)


def content(web: Web, raw: str, path: str, limit: int) -> WebPage:
    """A file that the list names. Raises `Unseen` where it is not shown."""
    page = web.get(raw + quote(path), limit)
    if page.status != 200:
        raise refused(page, path)
    return page
