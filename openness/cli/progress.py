"""A sign of life on stderr for what takes longer than a second; nothing where stderr is no terminal."""

from __future__ import annotations

import sys
from threading import Timer

from openness.cli.guard import say
from openness.jobs.watcher import Watcher
from openness.outputs.safe import text

PATIENCE = 0.8
"""Seconds of silence before the sign appears."""


class Shown(Watcher):
    """Shows how a job goes on, if it runs long and somebody watches."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._words = ""
        self._total = 0
        self._visible = False
        self._timer: Timer | None = None

    def begun(self, total: int, words: str) -> None:
        """Show `words` after a while."""
        if not self._watched:
            return
        self._words, self._total = f"{text(words)} …", total
        self._timer = Timer(PATIENCE, self._show, (self._words,))
        self._timer.daemon = True
        self._timer.start()

    def done(self, number: int) -> None:
        """Show how many of several steps are done, once the sign is visible."""
        if self._visible and self._total > 1:
            self._show(f"{self._words} {number} of {self._total}")

    def ended(self) -> None:
        """Take the sign away."""
        if self._timer:
            self._timer.cancel()
        if self._visible:
            self._show("")
            self._visible = False

    def noted(self, words: str) -> None:
        """A line on stderr."""
        say(words)

    def _show(self, words: str) -> None:
        self._visible = True
        wide = len(f"{self._words} {self._total} of {self._total}")
        print(words.ljust(wide), end="\r", file=sys.stderr, flush=True)
