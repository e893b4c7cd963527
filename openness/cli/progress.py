"""A sign of life on stderr for what takes longer than a second; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
