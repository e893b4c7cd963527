"""`openness.baseline.json`: the violations that a project tolerates, each with what was found, so that nothing worse passes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from openness.core import kleene
from openness.core.errors import PolicyError
from openness.core.gate import DemandResult, FoundState, Outcome
from openness.core.kleene import Truth
from openness.core.licence import LicenceClass
from openness.core.record import record
from openness.core.scorecard import GateState

VERSION = 2
Range = tuple[int, int]

BEST_CLASS_FIRST = (
    LicenceClass.OPEN_SOURCE,
    LicenceClass.OPEN_CONTENT,
    LicenceClass.SHARE_ALIKE,
    LicenceClass.USE_RESTRICTED,
    LicenceClass.THRESHOLD_RESTRICTED,
    LicenceClass.NON_COMMERCIAL,
    LicenceClass.RESEARCH_ONLY,
    LicenceClass.NONE_STATED,
)
"""Classes of licences by what they allow. A class that is not among them may be any of them."""
_GATE = {GateState.FAIL.value: (0, 0), GateState.OPEN.value: (0, 1), GateState.PASS.value: (1, 1)}
_ENTRY = ("release", "rule", "found")


@record(frozen=True, slots=True)
class Tolerated:
    """A violation that a project tolerates, and what was found when it was written down."""

    release: str
    rule: str
    found: FoundState


def write(results: Sequence[DemandResult]) -> str:
    """The baseline of all present violations of demands, sorted, one on each line.

    Regressions and renamed releases are left out: a lock or an exception accepts those.
    """
    violated = [each for each in results if each.found and each.outcome in (Outcome.VIOLATED, Outcome.TOLERATED)]
    lines = sorted(
        json.dumps({"release": each.release, "rule": each.rule, "found": _written(each.found)}, sort_keys=True)
        for each in violated
        if each.found
    )
    return f'{{"version": {VERSION}, "tolerated": [\n' + ",\n".join(lines) + "\n]}\n"


def _written(found: FoundState) -> dict[str, object]:
    return {
        "rubric": found.rubric,
        "classes": list(found.classes),
        "score": list(found.score) if found.score else None,
        "licence": found.licence,
        "licence-class": found.licence_class,
        "gates": dict(found.gates),
    }


def read(path: Path) -> dict[tuple[str, str], Tolerated]:
    """The tolerated violations by release and rule. Raises `PolicyError` if the file is missing, broken or of an old version."""
    anew = "`openness check --write-baseline FILE` writes a new one"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(data, dict) or not isinstance(data.get("tolerated"), list):
            raise ValueError("it has no list `tolerated`")
        if data.get("version") == 1:
            raise PolicyError(
                f"{path}: is a baseline of version 1, which does not say what was found",
                f"look at what is violated now, and write it anew: openness check --write-baseline {path.name}",
            )
        if type(data.get("version")) is not int or data["version"] != VERSION or set(data) != {"version", "tolerated"}:
            raise ValueError(f"its version is not {VERSION}, or it has unknown keys")
        entries = [_entry(each) for each in data["tolerated"]]
    except FileNotFoundError:
        raise PolicyError(
            f"{path}: there is no such baseline", "`openness check --write-baseline FILE` writes one"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise PolicyError(f"{path}: is not a baseline ({error})", anew) from None
    found = {(each.release, each.rule): each for each in entries}
    if len(found) != len(entries):
        raise PolicyError(f"{path}: a violation is listed twice", anew)
    return found


def _entry(entry: Mapping[str, object]) -> Tolerated:
    if not isinstance(entry, dict) or set(entry) != set(_ENTRY):
        raise ValueError(f"an entry holds {', '.join(_ENTRY)}, and no other key")
    found = entry["found"]
    keys = {"rubric", "classes", "score", "licence", "licence-class", "gates"}
    if not isinstance(found, dict) or set(found) != keys:
        raise ValueError(f"`found` holds {', '.join(sorted(keys))}, and no other key")
    words = (entry["release"], entry["rule"], found["rubric"], found["licence"], found["licence-class"])
    gates = found["gates"]
    if not all(isinstance(each, str) and each for each in words) or not isinstance(gates, dict):
        raise ValueError("a value is not text")
    if any(state not in _GATE for state in gates.values()):
        raise ValueError("a gate is pass, fail or open")
    score = None if found["score"] is None else _range(found["score"], 10_000)
    state = FoundState(
        found["rubric"],
        _range(found["classes"], 1_000),
        score,
        found["licence"],
        LicenceClass(found["licence-class"]).value,
        tuple(sorted(gates.items())),
    )
    return Tolerated(words[0], words[1], state)


def _range(value: object, most: int) -> Range:
    if not isinstance(value, list) or [type(each) for each in value] != [int, int]:
        raise ValueError("`classes` and `score` are two whole numbers")
    if not 0 <= value[0] <= value[1] <= most:
        raise ValueError(f"{value} are no range")
    return (value[0], value[1])


def no_worse(then: FoundState, now: FoundState) -> Truth:
    """Whether what is found now is what was found then, or better.

    Everything counts: class, score, licence and every gate. Something that may be worse, but need not be, leaves it open.
    Another rubric, or another version of it, cannot be compared: that is not tolerated.
    """
    if then.rubric != now.rubric or dict(then.gates).keys() != dict(now.gates).keys():
        return Truth.FALSE
    if (then.score is None) != (now.score is None):
        return Truth.FALSE
    gates = dict(now.gates)
    return kleene.all_of(
        [
            _within(then.classes, now.classes),
            _within(then.score or (0, 0), now.score or (0, 0)),
            _licence(then, now),
            *(_within(_GATE[state], _GATE[gates[name]]) for name, state in then.gates),
        ]
    )


def _within(then: Range, now: Range) -> Truth:
    """Whether neither end is lower; unknown where only a part of what is possible is."""
    if now[0] >= then[0] and now[1] >= then[1]:
        return Truth.TRUE
    return Truth.FALSE if now[1] < then[0] else Truth.UNKNOWN


def _licence(then: FoundState, now: FoundState) -> Truth:
    """Another licence of the same class may be worse; of a better class it is better."""
    if (then.licence, then.licence_class) == (now.licence, now.licence_class):
        return Truth.TRUE
    order = BEST_CLASS_FIRST
    if then.licence_class not in order or now.licence_class not in order:
        return Truth.UNKNOWN
    before, after = order.index(LicenceClass(then.licence_class)), order.index(LicenceClass(now.licence_class))
    if before == after:
        return Truth.UNKNOWN
    return kleene.of(after < before)
