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
from openness.sources.answer import MAX_FILES, whole
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
        files, left_out = _files(root)
    except OSError as error:
        why = "is not a folder" if isinstance(error, NotADirectoryError) else f"cannot be read ({error.strerror})"
        raise UsageError(f"{asked}: {why}", "name a folder that holds a release: weights, card, licence") from None
    name = _name(root)
    facts = HubFacts(HubInfo(name, _revision(root), files=files), _texts(root, files.paths), seen_on=today())
    # the page does not tell its readers where on this machine the folder is
    release = build(Reference(f"./{name}", name), facts, "folder")
    notice = f"{left_out} entries were left out: links to folders, broken links and devices are not uploaded."
    return replace(
        release,
        publisher="",
        url="",
        on_hub=False,
        provenance=Provenance("folder", facts.seen_on, name),
        missing={**release.missing, **_NOT_HERE},
        notices=(*release.notices, notice) if left_out else release.notices,
    )


def _files(root: Path) -> tuple[FileList, int]:
    """Paths and sizes below the folder, and how many entries were left out that the Hub would not show either."""
    found: list[File] = []
    left_out = 0
    for path, entry in _walk(root):
        if not _is_file(entry):
            left_out += 1
        elif len(found) == MAX_FILES:
            return FileList(
                tuple(found), Unread(Reason.TOO_LARGE, f"{_HERE} has more than {MAX_FILES} files")
            ), left_out
        else:
            found.append(File(whole(path), None if _leads_out(root, Path(entry.path)) else entry.stat().st_size))
    return FileList(tuple(sorted(found, key=lambda file: file.path))), left_out


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


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a regular file or a link to one: what an upload would take."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return False


def _leads_out(root: Path, file: Path) -> bool:
    return not file.resolve().is_relative_to(root)


def _texts(root: Path, paths: list[str]) -> dict[str, ReadText | Unread]:
    """Card and licence files."""
    return {path: _text(root, path, limit) for path, limit in limits(paths).items()}


def _text(root: Path, path: str, limit: int) -> ReadText | Unread:
    file = root / path
    try:
        if _leads_out(root, file):
            return Unread(Reason.NOT_FOLLOWED, f"{path} is a link that leads out of the folder")
        # a link or a pipe put in the place of the listed file must be neither followed nor waited for
        with open(os.open(file.resolve(), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                return Unread(Reason.MALFORMED, f"{path} is not a regular file")
            return read_text(path, opened.read(limit + 1), limit)
    except OSError as error:
        return Unread(Reason.UNREACHABLE, f"{path} cannot be read ({error.strerror})")


def _revision(root: Path) -> str | None:
    """The commit that a git work tree stands at, None where there is none. Uncommitted changes are not seen."""
    head = _line(root / ".git", "HEAD")
    if not head.startswith("ref: refs/"):
        return head if re.fullmatch(_SHA, head) else None
    name = head.removeprefix("ref: ")
    if ".." in name:
        return None
    commit = _line(root / ".git", name)
    if not commit:
        packed = _content(root / ".git", "packed-refs", 1 << 20)
        commit = next((line[:40] for line in packed.splitlines() if line[41:] == name), "")
    return commit if re.fullmatch(_SHA, commit) else None


def _line(git: Path, name: str) -> str:
    return _content(git, name, 1024).partition("\n")[0].strip()


def _content(git: Path, name: str, limit: int) -> str:
    """The text of one of git's own files, '' where it cannot be read or is a link."""
    text = None if (git / name).is_symlink() else _text(git, name, limit)
    return text.text if isinstance(text, ReadText) else ""


def _name(root: Path) -> str:
    """The folder's name as a release's name; characters that a release's name cannot have become hyphens."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", root.name).strip("-")[:96] or "folder"
