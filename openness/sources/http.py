"""The one client for what a card links to: no token, no cookies, allow-listed public hosts, and everything bounded.

A card is hostile, and so is whoever answers at an address that it names. Therefore:

* Only https on port 443 is asked, and only the hosts of `core.hosts.FOLLOWED_HOSTS`.
* Redirects are followed by hand; each is checked like the first address.
* A name is resolved once, and the connection is made to the very address that was found to be public (a second resolution
  could answer otherwise).
* Bytes are counted on the wire and after decompression; time is counted over the whole answer, handshake included.
* No `httpx.Client` is made: it would keep cookies and read credentials from the environment.

The user chose the Hub of HF_ENDPOINT: it may be plain http and at a private address, but no other host's redirect leads
there. Behind the user's proxy (HTTPS_PROXY, NO_PROXY), the proxy resolves the names; the list of hosts still holds.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from openness.core.hosts import FOLLOWED_HOSTS
from openness.core.record import record
from openness.core.release import Reason
from openness.sources.connections import CheckedBackend, Clock, Unseen, proxy_at, transport
from openness.sources.doors import Doors
from openness.version import __version__

if TYPE_CHECKING:
    import ssl

    import httpx

MAX_REDIRECTS = 5
PER_HOST = 4
"""Most requests to one host at the same time."""
LONGEST_WAIT = 2.0
"""Longest pause, in seconds, that one request makes when a host asks to wait; a longer one is not made."""
SHUT = 60.0
"""Seconds for which a host is left alone that asks to wait and does not say how long."""
_SLACK = 65_536
"""Bytes on the wire that a compressed answer may have beyond its limit."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@record(frozen=True, slots=True)
class WebPage:
    """An answer after redirects; `url` is where it came from, `truncated` says that only the head of the body was read."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool

    def text(self) -> str:
        """The body as text, unreadable bytes replaced."""
        return self.body.decode("utf-8-sig", "replace")

    def json(self) -> Any:
        """The body as JSON. Raises `Unseen` where the body is not JSON or was cut."""
        if self.truncated:
            raise Unseen(Reason.TOO_LARGE, f"the answer of {_host(self.url)} is larger than is read")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Unseen(Reason.MALFORMED, f"{_host(self.url)} answered with something that is not JSON") from None


class Manners:
    """What all clients of a process owe to a host: few requests at once, and none while it asks to wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Semaphore] = {}
        self._shut: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str, patience: float) -> Iterator[None]:
        """Wait at most `patience` seconds for one of the host's turns. Raises `Unseen`."""
        with self._lock:
            turns = self._turns.setdefault(host, threading.Semaphore(PER_HOST))
            left_alone = self._shut.get(host, 0.0) > time.monotonic()
        if left_alone:
            raise Unseen(Reason.RATE_LIMITED, f"{host} allows no more requests for now")
        if not turns.acquire(timeout=max(0.0, patience)):
            raise Unseen(Reason.TIMEOUT, f"{host} was not asked in time")
        try:
            yield
        finally:
            turns.release()

    def shut(self, host: str, seconds: float) -> None:
        """Leave a host alone for a while."""
        with self._lock:
            self._shut[host] = time.monotonic() + min(max(seconds, 1.0), 3_600.0)


