"""Every failure a user can meet: one clear line, what to do, and the exit code of the README's table."""

from __future__ import annotations

from collections.abc import Iterable

EXIT_OK = 0
EXIT_VIOLATED = 1
EXIT_USAGE = 2
EXIT_UNDECIDED = 3
EXIT_NOTHING = 4
EXIT_RETRY = 5
EXIT_BUG = 70
EXIT_INTERRUPTED = 130

WORST_FIRST = (70, 130, 2, 1, 5, 3, 4, 0)
"""A bug, an interruption, bad usage, a violation, what a retry may cure, the undecided, nothing there, success."""


def worst(codes: Iterable[int]) -> int:
    """The exit code of several outcomes: that of the worst, success where there is none."""
    return min(codes, key=WORST_FIRST.index, default=EXIT_OK)


class OpennessError(Exception):
    """Root of the errors that are told to a user.

    `message` says what is wrong and where, `hint` what to do about it; `exit_code` is the process's answer.
    """

    exit_code = EXIT_USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(OpennessError):
    """A malformed id, an unknown format, criterion or option: nothing was assessed."""


class RubricError(OpennessError):
    """A rubric that cannot be used; the message names file, line and column."""


class AttestationError(OpennessError):
    """An attestation file or a record that cannot be used; the message names file, line and column."""


class PolicyError(OpennessError):
    """Demands, a lock or a baseline that cannot be used; the message names file and line."""


class ReleaseNotFound(OpennessError):
    """There is nothing of that name, or it may not be seen."""

    exit_code = EXIT_NOTHING


class RevisionNotFound(ReleaseNotFound):
    """The release exists, the asked revision does not."""


class NotAvailableOffline(ReleaseNotFound):
    """Neither cache nor catalogue holds the release, and the network was not to be asked."""


class NotUnderstood(OpennessError):
    """Something decides that was not read or not understood, and asking again does not help."""

    exit_code = EXIT_UNDECIDED


class SourceUnavailable(OpennessError):
    """The Hub could not be asked; a later try may succeed."""

    exit_code = EXIT_RETRY


class RateLimited(SourceUnavailable):
    """The Hub asked for patience beyond what one call waits for."""


class BadAnswer(SourceUnavailable):
    """The Hub (or something in front of it) answered with something that is no Hub answer."""
