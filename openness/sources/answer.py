"""The Hub's answer about a repository, read field by field. Everything in it is taken as hostile.

A field of a wrong type is `Unread(MALFORMED)` with a sentence that names it; a field that is not there, or is null, is
`Unread(NOT_RECORDED)`. Of a list the entries that can be read are kept, and the list says that it is incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openness.core.release import File, Gating, Reason, Unread
from openness.core.text import is_text
from openness.sources.facts import NO_FILE_LIST, NO_GATING, BaseModels, Fields, FileList, HubInfo, Tags, absent

MAX_FILES = 100_000
MAX_PATH = 1_024
"""Longest path that is read, in characters."""
MAX_TAGS = 1_000
MAX_NAMES = 200
"""Most base models, or names in a field of a card, that are read."""
MAX_NAME = 500
"""Longest tag, id or name that is read, in characters."""


def read_info(answer: Mapping[str, object]) -> HubInfo:
    """The answer as a record. Raises ValueError where `id` is not text."""
    name, sha = answer.get("id"), answer.get("sha")
    if not isinstance(name, str):
        raise ValueError("the answer has no id")
    return HubInfo(
        name,
        sha if isinstance(sha, str) else None,
        _text(answer, "author"),
        _gating(answer),
        _flag(answer, "private"),
        _flag(answer, "disabled"),
        _metadata(answer),
        _tags(answer),
        _files(answer),
        _bases(answer),
        _text(answer, "createdAt"),
        _text(answer, "lastModified"),
    )


def strings(value: object, limit: int = MAX_NAMES) -> tuple[str, ...]:
    """A string or a list of strings as a tuple; anything else is left out."""
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values[:limit] if isinstance(item, str) and 0 < len(item) <= MAX_NAME)


def is_odd(value: object) -> bool:
    """Whether a field that should hold a name or a list of names holds something else (an absent field does not)."""
    return value is not None and len(strings(value)) != len(value if isinstance(value, list) else [value])


def _malformed(name: str, value: object, expected: str) -> Unread:
    return Unread(Reason.MALFORMED, f"the Hub's field {name} is {_shown(value)}, not {expected}")


def _shown(value: object) -> str:
    """A value in a sentence: a short one as it is, another as its kind."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    shown = repr(value)
    return shown if len(shown) <= 40 else "a long value"


def whole(path: str) -> str:
    """A path with half characters replaced, which JSON and file systems can spell: the file counts, and nobody can open it."""
    return path if is_text(path) else path.encode("utf-8", "replace").decode()


def _text(answer: Mapping[str, object], name: str) -> str | Unread:
    value = answer.get(name)
    if value is None:
        return absent(name)
    return value if isinstance(value, str) and len(value) <= MAX_NAME else _malformed(name, value, "a short text")


def _flag(answer: Mapping[str, object], name: str) -> bool | Unread:
    value = answer.get(name)
    if value is None:
        return absent(name)
    return value if isinstance(value, bool) else _malformed(name, value, "true or false")


def _gating(answer: Mapping[str, object]) -> Gating | Unread:
    value = answer.get("gated")
    if value is None:
        return NO_GATING
    if value is False:
        return Gating.NONE
    if value in ("auto", "manual"):
        return Gating(str(value))
    return _malformed("gated", value, "false, 'auto' or 'manual'")


def _metadata(answer: Mapping[str, object]) -> Fields | Unread:
    value = answer.get("cardData")
    if value is None:
        return absent("cardData")
    return value if isinstance(value, dict) else _malformed("cardData", value, "a mapping")


def _tags(answer: Mapping[str, object]) -> Tags:
    value = answer.get("tags")
    if value is None:
        return Tags(unread=absent("tags"))
    if not isinstance(value, list):
        return Tags(unread=_malformed("tags", value, "a list of texts"))
    return Tags(strings(value, MAX_TAGS), _incomplete("tags", value, MAX_TAGS, len(strings(value, MAX_TAGS))))


def _files(answer: Mapping[str, object]) -> FileList:
    value = answer.get("siblings")
    if value is None:
        return FileList(unread=NO_FILE_LIST)
    if not isinstance(value, list):
        return FileList(unread=_malformed("siblings", value, "a list of files"))
    files = [file for each in value[:MAX_FILES] if (file := _file(each))]
    unique = {file.path: file for file in files}
    why = _incomplete("siblings", value, MAX_FILES, len(files))
    return FileList(tuple(unique[path] for path in sorted(unique)), why)


def _file(entry: object) -> File | None:
    """A file of the list; its size is unknown (None) where it is not a number of bytes."""
    path = entry.get("rfilename") if isinstance(entry, dict) else None
    if not isinstance(path, str) or not 0 < len(path) <= MAX_PATH:
        return None
    size = entry.get("size") if isinstance(entry, dict) else None
    return File(whole(path), size if type(size) is int and size >= 0 else None)


def _bases(answer: Mapping[str, object]) -> BaseModels:
    value = answer.get("baseModels")
    if value is None:
        return BaseModels(unread=absent("baseModels"))
    models = value.get("models") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(models, list):
        return BaseModels(unread=_malformed("baseModels", value, "a relation and a list of models"))
    ids = strings([each.get("id") if isinstance(each, dict) else None for each in models])
    relation = value.get("relation")
    odd = None if relation is None or strings(relation) else _malformed("baseModels.relation", relation, "a text")
    named = relation if isinstance(relation, str) and len(relation) < 40 else None
    return BaseModels(ids, named, _incomplete("baseModels", models, MAX_NAMES, len(ids)) or odd)


def _incomplete(name: str, values: Sequence[object], limit: int, read: int) -> Unread | None:
    """Why a list of the answer is incomplete: entries that cannot be read, or more entries than are read."""
    if len(values) > limit:
        return Unread(
            Reason.TOO_LARGE, f"the Hub's field {name} has more than {limit} entries, and only those were read"
        )
    if len(values) > read:
        odd = len(values) - read
        return Unread(Reason.MALFORMED, f"{odd} of {len(values)} entries of the Hub's field {name} cannot be read")
    return None
