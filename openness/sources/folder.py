"""A folder on this machine as a release: what a publisher is about to release, seen as the Hub would show it.

Only the card, licence files and git's record of the commit are opened; of every other file only name and size are taken.
Links that lead out of the folder are not followed, and nothing about the folder is cached.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from openness.core.errors import UsageError
from openness.core.release import File, Need, Provenance, ReadText, Reason, Release, Unread
from openness.sources.answer import MAX_FILES
from openness.sources.assemble import build
from openness.sources.facts import FileList, HubFacts, HubInfo, today
from openness.sources.reference import Reference
from openness.sources.texts import limits, read_text

SKIPPED = frozenset({".git", ".cache", "__pycache__", ".ipynb_checkpoints"})
"""Folders that are never uploaded."""

_SHA = r"[0-9a-f]{40}"
_HERE = "a folder on this machine"
_NOT_HERE = {
    Need.GATING: Unread(Reason.NOT_RECORDED, f"{_HERE} has no gate yet"),
    Need.REVISIONS: Unread(Reason.NOT_RECORDED, f"branches and tags of {_HERE} are not looked at"),
}


def read(asked: str) -> Release:
    """The folder as a release. Raises `UsageError` where there is no such folder or it cannot be read."""
    root = Path(asked).expanduser()
    try:
        root = root.resolve(strict=True)
        files = _files(root)
    except OSError as error:
        why = "is not a folder" if isinstance(error, NotADirectoryError) else f"cannot be read ({error.strerror})"
        raise UsageError(f"{asked}: {why}", "name a folder that holds a release: weights, card, licence") from None
    name = _name(root)
    facts = HubFacts(HubInfo(name, _revision(root), files=files), _texts(root, files.paths), seen_on=today())
    # the page does not tell its readers where on this machine the folder is
    release = build(Reference(f"./{name}", name), facts, "folder")
    notice = (f"{files.unread.detail}.",) if files.unread else ()
    return replace(
        release,
        publisher="",
        url="",
        on_hub=False,
        provenance=Provenance("folder", facts.seen_on, name),
        missing={**release.missing, **_NOT_HERE},
        notices=(*release.notices, *notice),
    )


def _files(root: Path) -> FileList:
    """Paths and sizes below the folder; the list is incomplete where entries were left out."""
    found: list[File] = []
    left_out = 0
    for path, entry in _walk(root):
        size = _size(root, entry)
        if size is None or len(found) == MAX_FILES:
            left_out += 1
        else:
            found.append(File(path, size))
    found.sort(key=lambda file: file.path)
    why = f"{left_out} entries were left out: links that lead out of the folder, devices, or more than is listed"
    return FileList(tuple(found), Unread(Reason.NOT_FOLLOWED, why) if left_out else None)


def _walk(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every entry below the folder that is not itself a folder, with its path; links to folders are not entered."""
    pending = [root]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                if not entry.is_dir(follow_symlinks=False):
                    yield Path(entry.path).relative_to(root).as_posix(), entry
                elif entry.name not in SKIPPED:
                    pending.append(Path(entry.path))


def _size(root: Path, entry: os.DirEntry[str]) -> int | None:
    """Bytes of a regular file within the folder; None for anything else."""
    try:
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(root):
            return None
        seen = entry.stat()
    except (OSError, RuntimeError):
        return None
    return seen.st_size if stat.S_ISREG(seen.st_mode) else None


def _texts(root: Path, paths: list[str]) -> dict[str, ReadText | Unread]:
    """Card and licence files."""
    return {path: _text(root / path, path, limit) for path, limit in limits(paths).items()}


def _text(file: Path, path: str, limit: int) -> ReadText | Unread:
    try:
        # a link or a pipe put in the place of the listed file must be neither followed nor waited for
        with open(os.open(file.resolve(), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                return Unread(Reason.MALFORMED, f"{path} is not a regular file")
            return read_text(path, opened.read(limit + 1), limit)
    except OSError as error:
        return Unread(Reason.UNREACHABLE, f"{path} cannot be read ({error.strerror})")


def _revision(root: Path) -> str | None:
    """The commit that a git work tree stands at, None where there is none. Uncommitted changes are not seen."""
    head = _line(root / ".git" / "HEAD")
    if not head.startswith("ref: refs/"):
        return head if re.fullmatch(_SHA, head) else None
    name = head.removeprefix("ref: ")
    if ".." in name:
        return None
    commit = _line(root / ".git" / name)
    if not commit:
        packed = _content(root / ".git" / "packed-refs", 1 << 20)
        commit = next((line[:40] for line in packed.splitlines() if line[41:] == name), "")
    return commit if re.fullmatch(_SHA, commit) else None


def _line(file: Path) -> str:
    return _content(file, 1024).partition("\n")[0].strip()


def _content(file: Path, limit: int) -> str:
    """The text of one of git's own files, '' where it cannot be read or is a link."""
    text = None if file.is_symlink() else _text(file, file.name, limit)
    return text.text if isinstance(text, ReadText) else ""


def _name(root: Path) -> str:
    """The folder's name as a release's name; characters that a release's name cannot have become hyphens."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", root.name).strip("-")[:96] or "folder"
