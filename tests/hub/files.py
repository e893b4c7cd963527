"""Files: resolve with its redirects, resolve-cache, raw, and the second origin that stores large files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from tests.hub import answers
from tests.hub.repository import Blob, Commit, Repository
from tests.hub.wire import Headers, Incoming, Outgoing

if TYPE_CHECKING:
    from tests.hub.loopback import LoopbackHub

_LICENCE = re.compile(r"(?i)licen[sc]e(\W|_|$)")
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")
_CHUNK = 1 << 16


def is_licence(path: str) -> bool:
    """Whether a file of a gated repository stays open because it is the licence."""
    return bool(_LICENCE.match(path.rpartition("/")[2]))


def may_read(repository: Repository, path: str, readable: bool) -> bool:
    """Whether a caller may have a file: `readable` says whether the token opens the repository."""
    if not repository.gated or readable:
        return True
    return is_licence(path) or (path == "README.md" and repository.readme_open)


def split_revision(parts: list[str]) -> tuple[str, str]:
    """Revision and file path of what follows /resolve/; `refs/pr/1` may also come with plain slashes."""
    if len(parts) > 3 and parts[0] == "refs":
        return "/".join(parts[:3]), "/".join(parts[3:])
    return parts[0], "/".join(parts[1:])


def content(request: Incoming, blob: Blob, etag: str, headers: Headers) -> Outgoing:
    """The bytes of a file, whole or in part; 304 and 416 where they apply."""
    headers = [*headers, ("ETag", etag), ("Accept-Ranges", "bytes")]
    if answers.matches(request, etag):
        return Outgoing(304, headers)
    start, stop, status = 0, blob.size, 200
    match = _RANGE.match(request.headers.get("range", ""))
    if match and match.group(0) != "bytes=-" and request.headers.get("if-range", etag) == etag:
        first, last = match.groups()
        if first:
            start, stop = int(first), min(int(last) + 1, blob.size) if last else blob.size
        else:
            start = max(0, blob.size - int(last))
        if start >= stop:
            return Outgoing(416, [*headers, ("Content-Range", f"bytes */{blob.size}")], b"")
        status = 206
        headers.append(("Content-Range", f"bytes {start}-{stop - 1}/{blob.size}"))
    return Outgoing(status, headers, stream=_pieces(blob, start, stop), length=stop - start)


def _pieces(blob: Blob, start: int, stop: int) -> Iterator[bytes]:
    for at in range(start, stop, _CHUNK):
        end = min(stop, at + _CHUNK)
        yield blob.lfs.read(at, end) if blob.lfs else blob.stored[at:end]


def _type_of(blob: Blob) -> tuple[str, str]:
    return "Content-Type", "application/octet-stream" if b"\0" in blob.stored else "text/plain; charset=utf-8"


def resolve(hub: LoopbackHub, request: Incoming, repository: Repository, commit: Commit, path: str) -> Outgoing:
    """GET or HEAD of /{id}/resolve/{rev}/{path}, access being granted: a redirect, as the live Hub answers."""
    blob = commit.files.get(path)
    if blob is None:
        return answers.missing_entry(commit.sha)
    linked: Headers = [
        ("X-Repo-Commit", commit.sha),
        ("X-Linked-Etag", f'"{blob.etag}"'),
        ("X-Linked-Size", str(blob.size)),
    ]
    if blob.lfs:
        signed = urlencode({"response-content-disposition": f'inline; filename="{path}"', "X-Signature": "loopback"})
        location = f"{hub.storage_url}/repos/{repository.mongo_id}/{blob.sha256}?{signed}"
        linked.append(("X-Xet-Hash", blob.xet_hash))
        if hub.xet:
            auth = f"{hub.url}/api/{repository.kind}s/{repository.id}/xet-read-token/{commit.sha}"
            linked.append(("Link", f'<{auth}>; rel="xet-auth"'))
        hub.stored[blob.sha256] = blob
        return _redirect(302, location, linked)
    if hub.small_file_redirects:
        query = f"{quote(request.path, safe='')}=&etag=%22{blob.oid}%22"
        place = f"{repository.kind}s/{repository.id}/{commit.sha}/{quote(path, safe='')}"
        return _redirect(307, f"/api/resolve-cache/{place}?{query}", linked)
    return content(request, blob, f'"{blob.oid}"', [_type_of(blob), ("X-Repo-Commit", commit.sha)])


def _redirect(status: int, location: str, headers: Headers) -> Outgoing:
    word = "Temporary Redirect" if status == 307 else "Found"
    body = f"{word}. Redirecting to {location}".encode()
    sent: Headers = [("Content-Type", "text/plain; charset=utf-8"), ("Location", location), *headers]
    return Outgoing(status, sent, body)


def cached(request: Incoming, commit: Commit, path: str) -> Outgoing:
    """The second hop of a small file."""
    blob = commit.files.get(path)
    if blob is None:
        return answers.missing_entry(commit.sha)
    return content(request, blob, f'"{blob.oid}"', [_type_of(blob), ("X-Repo-Commit", commit.sha)])


def raw(request: Incoming, commit: Commit, path: str) -> Outgoing:
    """What git holds: the pointer, for a large file."""
    blob = commit.files.get(path)
    if blob is None:
        return answers.missing_entry(commit.sha)
    stored = Blob(blob.stored, blob.oid)
    return content(request, stored, f'"{blob.oid}"', [_type_of(stored), ("X-Repo-Commit", commit.sha)])


def storage(hub: LoopbackHub, request: Incoming) -> Outgoing:
    """The second origin. It answers whoever holds the address, as a signed URL does; its ETag is a value of its own."""
    if request.method not in ("GET", "HEAD"):
        return Outgoing(405, [("Content-Type", "text/plain")], b"Method not allowed")
    blob = hub.stored.get(request.segments[-1])
    if blob is None:
        return Outgoing(403, [("Content-Type", "application/xml")], b"<Error><Code>AccessDenied</Code></Error>")
    return content(request, blob, f'"{blob.oid[:32]}-1"', [("Content-Type", "binary/octet-stream")])
