"""The fields of a card's front matter by the type that they should have; a value of another type is not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_NO_NAME = re.compile(r"(?:true|false|null|~|-?\d+(?:\.\d+)?)\Z", re.IGNORECASE)
"""What YAML reads as a truth, a number or nothing: the name of no licence, model or data set."""


class Metadata:
    """Typed access to front matter. A value of a wrong type is reported to `misread` and read as nothing."""

    __slots__ = ("_misread", "fields")

    def __init__(self, fields: Mapping[str, object], misread: Callable[[str], object]) -> None:
        self.fields = fields
        self._misread = misread

    def names(self, key: str) -> list[str]:
        """A name, or a list of names, as a list; [] where the field is not there."""
        value = self.fields.get(key)
        if value is None:
            return []
        items = value if isinstance(value, list) else [value]
        kept = [item for item in items if isinstance(item, str) and item and not is_no_name(item)]
        if len(kept) < sum(item is not None and item != "" for item in items):
            self._wrong(key, "a name or a list of names")
        return kept

    def text(self, key: str) -> str:
        """A text; '' where the field is not there."""
        value = self.fields.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self._wrong(key, "a text")
        return ""

    def items(self, key: str) -> list[object]:
        """A list of anything; [] where the field is not there."""
        value = self.fields.get(key)
        if value is None or isinstance(value, list):
            return value or []
        self._wrong(key, "a list")
        return []

    def mapping(self, key: str) -> Mapping[str, object]:
        """A mapping; {} where the field is not there."""
        value = self.fields.get(key)
        if value is None or isinstance(value, dict):
            return value or {}
        self._wrong(key, "a mapping")
        return {}

    def _wrong(self, key: str, kind: str) -> None:
        self._misread(f"the card's field {key} is not {kind}")


def is_no_name(value: str) -> bool:
    """Whether a value is a truth or a number, which names nothing."""
    return _NO_NAME.match(value.strip()) is not None
