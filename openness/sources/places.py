"""How each kind of linked place is asked, and what is kept of its answer. Everything in it is taken as hostile.

What is kept is plain JSON: {exists, title, licence, text, files, files_at, readme, gated, revision, missing}. A place that
answers 404 or 410 is gone: `exists` is false, which is a fact. What could not be asked raises `Unseen`, which is none.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from openness.core.release import Reason, Unread
from openness.core.text import ascii_lower
from openness.sources import hubfacts
from openness.sources.http import Page, Unseen, Web
from openness.sources.targets import Target, within

LIST_LIMIT = 16 << 20
README_LIMIT = 64 << 10
LICENCE_LIMIT = 128 << 10
PAGE_LIMIT = 256 << 10
"""Most bytes read of a list of files, a README, a licence text, and any other page (whose head holds the title)."""
MAX_LISTED = 10_000
"""Most files kept of one place."""

_GONE = frozenset({404, 410, 451})
_JSON = "application/json"
_REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}\Z")
_SHA = re.compile(r"[0-9a-f]{40}\Z")

Seen = dict[str, Any]


def ask(web: Web, target: Target) -> Seen:
    """What is to be seen of a target. Raises `Unseen`."""
    return _PLACES[target.place](web, target)


def _gone(detail: str) -> Seen:
    return {"exists": False, "title": detail}


def _missing(error: Unseen | None) -> list[str] | None:
    return [error.missing.reason, error.missing.detail] if error else None


def _refused(page: Page, what: str) -> Unseen:
    reason = Reason.GATED if page.status in (401, 403) else Reason.UNREACHABLE
    return Unseen(reason, f"{what} is not shown (HTTP {page.status})")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: Any, limit: int = 300) -> str:
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""


# ---- repositories of code


def _github(web: Web, target: Target) -> Seen:
    """One request to the API for the whole tree (60 an hour are free), then README and licence from the raw files."""
    ref = target.ref or "HEAD"
    raw = f"https://raw.githubusercontent.com/{target.id}/{ref}/"
    seen: Seen = {"exists": True, "title": target.id, "files_at": f"https://github.com/{target.id}/blob/{ref}/"}
    seen |= {"revision": target.ref or None}
    try:
        page = web.get(f"https://api.github.com/repos/{target.id}/git/trees/{ref}?recursive=1", LIST_LIMIT, _JSON)
        if page.status in _GONE:
            return _gone(target.id)
        if page.status == 409:  # so it answers for a repository without a commit
            return seen | {"files": []}
        if page.status >= 400:
            raise _refused(page, target.id)
        answer = _mapping(page.json())
    except Unseen as error:
        return _github_without_api(web, target, raw, seen | {"missing": _missing(error)})
    return _with_texts(web, raw, seen, target, _listed(answer.get("tree"), "path", "size"), answer.get("truncated"))


def _github_without_api(web: Web, target: Target, raw: str, seen: Seen) -> Seen:
    """What can be seen of a repository whose file list cannot be asked for: its README and licence."""
    page = web.get(f"{raw}README.md", README_LIMIT)
    if page.status == 200:
        return seen | {"readme": page.text(), "text": _text(web, raw, "LICENSE")}
    page = web.get(f"https://github.com/{target.id}", PAGE_LIMIT)
    if page.status in _GONE:
        return _gone(target.id)
    if page.status != 200:
        raise _refused(page, target.id)
    return seen


def _gitlab(web: Web, target: Target) -> Seen:
    project = f"https://gitlab.com/api/v4/projects/{quote(target.id, safe='')}"
    page = web.get(f"{project}?license=true", PAGE_LIMIT, _JSON)
    if page.status in _GONE:
        return _gone(target.id)
    if page.status != 200:
        raise _refused(page, target.id)
    answer = _mapping(page.json())
    ref = _branch(target, answer)
    licence = _mapping(answer.get("license")).get("key")
    seen: Seen = {"exists": True, "title": target.id, "licence": _words(licence, 80) or None}
    seen |= {"files_at": f"https://gitlab.com/{target.id}/-/blob/{quote(ref)}/", "revision": target.ref or None}
    page = web.get(
        f"{project}/repository/tree?recursive=true&per_page=100&ref={quote(ref, safe='')}", LIST_LIMIT, _JSON
    )
    if page.status in _GONE:  # so it answers for a repository without a commit
        return seen | {"files": []}
    if page.status != 200:
        return seen | {"missing": _missing(_refused(page, f"the file list of {target.id}"))}
    listed = _listed(page.json(), "path", "size")
    raw = f"https://gitlab.com/{target.id}/-/raw/{quote(ref)}/"
    return _with_texts(web, raw, seen, target, listed, bool(page.headers.get("x-next-page")))


def _codeberg(web: Web, target: Target) -> Seen:
    api = f"https://codeberg.org/api/v1/repos/{target.id}"
    page = web.get(api, PAGE_LIMIT, _JSON)
    if page.status in _GONE:
        return _gone(target.id)
    if page.status != 200:
        raise _refused(page, target.id)
    answer = _mapping(page.json())
    ref = _branch(target, answer)
    view = f"commit/{ref}" if target.ref else f"branch/{quote(ref)}"
    seen: Seen = {"exists": True, "title": target.id, "revision": target.ref or None}
    seen |= {"files_at": f"https://codeberg.org/{target.id}/src/{view}/"}
    if answer.get("empty") is True:
        return seen | {"files": []}
    page = web.get(f"{api}/git/trees/{quote(ref, safe='')}?recursive=true&per_page=1000", LIST_LIMIT, _JSON)
    if page.status != 200:
        return seen | {"missing": _missing(_refused(page, f"the file list of {target.id}"))}
    tree = _mapping(page.json())
    raw = f"https://codeberg.org/{target.id}/raw/{view}/"
    return _with_texts(web, raw, seen, target, _listed(tree.get("tree"), "path", "size"), tree.get("truncated"))


def _branch(target: Target, answer: Mapping[str, Any]) -> str:
    named = answer.get("default_branch")
    safe = isinstance(named, str) and _REF.match(named) and ".." not in named
    return target.ref or (named if safe and isinstance(named, str) else "main")


def _listed(entries: Any, name: str, size: str) -> list[tuple[str, int | None]]:
    """Paths and sizes of a list of files; folders and whatever is no plain path are left out."""
    found: dict[str, int | None] = {}
    for entry in entries if isinstance(entries, list) else ():
        path = entry.get(name) if isinstance(entry, dict) and entry.get("type") not in ("tree", "commit") else None
        if isinstance(path, str) and _plain(path):
            length = entry.get(size)
            found[path] = length if isinstance(length, int) and length >= 0 else None
    return sorted(found.items())


def _plain(path: str) -> bool:
    steps = path.split("/")
    return len(path) <= hubfacts.MAX_PATH and path.isprintable() and not any(step in ("", ".", "..") for step in steps)


def _with_texts(
    web: Web, raw: str, seen: Seen, target: Target, files: list[tuple[str, int | None]], cut: object
) -> Seen:
    """A repository's files (those under the linked folders), with its README and licence text."""
    paths = [path for path, _ in files]
    own = [item for item in files if within(item[0], target.folders)]
    seen |= {"files": own[:MAX_LISTED]}
    if cut or len(own) > MAX_LISTED:
        seen["missing"] = [Reason.TOO_LARGE, f"the file list of {target.id} is longer than is read"]
    elif target.folders and not own and files:
        seen["missing"] = [Reason.NOT_RECORDED, f"the linked folder is not in {target.id} as it is now"]
    licences = hubfacts.licence_files(paths)
    try:
        readme = _readme(paths, target.folders)
        seen["readme"] = _content(web, raw, readme, README_LIMIT) if readme else ""
        seen["text"] = _text(web, raw, licences[0]) if licences else None
    except Unseen as error:
        seen["missing"] = _missing(error)
    return seen


