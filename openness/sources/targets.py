"""Which of a card's links are followed, and where each leads. Nothing is asked here.

Each address is taken apart, and the address that is asked is built from the checked parts. Nothing that a card hides in an
address (a user, a port, a fragment, a step up) reaches the network.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from openness.core.hosts import FOLLOWED_HOSTS, HUB, SAME_HOSTS
from openness.core.record import record
from openness.core.release import Release
from openness.core.text import is_text
from openness.sources.reference import endpoint

MAX_TARGETS = 24
"""Most places followed for one release."""

_STEP = {"code": 1, "dataset": 1, "paper": 2, "model": 4, "page": 6}
"""How many places another place of the same kind counts for, so that no kind starves the others: smaller is sooner."""

_NAME = r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}"
_REF = r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_ARXIV = r"(\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[A-Z]{2})?/\d{7})(?:v\d{1,2})?(?:\.pdf)?"
_DOI = r"10\.\d{4,9}/[^\s?#%\\]{1,150}"
_SHA = r"[0-9a-f]{40}"
_IMAGES = (".png", ".svg", ".jpg", ".gif")
_TEMPLATE = frozenset({"1910.09700"})
"""The paper of the CO2 calculator, which the Hub's card template cites and its tags repeat. It describes no model."""

_GITHUB_PAGES = frozenset(
    {
        "about",
        "apps",
        "collections",
        "features",
        "login",
        "marketplace",
        "orgs",
        "search",
        "settings",
        "sponsors",
        "topics",
    }
)
_HUB_PAGES = frozenset(
    {
        "api",
        "blog",
        "chat",
        "collections",
        "docs",
        "join",
        "learn",
        "login",
        "metrics",
        "models",
        "organizations",
        "posts",
    }
    | {"pricing", "settings", "spaces", "tasks", "terms-of-service"}
)
_HUB_VIEWS = frozenset({"tree", "blob", "resolve", "raw", "viewer", "discussions", "commits", "commit", "settings"})


@record(frozen=True, slots=True)
class Target:
    """A place to follow: its kind, who is asked (`place`), its id there, and the links of the card that lead to it."""

    kind: str
    place: str
    id: str
    url: str
    ref: str = ""
    folders: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    line: int | None = None


def choose(release: Release) -> tuple[list[Target], int]:
    """The places to follow, the most telling first, and the number of places beyond the limit."""
    found: dict[tuple[str, str], Target] = {}
    for target in _candidates(release):
        key = (target.kind, target.url.lower())
        known = found.get(key)
        found[key] = _joined(known, target) if known else target
    count: dict[str, int] = {}
    ranked = []
    for order, target in enumerate(found.values()):
        nth = count[target.kind] = count.get(target.kind, 0) + 1
        ranked.append((nth * _STEP[target.kind], order, target))
    ranked.sort(key=lambda item: item[:2])
    return [target for *_, target in ranked[:MAX_TARGETS]], max(0, len(ranked) - MAX_TARGETS)


def _joined(known: Target, again: Target) -> Target:
    """One place that is linked twice; a link to all of it outweighs links to its folders."""
    folders = (*known.folders, *again.folders) if known.folders and again.folders else ()
    links = tuple(dict.fromkeys((*known.links, *again.links)))
    return replace(known, folders=tuple(dict.fromkeys(folders)), links=links, line=known.line or again.line)


def _candidates(release: Release) -> Iterator[Target]:
    named = release.metadata.get("datasets")
    for name in named[:100] if isinstance(named, list) else [named]:
        if isinstance(name, str) and (target := _hub("dataset", name.strip().split("/"))):
            yield replace(target, links=(name,))
    own = release.id.lower()
    for link in release.card.links if release.card else ():
        target = target_of(link.url)
        if target and not (target.kind == "model" and target.id.lower() == own):
            yield replace(target, links=(link.url,), line=link.line)
    for tag in release.tags:
        if tag.startswith("arxiv:") and (target := _arxiv(tag.removeprefix("arxiv:"))):
            yield replace(target, links=(tag,))


def target_of(address: str) -> Target | None:
    """The place that an address leads to; None for one that is not followed (an image, a host that is not on the list)."""
    try:
        hub = urlsplit(endpoint())
        parts = urlsplit(address.replace("&amp;", "&"))
        host, port = (parts.hostname or "").lower().removeprefix("www."), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or "\\" in address or not is_text(address):
        return None
    if parts.path.lower().endswith(_IMAGES):
        return None
    if parts.netloc.lower() == hub.netloc.lower():
        host = HUB
    elif port not in (None, 80, 443):
        return None
    host = SAME_HOSTS.get(host, host)
    reader = _READERS.get(host)
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if reader is None or any(step in (".", "..") or "/" in step or "\x00" in step for step in steps):
        return None
    return reader(steps, parts)


def _github(steps: list[str], parts: SplitResult) -> Target | None:
    if len(steps) < 2 or steps[0].lower() in _GITHUB_PAGES:
        return _page(steps, parts)
    rest = steps[2:]
    viewed = rest[0] if rest and rest[0] in ("tree", "blob", "raw") else ""
    return _repository("github", "github.com", steps[:2], rest[1:] if viewed else [], viewed != "tree")


def _raw_github(steps: list[str], parts: SplitResult) -> Target | None:
    return _repository("github", "github.com", steps[:2], steps[2:], True) if len(steps) >= 2 else None


