"""Many releases, a few at a time: what is done is written down at once, and never done again after an interruption.

The journal is a file of JSON lines, each synced to the disk when a release is finished. Its key is what was asked, the digest of
the rubric, the version of the tool and the options; a line holds the repository and revision that were found. A last line that is
torn (a crash, a full disk) is cut off before the next one is written.
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from types import FrameType
from typing import Any

from openness.core.errors import EXIT_INTERRUPTED, OpennessError
from openness.core.record import record

WINDOW = 4
"""Releases that are looked at at the same time: the Hub's limits are per address, and more would only wait."""


@record(frozen=True, slots=True)
class Result:
    """A release that is done: what was asked, the repository and revision that were found, and what is to be kept of it, as
    JSON knows it."""

    asked: str
    repo: str
    revision: str | None
    value: Any


class Journal:
    """What is done already, of the same rubric, tool and options (`key`). Raises OSError where it cannot be written."""

    def __init__(self, path: Path, key: Sequence[str]) -> None:
        self.path = path
        self.key = list(key)
        self.done: dict[str, Result] = {}
        whole = self._read()
        self._stream = open(path, "r+b" if path.exists() else "w+b")  # noqa: SIM115 - closed by `close`
        self._stream.truncate(whole)
        self._stream.seek(whole)

    def _read(self) -> int:
        """Take in every whole line; returns the length of what is whole."""
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
                    self.done[said["asked"]] = Result(said["asked"], said["repo"], said["revision"], said["value"])
            except (ValueError, KeyError, TypeError):
                continue
        return whole

    def add(self, result: Result) -> None:
        """Write a result down; when this returns, it is on the disk."""
        said = {"key": self.key, "asked": result.asked, "repo": result.repo, "revision": result.revision}
        line = json.dumps(said | {"value": result.value}, ensure_ascii=True, separators=(",", ":"))
        self._stream.write(line.encode() + b"\n")
        self._stream.flush()
        os.fsync(self._stream.fileno())
        self.done[result.asked] = result

    def close(self) -> None:
        """Close the file; it stays where it is."""
        self._stream.close()


class Interruption:
    """Whether an interruption was asked for: once drains what has begun, twice ends the process."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """A signal handler."""
        if self.asked:
            os._exit(EXIT_INTERRUPTED)
        self.asked = True


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """^C and SIGTERM ask for an interruption while the block runs; only the main thread can listen for them."""
    stop = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def run(
    asked: Sequence[str],
    look: Callable[[str], Result],
    journal: Journal | None,
    stop: Interruption,
    window: int = WINDOW,
) -> Iterator[Result | OpennessError]:
    """One result for each name, in the order of the names; what cannot be had yields its error.

    At most `window` names are looked at, or wait for an earlier one, at a time. Raises KeyboardInterrupt once an interruption was
    asked for and all that had begun is written down.
    """
    finished: SimpleQueue[tuple[str, Result | BaseException]] = SimpleQueue()
    waiting = deque(name for name in dict.fromkeys(asked) if journal is None or name not in journal.done)
    held: dict[str, Result | OpennessError] = dict(journal.done) if journal else {}
    running = 0

    def one(name: str) -> None:
        try:
            finished.put((name, look(name)))
        except BaseException as error:
            finished.put((name, error))

    def take() -> None:
        nonlocal running
        name, found = finished.get()
        running -= 1
        if isinstance(found, Result):
            if journal is not None:
                journal.add(found)
            held[name] = found
        elif isinstance(found, OpennessError):
            held[name] = found
        else:
            raise found

    for name in asked:
        while name not in held:
            while waiting and running < window and not stop.asked:
                running += 1
                threading.Thread(target=one, args=(waiting.popleft(),), daemon=True).start()
            if not running:
                raise KeyboardInterrupt
            take()
        if stop.asked:
            while running:
                take()
            raise KeyboardInterrupt
        yield held[name]