class Web:
    """GET requests for what a card links to; usable from several threads. `timeout` and `budget` are in seconds.

    `timeout` is for one request with its redirects, `budget` for all requests of this client together; `endpoint` is the
    address of the user's own Hub.
    """

    def __init__(
        self, timeout: float, budget: float, endpoint: str, manners: Manners | None = None, doors: Doors | None = None
    ) -> None:
        import httpx

        self.timeout = timeout
        self.end = time.monotonic() + budget
        self.endpoint = endpoint
        self._own: tuple[str, str, int] | None = None
        with suppress(httpx.InvalidURL):  # a setting that is not an address is never asked
            self._own = _origin(httpx.URL(endpoint))
        self._manners = manners or Manners()
        self._doors = doors or Doors()
        self._clock = Clock()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._context: ssl.SSLContext | None = None
        self._transports: dict[str, httpx.HTTPTransport] = {}

    def get(self, url: str, limit: int, accept: str = "*/*", follow: bool = True) -> WebPage:
        """GET `url`, reading at most `limit` bytes of the decoded body; without `follow` a redirect is the answer.

        Raises `Unseen` for an address that may not be asked, and for a host that cannot be reached in time, asks to wait, or
        answers with a server error (5xx) or something that is not HTTP.
        """
        import httpcore
        import httpx

        self._clock.until = min(self.end, time.monotonic() + self.timeout)
        if self._closed.is_set():
            raise Unseen(Reason.TIMEOUT, f"{_host(url)} was not asked in time")
        try:
            return self._get(url, limit, accept, follow)
        except (httpx.TimeoutException, httpcore.TimeoutException):
            raise Unseen(Reason.TIMEOUT, f"{_host(url)} did not answer in time") from None
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, httpx.StreamError) as error:
            raise Unseen(Reason.UNREACHABLE, f"{_host(url)} cannot be reached ({type(error).__name__})") from None
        except (httpx.InvalidURL, ValueError, UnicodeError):
            raise Unseen(Reason.MALFORMED, f"an address at {_host(url)} is malformed") from None

    def close(self) -> None:
        """End every connection. Later requests raise `Unseen`."""
        self._closed.set()
        with self._lock:
            for each in self._transports.values():
                each.close()

    def _get(self, url: str, limit: int, accept: str, follow: bool) -> WebPage:
        import httpx

        first = place = httpx.URL(url)
        for _ in range(MAX_REDIRECTS + 1):
            self._allow(place, first)
            page = self._patiently(place, limit, accept)
            leads = page.headers.get("location", "")
            if not follow or page.status not in _REDIRECTS or not leads:
                return page
            place = place.join(leads[:4_096])
        raise Unseen(Reason.UNREACHABLE, f"{_host(url)} redirects more than {MAX_REDIRECTS} times")

    def _allow(self, url: httpx.URL, first: httpx.URL) -> None:
        """Raise `Unseen` unless the host is on the list, or is the user's own Hub and was asked first."""
        if url.userinfo:
            raise Unseen(Reason.NOT_FOLLOWED, "an address with a user's name is not followed")
        if _origin(url) == self._own == _origin(first):
            return
        if url.scheme != "https" or url.port not in (None, 443) or url.host not in FOLLOWED_HOSTS:
            raise Unseen(
                Reason.NOT_FOLLOWED,
                f"the link leads to {url.scheme}://{url.host[:60]}, which is not on the list of hosts",
            )

    def _patiently(self, url: httpx.URL, limit: int, accept: str) -> WebPage:
        """One request, and a second where the host asks for a short wait. Raises `Unseen` where it asks for more."""
        for again in (False, True):
            with self._manners.turn(url.host, self._clock.left()):
                page = self._once(url, limit, accept)
            wait = _asked_wait(page)
            if wait is None:
                if page.status >= 500:
                    raise Unseen(Reason.UNREACHABLE, f"{url.host} answered with a server error (HTTP {page.status})")
                return page
            if again or wait > min(LONGEST_WAIT, self._clock.left()):
                self._manners.shut(url.host, wait)
                break
            self._doors.sleep(wait)
        raise Unseen(Reason.RATE_LIMITED, f"{url.host} allows no more requests for now (HTTP {page.status})")

    def _once(self, url: httpx.URL, limit: int, accept: str) -> WebPage:
        import httpx

        headers = {"User-Agent": f"openness/{__version__}", "Accept": accept, "Accept-Encoding": "gzip"}
        response = self._transport(url).handle_request(httpx.Request("GET", url, headers=headers))
        try:
            body, truncated = _read(response, limit)
            fields = {name.lower(): value for name, value in response.headers.items()}
            return WebPage(str(url), response.status_code, fields, body, truncated)
        finally:
            response.close()

    def _transport(self, url: httpx.URL) -> httpx.HTTPTransport:
        own = _origin(url) == self._own and url.host not in FOLLOWED_HOSTS
        proxied = self._doors.proxies(url.scheme, url.host)
        with self._lock:
            key = proxied or ("own" if own else "")
            if key not in self._transports:
                self._context = self._context or self._doors.context()
                proxy = proxy_at(proxied) if proxied else None
                via = proxy.url if proxy else url if own else None
                trusted = (via.host, _port(via)) if via else None
                self._transports[key] = transport(
                    CheckedBackend(self._doors, self._clock, trusted, self._closed), self._context, proxy
                )
            return self._transports[key]


def _read(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    """At most `limit` decoded bytes, and whether there were more; decompression stops there too."""
    import zlib

    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        raise Unseen(Reason.MALFORMED, "the answer is compressed in a way that was not asked for")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in coding else None
    body, wired = bytearray(), 0
    for chunk in response.iter_raw():
        wired += len(chunk)
        try:
            body += unpack.decompress(chunk, limit + 1 - len(body)) if unpack else chunk
        except zlib.error:
            raise Unseen(Reason.MALFORMED, "the answer is damaged") from None
        if len(body) > limit or wired > limit + _SLACK:
            return bytes(body[:limit]), True
    if unpack and not unpack.eof and wired:
        raise Unseen(Reason.MALFORMED, "the answer is damaged")
    return bytes(body), False


def _asked_wait(page: WebPage) -> float | None:
    """Seconds that a host asks to wait; None where it does not ask."""
    spent = page.headers.get("x-ratelimit-remaining") == "0"
    after = page.headers.get("retry-after", "").strip()
    if not (page.status == 429 or (page.status in (403, 503) and after) or (page.status == 403 and spent)):
        return None
    return float(after) if after.isdecimal() and len(after) < 8 else SHUT


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return (url.scheme, url.host, _port(url))


def _port(url: httpx.URL) -> int:
    return url.port or (80 if url.scheme == "http" else 443)


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0][:60] or "the link"
