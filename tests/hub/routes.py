"""Which answer an address gets: tokens, renames and the access matrix come before the resource itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.hub import answers, api, files, journal
from tests.hub.repository import Repository
from tests.hub.wire import Incoming, Outgoing

if TYPE_CHECKING:
    from tests.hub.loopback import LoopbackHub

_KINDS = {"models": "model", "datasets": "dataset"}
_FILES = ("resolve", "raw")
_SHA = re.compile(r"[0-9a-f]{40}\Z")


def answer(hub: LoopbackHub, request: Incoming, token: str | None) -> Outgoing:
    """The answer of the Hub's own origin."""
    parts = request.segments
    if request.path == journal.HARNESSES:
        return answers.error(404, answers.NO_PAGE)
    if token is not None and token not in hub.tokens:
        return answers.error(401, answers.BAD_TOKEN)
    if request.method not in ("GET", "HEAD", "POST"):
        return answers.error(405, "Method not allowed")
    if parts[0] == "api":
        return _api(hub, request, parts[1:], token)
    return _file(hub, request, parts, token)


def _api(hub: LoopbackHub, request: Incoming, parts: list[str], token: str | None) -> Outgoing:
    if parts[:1] == ["resolve-cache"] and len(parts) >= 4 and parts[1] in _KINDS:
        return _cached(hub, request, parts[1:], token)
    if parts == ["whoami-v2"]:
        if token is None:
            return answers.error(401, answers.LOGIN)
        return answers.as_json(request, {"type": "user", "id": "0" * 24, "name": "loopback", "orgs": []})
    if len(parts) == 3 and parts[0] in ("organizations", "users") and parts[2] == "overview":
        return _owner(hub, request, parts[0], parts[1])
    if not parts or parts[0] not in _KINDS:
        return answers.error(404, answers.NO_PAGE)
    kind = _KINDS[parts[0]]
    rest = parts[1:]
    if not rest or rest == [""]:
        return api.listing(hub, request, kind, token)
    length = _id_length(hub, kind, rest, (*api.ACTIONS, "xet-read-token"))
    id, rest = "/".join(rest[:length]), rest[length:]
    action = rest[0] if rest else ""
    repository, name = hub.find(kind, id)
    denied = _hidden(hub, repository, token)
    if denied is not None or repository is None:
        return denied or answers.error(404, answers.NO_PAGE)
    if name != id:
        return _moved(request, id, name, 2)
    if not action:
        return (
            api.info(hub, request, repository, [])
            if request.method != "POST"
            else answers.error(405, "Method not allowed")
        )
    if action not in api.ACTIONS:
        return answers.error(404, answers.NO_PAGE)
    method, act = api.ACTIONS[action]
    if request.method not in (method, "HEAD" if method == "GET" else method):
        return answers.error(404, answers.NO_PAGE)
    return _shut(hub, repository, action, token) or act(hub, request, repository, rest[1:])


def _owner(hub: LoopbackHub, request: Incoming, kind: str, name: str) -> Outgoing:
    known, fields = hub.owners.get(name, ("", {}))
    if known != kind:
        return answers.error(404, "This user or organization does not exist")
    key = "name" if kind == "organizations" else "user"
    return answers.as_json(request, {"_id": "0" * 24, key: name, "fullname": name, **fields})


def _id_length(hub: LoopbackHub, kind: str, parts: list[str], reserved: tuple[str, ...]) -> int:
    """How many segments the repository's name has: one only for legacy names such as gpt2."""
    if len(parts) < 2 or (parts[1] in reserved and hub.find(kind, "/".join(parts[:2]))[0] is None):
        return 1
    return 2


def _hidden(hub: LoopbackHub, repository: Repository | None, token: str | None) -> Outgoing | None:
    """The answer for a repository that is missing, or private to others: the same, so that nothing is given away."""
    if repository is None or (repository.private and not hub.readable(repository, token)):
        return answers.missing_repository(token is not None, hub.https)
    return None


