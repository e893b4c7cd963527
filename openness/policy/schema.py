"""Validates `[tool.openness]` in pyproject.toml, or openness.toml. In this room only this module imports pydantic."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator
from pydantic_core import ErrorDetails

from openness.core.errors import PolicyError
from openness.core.events import PLAIN_WORDS
from openness.core.licence import TERMS
from openness.core.text import nearest

Text = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f]+$")]
OnUnknown = Literal["fail", "warn", "ignore"]
Steps = tuple[str | int, ...]
"""The path of a value: keys, and places in lists counted from 0."""
LONGEST_EXCEPTION = 400
"""Days from today that an exception may last."""


Terms = TypeVar("Terms", dict[str, list[Text] | Text], list[Text])


def _hyphens(name: str) -> str:
    return name.replace("_", "-")


class PolicyModel(BaseModel):
    """A table of a project's file, with hyphens in its keys; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_hyphens)


class Licences(PolicyModel):
    """Licences by SPDX identifier or id of the register, or classes of licences such as `open-source`."""

    allow: list[Text] = []
    forbid: list[Text] = []


class Policy(PolicyModel):
    """Demands on a release. Every demand that is given must hold."""

    rubric: Text = "retort"
    min_class: Text | None = None
    min_score: Annotated[int, Field(ge=1, le=100, strict=True)] | None = None
    gates: list[Text] = []
    licences: Licences = Licences()
    terms: dict[str, list[Text] | Text] = {}
    without: list[Text] = []
    lineage: Literal["compatible", "base-terms-apply"] | None = None

    @field_validator("terms", "without")
    @classmethod
    def _known(cls, names: Terms) -> Terms:
        for name in names:
            if name not in TERMS:
                near = nearest(name, TERMS)
                raise ValueError(f"no term is called {name!r}" + (f"; did you mean {near!r}?" if near else ""))
        return names


class WatchedRelease(PolicyModel):
    """A release that the project depends on; without a revision, the one in the lock or else the newest."""

    id: Text
    revision: Text | None = None
    policy: Text | None = None


class Except(PolicyModel):
    """An exception: a violation that the project accepts, for a reason and until a day."""

    release: Text
    rule: Text
    reason: Annotated[str, StringConstraints(min_length=3, max_length=500, strip_whitespace=True)]
    until: datetime.date


class Config(PolicyModel):
    """A project's demands. With `discover`, the releases that its code names are checked by `policy` too."""

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
        """The policy that applies to a release."""
        return self.policies[entry.policy] if entry.policy else self.policy


def check(data: object, today: datetime.date, where: Callable[[Steps], str]) -> Config:
    """The validated configuration. `where` turns a path into `file:line`. Raises `PolicyError` with a line for each fault."""
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        faults = [_fault(item) for item in error.errors(include_url=False)[:20]]
    else:
        faults = _incoherent(config, today)
        if not faults:
            return config
    unique = dict.fromkeys(f"{where(path)}: {'.'.join(map(str, path))}: {message}" for path, message in faults)
    raise PolicyError("\n".join(unique), "`openness init` writes a valid one")


def _fault(item: ErrorDetails) -> tuple[Steps, str]:
    # pydantic's path also names the member of a union (a release is a word or a table), which the file does not
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


def _idle(config: Config) -> Iterator[tuple[Steps, str]]:
    """Faults of policies that demand nothing of anything: a gate that they keep would be green whatever happens."""
    entries = config.entries()
    used = {entry.policy for entry in entries} | ({None} if config.discover else set())
    tables: list[tuple[Steps, str | None, Policy]] = [
        (("policies", name), name, each) for name, each in config.policies.items()
    ]
    if "policy" in config.model_fields_set or None in used:
        tables.append((("policy",), None, config.policy))
    for at, name, policy in tables:
        for path in _empty(policy):
            yield (*at, *path), "an empty list demands nothing; leave it out"
        if (entries or config.discover) and name not in used:
            yield at, "no release uses this policy"
        elif name in used and not _demands(policy):
            yield at, "this policy demands nothing, so every release would pass"


def _empty(policy: Policy) -> Iterator[Steps]:
    """The keys that are written down with nothing in them."""
    for name, key in (("gates", "gates"), ("terms", "terms"), ("without", "without")):
        if name in policy.model_fields_set and not getattr(policy, name):
            yield (key,)
    if "licences" in policy.model_fields_set:
        written = policy.licences.model_fields_set
        yield from (("licences", name) for name in sorted(written) if not getattr(policy.licences, name))
        if not written:
            yield ("licences",)
    yield from (("terms", term) for term, values in policy.terms.items() if not values)


def _demands(policy: Policy) -> bool:
    return bool(
        policy.min_class
        or policy.min_score is not None
        or policy.gates
        or policy.licences.allow
        or policy.licences.forbid
        or policy.terms
        or policy.without
        or policy.lineage
    )


def _same_name(name: str) -> str:
    """The name of a release as the Hub tells names apart: without the address before it, in small letters."""
    return name.strip().lower().removeprefix("https://huggingface.co/").removeprefix("https://hf.co/").rstrip("/")


def _incoherent(config: Config, today: datetime.date) -> list[tuple[Steps, str]]:
    found: list[tuple[Steps, str]] = [*_idle(config)]
    seen: set[str] = set()
    names: set[str] = set()
    for number, entry in enumerate(config.entries()):
        if entry.policy and entry.policy not in config.policies:
            found.append((("releases", number, "policy"), f"no policy is called {entry.policy!r}"))
        if _same_name(entry.id) in names:
            found.append((("releases", number), f"{entry.id} is listed twice"))
        seen.add(entry.id)
        names.add(_same_name(entry.id))
    marks: set[tuple[str, str]] = set()
    for number, each in enumerate(config.exceptions):
        if each.release not in seen:
            found.append((("exceptions", number, "release"), f"{each.release} is not among the releases"))
        if (each.until - today).days > LONGEST_EXCEPTION:
            found.append((("exceptions", number, "until"), f"an exception lasts at most {LONGEST_EXCEPTION} days"))
        if (each.release, each.rule) in marks:
            found.append((("exceptions", number), "this exception is listed twice"))
        marks.add((each.release, each.rule))
    return found


def schema() -> dict[str, object]:
    """The JSON Schema of the project's tables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:openness:policy",
    } | Config.model_json_schema()