def _gitlab(steps: list[str], parts: SplitResult) -> Target | None:
    cut = steps.index("-") if "-" in steps else len(steps)
    names, rest = steps[:cut], steps[cut + 1 :]
    if len(names) < 2:
        return _page(steps, parts)
    viewed = rest[0] if rest and rest[0] in ("tree", "blob", "raw") else ""
    return _repository("gitlab", "gitlab.com", names, rest[1:] if viewed else [], viewed != "tree")


def _codeberg(steps: list[str], parts: SplitResult) -> Target | None:
    if len(steps) < 2:
        return _page(steps, parts)
    viewed = len(steps) > 4 and steps[2] in ("src", "raw")
    return _repository("codeberg", "codeberg.org", steps[:2], steps[4:] if viewed else [], steps[2:3] == ["raw"])


def _repository(place: str, host: str, names: list[str], view: list[str], is_file: bool) -> Target | None:
    """A repository; `view` is the revision and the path behind /tree/ or /blob/."""
    names = [*names[:-1], names[-1].removesuffix(".git")]
    if not all(re.fullmatch(_NAME, name) for name in names) or len(names) > 8:
        return None
    ref = view[0] if view and re.fullmatch(_SHA, view[0]) else ""
    folder = "/".join(view[1:-1] if is_file else view[1:])
    name = "/".join(names)
    url = f"https://{host}/{name}" + (f"/tree/{ref}" if ref else "")
    return Target("code", place, name, url, ref, (folder,) if folder else ())


def _hub_page(steps: list[str], parts: SplitResult) -> Target | None:
    first = steps[0] if steps else ""
    if first == "papers":
        return _arxiv(steps[1]) if len(steps) > 1 else None
    if first == "datasets":
        return _hub("dataset", steps[1:])
    if first in _HUB_PAGES or len(steps) < 2:
        return _page(steps, parts) if first not in ("docs", "settings", "login", "join", "api") else None
    return _hub("model", steps)


def _hub(kind: str, steps: list[str]) -> Target | None:
    view = next((i for i, step in enumerate(steps[:3]) if step in _HUB_VIEWS), len(steps))
    names = steps[: min(view, 2)]
    if not names or not all(re.fullmatch(_REF, name) for name in names) or (kind == "model" and len(names) < 2):
        return None
    name = "/".join(names)
    return Target(kind, "hub", name, f"https://huggingface.co/{'datasets/' if kind == 'dataset' else ''}{name}")


def _arxiv_page(steps: list[str], parts: SplitResult) -> Target | None:
    return _arxiv("/".join(steps[1:])) if steps and steps[0] in ("abs", "pdf", "html") else None


def _arxiv(name: str) -> Target | None:
    match = re.fullmatch(_ARXIV, name)
    if not match or match[1] in _TEMPLATE:
        return None
    return Target("paper", "arxiv", match[1], f"https://arxiv.org/abs/{match[1]}")


def _doi(steps: list[str], parts: SplitResult) -> Target | None:
    doi = "/".join(steps)
    lower = doi.lower()
    if lower.startswith("10.48550/arxiv."):
        return _arxiv(doi[15:])
    if lower.startswith("10.5281/zenodo."):
        return _zenodo(["records", lower[15:]], parts)
    return Target("paper", "doi", doi, f"https://doi.org/{quote(doi)}") if re.fullmatch(_DOI, doi) else None


def _zenodo(steps: list[str], parts: SplitResult) -> Target | None:
    record = steps[1] if len(steps) > 1 and steps[0] in ("record", "records") else ""
    if not re.fullmatch(r"[0-9]{1,12}", record):
        return None
    return Target("dataset", "zenodo", record, f"https://zenodo.org/records/{record}")


def _acl(steps: list[str], parts: SplitResult) -> Target | None:
    paper = steps[0].removesuffix(".pdf") if steps else ""
    return Target("paper", "page", paper, f"https://aclanthology.org/{paper}/") if re.fullmatch(_REF, paper) else None


def _openreview(steps: list[str], parts: SplitResult) -> Target | None:
    name = parse_qs(parts.query, max_num_fields=20).get("id", [""])[0] if len(parts.query) < 500 else ""
    if steps[:1] not in (["forum"], ["pdf"]) or not re.fullmatch(r"[A-Za-z0-9_-]{1,60}", name):
        return None
    return Target("paper", "page", name, f"https://openreview.net/forum?id={name}")


def _page(steps: list[str], parts: SplitResult) -> Target | None:
    """A page of an allow-listed host; its address is built from the path alone."""
    host = (parts.hostname or "").lower().removeprefix("www.")
    host = SAME_HOSTS.get(host, host)
    path = "/".join(quote(step) for step in steps)
    return (
        Target("page", "page", path, f"https://{host}/{path}")
        if path and host in FOLLOWED_HOSTS and len(path) < 400
        else None
    )


_READERS = {
    "github.com": _github,
    "raw.githubusercontent.com": _raw_github,
    "gitlab.com": _gitlab,
    "codeberg.org": _codeberg,
    HUB: _hub_page,
    "arxiv.org": _arxiv_page,
    "doi.org": _doi,
    "zenodo.org": _zenodo,
    "aclanthology.org": _acl,
    "openreview.net": _openreview,
}


def within(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is in one of the folders; every path is where no folder is named."""
    wanted = tuple(folders)
    return not wanted or any(path == folder or path.startswith(f"{folder}/") for folder in wanted)
