"""What became worse since a release was locked, and how its licence texts differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import unified_diff

from openness.core.errors import OpennessError
from openness.core.gate import DemandResult, Line
from openness.core.kleene import Truth
from openness.core.options import Options
from openness.core.release import Release
from openness.engine import look
from openness.jobs.licencefiles import licence_texts
from openness.jobs.project import Seen
from openness.policy import gate, lock
from openness.policy.lock import Locked, Regression

MOST_LINES = 60
"""Lines shown of the difference of two licence texts."""


def regressed(
    before: Locked, seen: Seen, classes: Sequence[str], at: Line, offline: bool = False
) -> Iterator[DemandResult]:
    """A result for everything that became worse; `classes` are those of the rubric, best first, `at` the release's line.

    Licence texts of the locked revision are asked for again, unless `offline`: then only the cache is.
    """
    release, card = seen.release, seen.card
    now = lock.locked(before.id, before.wanted, card, licence_texts(release))
    licence = tuple(finding for finding in card.findings if finding.about == "licence")
    for each in lock.regressions(before, now, classes):
        ruling = gate.Ruling(
            "lock",
            each.rule,
            Truth.FALSE if each.certain else Truth.UNKNOWN,
            each.message,
            "look at it, and then openness lock --upgrade",
            licence,
        )
        yield replace(gate.result(before.id, card, ruling, at, at), detail=_difference(before, release, each, offline))


def _difference(before: Locked, release: Release, regression: Regression, offline: bool) -> str:
    """How the licence texts differ, where the old ones can still be read."""
    if not regression.texts:
        return ""
    try:
        options = Options(rubric=before.rubric, offline=offline, standings=False)
        old_release, _ = look(f"{before.id}@{before.revision}", options)
    except OpennessError as error:
        return f"The text of {before.revision[:12]} could not be read: {error.message}"
    old = {text.path: text.text for text in old_release.texts}
    new = {text.path: text.text for text in release.texts}
    lines: list[str] = []
    for path in regression.texts:
        names = f"{path} @ {before.revision[:12]}", f"{path} @ {(release.revision or '')[:12]}"
        lines += unified_diff(old.get(path, "").splitlines(), new.get(path, "").splitlines(), *names, n=1, lineterm="")
    more = [f"… {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES] + more)
