"""`openness.baseline.json`: the violations that a project tolerates, so that only new ones fail."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from openness.core.errors import PolicyError
from openness.core.gate import DemandResult, Outcome

VERSION = 1


def write(results: Sequence[DemandResult]) -> str:
    """The baseline of all present violations, sorted, one on each line."""
    violated = [each for each in results if each.outcome in (Outcome.VIOLATED, Outcome.TOLERATED)]
    lines = sorted(
        json.dumps({"release": each.release, "rule": each.rule, "fingerprint": each.fingerprint}, sort_keys=True)
        for each in violated
    )
    return f'{{"version": {VERSION}, "tolerated": [\n' + ",\n".join(lines) + "\n]}\n"


def read(path: Path) -> frozenset[str]:
    """The fingerprints of the tolerated violations. Raises `PolicyError` if the file is missing or broken."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise ValueError(f"version {data['version']}")
        return frozenset(str(each["fingerprint"]) for each in data["tolerated"])
    except FileNotFoundError:
        raise PolicyError(
            f"{path}: there is no such baseline", "`openness check --write-baseline FILE` writes one"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PolicyError(
            f"{path}: is not a baseline ({error})", "`openness check --write-baseline FILE` writes a new one"
        ) from None
