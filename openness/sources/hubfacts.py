"""A Hub-shaped answer and the texts beside it, turned into a `Release`. Everything in them is taken as hostile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from openness.core.release import Card, File, Gating, Need, ReadText, Reason, Unread
from openness.core.text import is_text
from openness.sources.cards import Metadata, read_card

MAX_FILES = 100_000
MAX_LICENCE_FILES = 12
MAX_PATH = 1_024

_LICENCE_NAME = re.compile(
    r"(?:licen[cs]e|copying|notice|use[_-]?policy|acceptable[_-]use|usage[_-]policy)|.{0,80}licen[cs]e", re.IGNORECASE
)
_READABLE_SUFFIXES = frozenset({"", "txt", "md", "rst", "markdown"})
_OTHER_SUFFIXES = frozenset(
    {
        "py",
        "json",
        "yaml",
        "yml",
        "csv",
        "png",
        "jpg",
        "svg",
        "pdf",
        "docx",
        "doc",
        "html",
        "bin",
        "safetensors",
        "pt",
        "gguf",
    }
)


def is_licence_name(path: str) -> bool:
    """Whether a file's name says that it holds terms (a PDF's too)."""
    name = path.rsplit("/", 1)[-1]
    return (
        len(name) <= 120
        and _LICENCE_NAME.match(name) is not None
        and (_suffix(name) not in _OTHER_SUFFIXES or _suffix(name) in ("pdf", "docx", "doc", "html"))
    )


def licence_files(paths: Sequence[str]) -> list[str]:
    """The licence-like files worth reading: text by their name, at most one folder deep, the root's first."""
    found = [
        path
        for path in paths
        if path.count("/") <= 1 and is_licence_name(path) and _suffix(path.rsplit("/", 1)[-1]) not in _OTHER_SUFFIXES
    ]
    return sorted(found, key=lambda path: (path.count("/"), path))[:MAX_LICENCE_FILES]


def card_path(paths: Sequence[str]) -> str | None:
    """The model card among the files: README.md at the root in any case."""
    named = [path for path in paths if path.lower() == "readme.md"]
    return "README.md" if "README.md" in named else (named[0] if named else None)


def _suffix(name: str) -> str:
    head, dot, tail = name.rpartition(".")
    if not dot or not head:
        return ""
    tail = tail.lower()
    return tail if tail in _READABLE_SUFFIXES or tail in _OTHER_SUFFIXES else ""


def file_list(info: Mapping[str, Any]) -> tuple[File, ...] | Unread:
    """The repository's files, sorted, or why they are not known."""
    siblings = info.get("siblings")
    if not isinstance(siblings, list):
        return Unread(Reason.NOT_RECORDED, "the answer holds no file list")
    if len(siblings) > MAX_FILES:
        return Unread(Reason.TOO_LARGE, f"the repository has more than {MAX_FILES} files")
    files = {}
    for sibling in siblings:
        path = sibling.get("rfilename") if isinstance(sibling, dict) else None
        if isinstance(path, str) and 0 < len(path) <= MAX_PATH and is_text(path):
            size = sibling.get("size")
            files[path] = File(path, size if isinstance(size, int) and size >= 0 else None)
    return tuple(files[path] for path in sorted(files))


def gating(info: Mapping[str, Any]) -> Gating | None:
    """The `gated` field; None where it is absent or no value that is known (absent is unknown, not false)."""
    return {"auto": Gating.AUTO, "manual": Gating.MANUAL, False: Gating.NONE}.get(_hashable(info.get("gated")))


def _hashable(value: object) -> Any:
    return value if isinstance(value, (str, bool)) else None


def flag(info: Mapping[str, Any], key: str) -> bool | None:
    """A boolean field, None where it is absent or of another type."""
    value = info.get(key)
    return value if isinstance(value, bool) else None


def strings(value: object, limit: int = 200) -> tuple[str, ...]:
    """A string or a list of strings as a tuple; anything else is left out."""
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values[:limit] if isinstance(item, str) and 0 < len(item) <= 500)


def base_models(info: Mapping[str, Any], metadata: Mapping[str, object]) -> tuple[tuple[str, ...], str | None]:
    """Ids of the base models and the relation, from the Hub's `baseModels`, else from the card's front matter."""
    relation = metadata.get("base_model_relation")
    named = info.get("baseModels")
    if isinstance(named, dict):
        models = named.get("models")
        ids = [model.get("id") for model in models if isinstance(model, dict)] if isinstance(models, list) else []
        relation = named.get("relation") or relation
        found = strings(ids)
    else:
        found = strings(metadata.get("base_model"))
    return found, relation if isinstance(relation, str) and len(relation) < 40 else None


def card_facts(
    info: Mapping[str, Any], text: ReadText | Unread | None, front: Metadata | Unread | None = None
) -> tuple[Card | None, Mapping[str, object], dict[Need, Unread], str | None]:
    """Card, metadata, unmet needs and a notice, from the Hub's parsed `cardData` and the card's text.

    The text's own front matter is preferred, read without YAML's guesses; the Hub's reading stands in where the text could
    not be seen or is malformed. `front` is what reading the front matter gave before.
    """
    recorded = info.get("cardData")
    metadata: Mapping[str, object] = recorded if isinstance(recorded, dict) else {}
    if isinstance(text, Unread):
        missing = {Need.CARD: text}
        if not isinstance(recorded, dict):
            missing[Need.CARD_METADATA] = text
        return None, metadata, missing, None
    if text is None:
        return None, metadata, {}, None
    card, own = read_card(text.path, text.text, text.truncated, front)
    if isinstance(own, Unread):
        notice = f"The card's metadata are malformed ({own.detail})."
        return card, metadata, {} if metadata else {Need.CARD_METADATA: own}, notice
    return card, own or metadata, {}, None


def decode(raw: bytes) -> tuple[str, str]:
    """Text of a file, and a notice where it is no UTF-8 ('' otherwise)."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace"), "is UTF-16, not UTF-8"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        if error.start >= len(raw) - 4:  # the head of a larger file may end within a character
            return raw[: error.start].decode("utf-8-sig", "replace"), ""
        return raw.decode("utf-8-sig", "replace"), "is not UTF-8; unreadable bytes are shown as \ufffd"
