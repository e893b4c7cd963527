"""Rate limits: the Hub's three buckets in fixed windows, with real counters."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping

ANONYMOUS = {"api": 500, "resolvers": 3000, "pages": 100}
"""Requests per window and address without a token (August 2026)."""
FREE = {"api": 1000, "resolvers": 5000, "pages": 200}
"""The same for a free account."""


def bucket_of(path: str) -> str:
    """The bucket that a (percent-encoded) path counts in; '' for what is never counted."""
    if path == "/api/agent-harnesses":
        return ""
    if path.startswith("/api/") and not path.startswith("/api/resolve-cache/"):
        return "api"
    if path.startswith("/api/") or any(part in ("resolve", "raw") for part in path.split("/")[2:5]):
        return "resolvers"
    return "pages"


class Limiter:
    """Counters per bucket and caller; a fixed window that begins with the server."""

    def __init__(self) -> None:
        self.clock: Callable[[], float] = time.monotonic
        self.window = 300
        self._quotas = dict(ANONYMOUS)
        self._member_quotas = dict(FREE)
        self._lock = threading.Lock()
        self._began = self.clock()
        self._index = 0
        self._spent: dict[tuple[str, str], int] = {}

    @property
    def quotas(self) -> dict[str, int]:
        """Quotas of anonymous callers."""
        return self._quotas

    def set_quotas(self, values: Mapping[str, int], member: bool = False) -> None:
        """Change some quotas; the other buckets keep theirs."""
        (self._member_quotas if member else self._quotas).update(values)

    @property
    def member_quotas(self) -> dict[str, int]:
        """Quotas of callers with a valid token."""
        return self._member_quotas

    def reset(self) -> None:
        """Begin a new window."""
        with self._lock:
            self._began, self._index = self.clock(), 0
            self._spent.clear()

    def spend(self, bucket: str, caller: str) -> tuple[bool, list[tuple[str, str]]]:
        """Count one request: whether it may pass, and the headers to send with its answer."""
        if not bucket:
            return True, []
        with self._lock:
            elapsed = self.clock() - self._began
            index = int(elapsed // self.window)
            if index != self._index:
                self._index = index
                self._spent.clear()
            quota = (self._member_quotas if caller else self._quotas).get(bucket, 1 << 30)
            spent = self._spent[bucket, caller] = self._spent.get((bucket, caller), 0) + 1
        left = max(0, quota - spent)
        reset = math.ceil(self.window - elapsed % self.window)
        return spent <= quota, [
            ("RateLimit", f'"{bucket}";r={left};t={reset}'),
            ("RateLimit-Policy", f'"fixed window";"{bucket}";q={quota};w={self.window}'),
        ]
