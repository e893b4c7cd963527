"""How repositories of code are asked: GitHub, GitLab and Codeberg."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from openness.core.release import Linked, ReadText
from openness.sources.connections import Unseen
from openness.sources.facts import FileList
from openness.sources.http import Web, WebPage
from openness.sources.shown import (
    GONE,
    JSON,
    LICENCE_LIMIT,
    LIST_LIMIT,
    PAGE_LIMIT,
    README_LIMIT,
    bounded,
    content,
    file_list,
    gone,
    mapping,
    present,
    refused,
    short_text,
)
from openness.sources.targets import Target
from openness.sources.texts import licence_files

_REF = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}"


def github(web: Web, target: Target) -> Linked:
    """One request to the API for the whole tree (60 an hour are free), then README and licence from the raw files."""
    ref = target.ref or "HEAD"
    raw = f"https://raw.githubusercontent.com/{target.id}/{ref}/"
    there = present(target, files_at=f"https://github.com/{target.id}/blob/{ref}/", revision=target.ref or None)
    try:
        page = web.get(f"https://api.github.com/repos/{target.id}/git/trees/{ref}?recursive=1", LIST_LIMIT, JSON)
        if page.status in GONE:
            return gone(target)
        if page.status == 409:  # GitHub's answer for a repository without a commit
            return there
        if page.status >= 400:
            raise refused(page, target.id)
        answer = mapping(page.json())
    except Unseen as error:
        return _github_without_api(web, target, raw, replace(there, missing=error.missing))
    return _with_texts(web, raw, there, target, file_list(answer.get("tree"), "path", target), answer.get("truncated"))


def _github_without_api(web: Web, target: Target, raw: str, there: Linked) -> Linked:
    """What a repository shows whose file list cannot be asked for: its README and licence."""
    page = web.get(f"{raw}README.md", README_LIMIT)
    if page.status == 200:
        licence = web.get(f"{raw}LICENSE", LICENCE_LIMIT)
        return replace(there, readme=page.text(), licence_text=_as_text("LICENSE", licence))
    page = web.get(f"https://github.com/{target.id}", PAGE_LIMIT)
    if page.status in GONE:
        return gone(target)
    if page.status != 200:
        raise refused(page, target.id)
    return there


def gitlab(web: Web, target: Target) -> Linked:
    """The project, then the first 100 entries of its tree, then README and licence."""
    project = f"https://gitlab.com/api/v4/projects/{quote(target.id, safe='')}"
    page = web.get(f"{project}?license=true", PAGE_LIMIT, JSON)
    if page.status in GONE:
        return gone(target)
    if page.status != 200:
        raise refused(page, target.id)
    answer = mapping(page.json())
    ref = _branch(target, answer)
    there = present(
        target,
        licence=short_text(mapping(answer.get("license")).get("key"), 80) or None,
        files_at=f"https://gitlab.com/{target.id}/-/blob/{quote(ref)}/",
        revision=target.ref or None,
    )
    page = web.get(f"{project}/repository/tree?recursive=true&per_page=100&ref={quote(ref, safe='')}", LIST_LIMIT, JSON)
    if page.status in GONE:  # GitLab's answer for a repository without a commit
        return there
    if page.status != 200:
        return replace(there, missing=refused(page, f"the file list of {target.id}").missing)
    listed = file_list(page.json(), "path", target)
    raw = f"https://gitlab.com/{target.id}/-/raw/{quote(ref)}/"
    return _with_texts(web, raw, there, target, listed, bool(page.headers.get("x-next-page")))


def codeberg(web: Web, target: Target) -> Linked:
    """The repository, then its whole tree, then README and licence."""
    api = f"https://codeberg.org/api/v1/repos/{target.id}"
    page = web.get(api, PAGE_LIMIT, JSON)
    if page.status in GONE:
        return gone(target)
    if page.status != 200:
        raise refused(page, target.id)
    answer = mapping(page.json())
    ref = _branch(target, answer)
    view = f"commit/{ref}" if target.ref else f"branch/{quote(ref)}"
    there = present(target, files_at=f"https://codeberg.org/{target.id}/src/{view}/", revision=target.ref or None)
    if answer.get("empty") is True:
        return there
    page = web.get(f"{api}/git/trees/{quote(ref, safe='')}?recursive=true&per_page=1000", LIST_LIMIT, JSON)
    if page.status != 200:
        return replace(there, missing=refused(page, f"the file list of {target.id}").missing)
    tree = mapping(page.json())
    raw = f"https://codeberg.org/{target.id}/raw/{view}/"
    return _with_texts(web, raw, there, target, file_list(tree.get("tree"), "path", target), tree.get("truncated"))


def _branch(target: Target, answer: Mapping[str, Any]) -> str:
    named = answer.get("default_branch")
    is_safe = isinstance(named, str) and re.fullmatch(_REF, named) and ".." not in named
    return target.ref or (named if is_safe and isinstance(named, str) else "main")


def _with_texts(web: Web, raw: str, there: Linked, target: Target, listed: FileList, cut: object) -> Linked:
    """A repository's files, with its README and licence text."""
    own = bounded(target, listed, cut)
    readme, licences = _readme(listed.paths, target.folders), licence_files(listed.paths)
    there = replace(there, files=own.files, missing=own.unread)
    try:
        if readme:
            there = replace(there, readme=content(web, raw, readme, README_LIMIT).text())
        if licences:
            licence = content(web, raw, licences[0], LICENCE_LIMIT)
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


def _as_text(path: str, page: WebPage) -> ReadText | None:
    return ReadText(path, page.text(), page.truncated) if page.status == 200 else None
