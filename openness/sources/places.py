"""How each kind of linked place is asked, and what its answer shows. Everything in an answer is taken as hostile.

A place that answers 404, 410 or 451 is gone: `Linked.exists` is False, which is a fact. A place that cannot be asked raises
`Unseen`. Where the place exists and its file list, README or licence text cannot be read, `Linked.missing` says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from openness.core.release import File, Gating, Linked, ReadText, Reason, Unread
from openness.core.text import ascii_lower
from openness.sources.answer import MAX_PATH, read_info, strings
from openness.sources.connections import Unseen
from openness.sources.facts import FileList, malformed
from openness.sources.http import Web, WebPage
from openness.sources.targets import Target, within
from openness.sources.texts import licence_files

LIST_LIMIT = 16 << 20
README_LIMIT = 64 << 10
LICENCE_LIMIT = 128 << 10
PAGE_LIMIT = 256 << 10
"""Most bytes read of a list of files, a README, a licence text, and any other page (whose head holds the title)."""
MAX_LISTED = 10_000
"""Most files kept of one place."""

_GONE = frozenset({404, 410, 451})
_JSON = "application/json"
_REF = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}"
_SHA = r"[0-9a-f]{40}"


def ask(web: Web, target: Target) -> Linked:
    """What a target shows. Raises `Unseen`."""
    return _PLACES[target.place](web, target)


def _there(target: Target, **shown: Any) -> Linked:
    """A place that exists."""
    return replace(Linked(target.url, target.kind, exists=True, title=target.id), **shown)


def _gone(target: Target, title: str = "") -> Linked:
    return Linked(target.url, target.kind, exists=False, title=title or target.id)


def _refused(page: WebPage, what: str) -> Unseen:
    reason = Reason.GATED if page.status in (401, 403) else Reason.UNREACHABLE
    return Unseen(reason, f"{what} is not shown (HTTP {page.status})")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: Any, limit: int = 300) -> str:
    return " ".join(value.split())[:limit] if isinstance(value, str) else ""


# ---- repositories of code


def _github(web: Web, target: Target) -> Linked:
    """One request to the API for the whole tree (60 an hour are free), then README and licence from the raw files."""
    ref = target.ref or "HEAD"
    raw = f"https://raw.githubusercontent.com/{target.id}/{ref}/"
    there = _there(target, files_at=f"https://github.com/{target.id}/blob/{ref}/", revision=target.ref or None)
    try:
        page = web.get(f"https://api.github.com/repos/{target.id}/git/trees/{ref}?recursive=1", LIST_LIMIT, _JSON)
        if page.status in _GONE:
            return _gone(target)
        if page.status == 409:  # GitHub's answer for a repository without a commit
            return there
        if page.status >= 400:
            raise _refused(page, target.id)
        answer = _mapping(page.json())
    except Unseen as error:
        return _github_without_api(web, target, raw, replace(there, missing=error.missing))
    return _with_texts(web, raw, there, target, _listed(answer.get("tree"), "path", target), answer.get("truncated"))


def _github_without_api(web: Web, target: Target, raw: str, there: Linked) -> Linked:
    """What a repository shows whose file list cannot be asked for: its README and licence."""
    page = web.get(f"{raw}README.md", README_LIMIT)
    if page.status == 200:
        licence = web.get(f"{raw}LICENSE", LICENCE_LIMIT)
        return replace(there, readme=page.text(), licence_text=_as_text("LICENSE", licence))
    page = web.get(f"https://github.com/{target.id}", PAGE_LIMIT)
    if page.status in _GONE:
        return _gone(target)
    if page.status != 200:
        raise _refused(page, target.id)
    return there


def _gitlab(web: Web, target: Target) -> Linked:
    project = f"https://gitlab.com/api/v4/projects/{quote(target.id, safe='')}"
    page = web.get(f"{project}?license=true", PAGE_LIMIT, _JSON)
    if page.status in _GONE:
        return _gone(target)
    if page.status != 200:
        raise _refused(page, target.id)
    answer = _mapping(page.json())
    ref = _branch(target, answer)
    there = _there(
        target,
        licence=_words(_mapping(answer.get("license")).get("key"), 80) or None,
        files_at=f"https://gitlab.com/{target.id}/-/blob/{quote(ref)}/",
        revision=target.ref or None,
    )
    page = web.get(
        f"{project}/repository/tree?recursive=true&per_page=100&ref={quote(ref, safe='')}", LIST_LIMIT, _JSON
    )
    if page.status in _GONE:  # GitLab's answer for a repository without a commit
        return there
    if page.status != 200:
        return replace(there, missing=_refused(page, f"the file list of {target.id}").missing)
    listed = _listed(page.json(), "path", target)
    raw = f"https://gitlab.com/{target.id}/-/raw/{quote(ref)}/"
    return _with_texts(web, raw, there, target, listed, bool(page.headers.get("x-next-page")))


def _codeberg(web: Web, target: Target) -> Linked:
    api = f"https://codeberg.org/api/v1/repos/{target.id}"
    page = web.get(api, PAGE_LIMIT, _JSON)
    if page.status in _GONE:
        return _gone(target)
    if page.status != 200:
        raise _refused(page, target.id)
    answer = _mapping(page.json())
    ref = _branch(target, answer)
    view = f"commit/{ref}" if target.ref else f"branch/{quote(ref)}"
    there = _there(target, files_at=f"https://codeberg.org/{target.id}/src/{view}/", revision=target.ref or None)
    if answer.get("empty") is True:
        return there
    page = web.get(f"{api}/git/trees/{quote(ref, safe='')}?recursive=true&per_page=1000", LIST_LIMIT, _JSON)
    if page.status != 200:
        return replace(there, missing=_refused(page, f"the file list of {target.id}").missing)
    tree = _mapping(page.json())
    raw = f"https://codeberg.org/{target.id}/raw/{view}/"
    return _with_texts(web, raw, there, target, _listed(tree.get("tree"), "path", target), tree.get("truncated"))


def _branch(target: Target, answer: Mapping[str, Any]) -> str:
    named = answer.get("default_branch")
    is_safe = isinstance(named, str) and re.fullmatch(_REF, named) and ".." not in named
    return target.ref or (named if is_safe and isinstance(named, str) else "main")


def _listed(entries: Any, name: str, target: Target) -> FileList:
    """The files of a list, without folders; it is incomplete where an entry has no plain path."""
    if entries is None:
        return FileList(unread=Unread(Reason.NOT_RECORDED, f"{target.id} shows no file list"))
    if not isinstance(entries, list):
        return FileList(unread=Unread(Reason.MALFORMED, f"the file list of {target.id} is malformed"))
    found: dict[str, File] = {}
    odd = 0
    for entry in entries:
        path = entry.get(name) if isinstance(entry, dict) else None
        if isinstance(entry, dict) and entry.get("type") in ("tree", "commit"):
            continue
        plain = _plain(path)
        if plain is None:
            odd += 1
            continue
        length = entry.get("size")
        found[plain] = File(plain, length if type(length) is int and length >= 0 else None)
    why = f"{odd} of {len(entries)} entries of the file list of {target.id} cannot be read"
    return FileList(tuple(found[path] for path in sorted(found)), Unread(Reason.MALFORMED, why) if odd else None)


def _plain(path: object) -> str | None:
    """A path with characters replaced that cannot be printed (`Icon\\r`, of macOS); None for one that no repository has."""
    if not isinstance(path, str) or len(path) > MAX_PATH or any(step in ("", ".", "..") for step in path.split("/")):
        return None
    return path if path.isprintable() else "".join(each if each.isprintable() else "\ufffd" for each in path)


def _bounded(target: Target, listed: FileList, cut: object = False) -> FileList:
    """The files under the linked folders, as many as are kept; `cut` says that the answer was only a part of the list."""
    own = tuple(file for file in listed.files if within(file.path, target.folders))
    why = listed.unread
    if cut or len(own) > MAX_LISTED:
        why = Unread(Reason.TOO_LARGE, f"the file list of {target.id} is longer than is read")
    elif target.folders and not own and listed.files:
        why = Unread(Reason.NOT_RECORDED, f"the linked folder is not in {target.id} as it is now")
    return FileList(own[:MAX_LISTED], why)


def _with_texts(web: Web, raw: str, there: Linked, target: Target, listed: FileList, cut: object) -> Linked:
    """A repository's files, with its README and licence text."""
    own = _bounded(target, listed, cut)
    readme, licences = _readme(listed.paths, target.folders), licence_files(listed.paths)
    there = replace(there, files=own.files, missing=own.unread)
    try:
        if readme:
            there = replace(there, readme=_content(web, raw, readme, README_LIMIT).text())
        if licences:
            licence = _content(web, raw, licences[0], LICENCE_LIMIT)
            there = replace(there, licence_text=_as_text(licences[0], licence))
    except Unseen as error:
        return replace(there, missing=error.missing)
    return there


