"""What people write in the register: the shape of an entry, of `classes.yaml` and of `operative.yaml`.

The models are strict: nothing extra, and every term with its clause. `checks` holds what one entry says against the others.
A score never imports this module, because pydantic takes 150 ms.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

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

from openness.core.events import PLAIN_WORDS
from openness.core.licence import TERMS, LicenceClass
from openness.licences.files import Problem, SourceFile

QUOTE_WORDS, QUOTE_CHARACTERS = 25, 260
"""Longest quote of a clause, in words and (for scripts without spaces) in characters."""

CLASSES = tuple(each for each in LicenceClass if each is not LicenceClass.NONE_STATED)
"""Classes that an entry may have."""


def _known_term(key: str) -> str:
    if key not in TERMS:
        raise ValueError(f"{key!r} is not a term; allowed: {', '.join(TERMS)}")
    return key


def _known_class(name: str) -> str:
    if name not in CLASSES:
        raise ValueError(f"{name!r} is not a class; allowed: {', '.join(CLASSES)}")
    return name


def _short_enough(quote: str) -> str:
    if len(quote.split()) > QUOTE_WORDS or len(quote) > QUOTE_CHARACTERS:
        raise ValueError(f"longer than a quote may be: {QUOTE_WORDS} words, {QUOTE_CHARACTERS} characters")
    return quote


Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f]+$")]
TermKey = Annotated[str, AfterValidator(_known_term), WithJsonSchema({"enum": list(TERMS)})]
ClassName = Annotated[str, AfterValidator(_known_class), WithJsonSchema({"enum": list(CLASSES)})]
Quote = Annotated[str, AfterValidator(_short_enough)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\sA-Z]+$")]


class RegisterModel(BaseModel):
    """The base of all models of the register: strict types, no further keys, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TermEntry(RegisterModel):
    """One term: its value, and the clause it was read from."""

    value: Line
    section: str = ""
    line: Annotated[int, Field(ge=1)] | None = None
    quote: Quote = ""
    note: str = ""

    @model_validator(mode="after")
    def _clause(self) -> TermEntry:
        if not (self.quote and self.line) and not self.section:
            raise ValueError("no clause; a term needs `line` and `quote`, or a `section` of another document")
        return self


class TextEntry(RegisterModel):
    """A text that was read: where it stands, and words that a similar text must have to be identified as it."""

    slug: Line
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    repo: Line
    path: Line
    commit: str = ""
    require: list[Line] = []


class Variant(RegisterModel):
    """Another identifier for the same text (`-or-later`)."""

    id: Line
    name: Line
    aliases: list[Line] = []


class RegisterEntry(RegisterModel):
    """One licence of the register."""

    id: Line
    name: Line
    spdx: Line | None = None
    publisher: Line | None = None
    version: Line | None = None
    kind: Literal["licence", "use-policy"] = "licence"
    licence_class: ClassName = Field(alias="class")
    read: bool
    hub: list[Line] = []
    aliases: list[Line] = []
    url: str = ""
    urls: list[Line] = []
    members: list[Line] = []
    note: str = ""
    variants: list[Variant] = []
    texts: list[TextEntry] = []
    terms: dict[TermKey, TermEntry] = {}


class ClassEntry(RegisterModel):
    """A class of licences: its name for users, and the rule by which a licence gets it."""

    id: LicenceClass = Field(strict=False)
    name: Line
    rule: Annotated[str, StringConstraints(min_length=40)]


class ClassList(RegisterModel):
    """`classes.yaml`."""

    classes: list[ClassEntry]


class OperativeWords(RegisterModel):
    """`operative.yaml`: words that can change what a licence allows, and those of them that a heading may hold."""

    operative: Annotated[list[Word], Field(min_length=1)]
    weak: list[Word]


Model = TypeVar("Model", bound=RegisterModel)


def parsed(file: SourceFile, model: type[Model]) -> tuple[Model | None, list[Problem]]:
    """The file's data as a model, or None and every problem of their shape."""
    try:
        return model.model_validate(file.data), []
    except ValidationError as error:
        return None, [_problem(each["loc"], each["type"], each["msg"], model) for each in error.errors()]


def _problem(place: tuple[int | str, ...], kind: str, message: str, model: type[RegisterModel]) -> Problem:
    keys = tuple(each for each in place if each != "[key]")
    if kind == "extra_forbidden":
        return keys, f"this key is not known; allowed: {', '.join(_allowed(model, keys[:-1]))}"
    if kind == "model_type":
        return keys, "must be a mapping of keys to values"
    return keys, PLAIN_WORDS.get(message, message.removeprefix("Value error, "))


def _allowed(model: type[RegisterModel], keys: tuple[int | str, ...]) -> list[str]:
    """The keys that the mapping at a path may have."""
    inner: dict[str, type[RegisterModel]] = {
        "terms": TermEntry,
        "texts": TextEntry,
        "variants": Variant,
        "classes": ClassEntry,
    }
    at = inner[str(keys[0])] if keys else model
    return [field.alias or name for name, field in at.model_fields.items()]


def schema() -> dict[str, Any]:
    """The JSON Schema of a register entry."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **RegisterEntry.model_json_schema(by_alias=True)}
