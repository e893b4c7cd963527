"""The folder of a report: only what changed is written, and what is no longer part of the report is removed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from openness.core.errors import OpennessError, UsageError
from openness.core.options import ReportOptions
from openness.core.record import record
from openness.core.rubric import Rubric
from openness.core.scorecard import Scorecard
from openness.engine import load
from openness.jobs.files import put
from openness.outputs.safe import url
from openness.outputs.site import history
from openness.outputs.site.build import HISTORY, Report, files

MANIFEST = "files.json"
"""The list of what a report wrote, so that the next one removes what is no longer in it and touches nothing else."""
JOURNAL = ".openness-journal.jsonl"
_OWN = re.compile(r"(?:(?:data|releases)/)?[A-Za-z0-9-]+\.[a-z]+")
"""Names that a report's file can have."""

Group = tuple[Scorecard, tuple[Scorecard, ...]]
"""A release's scorecard by the report's rubric, and those by others."""


@record(frozen=True, slots=True)
class SiteWritten:
    """How many releases a site has, and how many of its files were written, left as they were, and removed."""

    folder: Path
    releases: int
    written: int
    unchanged: int
    removed: int


def folder(out: str | None) -> Path:
    """The folder of the site, made where it is missing. Raises `UsageError` where it holds files that no report wrote."""
    if not out:
        raise UsageError("--out is missing", "name the folder of the site, or use --card")
    path = Path(out)
    try:
        path.mkdir(parents=True, exist_ok=True)
        found = {each.name for each in path.iterdir()}
    except OSError as error:
        raise UsageError(f"{out} cannot be used as a folder ({error.strerror})", "choose another") from None
    if found - {JOURNAL} and MANIFEST not in found:
        raise UsageError(f"{out} holds files that are no report's", "choose an empty folder")
    return path


def write(groups: Sequence[Group], errors: Sequence[OpennessError], options: ReportOptions, place: Path) -> SiteWritten:
    """Write the files of a report that changed, and remove those that are no longer part of it. Raises `UsageError`."""
    report = _report(groups, errors, options, place)
    before = list(_manifest(place))
    digests: dict[str, str] = {}
    written = 0
    for name, content in files(report):
        written += put(place / name, content, durable=False)
        digests[name] = sha256(content).hexdigest()
    gone = [name for name in before if name not in digests]
    for name in gone:
        (place / name).unlink(missing_ok=True)
    put(place / MANIFEST, (json.dumps(digests, indent=1, sort_keys=True) + "\n").encode(), durable=False)
    (place / JOURNAL).unlink(missing_ok=True)
    return SiteWritten(place, len(groups), written, len(digests) - written, len(gone))


def _report(groups: Sequence[Group], errors: Sequence[OpennessError], options: ReportOptions, place: Path) -> Report:
    try:
        earlier = tuple(history.read((place / HISTORY).read_text(encoding="utf-8", errors="replace")))
    except OSError:
        earlier = ()
    address = url(options.url)
    if options.url and not address:
        raise UsageError(f"{options.url} is no web address", "it begins with https://")
    return Report(
        cards=tuple(card for card, _ in groups),
        title=options.title,
        others={card.release.id: others for card, others in groups},
        rubric=_rubric(groups[0][0], options.rubric),
        earlier=earlier,
        address=address if not address or address.endswith("/") else address + "/",
        left_out=tuple(error.message for error in errors),
        date=_today(),
        parquet=options.parquet,
    )


def _rubric(card: Scorecard, name: str) -> Rubric | None:
    """The rubric that judged, None where the very same text of it is not at hand."""
    try:
        loaded = load(name)
    except OpennessError:
        return None
    return loaded.rubric if loaded.compiled.digest == card.rubric.digest else None


def _today() -> str:
    """The day that SOURCE_DATE_EPOCH names, '' where it is not set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return ""
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _manifest(place: Path) -> Iterator[str]:
    """The files that an earlier report wrote: names of this folder, as far as they can be a report's."""
    try:
        said = json.loads((place / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return
    for name in said if isinstance(said, dict) else ():
        if _OWN.fullmatch(name):
            yield name
