"""How each kind of linked place is asked, and what its answer shows. Everything in an answer is taken as hostile.

A place that answers 404, 410 or 451 is gone: `Linked.exists` is False, which is a fact. A place that cannot be asked raises
`Unseen`. Where the place exists and its file list, README or licence text cannot be read, `Linked.missing` says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from openness.core.release import File, Gating, Linked, Reason, Unread
from openness.core.text import ascii_lower
from openness.sources.answer import read_info, strings
from openness.sources.connections import Unseen
from openness.sources.facts import FileList, malformed
from openness.sources.http import Web, WebPage
from openness.sources.repositories import codeberg, github, gitlab
from openness.sources.shown import (
    GONE,
    JSON,
    LIST_LIMIT,
    PAGE_LIMIT,
    README_LIMIT,
    bounded,
    content,
    file_list,
    gone,
    mapping,
    plain_path,
    present,
    refused,
    short_text,
)
from openness.sources.targets import Target

_SHA = r"[0-9a-f]{40}"


def ask(web: Web, target: Target) -> Linked:
    """What a target shows. Raises `Unseen`."""
    return _PLACES[target.place](web, target)


def _hub(web: Web, target: Target) -> Linked:
    """A data set or a model on the Hub that the user's endpoint names, asked without a token: what everybody sees."""
    fields = ("cardData", "disabled", "gated", "private", "sha", "siblings")
    query = "&".join(f"expand={field}" for field in fields)
    page = web.get(f"{web.endpoint}/api/{target.kind}s/{quote(target.id)}?{query}", LIST_LIMIT, JSON)
    if page.status in GONE or (page.status == 401 and _is_unknown_or_private(page)):
        return gone(target)
    if page.status >= 400:
        raise refused(page, target.id)
    answer = mapping(page.json())
    if not isinstance(answer.get("id"), str) or not re.fullmatch(_SHA, str(answer.get("sha"))):
        raise Unseen(Reason.MALFORMED, f"the Hub gives no id and revision for {target.id}")
    info = read_info(answer)
    plain = tuple(File(path, file.size) for file in info.files.files if (path := plain_path(file.path)))
    odd = Unread(Reason.MALFORMED, f"some paths of {target.id} cannot be read")
    listed = bounded(target, FileList(plain, odd if len(plain) < len(info.files.files) else info.files.unread))
    if info.disabled is True or info.private is True:
        return gone(target)
    at = f"{web.endpoint}/{'datasets/' if target.kind == 'dataset' else ''}{quote(info.id)}"
    there = present(
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
            card = content(web, f"{at}/resolve/{info.sha}/", "README.md", README_LIMIT)
        except Unseen as error:
            return replace(there, missing=error.missing)
        return replace(there, readme=card.text())
    return there


def _is_unknown_or_private(page: WebPage) -> bool:
    """Whether a 401 says that the repository is not there, or not there for everybody (`docs/design.md`, The Hub)."""
    headers = page.headers
    return (
        headers.get("x-error-code") == "RepoNotFound"
        or "invalid username" in headers.get("x-error-message", "").lower()
    )


def _licence(card: Mapping[str, object]) -> str | None:
    stated = strings(card.get("license"), 5)
    named = short_text(card.get("license_name"), 80)
    if stated in ((), ("other",)) and named:
        return named
    return stated[0][:80] if len(stated) == 1 else None


# ---- papers, records, pages


def _doi(web: Web, target: Target) -> Linked:
    """A DOI by the register's own API: the publisher's host, where the DOI leads, is not asked."""
    page = web.get(f"https://doi.org/api/handles/{quote(target.id)}", PAGE_LIMIT, JSON, follow=False)
    if page.status in GONE:
        return gone(target)
    code = mapping(page.json()).get("responseCode") if page.status == 200 else None
    if code not in (1, 2, 200):
        raise refused(page, target.id)
    return present(target, title="")


def _zenodo(web: Web, target: Target) -> Linked:
    page = web.get(f"https://zenodo.org/api/records/{target.id}", LIST_LIMIT, JSON)
    if page.status in GONE:
        return gone(target, f"record {target.id}")
    if page.status != 200:
        raise refused(page, f"record {target.id}")
    record = mapping(page.json())
    about = mapping(record.get("metadata"))
    sort = mapping(about.get("resource_type")).get("type")
    licence = about.get("license")
    listed = bounded(target, file_list(record.get("files"), "key", target))
    return present(
        target,
        kind={"software": "code", "publication": "paper"}.get(str(sort), "dataset"),
        title=short_text(about.get("title")),
        licence=short_text(mapping(licence).get("id") or licence, 80) or None,
        files=listed.files,
        files_at=f"{target.url}/files/",
        readme=_visible(about.get("description"))[:README_LIMIT],
        gated=Gating.NONE if about.get("access_right", "open") == "open" else Gating.MANUAL,
        missing=listed.unread,
    )


def _page(web: Web, target: Target) -> Linked:
    page = web.get(target.url, PAGE_LIMIT, "text/html")
    if page.status in GONE:
        return gone(target)
    if page.status != 200:
        raise refused(page, target.url)
    return present(target, title=title_of(page.text()))


def title_of(text: str) -> str:
    """The title that a page states: its `citation_title`, as publishers of papers write it, else its <title>."""
    from html import unescape

    lower = ascii_lower(text)
    at = lower.find('"citation_title"')
    if at >= 0:
        opening, closing = lower.rfind("<", 0, at), lower.find(">", at)
        start = lower.find('content="', max(opening, 0), closing)
        if start >= 0:
            return short_text(unescape(text[start + 9 : text.find('"', start + 9)][:1_000]))
    start = lower.find("<title")
    start = lower.find(">", start) + 1 if start >= 0 else 0
    end = lower.find("</title", start) if start else -1
    return short_text(unescape(text[start : min(end, start + 1_000)])) if end > 0 else ""


def _visible(value: Any) -> str:
    """The words of a piece of HTML."""
    from html import unescape

    return unescape(re.sub(r"<[^<>]{0,300}>", " ", value[:README_LIMIT])) if isinstance(value, str) else ""


_PLACES: Mapping[str, Callable[[Web, Target], Linked]] = {
    "github": github,
    "gitlab": gitlab,
    "codeberg": codeberg,
    "hub": _hub,
    "arxiv": _page,
    "doi": _doi,
    "zenodo": _zenodo,
    "page": _page,
}
