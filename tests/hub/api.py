"""Routes under /api: info, lists, tree, commits, refs, paths-info, auth-check, owners."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlencode

from tests.hub import answers, describe
from tests.hub.repository import Commit, Repository, iso
from tests.hub.wire import Incoming, Outgoing

if TYPE_CHECKING:
    from tests.hub.loopback import LoopbackHub

Action = Callable[["LoopbackHub", Incoming, Repository, list[str]], Outgoing]


def info(hub: LoopbackHub, request: Incoming, repository: Repository, rest: list[str]) -> Outgoing:
    """/api/models/{id}[/revision/{rev}]: the default answer, or `_id`, `id` and what `expand` names."""
    kind = repository.kind
    expand = request.values("expand", "expand[]")
    blobs, security = request.flag("blobs"), request.flag("securityStatus")
    for index, name in enumerate(expand):
        if name not in describe.EXPANDABLE[kind]:
            return answers.bad_expand(index, describe.EXPANDABLE[kind])
    if expand and (blobs or security):
        return answers.bad_request("expand cannot be combined with blobs or securityStatus")
    commit = repository.resolve("/".join(rest) or "main")
    if commit is None:
        return answers.missing_revision("/".join(rest))
    fields = hub.fields(repository, commit, blobs, "childrenModelCount" in expand)
    if expand:
        return answers.as_json(request, describe.chosen(fields, ["_id", "id", *expand]))
    answer = describe.default_answer(kind, fields)
    if security:
        answer["securityRepoStatus"] = {"scansDone": True, "filesWithIssues": []}
    return answers.as_json(request, answer)


def tree(hub: LoopbackHub, request: Incoming, repository: Repository, rest: list[str]) -> Outgoing:
    """/tree/{rev}[/{path}], in pages."""
    commit = repository.resolve(rest[0]) if rest else None
    if commit is None:
        return answers.missing_revision(rest[0] if rest else "")
    folder = "/".join(rest[1:]).strip("/")
    items = describe.tree_of(commit, folder, request.flag("recursive"))
    if items is None:
        return answers.missing_entry(commit.sha, f'{folder} does not exist on "{rest[0]}"')
    expand = request.flag("expand")
    size = min(_number(request, "limit", 1 << 30), hub.expanded_tree_page if expand else hub.tree_page)
    page, headers = _cut(hub, request, items, size, lambda item: item[0])
    headers.append(("X-Repo-Commit", commit.sha))
    lines = [describe.tree_item(path, item, commit, expand, hub.xet) for path, item in page]
    return answers.as_json(request, lines, headers)


def paths_info(hub: LoopbackHub, request: Incoming, repository: Repository, rest: list[str]) -> Outgoing:
    """POST /paths-info/{rev}: the paths that exist, silently without the others."""
    commit = repository.resolve("/".join(rest))
    if commit is None:
        return answers.missing_revision("/".join(rest))
    if "json" in request.headers.get("content-type", ""):
        asked = json.loads(request.body or b"{}")
        paths, expand = list(asked.get("paths", [])), bool(asked.get("expand"))
    else:
        form = parse_qs(request.body.decode(), keep_blank_values=True)
        paths, expand = form.get("paths", []), form.get("expand", [""])[-1].lower() == "true"
    found = [(path, commit.files.get(path) or (commit.trees.get(path) if path else None)) for path in paths]
    lines = [describe.tree_item(path, item, commit, expand, hub.xet) for path, item in found if item is not None]
    return answers.as_json(request, lines)


def commits(hub: LoopbackHub, request: Incoming, repository: Repository, rest: list[str]) -> Outgoing:
    """/commits/{rev}: newest first, `p` and `limit`, with X-Total-Count."""
    commit = repository.resolve("/".join(rest) or "main")
    if commit is None:
        return answers.missing_revision("/".join(rest))
    history = list(commit.history())
    size = max(1, min(_number(request, "limit", hub.commits_page), 1000))
    page = _number(request, "p", 0)
    formatted = "formatted" in request.values("expand", "expand[]")
    headers = [("X-Total-Count", str(len(history)))]
    if (page + 1) * size < len(history):
        headers += answers.page_link(_again(hub, request, "p", str(page + 1)))
    lines = [_commit_line(item, formatted) for item in history[page * size : (page + 1) * size]]
    return answers.as_json(request, lines, headers)


def _commit_line(commit: Commit, formatted: bool) -> dict[str, Any]:
    line: dict[str, Any] = {
        "id": commit.sha,
        "title": commit.title,
        "message": commit.message,
        "authors": [{"user": commit.author, "avatar": f"/avatars/{commit.author}.svg"}],
        "date": iso(commit.date),
    }
    if formatted:
        line["formatted"] = {"title": commit.title, "message": f"<p>{commit.message}</p>"}
    return line


def refs(hub: LoopbackHub, request: Incoming, repository: Repository, rest: list[str]) -> Outgoing:
    """/refs: branches, converted branches, tags, and pull requests on request."""

    def lines(prefix: str, known: dict[str, str], by_ref: bool = False) -> list[dict[str, str]]:
        return [
            {"name": f"{prefix}{name}" if by_ref else name, "ref": f"{prefix}{name}", "targetCommit": sha}
            for name, sha in known.items()
        ]

    answer = {
        "branches": lines("refs/heads/", repository.branches),
        "converts": lines("refs/convert/", repository.converts),
        "tags": lines("refs/tags/", repository.tags),
    }
    if request.flag("include_prs"):
        answer["pullRequests"] = lines("refs/pr/", repository.pull_requests, by_ref=True)
    return answers.as_json(request, answer)


def auth_check(hub: LoopbackHub, request: Incoming, repository: Repository, rest: list[str]) -> Outgoing:
    """/auth-check: 200 for who may read the files (others never get here)."""
    return Outgoing(200, [("Content-Type", "text/plain; charset=utf-8")], b"OK")


ACTIONS: dict[str, tuple[str, Action]] = {
    "revision": ("GET", info),
    "tree": ("GET", tree),
    "paths-info": ("POST", paths_info),
    "commits": ("GET", commits),
    "refs": ("GET", refs),
    "auth-check": ("GET", auth_check),
}
"""Sub-resources of a repository, each with its method."""


_PLAIN_PARAMETERS = ("author", "search", "pipeline_tag", "library", "gated", "inference", "sort", "direction", "limit")
_LIST_PARAMETERS = {*_PLAIN_PARAMETERS, "filter", "full", "config", "cardData", "expand", "expand[]", "cursor"}
_SORTS = ("lastModified", "createdAt", "trendingScore", "downloads", "likes")


def listing(hub: LoopbackHub, request: Incoming, kind: str, token: str | None) -> Outgoing:
    """/api/models and /api/datasets, in pages; a parameter that is not replicated is refused, never ignored."""
    unknown = {name for name, _ in request.parameters} - _LIST_PARAMETERS
    if unknown:
        return answers.bad_request(f"not replicated by the loopback Hub: {', '.join(sorted(unknown))}")
    expand = request.values("expand", "expand[]")
    for index, name in enumerate(expand):
        if name not in describe.EXPANDABLE[kind]:
            return answers.bad_expand(index, describe.EXPANDABLE[kind])
    sort = request.value("sort")
    if sort and sort not in _SORTS:
        return answers.bad_request(f"sort must be one of {', '.join(_SORTS)}")
    rows = [
        hub.fields(repository, repository.head, False, "childrenModelCount" in expand)
        for repository in hub.repositories(kind)
        if not repository.private or hub.readable(repository, token)
    ]
    rows = [row for row in rows if _wanted(request, row)]
    rows.sort(key=lambda row: str(row["_id"]), reverse=True)
    if sort:
        rows.sort(key=lambda row: row.get(sort) or 0 if sort not in _SORTS[:2] else str(row.get(sort)), reverse=True)
    size = max(1, min(_number(request, "limit", hub.list_page), hub.list_page))
    page, headers = _cut(hub, request, rows, size, lambda row: str(row["_id"]))
    names = ["_id", "id", *expand] if expand else list(describe.LIST_PLAIN[kind])
    if request.flag("full"):
        names += describe.LIST_FULL[kind]
    names += [name for name in ("config", "cardData") if request.flag(name)]
    return answers.as_json(request, [describe.chosen(row, dict.fromkeys(names)) for row in page], headers)


def _wanted(request: Incoming, row: dict[str, Any]) -> bool:
    tags = {str(tag) for tag in row.get("tags", [])}
    gated = request.value("gated")
    tests = [
        all(part in tags for value in request.values("filter") for part in value.split(",")),
        not request.value("author") or row.get("author") == request.value("author"),
        request.value("search").lower() in str(row["id"]).lower(),
        not request.value("pipeline_tag") or row.get("pipeline_tag") == request.value("pipeline_tag"),
        not request.value("library") or row.get("library_name") == request.value("library"),
        not gated or bool(row.get("gated")) == (gated.lower() == "true"),
        not request.value("inference") or row.get("inference") == request.value("inference"),
    ]
    return all(tests)


def _number(request: Incoming, name: str, default: int) -> int:
    value = request.value(name)
    return int(value) if value.isdigit() else default


def _again(hub: LoopbackHub, request: Incoming, name: str, value: str) -> str:
    """This request's address with one parameter changed."""
    query = [(known, old) for known, old in request.parameters if known != name]
    return f"{hub.url}{request.path}?{urlencode([*query, (name, value)], quote_via=quote)}"


def _cut(
    hub: LoopbackHub, request: Incoming, items: list[Any], size: int, key: Callable[[Any], str]
) -> tuple[list[Any], list[tuple[str, str]]]:
    """One page of `items` by an opaque cursor that names the last item sent."""
    start = 0
    cursor = request.value("cursor")
    if cursor:
        last = json.loads(base64.urlsafe_b64decode(cursor))["_id"]["$lt"]
        start = next((index + 1 for index, item in enumerate(items) if key(item) == last), len(items))
    page = items[start : start + size]
    if start + size >= len(items):
        return page, []
    opaque = base64.urlsafe_b64encode(json.dumps({"_id": {"$lt": key(page[-1])}}).encode()).decode()
    return page, answers.page_link(_again(hub, request, "cursor", opaque))
