"""`openness.lock`: which revisions a project looked at and what was concluded, to tell what has become worse since."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openness.core.comparison import way
from openness.core.errors import PolicyError
from openness.core.finding import Finding, Status
from openness.core.questions import in_force
from openness.core.record import record
from openness.core.scorecard import Scorecard

VERSION = 2
UNREAD = "not read"
"""Stands for the digest of a licence file that cannot be read, such as a PDF."""
HEAD = "# Written by `openness lock`. `openness check` fails if a release has become worse since.\n"


@record(frozen=True, slots=True)
class Locked:
    """A release as it was when it was locked.

    `id` is the name that the project asks for, `answered` the one that was answered, `wanted` the branch, tag or commit that the
    project names ('' for none). `classes` are the ids of the classes possible then, `score` is in 1/10000, `texts` maps the
    paths of its licence files to their SHA-256, or to `UNREAD`; `seen` is the day of the facts (ISO 8601).
    """

    id: str
    answered: str
    wanted: str
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


def locked(asked: str, wanted: str | None, card: Scorecard, texts: Mapping[str, str]) -> Locked:
    """The lock's entry for a scored release; `wanted` is the revision that the project names.

    Raises `PolicyError` for a release without a revision.
    """
    if not card.release.revision:
        raise PolicyError(f"{asked} has no revision to lock", f"the facts come from {card.release.provenance.source}")
    return Locked(
        asked,
        card.release.id,
        wanted or "",
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
    return finding.value or finding.status.value if finding.status is not Status.UNKNOWN else Status.UNKNOWN.value


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
    anew = "`openness lock --upgrade` writes a new one"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise PolicyError(f"{path.name}: cannot be read ({error})", anew) from None
    listed = data.get("release", [])
    if type(data.get("version")) is not int or data["version"] != VERSION or not isinstance(listed, list):
        raise PolicyError(f"{path.name}: is not a lock of version {VERSION}", anew)
    if set(data) - {"version", "release"}:
        unknown = ", ".join(sorted(set(data) - {"version", "release"}))
        raise PolicyError(f"{path.name}: has unknown keys: {unknown}", anew)
    found: dict[str, Locked] = {}
    names: set[str] = set()
    for number, entry in enumerate(listed, 1):
        try:
            each = _entry(entry)
        except (KeyError, TypeError, ValueError) as error:
            why = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            raise PolicyError(f"{path.name}: release {number} is not as a lock holds it: {why}", anew) from None
        if each.id.lower() in names:
            raise PolicyError(f"{path.name}: {each.id} is listed twice", anew)
        names.add(each.id.lower())
        found[each.id] = each
    return found


def _entry(entry: Mapping[str, Any]) -> Locked:
    """An entry that was checked key by key. Raises `KeyError` for a missing key, `ValueError` for a wrong value."""
    if not isinstance(entry, dict):
        raise ValueError("it is no table")
    unknown = sorted(set(entry) - set(Locked.__slots__))
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(unknown)}")
    for name in ("id", "answered", "revision", "rubric", "digest", "licence", "access", "weights", "seen"):
        if not isinstance(entry[name], str) or not entry[name]:
            raise ValueError(f"{name} is not text")
    for name, form, what in _FORMS:
        if not re.fullmatch(form, entry[name]):
            raise ValueError(f"{name} is not {what}")
    for name, words in (("access", _ACCESS_WORDS), ("weights", _WEIGHTS_WORDS)):
        if entry[name] not in words:
            raise ValueError(f"{name} is {entry[name]!r}, which is not known")
    if not isinstance(entry["wanted"], str):
        raise ValueError("wanted is not text")
    classes, texts, score = entry["classes"], entry["texts"], entry.get("score")
    if not isinstance(classes, list) or not classes or not all(isinstance(each, str) and each for each in classes):
        raise ValueError("classes are not a list of names")
    if len(set(classes)) != len(classes):
        raise ValueError("a class is listed twice")
    if score is not None and not _is_range(score):
        raise ValueError("score is not two whole numbers from 0 to 10000, the lower first")
    if not isinstance(texts, dict) or not all(
        value == UNREAD or (isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value)) for value in texts.values()
    ):
        raise ValueError("texts are not paths with a SHA-256 each")
    values = {name: entry.get(name) for name in Locked.__slots__}
    return Locked(**values | {"classes": tuple(classes), "score": tuple(score) if score else None})


_FORMS = (
    ("revision", "[0-9a-f]{40}", "a full commit (40 hexadecimal digits)"),
    ("digest", "[0-9a-f]{12,64}", "the digest of a rubric"),
    ("seen", r"\d{4}-\d{2}-\d{2}", "a day"),
)


def _is_range(value: object) -> bool:
    if not isinstance(value, list) or [type(each) for each in value] != [int, int]:
        return False
    return bool(0 <= value[0] <= value[1] <= 10_000)


def gaps(entry: Locked) -> Iterator[str]:
    """What an entry does not cover, in sentences."""
    for path, found in entry.texts.items():
        if found == UNREAD:
            yield f"The lock holds {path} of {entry.id} by its name alone: it was not read."
    for name, what in (("licence", "the licence"), ("access", "the access"), ("weights", "the weights")):
        if getattr(entry, name) == Status.UNKNOWN.value:
            yield f"The lock does not know {what} of {entry.id}, so that a change of it cannot be told."


_OPENNESS_OF_ACCESS = ("disabled", "private", "api-only", "leak", "manual-approval", "click-through", "mirror", "open")
_WEIGHTS = ("silent", "withheld", "described", "partial", "released")
_ACCESS_WORDS = frozenset({*_OPENNESS_OF_ACCESS, *(status.value for status in Status)})
_WEIGHTS_WORDS = frozenset({*_WEIGHTS, *(status.value for status in Status)})


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
    if before.answered.lower() != after.answered.lower():
        message = f"it was locked as {before.answered} and is now {after.answered} {between}"
        yield Regression("regression:renamed", True, message)
    yield from _licences(before, after, between)
    for rule, scale, what in (("access", _OPENNESS_OF_ACCESS, "access"), ("weights", _WEIGHTS, "the weights")):
        old, new = getattr(before, rule), getattr(after, rule)
        if old in scale and new in scale and scale.index(new) < scale.index(old):
            yield Regression(f"regression:{rule}", True, f"{what} went from {old} to {new} {between}")
        elif old in scale and new == "unknown":
            yield Regression(f"regression:{rule}", False, f"{what} can no longer be seen {between}; before: {old}")


def _licences(before: Locked, after: Locked, between: str) -> Iterator[Regression]:
    """Another licence, and licence files that are new, changed or gone; a file that was not read may have changed."""
    old, new = before.texts, after.texts
    told = [
        ("changed", sorted(path for path in old.keys() & new.keys() if old[path] != new[path])),
        ("was removed", sorted(old.keys() - new.keys())),
        ("is new", sorted(new.keys() - old.keys())),
    ]
    changed = tuple(path for _, paths in told for path in paths)
    said = "; ".join(f"{', '.join(paths)} {what}" for what, paths in told if paths)
    if before.licence not in (after.licence, Status.UNKNOWN.value):
        certain = after.licence != Status.UNKNOWN.value
        message = f"the licence went from {before.licence} to {after.licence} {between}" + (f"; {said}" if said else "")
        yield Regression("regression:licence", certain, message, changed)
    elif changed:
        yield Regression("regression:licence-text", True, f"{said} {between}", changed)
    unread = sorted(path for path in old.keys() & new.keys() if old[path] == new[path] == UNREAD)
    if unread and before.revision != after.revision:
        message = f"{', '.join(unread)} cannot be read, so whether it changed is not known {between}"
        yield Regression("regression:licence-unread", False, message)
