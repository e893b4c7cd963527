"""Answers of the Hub: JSON with a weak ETag, and the table of errors (`docs/design.md`, The Hub)."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from tests.hub.wire import Headers, Incoming, Outgoing

EXPOSED = (
    "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,"
    "X-Linked-Size,X-Linked-ETag,X-Xet-Hash"
)
LOGIN = "Invalid username or password."
BAD_TOKEN = "Invalid credentials in Authorization header"
DISABLED = "Access to this resource is disabled."
NO_PAGE = "Sorry, we can't find the page you are looking for."


def common(answer: Outgoing, request: Incoming, number: int) -> None:
    """Headers that every answer of the Hub carries."""
    trace = request.headers.get("x-amzn-trace-id") or request.headers.get("x-request-id") or ""
    answer.put("X-Powered-By", "huggingface-moon")
    answer.put("X-Request-Id", f"Root=1-{number:08x}-{'0' * 24}" + (f";{trace}" if trace else ""))
    answer.put("Vary", "Origin")
    answer.put("Access-Control-Expose-Headers", EXPOSED)


def weak_etag(body: bytes) -> str:
    """A weak ETag over a body, spelt like the Hub's."""
    digest = base64.b64encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode().rstrip("=")
    return f'W/"{len(body):x}-{digest}"'


def as_json(request: Incoming, value: Any, headers: Headers | None = None) -> Outgoing:
    """200 with JSON, or 304 when the caller holds it already."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    etag = weak_etag(body)
    if matches(request, etag):
        return Outgoing(304, [("ETag", etag), *(headers or [])])
    return Outgoing(200, [("Content-Type", "application/json; charset=utf-8"), ("ETag", etag), *(headers or [])], body)


def matches(request: Incoming, etag: str) -> bool:
    """Whether If-None-Match holds this ETag (compared weakly)."""
    asked = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    return etag.removeprefix("W/") in asked or "*" in asked


def error(status: int, message: str, code: str = "", headers: Headers | None = None) -> Outgoing:
    """An error with X-Error-Message, the same as JSON, and X-Error-Code where the Hub sends one."""
    body = json.dumps({"error": message}, ensure_ascii=False).encode()
    plain = " ".join(message.encode("ascii", "replace").decode().split())
    sent: Headers = [("Content-Type", "application/json; charset=utf-8"), ("X-Error-Message", plain)]
    if code:
        sent.insert(1, ("X-Error-Code", code))
    return Outgoing(status, [*sent, *(headers or [])], body)


def missing_repository(with_token: bool, https: bool) -> Outgoing:
    """A repository that does not exist, or that the caller may not know of.

    Without a token the live Hub sends a bare 401, which the client reads as "missing" on https only. Over plain http the
    code is added, so that the same test can run on both: the one declared departure.
    """
    if with_token:
        return error(404, "Repository not found", "RepoNotFound")
    return error(401, LOGIN, "" if https else "RepoNotFound")


def gated(id: str, kind: str, with_token: bool, endpoint: str) -> Outgoing:
    """Files behind a gate."""
    if with_token:
        where = f"{endpoint}/{'' if kind == 'model' else f'{kind}s/'}{id}"
        message = f"Access to {kind} {id} is restricted and you are not in the authorized list. Visit {where} to ask for access."
        return error(403, message, "GatedRepo")
    message = (
        f"Access to {kind} {id} is restricted. You must have access to it and be authenticated to access it. "
        "Please log in."
    )
    return error(401, message, "GatedRepo")


def missing_revision(revision: str) -> Outgoing:
    """No such branch, tag or commit."""
    return error(404, f"Invalid rev id: {revision}", "RevisionNotFound")


def missing_entry(sha: str, message: str = "Entry not found") -> Outgoing:
    """No such file at a commit that exists."""
    return error(404, message, "EntryNotFound", [("X-Repo-Commit", sha)])


def bad_request(message: str) -> Outgoing:
    """400."""
    return error(400, message)


def bad_expand(index: int, choices: list[str]) -> Outgoing:
    """400 for an unknown `expand`, naming the choices."""
    listed = "|".join(f'"{choice}"' for choice in choices)
    return bad_request(f"✖ Invalid option: expected one of {listed}\n  → at expand[{index}]")


def page_link(url: str) -> Headers:
    """Link to the next page."""
    return [("Link", f'<{url}>; rel="next"')]
