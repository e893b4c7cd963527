"""The request log: what arrived, where, with which token, and how many waves it came in."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from tests.hub.wire import Incoming

HARNESSES = "/api/agent-harnesses"
"""The client's own first request of a process; never counted."""

PROMPT = 2.0
"""Seconds within which a redirect is followed; a later request to the same address was made for its own sake."""


@dataclass(slots=True)
class Request:
    """One request that arrived; `status` 0 and `ended` None while it is being answered."""

    method: str
    path: str
    """Decoded, without the query."""
    query: str
    authorised: bool
    """Whether an Authorization header arrived, valid or not."""
    token: str | None
    bucket: str
    origin: str
    """'hub', or 'storage' for the second port that serves large files."""
    started: float
    raw_path: str = ""
    """As it was sent, still percent-encoded."""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0
    error_code: str = ""
    redirected_from: Request | None = None
    """The request whose redirect this one follows."""
    ended: float | None = None

    @property
    def counted(self) -> bool:
        """Whether it is a request that a caller asked for: no redirect follow-up, no client housekeeping."""
        return self.redirected_from is None and self.path != HARNESSES

    @property
    def url(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def __repr__(self) -> str:
        return f"<{self.method} {self.url} {self.status}{' +auth' if self.authorised else ''} at {self.origin}>"


class Journal:
    """Thread-safe list of requests that knows which of them follow a redirect."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[Request] = []
        self._promised: dict[tuple[str, str], list[Request]] = {}

    def open(self, incoming: Incoming, base: str, origin: str, bucket: str) -> Request:
        """Note a request at its arrival."""
        header = incoming.headers.get("authorization")
        token = header.partition(" ")[2] if header else None
        request = Request(
            incoming.method,
            unquote(incoming.path),
            incoming.query,
            header is not None,
            token,
            bucket,
            origin,
            time.perf_counter(),
            incoming.path,
            dict(incoming.headers),
        )
        with self._lock:
            waiting = self._promised.get((incoming.method, base + incoming.target), [])
            while waiting and request.redirected_from is None:
                before = waiting.pop(0)
                if request.started - (before.ended or request.started) < PROMPT:
                    request.redirected_from = before
            self._requests.append(request)
        return request

    def close(self, request: Request, status: int, error_code: str = "", location: str = "", base: str = "") -> None:
        """Note the answer, just before it is written, so that who holds an answer finds it here."""
        with self._lock:
            request.status, request.error_code = status, error_code
            request.ended = time.perf_counter()
            if location and 300 <= status < 400:
                target = urljoin(base + request.raw_path, location)
                self._promised.setdefault((request.method, target), []).append(request)

    def all(self) -> list[Request]:
        """A copy of the list."""
        with self._lock:
            return list(self._requests)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._requests.clear()
            self._promised.clear()


def depth(requests: list[Request]) -> int:
    """The most requests that were strictly one after another, a request and its redirects being one.

    Requests overlap in time only when answers take time: set `hub.latency` before measuring.
    """
    spans: dict[int, tuple[float, float]] = {}
    now = time.perf_counter()
    for request in requests:
        if request.path == HARNESSES:
            continue
        first = request
        while first.redirected_from is not None:
            first = first.redirected_from
        begin, end = spans.get(id(first), (first.started, 0.0))
        spans[id(first)] = (begin, max(end, request.ended if request.ended is not None else now))
    waves = 0
    last = float("-inf")
    for begin, end in sorted(spans.values(), key=lambda span: span[1]):
        if begin >= last:
            waves, last = waves + 1, end
    return waves