def _shut(hub: LoopbackHub, repository: Repository, action: str, token: str | None) -> Outgoing | None:
    """The refusal of a sub-resource of a disabled or gated repository; info is public."""
    if action == "revision":
        return None
    if repository.disabled:
        if action == "commits" and token is None:
            return answers.gated(repository.id, repository.kind, False, hub.url)
        return answers.error(403, answers.DISABLED)
    if not repository.gated or hub.readable(repository, token):
        return None
    if action in ("tree", "refs", "paths-info") and hub.gated_tree_open:
        return None
    return answers.gated(repository.id, repository.kind, token is not None, hub.url)


def _moved(request: Incoming, old: str, new: str, at: int) -> Outgoing:
    """307 with a relative Location that keeps the rest of the path and the query."""
    parts = request.path.split("/")
    count = old.count("/") + 1
    path = "/".join([*parts[: at + 1], *(quote(part, safe="") for part in new.split("/")), *parts[at + 1 + count :]])
    location = f"{path}?{request.query}" if request.query else path
    body = f"Temporary Redirect. Redirecting to {location}".encode()
    return Outgoing(307, [("Content-Type", "text/plain; charset=utf-8"), ("Location", location)], body)


def _cached(hub: LoopbackHub, request: Incoming, parts: list[str], token: str | None) -> Outgoing:
    """/api/resolve-cache/{kind}/{id}/{sha}/{path}; anything but a commit id is a 400."""
    kind = _KINDS[parts[0]]
    length = 2 if not _SHA.match(parts[2]) or (len(parts) > 4 and _SHA.match(parts[3])) else 1
    id, rest = "/".join(parts[1 : 1 + length]), parts[1 + length :]
    repository, _ = hub.find(kind, id)
    denied = _hidden(hub, repository, token)
    if denied is not None or repository is None:
        return denied or answers.error(404, answers.NO_PAGE)
    if len(rest) < 2 or not _SHA.match(rest[0]):
        return answers.bad_request("Invalid revision")
    path = "/".join(rest[1:])
    refused = _refused(hub, repository, path, token)
    commit = repository.commits.get(rest[0])
    if refused or commit is None:
        return refused or answers.missing_revision(rest[0])
    return files.cached(request, commit, path)


def _refused(hub: LoopbackHub, repository: Repository, path: str, token: str | None) -> Outgoing | None:
    if repository.disabled:
        return answers.error(403, answers.DISABLED)
    if not files.may_read(repository, path, hub.readable(repository, token)):
        return answers.gated(repository.id, repository.kind, token is not None, hub.url)
    return None


def _file(hub: LoopbackHub, request: Incoming, parts: list[str], token: str | None) -> Outgoing:
    """/{id}/resolve/{rev}/{path} and /{id}/raw/…, below /datasets for datasets; all else would be a web page."""
    kind, skip = ("dataset", 1) if parts[0] == "datasets" else ("model", 0)
    at = next((index for index in (skip + 2, skip + 1) if len(parts) > index + 1 and parts[index] in _FILES), None)
    if at is None or request.method == "POST":
        return Outgoing(404, [("Content-Type", "text/html; charset=utf-8")], b"<!DOCTYPE html><title>404</title>")
    id = "/".join(parts[skip:at])
    repository, name = hub.find(kind, id)
    denied = _hidden(hub, repository, token)
    if denied is not None or repository is None:
        return denied or answers.error(404, answers.NO_PAGE)
    if name != id:
        return _moved(request, id, name, skip)
    revision, path = files.split_revision(parts[at + 1 :])
    refused = _refused(hub, repository, path, token)
    if refused:
        return refused
    commit = repository.resolve(revision)
    if commit is None:
        return answers.missing_revision(revision)
    if parts[at] == "raw":
        return files.raw(request, commit, path)
    return files.resolve(hub, request, repository, commit, path)