def _readme(paths: Iterable[str], folders: tuple[str, ...]) -> str:
    wanted = {f"{folder}/" for folder in folders} or {""}
    named = [
        path
        for path in paths
        if path.rsplit("/", 1)[-1].lower().startswith("readme") and path[: path.rfind("/") + 1] in wanted
    ]
    return min(named, key=lambda path: (not path.lower().endswith(".md"), path), default="")


def _content(web: Web, raw: str, path: str, limit: int) -> WebPage:
    """A file that the list names. Raises `Unseen` where it is not shown."""
    page = web.get(raw + quote(path), limit)
    if page.status != 200:
        raise _refused(page, path)
    return page


def _as_text(path: str, page: WebPage) -> ReadText | None:
    return ReadText(path, page.text(), page.truncated) if page.status == 200 else None


# ---- the Hub


def _hub(web: Web, target: Target) -> Linked:
    """A data set or a model on the Hub that the user's endpoint names, asked without a token: what everybody sees."""
    fields = ("cardData", "disabled", "gated", "private", "sha", "siblings")
    query = "&".join(f"expand={field}" for field in fields)
    page = web.get(f"{web.endpoint}/api/{target.kind}s/{quote(target.id)}?{query}", LIST_LIMIT, _JSON)
    if page.status in _GONE or (page.status == 401 and _is_unknown_or_private(page)):
        return _gone(target)
    if page.status >= 400:
        raise _refused(page, target.id)
    answer = _mapping(page.json())
    if not isinstance(answer.get("id"), str) or not re.fullmatch(_SHA, str(answer.get("sha"))):
        raise Unseen(Reason.MALFORMED, f"the Hub gives no id and revision for {target.id}")
    info = read_info(answer)
    plain = tuple(File(path, file.size) for file in info.files.files if (path := _plain(file.path)))
    odd = Unread(Reason.MALFORMED, f"some paths of {target.id} cannot be read")
    listed = _bounded(target, FileList(plain, odd if len(plain) < len(info.files.files) else info.files.unread))
    if info.disabled is True or info.private is True:
        return _gone(target)
    at = f"{web.endpoint}/{'datasets/' if target.kind == 'dataset' else ''}{quote(info.id)}"
    there = _there(
        target,
        title=info.id,
        licence=None if isinstance(info.metadata, Unread) else _licence(info.metadata),
        files=listed.files,
        files_at=f"{at}/blob/{info.sha}/",
        gated=None if isinstance(info.gated, Unread) else info.gated,
        revision=info.sha,
        missing=listed.unread or malformed(info.gated),
    )
    if target.kind == "dataset" and "README.md" in {file.path for file in there.files}:
        try:
            card = _content(web, f"{at}/resolve/{info.sha}/", "README.md", README_LIMIT)
        except Unseen as error:
            return replace(there, missing=error.missing)
        return replace(there, readme=card.text())
    return there


