"""What `[tool.openness]` in pyproject.toml, or openness.toml, may say. The only module of this room that imports pydantic."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator

from openness.core.errors import PolicyError
from openness.core.events import PLAIN_WORDS
from openness.core.licence import TERMS
from openness.core.text import nearest

Text = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]+$")]
OnUnknown = Literal["fail", "warn", "ignore"]
LONGEST_EXCEPTION = 400
"""Days from today that an exception may last."""


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphens)


class Licences(_Strict):
    """SPDX identifiers, ids of the register, or classes such as `open-source`."""

    allow: list[Text] = []
    forbid: list[Text] = []


class Policy(_Strict):
    """Demands on a release. All that are given must hold."""

    rubric: Text = "retort"
    min_class: Text | None = None
    min_score: Annotated[int, Field(ge=0, le=100, strict=True)] | None = None
    gates: list[Text] = []
    licences: Licences = Licences()
    terms: dict[str, list[Text] | Text] = {}
    without: list[Text] = []
    lineage: Literal["compatible", "base-terms-apply"] | None = None

    @field_validator("terms", "without")
    @classmethod
    def _known(cls, names: Any) -> Any:
        for name in names:
            if name not in TERMS:
                near = nearest(name, TERMS)
                raise ValueError(f"no term is called {name!r}" + (f"; did you mean {near!r}?" if near else ""))
        return names


class WatchedRelease(_Strict):
    """A release that the project depends on; without a revision the newest, or the one in the lock."""

    id: Text
    revision: Text | None = None
    policy: Text | None = None


class Except(_Strict):
    """A violation that is taken note of, for a reason and until a day."""

    release: Text
    rule: Text
    reason: Annotated[str, StringConstraints(min_length=3, max_length=500, strip_whitespace=True)]
    until: datetime.date


class Config(_Strict):
    """A project's demands. With `discover`, the releases that its code names are checked as well, by the policy `policy`."""

    releases: list[WatchedRelease | Text] = []
    policy: Policy = Policy()
    policies: dict[str, Policy] = {}
    exceptions: list[Except] = []
    on_unknown: OnUnknown = "fail"
    lock: Text = "openness.lock"
    baseline: Text | None = None
    attestations: list[Text] = []
    rubrics: list[Text] = []
    discover: Annotated[bool, Field(strict=True)] = False

    def entries(self) -> list[WatchedRelease]:
        """The releases, each as a table."""
        return [WatchedRelease(id=each) if isinstance(each, str) else each for each in self.releases]

    def demands(self, entry: WatchedRelease) -> Policy:
        """The policy that a release falls under."""
        return self.policies[entry.policy] if entry.policy else self.policy


def check(data: Any, today: datetime.date, where: Any) -> Config:
    """The configuration, validated. `where` gives the place of a path as `file:line`. Raises `PolicyError`, a line a fault."""
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        faults = [_fault(item) for item in error.errors(include_url=False)[:20]]
    else:
        faults = _incoherent(config, today)
        if not faults:
            return config
    unique = dict.fromkeys(f"{where(path)}: {'.'.join(map(str, path))}: {message}" for path, message in faults)
    raise PolicyError("\n".join(unique), "openness init writes a sound one")


def _fault(item: Any) -> tuple[tuple[str | int, ...], str]:
    # the members of a union (a release is a word or a table) stand in pydantic's path and not in the file
    path = tuple(
        step
        for step in item["loc"]
        if not (isinstance(step, str) and step.startswith(("WatchedRelease", "constrained-str")))
    )
    message = PLAIN_WORDS.get(item["msg"], item["msg"].removeprefix("Value error, "))
    if item["type"] == "extra_forbidden":
        near = nearest(str(path[-1]), _KEYS)
        message += f"; did you mean {near!r}?" if near else ""
    return path, message


_KEYS = sorted(
    {_hyphens(name) for model in (Config, Policy, WatchedRelease, Except, Licences) for name in model.model_fields}
)


def _incoherent(config: Config, today: datetime.date) -> list[tuple[tuple[str | int, ...], str]]:
    found: list[tuple[tuple[str | int, ...], str]] = []
    seen: set[str] = set()
    for number, entry in enumerate(config.entries()):
        if entry.policy and entry.policy not in config.policies:
            found.append((("releases", number, "policy"), f"no policy is called {entry.policy!r}"))
        if entry.id in seen:
            found.append((("releases", number), f"{entry.id} is listed twice"))
        seen.add(entry.id)
    marks: set[tuple[str, str]] = set()
    for number, each in enumerate(config.exceptions):
        if each.release not in seen:
            found.append((("exceptions", number, "release"), f"{each.release} is not among the releases"))
        if (each.until - today).days > LONGEST_EXCEPTION:
            found.append((("exceptions", number, "until"), f"an exception lasts {LONGEST_EXCEPTION} days at most"))
        if (each.release, each.rule) in marks:
            found.append((("exceptions", number), "the same exception stands twice"))
        marks.add((each.release, each.rule))
    return found


def schema() -> dict[str, Any]:
    """The JSON Schema of the tables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:openness:policy",
    } | Config.model_json_schema()
