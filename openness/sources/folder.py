"""A folder on this machine as a release: what a publisher is about to release, seen as the Hub would show it.

Only the card, licence files and `.git/HEAD` are opened; of everything else name and size are taken. Nothing is followed out of
the folder, and nothing of it is cached.
"""

from __future__ import annotations

import datetime
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from openness.core.errors import UsageError
from openness.core.release import Need, Provenance, Reason, Release, Unread
from openness.sources import hub, hubfacts
from openness.sources.reference import Reference

SKIPPED = frozenset({".git", ".cache", "__pycache__", ".ipynb_checkpoints"})
"""Folders that are never uploaded."""

_SHA = re.compile(r"[0-9a-f]{40}\Z")
_UNPRINTABLE = re.compile(r"[^A-Za-z0-9._-]+")
_HERE = "a folder on this machine"


def read(asked: str) -> Release:
    """The folder as a release. Raises `UsageError` where it is none or cannot be read."""
    root = Path(asked).expanduser()
    try:
        listed, notices = _files(root.resolve(strict=True))
    except OSError as error:
        why = "is no folder" if isinstance(error, NotADirectoryError) else f"cannot be read ({error.strerror})"
        raise UsageError(f"{asked}: {why}", "name a folder that holds a release: weights, card, licence") from None
    root = root.resolve()
    info: dict[str, Any] = {"id": _name(root), "sha": _revision(root), "siblings": listed}
    stored: dict[str, Any] = {"info": info, "texts": _texts(root, info), "seen_on": _today()}
    # where it lies on this machine is nobody's business who reads the page
    release = hub.build(Reference(f"./{info['id']}", info["id"]), stored, "folder")
    unasked = {
        Need.GATING: Unread(Reason.NOT_RECORDED, f"{_HERE} has no gate yet"),
        Need.REVISIONS: Unread(Reason.NOT_RECORDED, f"{_HERE} has no branches and tags that were looked at"),
    }
    return replace(
        release,
        publisher="",
        url="",
        on_hub=False,
        provenance=Provenance("folder", stored["seen_on"], info["id"]),
        missing={**release.missing, **unasked},
        notices=(*release.notices, *notices),
    )


def _files(root: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Paths and sizes as the Hub lists them, and a notice for what was left out."""
    found: list[dict[str, Any]] = []
    left_out = 0
    for path, entry in _walk(root, root):
        size = _size(root, entry)
        if size is None:
            left_out += 1
        elif len(found) < hubfacts.MAX_FILES:
            found.append({"rfilename": path, "size": size})
        else:
            left_out += 1
    found.sort(key=lambda each: str(each["rfilename"]))
    note = f"{left_out} entries were left out: links that lead out of the folder, devices, or more than is listed."
    return found, [note] if left_out else []


def _walk(root: Path, folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every entry below the folder that is no folder itself, by name; links to folders are not entered."""
    pending = [folder]
    while pending:
        here = pending.pop()
        with os.scandir(here) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED:
                        pending.append(Path(entry.path))
                else:
                    yield Path(entry.path).relative_to(root).as_posix(), entry


def _size(root: Path, entry: os.DirEntry[str]) -> int | None:
    """Bytes of a regular file within the folder; None for anything else."""
    try:
        if entry.is_symlink() and not Path(entry.path).resolve(strict=True).is_relative_to(root):
            return None
        seen = entry.stat()
    except (OSError, RuntimeError):
        return None
    return seen.st_size if stat.S_ISREG(seen.st_mode) else None


def _texts(root: Path, info: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Card and licence files, as the Hub's are stored."""
    return {path: _text(root / path, path, limit) for path, limit in hub.wanted(info).items()}


def _text(file: Path, path: str, limit: int) -> dict[str, Any]:
    try:
        # a link or a pipe put in the place of what was listed must neither be followed nor waited for
        with open(os.open(file.resolve(), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                return {"missing": Reason.MALFORMED, "detail": f"{path} is no file"}
            raw = opened.read(limit + 1)
    except OSError as error:
        return {"missing": Reason.UNREACHABLE, "detail": f"{path} cannot be read ({error.strerror})"}
    text, notice = hubfacts.decode(raw[:limit])
    return {"text": text, "truncated": len(raw) > limit, "notice": notice}


def _revision(root: Path) -> str | None:
    """The commit that a git work tree stands at; None where it is none. What is changed and not committed is not seen."""
    head = _line(root / ".git" / "HEAD")
    if not head.startswith("ref: refs/"):
        return head if _SHA.match(head) else None
    name = head.removeprefix("ref: ")
    if ".." in name:
        return None
    found = _line(root / ".git" / name)
    if not found:
        packed = _line(root / ".git" / "packed-refs", 1 << 20, whole=True)
        found = next((line[:40] for line in packed.splitlines() if line[41:] == name), "")
    return found if _SHA.match(found) else None


def _line(file: Path, limit: int = 1024, whole: bool = False) -> str:
    said = _text(file, file.name, limit).get("text", "") if not file.is_symlink() else ""
    return str(said) if whole else str(said).partition("\n")[0].strip()


def _name(root: Path) -> str:
    """The folder's own name as a release's; what a name cannot hold becomes a hyphen."""
    return _UNPRINTABLE.sub("-", root.name).strip("-")[:96] or "folder"


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()