def _is_unknown_or_private(page: WebPage) -> bool:
    """Whether a 401 says that the repository is not there, or not there for everybody (`docs/design.md`, Hub)."""
    headers = page.headers
    return (
        headers.get("x-error-code") == "RepoNotFound"
        or "invalid username" in headers.get("x-error-message", "").lower()
    )


def _licence(card: Mapping[str, object]) -> str | None:
    stated = strings(card.get("license"), 5)
    named = _words(card.get("license_name"), 80)
    if stated in ((), ("other",)) and named:
        return named
    return stated[0][:80] if len(stated) == 1 else None


# ---- papers, records, pages


def _doi(web: Web, target: Target) -> Linked:
    """A DOI by the register's own API: the publisher's host, where the DOI leads, is not asked."""
    page = web.get(f"https://doi.org/api/handles/{quote(target.id)}", PAGE_LIMIT, _JSON, follow=False)
    if page.status in _GONE:
        return _gone(target)
    code = _mapping(page.json()).get("responseCode") if page.status == 200 else None
    if code not in (1, 2, 200):
        raise _refused(page, target.id)
    return _there(target, title="")


def _zenodo(web: Web, target: Target) -> Linked:
    page = web.get(f"https://zenodo.org/api/records/{target.id}", LIST_LIMIT, _JSON)
    if page.status in _GONE:
        return _gone(target, f"record {target.id}")
    if page.status != 200:
        raise _refused(page, f"record {target.id}")
    record = _mapping(page.json())
    about = _mapping(record.get("metadata"))
    sort = _mapping(about.get("resource_type")).get("type")
    licence = about.get("license")
    listed = _bounded(target, _listed(record.get("files"), "key", target))
    return _there(
        target,
        kind={"software": "code", "publication": "paper"}.get(str(sort), "dataset"),
        title=_words(about.get("title")),
        licence=_words(_mapping(licence).get("id") or licence, 80) or None,
        files=listed.files,
        files_at=f"{target.url}/files/",
        readme=_visible(about.get("description"))[:README_LIMIT],
        gated=Gating.NONE if about.get("access_right", "open") == "open" else Gating.MANUAL,
        missing=listed.unread,
    )


