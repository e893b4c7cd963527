"""`openness.lock`: which revisions a project looked at and what was concluded, to tell what has become worse since."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openness.core.comparison import way
from openness.core.errors import PolicyError
from openness.core.finding import Finding
from openness.core.questions import in_force
from openness.core.record import record
from openness.core.scorecard import Scorecard

VERSION = 1
HEAD = "# Written by `openness lock`. `openness check` fails if a release has become worse since.\n"


@record(frozen=True, slots=True)
class Locked:
    """A release as it was when it was locked.

    `classes` are the ids of the classes possible then, `score` is in 1/10000, `texts` maps the paths of its licence files to
    their SHA-256, `seen` is the day of the facts (ISO 8601).
    """

    id: str
    revision: str
    rubric: str
    digest: str
    classes: tuple[str, ...]
    score: tuple[int, int] | None
    licence: str
    access: str
    weights: str
    texts: Mapping[str, str]
    seen: str


@record(frozen=True, slots=True)
class Regression:
    """Something that became worse, or that may have (not `certain`); `texts` are paths of licence files that changed."""

    rule: str
    certain: bool
    message: str
    texts: tuple[str, ...] = ()


def locked(asked: str, card: Scorecard, texts: Mapping[str, str]) -> Locked:
    """The lock's entry for a scored release. Raises `PolicyError` for a release without a revision."""
    if not card.release.revision:
        raise PolicyError(f"{asked} has no revision to lock", f"the facts come from {card.release.provenance.source}")
    return Locked(
        asked,
        card.release.revision,
        card.rubric.id,
        card.rubric.digest,
        tuple(name for name, _ in card.verdict.classes),
        (card.score.low, card.score.high) if card.score else None,
        _licence(card),
        _said(card, "access"),
        _said(card, "model-parameters-final"),
        dict(sorted(texts.items())),
        card.release.provenance.seen_on,
    )


def _finding(card: Scorecard, about: str) -> Finding | None:
    return next((each for each in card.findings if each.about == about), None)


def _licence(card: Scorecard) -> str:
    licence = in_force(_finding(card, "licence"))
    return licence.id if licence else "unknown"


def _said(card: Scorecard, about: str) -> str:
    finding = _finding(card, about)
    if finding is None:
        return "unknown"
    return finding.value or finding.status.value


def write(entries: Sequence[Locked]) -> str:
    """The lock as TOML, sorted by release; the same entries give the same bytes."""
    lines = [HEAD, f"version = {VERSION}"]
    for each in sorted(entries, key=lambda entry: entry.id.lower()):
        lines += ["", "[[release]]"]
        for name in Locked.__slots__:
            value = getattr(each, name)
            if name == "texts":
                inner = ", ".join(f"{_text(path)} = {_text(digest)}" for path, digest in value.items())
                lines.append(f"texts = {{ {inner} }}" if inner else "texts = {}")
            elif isinstance(value, tuple):
                lines.append(f"{name} = [{', '.join(_text(item) for item in value)}]")
            elif value is not None:
                lines.append(f"{name} = {_text(value)}")
    return "\n".join(lines) + "\n"


def _text(value: object) -> str:
    """A number, or a TOML basic string, which escapes as JSON does except for DEL (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(value).replace("\x7f", "\\u007f")


def read(path: Path) -> dict[str, Locked]:
    """The entries of a lock by the name that was asked for; {} if there is no file. Raises `PolicyError` for a broken one."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyError(f"{path.name}: cannot be read ({error})", "`openness lock` writes a new one") from None
    if data.get("version") != VERSION or not isinstance(data.get("release", []), list):
        raise PolicyError(f"{path.name}: is not a lock of version {VERSION}", "`openness lock` writes a new one")
    found: dict[str, Locked] = {}
    for number, entry in enumerate(data.get("release", []), 1):
        try:
            each = _entry(entry)
        except (KeyError, TypeError, ValueError) as error:
            raise PolicyError(
                f"{path.name}: release {number} is incomplete ({error})", "`openness lock` writes a new one"
            ) from None
        found[each.id] = each
    return found


def _entry(entry: Mapping[str, Any]) -> Locked:
    texts = {str(key): str(value) for key, value in entry["texts"].items()}
    strings = ("id", "revision", "rubric", "digest", "licence", "access", "weights", "seen")
    if not all(isinstance(entry[name], str) for name in strings):
        raise ValueError("a value is not text")
    score = entry.get("score")
    classes = tuple(str(each) for each in entry["classes"])
    if not classes or (score is not None and [type(each) for each in score] != [int, int]):
        raise ValueError("classes or score")
    return Locked(
        entry["id"], entry["revision"], entry["rubric"], entry["digest"], classes, tuple(score) if score else None,
        entry["licence"], entry["access"], entry["weights"], texts, entry["seen"],
    )  # fmt: skip


_OPENNESS_OF_ACCESS = ("disabled", "private", "api-only", "leak", "manual-approval", "click-through", "mirror", "open")
_WEIGHTS = ("silent", "withheld", "described", "partial", "released")


def regressions(before: Locked, after: Locked, classes: Sequence[str]) -> Iterator[Regression]:
    """What became worse between two looks at a release; `classes` are those of the rubric, best first.

    A lower class is certain only if every class that is possible now is lower than every class that was possible then.
    """
    between = f"between {before.revision[:12]} and {after.revision[:12]}"
    if before.rubric == after.rubric:
        place = {name: len(classes) - number for number, name in enumerate(classes)}
        then, now = ([place[name] for name in each.classes if name in place] for each in (before, after))
        if then and now:
            direction = way((min(then), max(then)), (min(now), max(now)))
            if direction == "worse" or (direction == "unclear" and min(now) < min(then)):
                message = f"the class went from {' or '.join(before.classes)} to {' or '.join(after.classes)} {between}"
                yield Regression("regression:class", direction == "worse", message)
    changed = tuple(sorted(path for path, digest in before.texts.items() if after.texts.get(path) != digest))
    if before.licence != after.licence and "unknown" not in (before.licence,):
        certain = after.licence != "unknown"
        message = f"the licence went from {before.licence} to {after.licence} {between}"
        yield Regression("regression:licence", certain, message, changed)
    elif changed:
        yield Regression("regression:licence-text", True, f"{', '.join(changed)} changed {between}", changed)
    for rule, scale, what in (("access", _OPENNESS_OF_ACCESS, "access"), ("weights", _WEIGHTS, "the weights")):
        old, new = getattr(before, rule), getattr(after, rule)
        if old in scale and new in scale and scale.index(new) < scale.index(old):
            yield Regression(f"regression:{rule}", True, f"{what} went from {old} to {new} {between}")
        elif old in scale and new == "unknown":
            yield Regression(f"regression:{rule}", False, f"{what} can no longer be seen {between}; before: {old}")
