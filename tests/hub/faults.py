"""Faults by switch and by seed: what a network, a proxy, an attacker or a Hub in trouble does to an answer."""

from __future__ import annotations

import random
import re
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any
from urllib.parse import unquote

from tests.hub.answers import error
from tests.hub.wire import Connection, Headers, Incoming, Outgoing, head

LOGIN_PAGE = b"<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Welcome</body></html>"
NOT_UTF8 = b'{"id": "caf\xe9 \xff\xfe \xc3\x28 \xed\xa0\x80"}'
_NEVER = 3600.0


@dataclass(slots=True, eq=False)
class Fault:
    """One fault: where it applies, how often, and what it does. `hits` counts what it has struck."""

    target: str | re.Pattern[str]
    kind: str
    times: int | None = None
    method: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    hits: int = 0

    def applies(self, request: Incoming) -> bool:
        """Whether it applies: a path prefix that ends at a segment, or a regular expression over path and query."""
        if self.method is not None and self.method != request.method:
            return False
        if self.times is not None and self.hits >= self.times:
            return False
        whole = f"{request.path}?{request.query}" if request.query else request.path
        if isinstance(self.target, re.Pattern):
            return bool(self.target.search(whole) or self.target.search(unquote(whole)))
        prefix = self.target.rstrip("/")
        return any(path == prefix or path.startswith(f"{prefix}/") for path in (request.path, unquote(request.path)))


class Faults:
    """The faults in force, in the order they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._chaos: tuple[int, float, tuple[int, ...]] | None = None
        self._seen: dict[str, int] = {}

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force."""
        if fault.kind not in KINDS:
            raise ValueError(f"no fault {fault.kind!r}; there are: {', '.join(sorted(KINDS))}")
        if isinstance(fault.target, str) and (fault.target.startswith("^") or not fault.target.startswith("/")):
            fault.target = re.compile(fault.target)
        with self._lock:
            self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """End one fault."""
        with self._lock:
            self._faults.remove(fault)

    def clear(self) -> None:
        """End all of them, the seeded ones too."""
        with self._lock:
            self._faults.clear()
            self._chaos = None
            self._seen.clear()

    def chaos(self, seed: int, rate: float, codes: tuple[int, ...]) -> None:
        """Let a share of requests fail; which ones depends on seed, address and attempt only, not on timing."""
        with self._lock:
            self._chaos = (seed, rate, codes)
            self._seen.clear()

    def strike(self, request: Incoming) -> list[Fault]:
        """The faults that strike this request: any latencies first, then at most one of another kind."""
        struck: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                if fault.applies(request):
                    fault.hits += 1
                    struck.append(fault)
                    if fault.kind != "latency":
                        return struck
            if self._chaos is not None:
                seed, rate, codes = self._chaos
                nth = self._seen[request.target] = self._seen.get(request.target, 0) + 1
                dice = random.Random(f"{seed} {request.target} {nth}")
                if dice.random() < rate:
                    struck.append(Fault(request.path, "status", arguments={"code": dice.choice(codes)}))
        return struck


@dataclass(slots=True)
class Scene:
    """What a fault may use."""

    request: Incoming
    genuine: Callable[[], Outgoing]
    """The answer that would have been given, local redirects followed."""
    storage_url: str
    wait: Callable[[float], bool]
    """Sleep; true when the server closes meanwhile."""


def _genuine(scene: Scene, body: bytes | str | None) -> tuple[int, Headers, bytes]:
    answer = scene.genuine()
    whole = answer.body if answer.stream is None else b"".join(answer.stream)
    if body is not None:
        whole = body.encode() if isinstance(body, str) else body
    dropped = {"content-length", "location"} | ({"x-error-code", "x-error-message"} if body is not None else set())
    headers = [(name, value) for name, value in answer.headers if name.lower() not in dropped]
    return (200 if body is not None else answer.status), headers, whole


def _status(
    scene: Scene,
    code: int = 503,
    headers: dict[str, str] | None = None,
    body: bytes | str | None = None,
    message: str = "",
    error_code: str = "",
) -> Outgoing:
    answer = error(code, message or "Injected by the loopback Hub", error_code)
    if body is not None:
        answer.body = body.encode() if isinstance(body, str) else body
        answer.put("Content-Type", "text/plain; charset=utf-8")
    for name, value in (headers or {}).items():
        answer.put(name, value)
    return answer


def _retry_after(scene: Scene, value: str | int = "0", code: int = 429, seconds: float = 60) -> Outgoing:
    text = formatdate(time.time() + seconds, usegmt=True) if value == "date" else str(value)
    answer = error(code, "Too Many Requests" if code == 429 else "Service Unavailable")
    answer.put("Retry-After", text)
    return answer


def _stall(scene: Scene, mode: str = "silent", every: float = 0.2, seconds: float = _NEVER) -> Outgoing:
    """`silent` never answers; `headers` sends the head and no more; `drip` sends the body a byte at a time."""

    def script(connection: Connection) -> None:
        if mode == "silent":
            scene.wait(seconds)
            return
        status, headers, body = _genuine(scene, None)
        connection.send(head(status, [*headers, ("Content-Length", str(max(len(body), 1 << 20)))]))
        if mode == "headers":
            scene.wait(seconds)
            return
        until = time.monotonic() + seconds
        for at in range(1 << 20):
            connection.send(body[at : at + 1] or b" ")
            if scene.wait(every) or time.monotonic() > until:
                return

    return Outgoing(0, script=script)