def _page(web: Web, target: Target) -> Linked:
    page = web.get(target.url, PAGE_LIMIT, "text/html")
    if page.status in _GONE:
        return _gone(target)
    if page.status != 200:
        raise _refused(page, target.url)
    return _there(target, title=title_of(page.text()))


def title_of(text: str) -> str:
    """The title that a page states: its `citation_title`, as publishers of papers write it, else its <title>."""
    from html import unescape

    lower = ascii_lower(text)
    at = lower.find('"citation_title"')
    if at >= 0:
        opening, closing = lower.rfind("<", 0, at), lower.find(">", at)
        start = lower.find('content="', max(opening, 0), closing)
        if start >= 0:
            return _words(unescape(text[start + 9 : text.find('"', start + 9)][:1_000]))
    start = lower.find("<title")
    start = lower.find(">", start) + 1 if start >= 0 else 0
    end = lower.find("</title", start) if start else -1
    return _words(unescape(text[start : min(end, start + 1_000)])) if end > 0 else ""


def _visible(value: Any) -> str:
    """The words of a piece of HTML."""
    from html import unescape

    return unescape(re.sub(r"<[^<>]{0,300}>", " ", value[:README_LIMIT])) if isinstance(value, str) else ""


_PLACES: Mapping[str, Callable[[Web, Target], Linked]] = {
    "github": _github,
    "gitlab": _gitlab,
    "codeberg": _codeberg,
    "hub": _hub,
    "arxiv": _page,
    "doi": _doi,
    "zenodo": _zenodo,
    "page": _page,
}
