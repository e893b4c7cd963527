"""Validates attestation files: unknown keys are refused, and every finding has a public source and a date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.errors import AttestationError
from openness.core.events import PLAIN_WORDS, Path, Place, located
from openness.core.text import QUOTE_LIMIT

Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]+$")]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Status = Literal["released", "partial", "described", "withheld", "silent", "not-applicable"]


class AttestationModel(BaseModel):
    """A part of an attestation file; unknown keys are refused."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Attested(AttestationModel):
    """A person's finding on one subject: its status, where that can be seen, and the day on which it was (ISO 8601)."""

    about: Line
    status: Status
    source: Annotated[str, StringConstraints(pattern=r"^https?://\S{3,1000}$")]
    seen: Day
    value: Line | None = None
    licence: Line | None = None
    quote: Annotated[str, StringConstraints(max_length=QUOTE_LIMIT)] = ""
    note: Annotated[str, StringConstraints(max_length=500)] = ""
    confidence: Literal["low", "medium", "high"] = "medium"
    expires: Day | None = None
    supersedes: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")] | None = None

    @model_validator(mode="after")
    def _coherent(self) -> Attested:
        aspect = ASPECTS.get(self.about)
        if aspect is None and self.about not in COMPONENTS:
            raise ValueError(f"no component or aspect is called {self.about!r}")
        allowed = aspect.values if aspect else ()
        if self.value and allowed and self.value not in allowed:
            raise ValueError(f"{self.about} is one of {', '.join(allowed)}, not {self.value!r}")
        if self.status == "withheld" and not (self.quote or self.note):
            raise ValueError("a withheld subject needs the publisher's words, as quote or note")
        for day in (self.seen, self.expires):
            if day:
                datetime.date.fromisoformat(day)
        return self


class AttestationFile(AttestationModel):
    """What a person found of one release; without a revision it applies to every revision."""

    release: Line
    revision: Line | None = None
    author: Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
    findings: Annotated[list[Attested], Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _once(self) -> AttestationFile:
        names = [each.about for each in self.findings]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"{twice} is attested twice; a file has one finding for each subject")
        return self


def check(data: object, places: Mapping[Path, Place], file: str) -> AttestationFile:
    """The validated file. Raises `AttestationError` with line and column of everything that is wrong."""
    try:
        return AttestationFile.model_validate(data)
    except ValidationError as error:
        found = [
            (tuple(item["loc"]), PLAIN_WORDS.get(item["msg"], item["msg"].removeprefix("Value error, ")))
            for item in error.errors(include_url=False)[:20]
        ]
        raise AttestationError(
            located(found, places, file, "file"), "`openness attest MODEL` writes a file to start from"
        ) from None


def schema() -> dict[str, object]:
    """The JSON Schema of attestation files."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **AttestationFile.model_json_schema()}
