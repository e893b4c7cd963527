"""Bounded, retried GET requests through huggingface_hub's own session: its endpoint, token, proxies and certificates.

The raw JSON is read instead of `HfApi.model_info`, which has no timeout, never retries, rewrites card data and raises errors on
odd shapes; importing `HfApi` alone costs 100 ms more.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from typing import Any

from openness.core.errors import BadAnswer, OpennessError, RateLimited, ReleaseNotFound, SourceUnavailable
from openness.core.record import record
from openness.sources.reference import endpoint
from openness.version import __version__

TRIES = 3
FIRST_WAIT = 0.4
"""Seconds before the first retry; doubled after that."""
LONGEST_WAIT = 5.0
"""Longest pause, in seconds, that one call makes for a rate limit before it gives up and says so."""
DEFAULT_TIMEOUT = 15.0
"""Seconds for one request, connection and body together."""

_TRANSIENT = frozenset({408, 429, 500, 502, 503, 504})


@record(frozen=True, slots=True)
class Answer:
    """An HTTP answer; `truncated` says that the body was longer than the limit and only its head was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool

    @property
    def code(self) -> str:
        """The Hub's X-Error-Code, '' where the answer has none."""
        return self.headers.get("x-error-code", "")

    @property
    def message(self) -> str:
        """The Hub's X-Error-Message, '' where the answer has none."""
        return self.headers.get("x-error-message", "")


class HubClient:
    """GET requests to one Hub; usable from several threads."""

    def __init__(self, timeout: float = DEFAULT_TIMEOUT) -> None:
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # otherwise the client first asks a package registry
        from huggingface_hub.utils import build_hf_headers, get_session

        self.endpoint = endpoint()
        self.timeout = timeout
        self._session = get_session()
        self._headers = build_hf_headers(library_name="openness", library_version=__version__)

    @property
    def has_token(self) -> bool:
        """Whether requests carry a token."""
        return "authorization" in {name.lower() for name in self._headers}

    def get(self, path: str, limit: int, params: list[tuple[str, str]] | None = None) -> Answer:
        """GET `path` on the Hub, reading at most `limit` bytes of the decoded body.

        Raises `SourceUnavailable` (unreachable, timed out, or a server error at every try) or `RateLimited`.
        """
        wait = FIRST_WAIT
        for attempt in range(1, TRIES + 1):
            last = attempt == TRIES
            try:
                answer = self._once(path, limit, params)
            except _Failed as error:
                if last or not isinstance(error, _BrokenOff):
                    raise SourceUnavailable(f"the Hub at {self.endpoint} {error}", _UNREACHABLE) from None
                time.sleep(wait)
            else:
                if answer.status not in _TRANSIENT:
                    return answer
                asked = _asked_wait(answer.headers)
                if answer.status == 429 and (last or asked > LONGEST_WAIT):
                    raise RateLimited(*_patience(self.endpoint, asked, self.has_token))
                if last:
                    raise SourceUnavailable(
                        f"the Hub at {self.endpoint} answered with a server error (HTTP {answer.status})", _UNREACHABLE
                    )
                time.sleep(max(wait, asked) if answer.status == 429 else wait)
            wait *= 2
        raise AssertionError("unreachable")

    def get_json(self, path: str, limit: int, params: list[tuple[str, str]] | None = None) -> tuple[Answer, Any]:
        """GET a JSON answer; the value is None for an error status. Raises `BadAnswer` for an answer that is not JSON."""
        answer = self.get(path, limit, params)
        if answer.status >= 400:
            return answer, None
        if answer.truncated:
            raise BadAnswer(f"the Hub's answer is larger than {limit >> 20} MiB", "report this release to us")
        try:
            return answer, json.loads(answer.body)
        except (ValueError, RecursionError):
            kind = answer.headers.get("content-type", "no type").partition(";")[0][:40]
            raise BadAnswer(
                f"{self.endpoint} answered with something that is not JSON ({kind})",
                "is a proxy or a login page in between? See HF_ENDPOINT",
            ) from None

    def _once(self, path: str, limit: int, params: list[tuple[str, str]] | None) -> Answer:
        import httpx2
        from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

        deadline = time.monotonic() + self.timeout
        body = bytearray()
        truncated = False
        try:
            with self._session.stream(
                "GET",
                self.endpoint + path,
                params=tuple(params or ()),
                headers=self._headers,
                timeout=self.timeout,
                follow_redirects=True,
            ) as response:
                for chunk in response.iter_bytes(65_536):
                    body += chunk
                    if len(body) > limit:
                        truncated = True
                        break
                    if time.monotonic() > deadline:
                        raise _Failed(f"did not finish within {self.timeout:g} s")
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, headers, bytes(body[:limit]), truncated)
        except httpx2.TimeoutException:
            raise _Failed(f"did not answer within {self.timeout:g} s") from None
        except (httpx2.TooManyRedirects, httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
            raise _Failed(f"cannot be asked ({type(error).__name__})") from None
        except httpx2.ConnectError as error:
            raise _Failed(f"cannot be reached ({_short(error)})") from None
        except OfflineModeIsEnabled:
            raise _Failed("may not be asked (HF_HUB_OFFLINE is set)") from None
        except (httpx2.HTTPError, HfHubHTTPError) as error:
            raise _BrokenOff(f"broke off its answer ({type(error).__name__})") from None


_UNREACHABLE = "try again later, or use --offline for what the cache and the catalogue hold"


class _Failed(Exception):
    """A request got no answer; the message goes on from "the Hub at …"."""


class _BrokenOff(_Failed):
    """An answer broke off: asking again at once may help."""


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text[:80] or type(error).__name__


def _asked_wait(headers: Mapping[str, str]) -> float:
    """Seconds that the Hub asks clients to wait: Retry-After (seconds or a date), else `t` of RateLimit when `r` is 0."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return min(float(value), 86_400.0)
    if value:
        from email.utils import parsedate_to_datetime

        try:
            return min(max(0.0, parsedate_to_datetime(value).timestamp() - time.time()), 86_400.0)
        except (ValueError, TypeError, OverflowError):
            return 0.0
    parts = dict(part.strip().partition("=")[::2] for part in headers.get("ratelimit", "").split(";"))
    if parts.get("r") == "0" and parts.get("t", "").isdigit():
        return min(float(parts["t"]), 86_400.0)
    return 0.0


def _patience(endpoint: str, seconds: float, has_token: bool) -> tuple[str, str]:
    wait = f"{seconds:.0f} s" if seconds else "now"
    hint = "try again then" if seconds else "try again later"
    return (
        f"the Hub at {endpoint} allows no more requests for {wait} (HTTP 429)",
        hint if has_token else f"{hint}, or set HF_TOKEN for a higher limit",
    )


def explain_refusal(answer: Answer, name: str, has_token: bool) -> OpennessError:
    """The error that a 4xx answer about a whole repository means (`docs/design.md`, The Hub)."""
    if "credentials" in answer.message.lower() and answer.status == 401:
        return ReleaseNotFound("the Hub does not accept the token it was given", "check HF_TOKEN (`hf auth whoami`)")
    if answer.status in (401, 403, 404):
        hint = "check the spelling" + ("" if has_token else "; if it is private, set HF_TOKEN")
        return ReleaseNotFound(f"{name} is not on the Hub, or it is private", hint)
    return BadAnswer(f"the Hub refused the request for {name} (HTTP {answer.status})", "is openness up to date?")
