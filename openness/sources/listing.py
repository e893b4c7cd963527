"""The models of an account on the Hub."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from openness.core.errors import BadAnswer, ReleaseNotFound, UsageError
from openness.sources.hubclient import HubClient

LIMIT = 16 << 20
"""Largest page of a list, in bytes."""
MOST = 5_000
"""Most models that are listed."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


def models_of(account: str, timeout: float) -> list[str]:
    """The ids of an account's public models, sorted. Lists come page by page.

    `timeout` is in seconds for one request. Raises `UsageError` for a name that no account can have, `ReleaseNotFound` where the
    account has no public models, and the errors of `HubClient.get_json`.
    """
    if not _NAME.fullmatch(account):
        raise UsageError(f"{account!r} is not an account's name", "use --org NAME, as in NAME/model")
    client = HubClient(timeout)
    found: set[str] = set()
    params = [("author", account), ("limit", "1000")]
    while params and len(found) < MOST:
        answer, value = client.get_json("/api/models", LIMIT, params)
        if not isinstance(value, list):
            raise BadAnswer(f"the Hub does not list the models of {account} (HTTP {answer.status})", "try again later")
        ids = {each.get("id") for each in value if isinstance(each, dict)}
        new = {name for name in ids if isinstance(name, str) and name.lower().startswith(f"{account.lower()}/")} - found
        found |= new
        params = _next(answer.headers.get("link", "")) if new else []
    if not found:
        raise ReleaseNotFound(f"the Hub has no public models of {account}", "check the spelling")
    return sorted(found)[:MOST]


def _next(link: str) -> list[tuple[str, str]]:
    """The parameters of the next page, from the Link header; its query is used, its host is not."""
    match = re.match(r'<([^<>]{1,4000})>; rel="next"', link)
    return parse_qsl(urlsplit(match[1]).query) if match else []
