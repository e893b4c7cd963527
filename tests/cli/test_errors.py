"""Every failure: its own clear line, its exit code, no traceback, no half answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CARD, Run
from tests.cli.test_score import WEIGHTS
from tests.hub.loopback import LoopbackHub

FAST = ("--timeout", "0.5")


@pytest.fixture
def release(hub: LoopbackHub) -> str:
    return hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openness.sources.hubclient.FIRST_WAIT", 0.01)


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("score", "a/b/c"), 2, "'a/b/c' is not a model name"),
        (("score", "https://example.com/a/b"), 2, "is not on the Hub"),
        (("score", "org/none"), 4, "org/none is not on the Hub, or it is private"),
        (("score", "org/name@no-such"), 4, "org/name has no revision 'no-such'"),
        (("score", "org/name", "--format", "xml"), 2, "no format is called 'xml'"),
        (("score", "org/name", "--rubric", "osaid-9"), 2, "no rubric is called 'osaid-9'"),
        (("score", "org/name", "--offline", "--refresh"), 2, "contradict each other"),
        (("score", "org/name", "--offline"), 4, "neither in the cache nor in the bundled catalogue"),
        (("score",), 2, "Missing argument"),
        (("score", "org/name", "--no-such-option"), 2, "No such option"),
        (("score", "org/name", "--timeout", "soon"), 2, "timeout"),
        (("score", "org/name", "--timeout", "0"), 2, "timeout"),
        (("no-such-command",), 2, "No such command"),
        (("rubric", "show", "nothing"), 2, "no rubric is called 'nothing'"),
        (("schema", "verdict"), 2, "no format is called 'verdict'"),
    ],
)
@pytest.mark.usefixtures("release")
def test_asked_wrongly_or_not_there(cli: Run, argv: tuple[str, ...], code: int, said: str) -> None:
    outcome = cli(*argv)
    assert outcome.code == code
    assert said in outcome.err
    assert outcome.out == ""


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize(
    ("kind", "options", "said"),
    [
        ("status", {"code": 500}, "answered with a server error (HTTP 500)"),
        ("status", {"code": 503}, "answered with a server error (HTTP 503)"),
        ("status", {"code": 418}, "refused the request for org/name (HTTP 418)"),
        ("retry_after", {"value": 3600}, "allows no more requests for 3600 s (HTTP 429)"),
        ("retry_after", {"value": "0"}, "allows no more requests for now (HTTP 429)"),
        ("html200", {}, "answered with something that is not JSON (text/html)"),
        ("body", {"body": b"{", "content_type": "application/json"}, "something that is not JSON (application/json)"),
        ("body", {"body": b"[]", "content_type": "application/json"}, "gives no id and revision"),
        (
            "body",
            {"body": b'{"id": "a\\ud800/b", "sha": "%s"}' % (b"0" * 40), "content_type": "application/json"},
            "gives no id",
        ),
        ("body", {"body": b'{"id": 3, "sha": "x"}', "content_type": "application/json"}, "gives no id and revision"),
        ("body", {"body": b"[" * 100_000, "content_type": "application/json"}, "something that is not JSON"),
        ("non_utf8", {}, "something that is not JSON"),
        ("stall", {}, "did not answer within 0.5 s"),
        ("reset", {}, "broke off its answer"),
        ("truncated", {"keep": 10}, "broke off its answer"),
        ("redirect_loop", {}, "cannot be asked (TooManyRedirects)"),
        ("gzip_bomb", {"size": 64 << 20}, "larger than 32 MiB"),
    ],
)
def test_a_hub_in_trouble(cli: Run, hub: LoopbackHub, kind: str, options: dict[str, Any], said: str) -> None:
    hub.fault("/api/models/org/name", kind=kind, **options)
    started = time.monotonic()
    patience = () if kind == "gzip_bomb" else FAST  # 32 MiB are not unpacked in half a second on every machine
    outcome = cli("score", "org/name", *patience)
    assert outcome.code == 5
    assert said in outcome.err
    assert "openness: hint: " in outcome.err
    assert outcome.out == ""
    assert len(outcome.err.strip().split("\n")) == 2
    assert time.monotonic() - started < 20
    assert len(hub.log) <= 25


@pytest.mark.usefixtures("release")
def test_a_passing_trouble_is_waited_out(cli: Run, hub: LoopbackHub) -> None:
    hub.fault("/api/models/org/name", kind="status", code=503, times=2)
    assert cli("score", "org/name").code == 0


@pytest.mark.usefixtures("release")
def test_a_refusal_is_not_asked_again(cli: Run, hub: LoopbackHub) -> None:
    for code in (401, 403, 404):
        hub.clear_log()
        hub.fault("/api/models/org/name", kind="status", code=code, times=1)
        assert cli("score", "org/name").code == 4
        assert len(hub.log) == 1


def test_a_private_release_and_a_bad_token(cli: Run, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.add_model("org/private", files={"README.md": CARD, **WEIGHTS}, private=True)
    outcome = cli("score", "org/private")
    assert outcome.code == 4
    assert "if it is private, set HF_TOKEN" in outcome.err
    monkeypatch.setenv("HF_TOKEN", "hf_wrongwrong")
    outcome = cli("score", "org/private")
    assert outcome.code == 4
    assert "does not accept the token" in outcome.err
    assert "wrongwrong" not in outcome.err


def test_nobody_listens(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    outcome = cli("score", "org/name")
    assert outcome.code == 5
    assert "cannot be reached" in outcome.err


def test_an_endless_card_is_bounded(cli: Run, hub: LoopbackHub, release: str) -> None:
    hub.small_file_redirects = False
    hub.fault(f"/org/name/resolve/{release}/README.md", kind="endless")
    outcome = cli("score", "org/name", "--timeout", "20")
    assert outcome.code == 0
    assert "README.md is too large to be read whole" in outcome.out


def test_two_hundred_thousand_files(cli: Run, hub: LoopbackHub) -> None:
    import json

    siblings = [{"rfilename": f"f{n}"} for n in range(200_000)]
    body = json.dumps({"id": "org/name", "sha": "a" * 40, "siblings": siblings, "gated": False}).encode()
    hub.fault("/api/models/org/name", kind="body", body=body, content_type="application/json")
    outcome = cli("score", "org/name")
    assert outcome.code == 0
    assert "siblings has more than 100000 entries" in outcome.out


@pytest.mark.parametrize("https", [True])
def test_over_https_a_missing_release_is_missing(https: bool, tmp_path: Path) -> None:
    with LoopbackHub(https=https) as hub:
        hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
        environment = os.environ | {
            "HF_ENDPOINT": hub.url,
            "SSL_CERT_FILE": str(hub.ca_file),
            "OPENNESS_CACHE": str(tmp_path),
        }

        def call(*argv: str) -> subprocess.CompletedProcess[str]:
            command = [sys.executable, "-m", "openness", *argv]
            return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60)

        assert call("score", "org/name").returncode == 0
        missing = call("score", "org/none")
        assert missing.returncode == 4
        assert "org/none is not on the Hub, or it is private" in missing.stderr
        del environment["SSL_CERT_FILE"]
        unknown = call("score", "org/name", "--refresh")
        assert unknown.returncode in (0, 5)
        assert "CERTIFICATE_VERIFY_FAILED" in unknown.stdout + unknown.stderr


def test_interrupted(hub: LoopbackHub, release: str, tmp_path: Path) -> None:
    hub.fault("/api/models/org/name", kind="stall")
    page = tmp_path / "page.md"
    environment = os.environ | {"HF_ENDPOINT": hub.url}
    process = subprocess.Popen(
        [sys.executable, "-m", "openness", "score", "org/name", "-o", str(page)],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        # a shell's background job, such as a CI run may be, hands down that ^C is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 20
    while not hub.log and time.monotonic() < deadline:
        time.sleep(0.05)
    while process.poll() is None and time.monotonic() < deadline:
        process.send_signal(
            signal.SIGINT
        )  # again, as a user does: Python drops it where it strikes a callback of its own
        time.sleep(1)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == "openness: interrupted\n"
    assert not page.exists()


def test_a_reader_that_leaves_early(hub: LoopbackHub, release: str) -> None:
    environment = os.environ | {"HF_ENDPOINT": hub.url}
    command = f"{sys.executable} -m openness score org/name | head -1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.stderr == ""


def test_a_bug_is_told_apart(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("openness.jobs.scoring.score_by_all", broken)
    outcome = cli("score", "org/name")
    assert outcome.code == 70
    assert "a bug in openness: ZeroDivisionError: oops" in outcome.err


def test_one_broken_probe_is_told_and_does_not_hide_the_rest(
    cli: Run, release: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openness.probes as probes
    from openness.core.release import Provenance, Release
    from openness.probes import base

    probes.assess(Release("a/b", "a/b", Provenance("hub", "2026-01-01")))

    def broken(_: object) -> list[Any]:
        raise ZeroDivisionError("oops")

    from dataclasses import replace

    monkeypatch.setitem(base.PROBES, "model-card", replace(base.PROBES["model-card"], body=broken))
    outcome = cli("score", "org/name")
    assert outcome.code == 0
    assert "model-card: ZeroDivisionError: oops" in outcome.out
    assert "The weights are released." in outcome.out
