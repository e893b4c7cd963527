"""What a job tells while it runs. Jobs print nothing: whoever calls one decides what is shown."""

from __future__ import annotations


class Watcher:
    """Is told how a job goes on; this one keeps it to itself. The command line's shows it on stderr."""

    def begun(self, total: int, words: str) -> None:
        """A job that has `total` steps begins; `words` say what it does."""

    def done(self, number: int) -> None:
        """So many steps are done."""

    def ended(self) -> None:
        """The job is over, whether it succeeded or failed."""

    def noted(self, words: str) -> None:
        """Something that the user should know, in one line."""


SILENT = Watcher()
