"""What a batch has done, written down at once: nothing is done again after an interruption.

The journal is a file of JSON lines, each synced to the disk when a release is finished. A line holds its key (the digests of the
rubrics, the version of the tool, the options), what was asked, the repository and revision that were found, and what is kept.
A torn last line (a crash, a full disk) is cut off before the next one is written.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openness.core.record import record


@record(frozen=True, slots=True)
class Done:
    """A release that is done: what was asked, the repository and revision that were found, and what is kept of it.

    `value` is what JSON knows: None, a number, text, a list or a mapping.
    """

    asked: str
    repo: str
    revision: str | None
    value: Any  # of JSON


class Journal:
    """What is done already, of the same `key`. Raises OSError where the file cannot be read or written."""

    def __init__(self, path: Path, key: Sequence[str]) -> None:
        self.path = path
        self.key = list(key)
        self.done: dict[str, Done] = {}
        whole = self._read()
        self._stream = open(path, "r+b" if path.exists() else "w+b")  # noqa: SIM115 - closed by `close`
        self._stream.truncate(whole)
        self._stream.seek(whole)

    def _read(self) -> int:
        """Take in every whole line; returns the length of the whole lines, in bytes."""
        whole = 0
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return 0
        for line in content.splitlines(keepends=True):
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            try:
                said = json.loads(line)
                if said["key"] == self.key:
                    self.done[said["asked"]] = Done(said["asked"], said["repo"], said["revision"], said["value"])
            except (ValueError, KeyError, TypeError):
                continue
        return whole

    def add(self, done: Done) -> None:
        """Write down that a release is done; when this returns, the line is on the disk."""
        said = {"key": self.key, "asked": done.asked, "repo": done.repo, "revision": done.revision}
        line = json.dumps(said | {"value": done.value}, ensure_ascii=True, separators=(",", ":"))
        self._stream.write(line.encode() + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self.done[done.asked] = done

    def close(self) -> None:
        """Close the file; it stays where it is."""
        self._stream.close()
