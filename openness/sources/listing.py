"""What an account has on the Hub."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from openness.core.errors import BadAnswer, ReleaseNotFound, UsageError
from openness.sources.hubclient import HubClient

LIMIT = 16 << 20
"""Largest page of a list that is read, in bytes."""
MOST = 5_000
"""Models that are listed at most."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")


def models_of(account: str, timeout: float) -> list[str]:
    """The ids of all models of an account that may be seen, in order of their names, asked page by page.

    Raises `UsageError` for what can be no account, `ReleaseNotFound` where there is none, and the errors of `HubClient.get_json`.
    """
    if not _NAME.fullmatch(account):
        raise UsageError(f"{account!r} is no name of an account", "use --org NAME, as in NAME/model")
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
    """The question for the next page, by the Link header; only its query is believed, never its host."""
    match = re.match(r'<([^<>]{1,4000})>; rel="next"', link)
    return parse_qsl(urlsplit(match[1]).query) if match else []
