"""What a user types for a release, read as an id and a revision."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote, urlsplit

from openness.core.errors import UsageError
from openness.core.hosts import HUB, HUB_HOSTS
from openness.core.record import record

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
_REVISION = r"[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}"
_SHA = r"[0-9a-f]{40}"
_OTHER_KINDS = frozenset({"datasets", "spaces", "collections", "papers", "docs", "blog"})
_VIEWS = frozenset({"tree", "blob", "resolve", "raw", "commit", "blame", "edit"})

FORMS = "write org/name, org/name@revision, the address of its page on the Hub, or ./folder"


@record(frozen=True, slots=True)
class Reference:
    """A release as asked for: `id` (`org/name` or a name without an organisation) and revision, None for the newest."""

    asked: str
    id: str
    revision: str | None = None

    @property
    def pinned(self) -> bool:
        """Whether the revision is a full commit sha, so that its facts can never change."""
        return bool(self.revision and re.fullmatch(_SHA, self.revision))


def endpoint() -> str:
    """Address of the Hub, from HF_ENDPOINT as the client reads it."""
    return (os.environ.get("HF_ENDPOINT") or f"https://{HUB}").rstrip("/")


def names_folder(asked: str) -> bool:
    """Whether the user means a folder: the words begin with ./ ../ / or ~/, end with /, or are one of . .. ~."""
    return (
        asked in (".", "..", "~")
        or asked.startswith(("./", "../", "/", "~/"))
        or (asked.endswith("/") and "://" not in asked)
    )


def parse_reference(asked: str) -> Reference:
    """Read `org/name`, `org/name@revision`, a legacy `name`, or a Hub page's address (`/tree/`, `/blob/` too).

    Raises `UsageError` for anything that cannot be a model's name by the rules of the Hub's own client
    (https://huggingface.co/docs/huggingface_hub, `validate_repo_id`).
    """
    text = asked.strip()
    if not text:
        raise UsageError("the name of the release is empty", FORMS)
    if "://" in text or text.startswith(tuple(f"{host}/" for host in HUB_HOSTS)):
        return _from_address(asked, text)
    name, at, revision = text.partition("@")
    if at and not revision:
        raise UsageError(f"{_shown(asked)} ends in @ without a revision", FORMS)
    return Reference(asked, _checked_id(name, asked), _checked_revision(revision, asked) if at else None)


def _from_address(asked: str, text: str) -> Reference:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        own = urlsplit(endpoint()).netloc
        host = parts.netloc
    except ValueError:
        raise UsageError(f"{_shown(asked)} is not an address", FORMS) from None
    if parts.scheme not in ("http", "https") or host not in (HUB_HOSTS | {own}):
        raise UsageError(f"{_shown(asked)} is not on the Hub", FORMS)
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if not steps:
        raise UsageError(f"{_shown(asked)} names no release", FORMS)
    if steps[0] in _OTHER_KINDS:
        raise UsageError(f"{_shown(asked)} is the address of {steps[0]}, not of a model", FORMS)
    if steps[0] == "models" and len(steps) > 1:
        steps = steps[1:]
    view = next((i for i, step in enumerate(steps[1:3], 1) if step in _VIEWS), None)
    names = steps[:view] if view else steps[:2]
    revision = None
    if view and len(steps) > view + 1:
        rest = steps[view + 1 :]
        revision = "/".join(rest[:3]) if rest[:2] == ["refs", "pr"] else rest[0]
    return Reference(
        asked, _checked_id("/".join(names), asked), _checked_revision(revision, asked) if revision else None
    )


def _checked_id(name: str, asked: str) -> str:
    names = name.split("/")
    good = len(names) <= 2 and len(name) <= 193 and all(re.fullmatch(_NAME, part) for part in names)
    if not good or "--" in name or ".." in name or name.endswith(".git"):
        raise UsageError(f"{_shown(asked)} is not a model name", FORMS)
    return name


def _checked_revision(revision: str, asked: str) -> str:
    if not re.fullmatch(_REVISION, revision) or ".." in revision or "//" in revision:
        raise UsageError(f"the revision in {_shown(asked)} cannot be a branch, tag or commit", FORMS)
    return revision


def _shown(asked: str) -> str:
    return repr(asked if len(asked) <= 80 else asked[:77] + "...")
