"""A sign of life on stderr for what takes longer than a second; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

PATIENCE = 0.8
"""Seconds of silence before the sign appears."""


@contextmanager
def progress(words: str) -> Iterator[None]:
    """Show `words` while the block runs, if it runs long and somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    from openness.outputs.safe import text

    timer = Timer(PATIENCE, lambda: print(text(words), end="\r", file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if timer.finished.is_set():
            print(" " * len(words), end="\r", file=sys.stderr, flush=True)


@contextmanager
def counted(words: str, total: int) -> Iterator[Callable[[int], None]]:
    """A function that shows how many are done, in front of `words`; it does nothing where nobody watches."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from openness.outputs.safe import text

    wide = len(f"{total} {words}")
    yield lambda done: print(text(f"{done} {words}").ljust(wide), end="\r", file=sys.stderr, flush=True)
    print(" " * wide, end="\r", file=sys.stderr, flush=True)
