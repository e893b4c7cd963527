"""Limits, the request log and the faults of the loopback Hub."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from huggingface_hub.errors import HfHubHTTPError

from tests.hub.loopback import LoopbackHub
from tests.hub.sample import FILES, GOOD, api_of, client, get, sample_hub


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with sample_hub() as hub:
        yield hub


def test_every_answer_tells_the_limits(hub: LoopbackHub) -> None:
    first = get(hub, "/api/models/org/open")
    assert first.headers["ratelimit"].startswith('"api";r=499;t=')
    assert first.headers["ratelimit-policy"] == '"fixed window";"api";q=500;w=300'
    assert get(hub, "/api/models/org/none").headers["ratelimit"].startswith('"api";r=498')
    assert (
        get(hub, "/org/open/resolve/main/README.md", follow=True).headers["ratelimit"].startswith('"resolvers";r=2998')
    )
    member = get(hub, "/api/models/org/open", Authorization=f"Bearer {GOOD}")
    assert member.headers["ratelimit-policy"] == '"fixed window";"api";q=1000;w=300'


def test_spent_quota(hub: LoopbackHub) -> None:
    hub.set_quotas(api=2)
    api = api_of(hub)
    api.model_info("org/open")
    api.model_info("org/open")
    with pytest.raises(HfHubHTTPError, match="'api' rate limit") as caught:
        api.model_info("org/open")
    assert caught.value.response.status_code == 429
    assert get(hub, "/org/open/resolve/main/LICENSE").status_code == 307
    later = time.monotonic() + 301
    hub.limiter.clock = lambda: later
    assert api.model_info("org/open").id == "org/open"


def test_client_waits_for_the_window(hub: LoopbackHub) -> None:
    hub.fault("/api/models", kind="status", code=429, times=1, headers={"RateLimit": '"api";r=0;t=0'})
    assert [item.id for item in api_of(hub).list_models(author="org")]
    assert [request.status for request in hub.log] == [429, 200]


def test_lists_retry_but_info_does_not(hub: LoopbackHub) -> None:
    hub.fault("/api/models", kind="status", code=503, times=1)
    assert list(api_of(hub).list_models(author="org"))
    assert len(hub.log) == 2
    hub.fault("/api/models", kind="status", code=503, times=1)
    with pytest.raises(HfHubHTTPError):
        api_of(hub).model_info("org/open")


def test_log_and_depth(hub: LoopbackHub) -> None:
    hub.latency = 0.05
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: get(hub, f"/org/open/resolve/main/{name}", follow=True), ("LICENSE", "README.md")))
    assert (len(hub.log), len(hub.requests()), hub.depth()) == (4, 2, 1)
    get(hub, "/api/models/org/open", Authorization=f"Bearer {GOOD}")
    get(hub, "/api/agent-harnesses")
    assert (len(hub.requests()), len(hub.requests(counted=False)), hub.depth()) == (3, 6, 2)
    last = hub.requests()[-1]
    assert (last.method, last.bucket, last.authorised, last.token, last.status) == ("GET", "api", True, GOOD, 200)
    assert last.ended is not None
    assert last.ended - last.started >= 0.05
    hub.clear_log()
    assert hub.depth() == 0


def test_keep_alive_without_stalls(hub: LoopbackHub) -> None:
    hub.small_file_redirects = False
    began = time.perf_counter()
    with client() as session:
        for _ in range(50):  # a file is sent in two pieces, head and body: what Nagle's algorithm would hold back
            session.get(f"{hub.url}/org/open/resolve/main/LICENSE").raise_for_status()
    assert time.perf_counter() - began < 1.5


def spoil(
    hub: LoopbackHub, kind: str, timeout: float = 5, path: str = "/api/models/org/open", **arguments: Any
) -> bytes:
    fault = hub.fault(path, kind, times=1, **arguments)
    try:
        with client(True, timeout) as session:
            return session.get(hub.url + path).content
    finally:
        assert fault.hits == 1


def test_faults_that_break_the_connection(hub: LoopbackHub) -> None:
    for kind, arguments in (
        ("reset", {}),
        ("reset", {"before": True}),
        ("reset", {"after": 0}),
        ("truncated", {}),
        ("truncated", {"path": "/org/open/resolve/main/sub/deep/model.safetensors"}),
        ("wrong_length", {"delta": 7}),
    ):
        with pytest.raises((httpx2.NetworkError, httpx2.RemoteProtocolError)):
            spoil(hub, kind, **arguments)
    assert spoil(hub, "wrong_length", delta=-5)[-1:] != b"}"
    assert get(hub, "/api/models/org/open").status_code == 200


@pytest.mark.parametrize("mode", ["silent", "headers", "drip"])
def test_stall(hub: LoopbackHub, mode: str) -> None:
    if mode == "drip":
        hub.fault("/api/models/org/open", "stall", mode=mode, every=0.01)
        with client() as session, session.stream("GET", f"{hub.url}/api/models/org/open") as answer:
            pieces = answer.iter_raw()
            assert b"".join(next(pieces) for _ in range(5)).startswith(b'{"_id')
    else:
        with pytest.raises(httpx2.ReadTimeout):
            spoil(hub, "stall", timeout=0.1, mode=mode)


def test_closing_ends_a_stall() -> None:
    with ThreadPoolExecutor(1) as pool:
        with LoopbackHub() as hub:
            hub.fault("/", "stall")
            waiting = pool.submit(get, hub, "/api/models")
            while not hub.log:
                time.sleep(0.005)
            began = time.perf_counter()
        assert time.perf_counter() - began < 1
        with pytest.raises(httpx2.HTTPError):
            waiting.result(5)


def test_faults_that_spoil_the_body(hub: LoopbackHub) -> None:
    card = "/org/open/resolve/main/README.md"
    assert spoil(hub, "body", path=card, body="other") == b"other"
    assert b"Sign in" in spoil(hub, "html200")
    with pytest.raises(UnicodeDecodeError):
        spoil(hub, "non_utf8").decode()
    assert len(spoil(hub, "gzip_bomb", size=3 << 20)) == 3 << 20
    assert len(spoil(hub, "endless", limit=1 << 20)) >= 1 << 20
    hub.fault(card, "endless")
    with client() as session, session.stream("GET", hub.url + card) as answer:
        read = 0
        for piece in answer.iter_bytes():
            read += len(piece)
            if read > 4 << 20:
                break


def test_redirect_faults(hub: LoopbackHub) -> None:
    hub.fault("/api/models/org/open", "redirect_loop")
    with pytest.raises(httpx2.TooManyRedirects):
        get(hub, "/api/models/org/open", follow=True)
    assert len(hub.log) == 21
    assert len(hub.requests()) == 1
    hub.clear_faults()
    spoil(hub, "redirect_off_host")
    assert [request.origin for request in hub.log[-2:]] == ["hub", "storage"]
    assert hub.log[-1].redirected_from is hub.log[-2]


def test_retry_after(hub: LoopbackHub) -> None:
    hub.fault("/api/models/org/open", "retry_after", value="date", seconds=30, times=1)
    assert get(hub, "/api/models/org/open").headers["retry-after"].endswith("GMT")
    hub.fault("/api/models/org/open", "retry_after", value=99999, times=1)
    answer = get(hub, "/api/models/org/open")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "99999")


def test_fault_matching_and_seeds(hub: LoopbackHub) -> None:
    with pytest.raises(ValueError, match="no fault"):
        hub.fault("/", "nonsense")
    hub.add_model("org/open2", FILES)
    hub.fault("/api/models/org/open", "status", code=500)
    hub.fault("^/api/models/.*expand=gated", "status", code=502)
    hub.fault("/org/open", "latency", seconds=0.1)
    seen = [
        get(hub, f"/api/models/org/{tail}").status_code for tail in ("open", "open/refs", "open2", "open2?expand=gated")
    ]
    assert seen == [500, 500, 200, 502]
    began = time.perf_counter()
    assert get(hub, "/org/open/resolve/main/LICENSE").status_code == 307
    assert time.perf_counter() - began >= 0.1
    hub.clear_faults()

    def storm() -> list[int]:
        hub.chaos(seed=7, rate=0.5)
        return [get(hub, "/api/models/org/open").status_code for _ in range(12)]

    first = storm()
    assert set(first) > {200}
    assert first == storm()
