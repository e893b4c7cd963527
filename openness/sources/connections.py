"""Connections on which a link may be followed: to a checked address, and over in time.

`TimedStream` and `CheckedBackend` have the methods of httpcore's `NetworkStream` and `NetworkBackend`
(https://www.encode.io/httpcore/network-backends/) without inheriting from them, so that httpcore is imported only when a link
is followed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from openness.core.release import Reason, Unread
from openness.sources.doors import Doors

if TYPE_CHECKING:
    import ssl

    import httpcore
    import httpx


class Unseen(Exception):
    """A place could not be looked at; `missing` says why, for the reader."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.missing = Unread(reason, detail)


class Clock(threading.local):
    """The moment at which the present request of a thread ends, on `time.monotonic`."""

    until = float("inf")

    def left(self) -> float:
        """Seconds until then. Raises `httpcore.ReadTimeout` where none are left."""
        left = self.until - time.monotonic()
        if left <= 0:
            import httpcore

            raise httpcore.ReadTimeout("out of time")
        return min(left, 3_600.0)


class TimedStream:
    """A connection on which every wait ends with the request, however slowly bytes drip."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock) -> None:
        self._inner, self._clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read at most `max_bytes`."""
        return self._inner.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of `buffer`."""
        self._inner.write(buffer, self._clock.left())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        """The same connection, encrypted."""
        import httpcore

        try:
            left = self._clock.left()
        except httpcore.ReadTimeout:
            self.close()  # as every stream of httpcore does when its handshake fails
            raise
        return TimedStream(self._inner.start_tls(ssl_context, server_hostname, left), self._clock)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks about the connection."""
        return self._inner.get_extra_info(info)


class CheckedBackend:
    """Connects to the very address that was checked. `trusted` is the host and port that the user chose."""

    def __init__(self, doors: Doors, clock: Clock, trusted: tuple[str, int] | None, closed: threading.Event) -> None:
        import httpcore

        self._doors, self._clock, self._trusted, self._closed = doors, clock, trusted, closed
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> TimedStream:
        """A connection to a host. Raises `Unseen` for an address that is not public, and httpcore's errors."""
        import httpcore

        if (host, port) == self._trusted:
            return self._open(host, port)
        if port != 443:
            raise Unseen(Reason.NOT_FOLLOWED, f"the link asks {host} on port {port}, not on 443")
        failed: Exception | None = None
        for address in self._checked(host):
            try:
                return self._open(address, self._doors.port)
            except httpcore.ConnectError as error:
                failed = error
        raise failed or httpcore.ConnectError("no address")

    def _open(self, address: str, port: int) -> TimedStream:
        """A connection, unless the client was closed meanwhile: nobody would close a connection opened after that."""
        import httpcore

        stream = self._plain.connect_tcp(address, port, self._clock.left())
        if self._closed.is_set():
            stream.close()
            raise httpcore.ConnectTimeout("out of time")
        return TimedStream(stream, self._clock)

    def _checked(self, host: str) -> list[str]:
        import httpcore

        try:
            addresses = self._doors.resolve(host, 443)[:8]
        except (OSError, UnicodeError):
            raise httpcore.ConnectError("the name is not known") from None
        if not all(self._doors.public(address) for address in addresses):
            raise Unseen(Reason.NOT_FOLLOWED, f"{host} resolves to an address that is not public")
        return addresses


def transport(backend: CheckedBackend, context: ssl.SSLContext, proxy: httpx.Proxy | None) -> httpx.HTTPTransport:
    """A transport of httpx over a pool that connects through the backend."""
    import httpcore
    import httpx

    made = httpx.HTTPTransport(verify=context)
    shared: dict[str, Any] = {"ssl_context": context, "max_connections": 32, "network_backend": backend}
    if proxy is None:
        made._pool = httpcore.ConnectionPool(**shared)
    else:
        made._pool = httpcore.HTTPProxy(proxy_url=str(proxy.url), proxy_auth=proxy.raw_auth, **shared)
    return made


def proxy_at(address: str) -> httpx.Proxy:
    """The user's proxy. Raises `Unseen` for one that is not spoken to by http or https."""
    import httpx

    proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
    if proxy.url.scheme not in ("http", "https"):
        raise Unseen(Reason.UNREACHABLE, f"links cannot be followed through a {proxy.url.scheme[:10]} proxy")
    return proxy
