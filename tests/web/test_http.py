"""The guarded client against the threats of links (`docs/design.md`, Threats), over real TLS."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from openness.core.release import Reason
from openness.sources import doors, http
from openness.sources.connections import Unseen
from openness.sources.doors import is_public
from openness.sources.http import WebPage
from tests.hub.wire import Connection, Front, Incoming, Outgoing, head
from tests.web.loopback import HERE, LoopbackWeb, moved, page

HOME = "https://github.com/org/code"


def refused(call: Callable[[], WebPage], reason: Reason) -> str:
    with pytest.raises(Unseen) as caught:
        call()
    assert caught.value.missing.reason is reason, caught.value.missing
    return caught.value.missing.detail


def test_an_answer(web: LoopbackWeb) -> None:
    web.pages["github.com/org/code"] = page("hello")
    answer = web.client().get(HOME, 100)
    assert (answer.status, answer.body, answer.truncated, answer.url) == (200, b"hello", False, HOME)
    assert web.client().get("https://github.com/org/none", 100).status == 404


# ---- where it goes


@pytest.mark.parametrize(
    "address",
    [
        "http://github.com/org/code",
        "https://github.com:8443/org/code",
        "https://user@github.com/org/code",
        "https://user:pw@github.com/",
        "https://github.com@evil.example/",
        "https://evil.example#github.com",
        "https://evil.example/?github.com",
        "https://github.com.evil.example/",
        "https://evil.example\\@github.com/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::ffff:169.254.169.254]/latest/meta-data",
        "https://169.254.169.254/",
        "https://localhost/",
        "https://localhost./",
        "https://github.com./org/code",
        "https://metadata.google.internal/",
        "ftp://github.com/",
        "file:///etc/passwd",
        "gopher://github.com/",
        "https:///path",
        "//github.com/x",
        "not an address",
        "https://github.com/\x00",
        "https://gıthub.com/",
        "https://ɡithub.com/",
        "",
    ],
)
def test_an_address_that_is_not_on_the_list_is_not_asked(web: LoopbackWeb, address: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(f"{host} was resolved")

    with pytest.raises(Unseen):
        web.client(resolve=never).get(address, 100)
    assert web.log == []


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:8000/admin",
        "https://127.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/",
        "https://evil.example/",
        "http://github.com/org/other",
        "https://github.com:22/",
        "https://token@github.com/",
        "//evil.example/x",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(web: LoopbackWeb, location: str) -> None:
    web.pages["github.com/org/code"] = moved(location)
    refused(lambda: web.client().get(HOME, 100), Reason.NOT_FOLLOWED)
    assert len(web.log) == 1


def test_redirects_on_the_list_are_followed_at_most_five_times(web: LoopbackWeb) -> None:
    web.pages["github.com/org/code"] = moved("/org/renamed", 301)
    web.pages["github.com/org/renamed"] = moved("https://gitlab.com/org/renamed", 308)
    web.pages["gitlab.com/org/renamed"] = page("here")
    answer = web.client().get(HOME, 100)
    assert (answer.url, answer.body) == ("https://gitlab.com/org/renamed", b"here")
    web.pages["github.com/a"] = moved("/b")
    web.pages["github.com/b"] = moved("/a")
    web.log.clear()
    assert "more than 5" in refused(lambda: web.client().get("https://github.com/a", 100), Reason.UNREACHABLE)
    assert len(web.log) == 6
    assert web.client().get("https://github.com/a", 100, follow=False).status == 302


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "255.255.255.255"),
        *("127.0.0.2", "224.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1", "nonsense", ""),
    ],
)
def test_a_name_that_resolves_to_no_public_address_is_not_asked(web: LoopbackWeb, address: str) -> None:
    assert not is_public(address)
    for addresses in ([address], ["140.82.121.4", address]):
        web.addresses["github.com"] = addresses
        detail = refused(lambda: web.client().get(HOME, 100), Reason.NOT_FOLLOWED)
        assert detail == "github.com resolves to an address that is not public"
    assert web.log == []


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, ("140.82.121.4", "8.8.8.8", "2606:50c0:8000::153", "::ffff:8.8.8.8", "64:ff9b::808:808")))


def test_the_address_that_was_checked_is_the_one_connected_to(web: LoopbackWeb) -> None:
    """Rebinding: a resolver that answers with a public address first and a private one ever after."""
    web.pages["github.com/org/code"] = page("hello")
    answers = iter([[HERE]])

    def rebinding(host: str, port: int) -> list[str]:
        return next(answers, ["10.0.0.1"])

    client = web.client(resolve=rebinding)
    assert client.get(HOME, 100).body == b"hello"
    assert client.get(HOME, 100).body == b"hello"  # the same connection still
    client.close()
    refused(lambda: web.client(resolve=rebinding).get(HOME, 100), Reason.NOT_FOLLOWED)


def test_a_certificate_for_another_host_is_refused(web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "FOLLOWED_HOSTS", frozenset({"bitbucket.org"}))
    refused(lambda: web.client().get("https://bitbucket.org/x", 100), Reason.UNREACHABLE)
    assert web.log == []


def test_a_name_that_is_not_known(web: LoopbackWeb) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    refused(lambda: web.client(resolve=unknown).get(HOME, 100), Reason.UNREACHABLE)


def test_the_users_own_hub_may_be_private_but_nobody_may_lead_there(web: LoopbackWeb) -> None:
    seen: list[str] = []

    def serve(connection: Connection, request: Incoming) -> bool:
        seen.append(request.target)
        connection.send(head(200, [("Content-Length", "2")]) + b"{}")
        return True

    front = Front(serve)
    try:
        client = web.client(endpoint=front.url)
        assert client.get(f"{front.url}/api/datasets/a", 100).json() == {}
        web.pages["github.com/org/code"] = moved(f"{front.url}/api/secret")
        refused(lambda: client.get(HOME, 100), Reason.NOT_FOLLOWED)
        assert seen == ["/api/datasets/a"]
    finally:
        front.close()


# ---- what it carries


def test_no_token_no_cookie_no_credential_leaves(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text(
        "machine github.com login canary password canary\ndefault login canary password canary"
    )
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HF_TOKEN", "hf_canarycanary")
    monkeypatch.setenv("GITHUB_TOKEN", "canary")
    web.pages["github.com/org/code"] = page("", 302, Location="https://gitlab.com/x", Set_Cookie="canary=1; Path=/")
    web.pages["gitlab.com/x"] = page("", 200, Set_Cookie="canary=2")
    client = web.client()
    for _ in range(2):
        client.get(HOME, 100)
    assert len(web.log) == 4
    for host, request in web.log:
        assert request.headers["host"] == host
        assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding"}
        assert request.headers["user-agent"].startswith("openness/")
        assert "canary" not in str(request)


def test_the_proxy_of_the_environment_is_used_and_its_exceptions_hold(
    web: LoopbackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert doors.proxy_of("https", "github.com") is None
    connects: list[str] = []

    def proxy(connection: Connection, request: Incoming) -> bool:
        connects.append(f"{request.method} {request.target} {request.headers.get('proxy-authorization', '')}")
        connection.send(head(407, [("Content-Length", "0")]))
        return False

    front = Front(proxy)
    try:
        monkeypatch.setenv("HTTPS_PROXY", front.url.replace("://", "://me:secret@"))
        client = web.client(proxies=doors.proxy_of)
        refused(lambda: client.get(HOME, 100), Reason.UNREACHABLE)
        assert connects == ["CONNECT github.com:443 Basic bWU6c2VjcmV0"]
        assert web.resolved == []
        monkeypatch.setenv("NO_PROXY", "github.com")
        assert web.client(proxies=doors.proxy_of).get(HOME, 100).status == 404
        monkeypatch.delenv("NO_PROXY")
        monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:1")
        refused(lambda: web.client(proxies=doors.proxy_of).get(HOME, 100), Reason.UNREACHABLE)
    finally:
        front.close()


# ---- how much, how long


def test_the_head_of_a_larger_answer(web: LoopbackWeb) -> None:
    def endless(request: Incoming) -> Outgoing:
        return Outgoing(200, stream=(b"x" * 65_536 for _ in range(1 << 20)))

    web.pages["github.com/org/code"] = endless
    answer = web.client().get(HOME, 100_000)
    assert len(answer.body) == 100_000
    assert answer.truncated
    with pytest.raises(Unseen) as caught:
        answer.json()
    assert caught.value.missing.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_unpacked_no_further_than_the_limit(web: LoopbackWeb, layers: int) -> None:
    import tracemalloc

    bomb = b"\0" * (64 << 20)
    for _ in range(layers):
        bomb = gzip.compress(bomb, 9)
    web.pages["github.com/org/code"] = page(bomb, 200, Content_Encoding="gzip")
    client = web.client()
    client.get("https://github.com/warm", 1)
    tracemalloc.start()
    answer = client.get(HOME, 1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(answer.body) <= 1 << 20
    assert answer.truncated == (layers == 1)
    assert peak < 8 << 20


def test_gzip_is_read(web: LoopbackWeb) -> None:
    web.pages["github.com/org/code"] = page(gzip.compress(b"hello" * 1000), 200, Content_Encoding="gzip")
    assert web.client().get(HOME, 10_000).body == b"hello" * 1000


@pytest.mark.parametrize(
    ("body", "coding"),
    [(b"no gzip at all", "gzip"), (gzip.compress(b"x" * 9_999)[:-9], "gzip"), (b"x", "br"), (b"x", "gzip, gzip")],
    ids=["no gzip", "cut short", "another coding", "twice"],  # gzip holds the time, and all workers need the same names
)
def test_a_damaged_or_foreign_coding(web: LoopbackWeb, body: bytes, coding: str) -> None:
    web.pages["github.com/org/code"] = page(body, 200, Content_Encoding=coding)
    refused(lambda: web.client().get(HOME, 100_000), Reason.MALFORMED)


def raw(*parts: bytes, pause: float = 0.0) -> Outgoing:
    def script(connection: Connection) -> None:
        for part in parts:
            connection.send(part)
            time.sleep(pause)

    return Outgoing(script=script)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"x" * (10 << 20) + b"\r\n\r\n"), Reason.UNREACHABLE),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), Reason.UNREACHABLE),
        (raw(b"SSH-2.0-OpenSSH_9.0\r\n"), Reason.UNREACHABLE),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"), Reason.UNREACHABLE),
        (raw(b""), Reason.UNREACHABLE),
        (page("", 302, Location="https://[bad"), Reason.NOT_FOLLOWED),
        (page("", 302, Location="https://github.com:x/"), Reason.MALFORMED),
        (page("", 302, Location="https://github.com:99999/"), Reason.NOT_FOLLOWED),
        (page("busy", 503), Reason.UNREACHABLE),
        (page("oops", 500), Reason.UNREACHABLE),
    ],
)
def test_what_is_no_answer(web: LoopbackWeb, answer: Outgoing, reason: Reason) -> None:
    web.pages["github.com/org/code"] = answer
    refused(lambda: web.client().get(HOME, 100), reason)


@pytest.mark.parametrize(
    "first",
    [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"],
    ids=["silent", "head", "body"],
)
def test_a_slow_drip_ends_with_the_time_of_the_request(web: LoopbackWeb, first: bytes) -> None:
    web.pages["github.com/org/code"] = raw(first, *([b"X: y\r\n"[:1]] * 60), pause=0.05)
    began = time.monotonic()
    refused(lambda: web.client(timeout=0.4).get(HOME, 10_000), Reason.TIMEOUT)
    assert time.monotonic() - began < 1.5


def test_a_slow_handshake_ends_with_the_time_of_the_request(web: LoopbackWeb) -> None:
    with socket.create_server((HERE, 0)) as mute:  # the system accepts, nobody ever answers
        began = time.monotonic()
        port = mute.getsockname()[1]
        refused(lambda: web.client(timeout=0.3, port=port).get(HOME, 100), Reason.TIMEOUT)
        assert time.monotonic() - began < 1.5


def test_the_time_of_all_requests_together(web: LoopbackWeb) -> None:
    web.pages["github.com/org/code"] = page("hello")
    client = web.client(budget=0.3)
    assert client.get(HOME, 100).status == 200
    time.sleep(0.35)
    refused(lambda: client.get(HOME, 100), Reason.TIMEOUT)
    assert len(web.log) == 1


# ---- manners


@pytest.mark.parametrize(
    ("answer", "slept"),
    [
        (page("", 429, Retry_After="1"), [1.0]),
        (page("", 429, Retry_After="3600"), []),
        (page("", 429), []),
        (page("", 429, Retry_After="Wed, 21 Oct 2065 07:28:00 GMT"), []),
        (page("", 503, Retry_After="9" * 40), []),
        (page("", 403, X_RateLimit_Remaining="0", X_RateLimit_Reset="99"), []),
        (page("", 403, Retry_After="0"), [0.0]),
    ],
)
def test_a_host_that_asks_for_patience_is_left_alone(web: LoopbackWeb, answer: Outgoing, slept: list[float]) -> None:
    web.pages["github.com/org/code"] = answer
    client = web.client()
    detail = refused(lambda: client.get(HOME, 100), Reason.RATE_LIMITED)
    assert detail.startswith("github.com allows no more requests")
    assert web.slept == slept
    asked = len(web.log)
    assert asked == 1 + len(slept)
    refused(lambda: client.get("https://github.com/other", 100), Reason.RATE_LIMITED)
    assert len(web.log) == asked, "the circuit is open"
    assert client.get("https://gitlab.com/other", 100).status == 404, "other hosts are asked still"


def test_a_moment_of_patience_is_had_once(web: LoopbackWeb) -> None:
    answers = iter([page("", 429, Retry_After="1"), page("here")])
    web.pages["github.com/org/code"] = lambda request: next(answers)
    assert web.client().get(HOME, 100).body == b"here"
    assert web.slept == [1.0]


def test_a_plain_403_is_an_answer(web: LoopbackWeb) -> None:
    web.pages["github.com/org/code"] = page("", 403, X_RateLimit_Remaining="41")
    assert web.client().get(HOME, 100).status == 403


def test_one_host_is_asked_by_four_at_most(web: LoopbackWeb) -> None:
    web.latency = 0.05
    client = web.client()
    threads = [threading.Thread(target=client.get, args=(f"https://github.com/{i}", 10)) for i in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(web.log) == 16
    assert 2 <= web.most_at_once <= 4


@pytest.mark.parametrize("body", [b"<html>", b"[" * 100_000, b"", b"9" * 10_000, b"\xff\xfe"])
def test_what_is_no_json(web: LoopbackWeb, body: bytes) -> None:
    web.pages["github.com/org/code"] = page(body)
    with pytest.raises(Unseen) as caught:
        web.client().get(HOME, 1 << 20).json()
    assert caught.value.missing.reason is Reason.MALFORMED