def _reset(scene: Scene, after: int | None = None, before: bool = False, body: bytes | str | None = None) -> Outgoing:
    """RST after some bytes of the body (half of it by default), or `before` anything is sent."""
    status, headers, whole = _genuine(scene, body)

    def script(connection: Connection) -> None:
        if not before:
            cut = len(whole) // 2 if after is None else after
            connection.send(head(status, [*headers, ("Content-Length", str(len(whole)))]) + whole[:cut])
            scene.wait(0.02)  # lets the caller read what was sent before the reset throws it away
        connection.reset()

    return Outgoing(0 if before else status, script=script)


def _truncated(scene: Scene, keep: int | None = None, body: bytes | str | None = None, delta: int = 0) -> Outgoing:
    """A body that ends (FIN) before its Content-Length; `delta` is added to the length that is declared."""
    status, headers, whole = _genuine(scene, body)
    cut = len(whole) // 2 if keep is None else keep
    sent = b"" if scene.request.method == "HEAD" else whole[:cut]

    def script(connection: Connection) -> None:
        connection.send(head(status, [*headers, ("Content-Length", str(max(0, len(whole) + delta)))]) + sent)

    return Outgoing(status, script=script)


def _wrong_length(scene: Scene, delta: int = -5, body: bytes | str | None = None) -> Outgoing:
    """The whole body under a Content-Length that is `delta` off."""
    return _truncated(scene, keep=1 << 62, body=body, delta=delta)


def _page(scene: Scene, body: bytes | str = LOGIN_PAGE) -> Outgoing:
    data = body.encode() if isinstance(body, str) else body
    return Outgoing(200, [("Content-Type", "text/html; charset=utf-8")], data)


def _body(
    scene: Scene, body: bytes | str = b"", content_type: str = "", headers: dict[str, str] | None = None
) -> Outgoing:
    """200 with another body and the genuine headers."""
    _, genuine, data = _genuine(scene, body)
    answer = Outgoing(200, [item for item in genuine if item[0].lower() != "etag"], data)
    for name, value in (({"Content-Type": content_type} if content_type else {}) | (headers or {})).items():
        answer.put(name, value)
    return answer


def _not_utf8(scene: Scene, body: bytes = NOT_UTF8, content_type: str = "") -> Outgoing:
    return _body(scene, body, content_type)


def _endless(scene: Scene, chunk: bytes = b"openness " * 7281, limit: int | None = None, pause: float = 0) -> Outgoing:
    """A chunked body that ends only when the caller hangs up (or after `limit` bytes)."""

    def parts() -> Iterator[bytes]:
        sent = 0
        while limit is None or sent < limit:
            yield chunk
            sent += len(chunk)
            if scene.wait(pause):
                return

    return Outgoing(200, [("Content-Type", "text/plain; charset=utf-8")], stream=parts())


_BOMBS: dict[tuple[int, bytes], bytes] = {}


def _bomb(size: int, fill: bytes) -> bytes:
    """One gzip member; a full flush makes every block of a MiB the same bytes, so none is compressed twice."""
    blocks, rest = divmod(size, 1 << 20)
    press = zlib.compressobj(9, wbits=-15)
    block = press.compress(fill * (1 << 20)) + press.flush(zlib.Z_FULL_FLUSH)
    tail = zlib.compressobj(9, wbits=-15)
    crc = 0
    for _ in range(blocks):
        crc = zlib.crc32(fill * (1 << 20), crc)
    crc = zlib.crc32(fill * rest, crc)
    end = tail.compress(fill * rest) + tail.flush()
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * blocks + end + struct.pack("<II", crc, size & 0xFFFFFFFF)


def _gzip_bomb(scene: Scene, size: int = 50 << 20, fill: bytes = b" ") -> Outgoing:
    """`size` bytes of `fill`, a thousandth of that on the wire."""
    if (size, fill) not in _BOMBS:
        _BOMBS[size, fill] = _bomb(size, fill)
    data = _BOMBS[size, fill]
    return Outgoing(200, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Encoding", "gzip")], data)


def _redirect_loop(scene: Scene, code: int = 307, grow: bool = False) -> Outgoing:
    """A redirect to itself, or (`grow`) to a new address each time."""
    location = scene.request.target
    if grow:
        location += ("&" if "?" in location else "?") + "again=1"
    return Outgoing(code, [("Location", location), ("Content-Type", "text/plain")], b"Redirecting")


def _redirect_away(scene: Scene, to: str = "", code: int = 302) -> Outgoing:
    """A redirect to another host: the storage origin by default, where the log shows whether a token came along."""
    location = to or f"{scene.storage_url}/elsewhere{scene.request.path}"
    return Outgoing(code, [("Location", location), ("Content-Type", "text/plain")], b"Redirecting")


def _headers(scene: Scene, headers: dict[str, str] | None = None, drop: tuple[str, ...] = ()) -> Outgoing:
    """The genuine answer with headers added, changed or dropped."""
    answer = scene.genuine()
    for name, value in (headers or {}).items():
        answer.put(name, value)
    dropped = {name.lower() for name in drop}
    answer.headers = [item for item in answer.headers if item[0].lower() not in dropped]
    return answer


KINDS: dict[str, Callable[..., Outgoing] | None] = {
    "latency": None,
    "status": _status,
    "retry_after": _retry_after,
    "stall": _stall,
    "reset": _reset,
    "truncated": _truncated,
    "wrong_length": _wrong_length,
    "html200": _page,
    "body": _body,
    "non_utf8": _not_utf8,
    "endless": _endless,
    "gzip_bomb": _gzip_bomb,
    "redirect_loop": _redirect_loop,
    "redirect_off_host": _redirect_away,
    "headers": _headers,
}
"""Every kind of fault, and what it does."""


def perform(fault: Fault, scene: Scene) -> Outgoing | None:
    """The answer of a fault; None after a mere delay."""
    act = KINDS[fault.kind]
    if act is None:
        scene.wait(float(fault.arguments.get("seconds", 0.1)))
        return None
    return act(scene, **fault.arguments)