def _readme(paths: Iterable[str], folders: tuple[str, ...]) -> str:
    wanted = {f"{folder}/" for folder in folders} or {""}
    named = [
        path
        for path in paths
        if path.rsplit("/", 1)[-1].lower().startswith("readme") and path[: path.rfind("/") + 1] in wanted
    ]
    return min(named, key=lambda path: (not path.lower().endswith(".md"), path), default="")


def _content(web: Web, raw: str, path: str, limit: int) -> str:
    page = web.get(raw + quote(path), limit)
    return page.text() if page.status == 200 else ""


def _text(web: Web, raw: str, path: str) -> Seen | None:
    page = web.get(raw + quote(path), LICENCE_LIMIT)
    return {"path": path, "text": page.text(), "truncated": page.truncated} if page.status == 200 else None


# ---- the Hub


def _hub(web: Web, target: Target) -> Seen:
    """A data set or a model of the Hub that the user's endpoint names, asked without a token: what everybody sees."""
    kind = f"{target.kind}s"
    fields = ("cardData", "disabled", "gated", "private", "sha", "siblings")
    query = "&".join(f"expand={field}" for field in fields)
    page = web.get(f"{web.endpoint}/api/{kind}/{quote(target.id)}?{query}", LIST_LIMIT, _JSON)
    if page.status in _GONE or (page.status == 401 and _unknown_or_private(page)):
        return _gone(target.id)
    if page.status >= 400:
        raise _refused(page, target.id)
    info = _mapping(page.json())
    id, sha = info.get("id"), info.get("sha")
    if not isinstance(id, str) or not isinstance(sha, str) or not _SHA.match(sha):
        raise Unseen(Reason.MALFORMED, f"the Hub gives no id and revision for {target.id}")
    if info.get("disabled") is True or info.get("private") is True:
        return _gone(target.id)
    at = f"{web.endpoint}/{'datasets/' if target.kind == 'dataset' else ''}{quote(id)}"
    card = _mapping(info.get("cardData"))
    seen: Seen = {"exists": True, "title": id, "revision": sha, "files_at": f"{at}/blob/{sha}/"}
    seen |= {"licence": _licence(card), "gated": hubfacts.gating(info)}
    files = hubfacts.file_list(info)
    if isinstance(files, Unread):
        return seen | {"missing": [files.reason, files.detail]}
    seen["files"] = [(file.path, file.size) for file in files if _plain(file.path)][:MAX_LISTED]
    if target.kind == "dataset" and "README.md" in {path for path, _ in seen["files"]}:
        try:
            seen["readme"] = _content(web, f"{at}/resolve/{sha}/", "README.md", README_LIMIT)
        except Unseen as error:
            seen["missing"] = _missing(error)
    return seen


