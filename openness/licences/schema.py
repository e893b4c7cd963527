"""What a register entry must look like: strict, nothing extra, every term with its clause.

Used by tests and by whoever writes an entry (`python -m openness.licences.schema`), never at run time: importing
pydantic costs 150 ms.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from openness.core.licence import TERMS, LicenceClass
from openness.licences.build import HERE, REGISTER, RegisterError, read_yaml

QUOTE_WORDS = 25
"""Longest quote of a clause, in words (in characters times two for scripts without spaces)."""


def _known_term(key: str) -> str:
    if key not in TERMS:
        raise ValueError(f"no term is called {key!r}; there are {', '.join(TERMS)}")
    return key


Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")]
Key = Annotated[str, AfterValidator(_known_term), WithJsonSchema({"enum": list(TERMS)})]
VALUES = {
    "commercial-use": {"yes", "threshold", "no", "on-request", "unknown"},
    "field-of-use": {"yes", "no"},
    "research-only": {"yes", "no"},
    "redistribution": {"yes", "conditions", "no"},
    "adaptation": {"no"},
}
"""Terms whose value is one of a few words; the others say what the licence says in a short phrase of ours."""


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TermEntry(_Strict):
    """One term: what it is, and the clause it was read from."""

    value: Line
    section: str = ""
    line: Annotated[int, Field(ge=1)] | None = None
    quote: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _clause(self) -> TermEntry:
        if len(self.quote.split()) > QUOTE_WORDS or len(self.quote) > 260:
            raise ValueError(f"the quote has more than {QUOTE_WORDS} words")
        if not (self.quote and self.line) and not self.section:
            raise ValueError("a term needs the clause it was read from: line and quote, or a section elsewhere")
        return self


class TextEntry(_Strict):
    """A text that was read: where it stands, and the words that must be there when a similar text is said to be it."""

    slug: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    repo: Line
    path: Line
    commit: str = ""
    require: list[Line] = []


class Variant(_Strict):
    """Another identifier for the same text (`-or-later`)."""

    id: Line
    name: Line
    aliases: list[Line] = []


class Entry(_Strict):
    """One licence of the register."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, populate_by_name=True)

    id: Line
    name: Line
    spdx: Line | None = None
    publisher: Line | None = None
    version: Line | None = None
    kind: Literal["licence", "use-policy"] = "licence"
    class_: str = Field(alias="class")
    read: bool
    hub: list[Line] = []
    aliases: list[Line] = []
    url: str = ""
    urls: list[Line] = []
    members: list[Line] = []
    note: str = ""
    variants: list[Variant] = []
    texts: list[TextEntry] = []
    terms: dict[Key, TermEntry] = {}

    @model_validator(mode="after")
    def _coherent(self) -> Entry:
        if self.class_ not in set(LicenceClass) - {LicenceClass.NONE_STATED}:
            raise ValueError(f"there is no class {self.class_!r}")
        if not self.read and (self.terms or self.texts or self.class_ != LicenceClass.BESPOKE):
            raise ValueError("a licence whose text was not read has no terms and is bespoke-unclassified")
        if self.read and not self.members and (not self.texts or not self.terms):
            raise ValueError("a licence that was read names its text and its terms")
        for key, allowed in VALUES.items():
            if key in self.terms and self.terms[key].value not in allowed:
                raise ValueError(f"{key} is one of {', '.join(sorted(allowed))}, not {self.terms[key].value!r}")
        return self


def validate(path: Path) -> Entry:
    """One file of the register; the error names file, place and what is wrong."""
    try:
        return Entry.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "entry"
        raise RegisterError(f"{path.name}: {place}: {first['msg']}") from error


def validate_register() -> list[Entry]:
    """All files of the register."""
    return [validate(path) for path in sorted(REGISTER.glob("*.yaml"))]


def schema() -> dict[str, Any]:
    """The JSON Schema of a register entry."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Entry.model_json_schema(by_alias=True)}


if __name__ == "__main__":
    sys.stdout.write(f"{len(validate_register())} entries of {HERE.name} are well formed\n")
