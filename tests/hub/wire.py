"""HTTP/1.1 over real sockets: one thread per connection, keep-alive, no Nagle delay, http or https."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit

Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Incoming:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes = b""
    path: str = ""
    """Still percent-encoded."""
    query: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.target if "://" in self.target else f"http://hub{self.target}")
        self.path, self.query = parts.path, parts.query

    @property
    def segments(self) -> list[str]:
        """The path cut at its slashes, every part decoded on its own (so `refs%2Fpr%2F1` stays one)."""
        return [unquote(part) for part in self.path.split("/")[1:]]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query in order, decoded."""
        return parse_qsl(self.query, keep_blank_values=True)

    def values(self, *names: str) -> list[str]:
        """All values of the parameters named."""
        return [value for name, value in self.parameters if name in names]

    def value(self, name: str, default: str = "") -> str:
        """The last value of a parameter."""
        found = self.values(name)
        return found[-1] if found else default

    def flag(self, name: str) -> bool:
        """Whether a parameter is set to something that is not false."""
        return self.value(name).lower() not in ("", "false", "0")


@dataclass(slots=True)
class Outgoing:
    """An answer. `stream` (with `length`, else chunked) takes the place of `body`; `script` writes everything itself."""

    status: int = 200
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    stream: Iterable[bytes] | None = None
    length: int | None = None
    script: Callable[[Connection], None] | None = None

    def header(self, name: str) -> str:
        """The value of a header, '' where it is not set."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")

    def put(self, name: str, value: str) -> None:
        """Set a header, in place of one of the same name."""
        self.headers = [(known, old) for known, old in self.headers if known.lower() != name.lower()]
        self.headers.append((name, value))


class Connection:
    """One accepted connection."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self._reader = sock.makefile("rb")

    def read(self) -> Incoming | None:
        """The next request; None at the end of the connection."""
        line = self._reader.readline(1 << 20)
        if not line.strip():
            return None
        method, target, _ = line.decode("latin-1").split(" ", 2)
        headers: dict[str, str] = {}
        while (line := self._reader.readline(1 << 20)) not in (b"\r\n", b"\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        length = int(headers.get("content-length", "0"))
        return Incoming(method, target, headers, self._reader.read(length) if length else b"")

    def send(self, data: bytes) -> None:
        """Write bytes at once."""
        self.sock.sendall(data)

    def reset(self) -> None:
        """End the connection with RST in place of FIN."""
        raw = self.sock
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._reader.close()
        raw.close()

    def close(self) -> None:
        """End the connection; calling it twice does no harm."""
        with contextlib.suppress(OSError):
            self._reader.close()
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
        self.sock.close()


def head(status: int, headers: Headers) -> bytes:
    """Status line and headers as bytes."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {status} {phrase}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode("latin-1", "replace")


def chunked(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Chunked transfer coding."""
    for part in parts:
        if part:
            yield b"%x\r\n%s\r\n" % (len(part), part)
    yield b"0\r\n\r\n"


def write(connection: Connection, request: Incoming, answer: Outgoing) -> None:
    """Send an ordinary answer; a HEAD request gets its headers only."""
    if answer.status in (204, 304):
        connection.send(head(answer.status, answer.headers))
        return
    headers = list(answer.headers)
    if answer.stream is None or answer.length is not None:
        length = answer.length if answer.length is not None else len(answer.body)
        if not answer.header("content-length"):
            headers.append(("Content-Length", str(length)))
    else:
        headers.append(("Transfer-Encoding", "chunked"))
    data = head(answer.status, headers)
    if request.method == "HEAD":
        connection.send(data)
    elif answer.stream is None:
        connection.send(data + answer.body)
    else:
        connection.send(data)
        for part in answer.stream if answer.length is not None else chunked(answer.stream):
            connection.send(part)


Handler = Callable[[Connection, Incoming], bool]
"""Answers one request; False ends the connection."""


class Front:
    """A listening port of 127.0.0.1; every accepted connection is served by a thread of its own."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self._handler = handler
        self._context = context
        self._closing = False
        self._lock = threading.Lock()
        self._connections: set[Connection] = set()
        self._threads: set[threading.Thread] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        self._acceptor = threading.Thread(target=self._accept, name=f"hub-{self.port}", daemon=True)
        self._acceptor.start()

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            if self._closing:
                sock.close()
                return
            thread = threading.Thread(target=self._serve, args=(sock,), name=f"hub-{self.port}-c", daemon=True)
            with self._lock:
                self._threads.add(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        connection: Connection | None = None
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                sock.settimeout(10)
                sock = self._context.wrap_socket(sock, server_side=True)
                sock.settimeout(None)
            connection = Connection(sock)
            with self._lock:
                if self._closing:
                    return
                self._connections.add(connection)
            while (request := connection.read()) is not None:
                if not self._handler(connection, request) or request.headers.get("connection", "").lower() == "close":
                    break
        except (OSError, ValueError):  # the client went away, or the connection was ended on purpose
            pass
        finally:
            if connection is not None:
                connection.close()
            sock.close()
            with self._lock:
                if connection is not None:
                    self._connections.discard(connection)
                self._threads.discard(threading.current_thread())

    def close(self) -> None:
        """Stop listening, end all connections and wait for their threads."""
        with self._lock:
            if self._closing:
                return
            self._closing = True
        with contextlib.suppress(OSError), socket.socket() as knock:  # wakes the acceptor on every platform
            knock.settimeout(1)
            knock.connect(("127.0.0.1", self.port))
        self._acceptor.join(5)
        self._listener.close()
        with self._lock:
            connections, threads = list(self._connections), list(self._threads)
        for connection in connections:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)  # below TLS, if there is TLS
        for thread in threads:
            thread.join(5)