def _unknown_or_private(page: Page) -> bool:
    """Whether a 401 is the Hub's answer for a repository that is not there, or not for everybody (`hub-wire.md`, 2.6)."""
    headers = page.headers
    return (
        headers.get("x-error-code") == "RepoNotFound"
        or "invalid username" in headers.get("x-error-message", "").lower()
    )


def _licence(card: Mapping[str, Any]) -> str | None:
    stated = hubfacts.strings(card.get("license"), 5)
    named = _words(card.get("license_name"), 80)
    if stated in ((), ("other",)) and named:
        return named
    return stated[0][:80] if len(stated) == 1 else None


# ---- papers, records, pages


def _arxiv(web: Web, target: Target) -> Seen:
    return _page(web, target)


def _doi(web: Web, target: Target) -> Seen:
    """A DOI by the register's own API: where it leads is the publisher's host, which is not asked."""
    page = web.get(f"https://doi.org/api/handles/{quote(target.id)}", PAGE_LIMIT, _JSON, follow=False)
    if page.status in _GONE:
        return _gone(target.id)
    code = _mapping(page.json()).get("responseCode") if page.status == 200 else None
    if code not in (1, 2, 200):
        raise _refused(page, target.id)
    return {"exists": True, "title": ""}


def _zenodo(web: Web, target: Target) -> Seen:
    page = web.get(f"https://zenodo.org/api/records/{target.id}", LIST_LIMIT, _JSON)
    if page.status in _GONE:
        return _gone(f"record {target.id}")
    if page.status != 200:
        raise _refused(page, f"record {target.id}")
    record = _mapping(page.json())
    about = _mapping(record.get("metadata"))
    sort = _mapping(about.get("resource_type")).get("type")
    licence = about.get("license")
    return {
        "exists": True,
        "kind": {"software": "code", "publication": "paper"}.get(sort, "dataset")
        if isinstance(sort, str)
        else "dataset",
        "title": _words(about.get("title")),
        "licence": _words(_mapping(licence).get("id") or licence, 80) or None,
        "files": _listed(record.get("files"), "key", "size")[:MAX_LISTED],
        "files_at": f"{target.url}/files/",
        "readme": _visible(about.get("description"))[:README_LIMIT],
        "gated": "none" if about.get("access_right", "open") == "open" else "manual",
    }


def _page(web: Web, target: Target) -> Seen:
    page = web.get(target.url, PAGE_LIMIT, "text/html")
    if page.status in _GONE:
        return _gone(target.id)
    if page.status != 200:
        raise _refused(page, target.url)
    return {"exists": True, "title": title_of(page.text())}


def title_of(text: str) -> str:
    """The title that a page states: its `citation_title`, as publishers of papers write it, else its <title>."""
    lower = ascii_lower(text)
    at = lower.find('"citation_title"')
    if at >= 0:
        opening, closing = lower.rfind("<", 0, at), lower.find(">", at)
        start = lower.find('content="', max(opening, 0), closing)
        if start >= 0:
            return _words(html.unescape(text[start + 9 : text.find('"', start + 9)][:1_000]))
    start = lower.find("<title")
    start = lower.find(">", start) + 1 if start >= 0 else 0
    end = lower.find("</title", start) if start else -1
    return _words(html.unescape(text[start : min(end, start + 1_000)])) if end > 0 else ""


def _visible(value: Any) -> str:
    """The words of a piece of HTML."""
    return html.unescape(re.sub(r"<[^<>]{0,300}>", " ", value[:README_LIMIT])) if isinstance(value, str) else ""


_PLACES = {
    "github": _github,
    "gitlab": _gitlab,
    "codeberg": _codeberg,
    "hub": _hub,
    "arxiv": _arxiv,
    "doi": _doi,
    "zenodo": _zenodo,
    "page": _page,
}
