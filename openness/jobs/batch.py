"""Many releases, a few at a time: the only fan-out. Every job that looks at more than one release goes through `run`."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from types import FrameType
from typing import TypeVar

from openness.core.errors import EXIT_INTERRUPTED, OpennessError
from openness.jobs.watcher import SILENT, Watcher

T = TypeVar("T")

WINDOW = 4
"""Releases that are looked at at the same time: the Hub's limits are per address, and more would only wait."""


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
    look: Callable[[str], T],
    watcher: Watcher = SILENT,
    *,
    known: Mapping[str, T] | None = None,
    keep: Callable[[T], object] | None = None,
    stop: Interruption | None = None,
    window: int = WINDOW,
) -> Iterator[T | OpennessError]:
    """One result for each name, in the order of the names; a name that `look` fails for yields its `OpennessError`.

    A name that stands twice is looked at once; what is `known` already is not looked at. Each result is handed to `keep` as soon
    as it is there, out of order. At most `window` names are looked at at the same time, in threads of their own.

    Without `stop`, ^C ends the batch at once. Once `stop` was asked for, nothing new begins, what has begun is kept, and
    KeyboardInterrupt is raised. Any other error of `look` is a bug and is raised as it is.
    """
    held: dict[str, T | OpennessError] = dict(known or {})
    waiting = deque(name for name in dict.fromkeys(asked) if name not in held)
    finished: SimpleQueue[tuple[str, T | BaseException]] = SimpleQueue()
    running = 0

    def work(name: str) -> None:
        try:
            finished.put((name, look(name)))
        except BaseException as error:
            finished.put((name, error))

    def take() -> None:
        nonlocal running
        name, found = finished.get()
        running -= 1
        if isinstance(found, BaseException):
            if not isinstance(found, OpennessError):
                raise found
            held[name] = found
        else:
            if keep is not None:
                keep(found)
            held[name] = found
        watcher.done(len(held))

    for name in asked:
        while name not in held:
            while waiting and running < window and not (stop and stop.asked):
                running += 1
                threading.Thread(target=work, args=(waiting.popleft(),), daemon=True).start()
            if not running:
                raise KeyboardInterrupt
            take()
        if stop and stop.asked:
            while running:
                take()
            raise KeyboardInterrupt
        yield held[name]
