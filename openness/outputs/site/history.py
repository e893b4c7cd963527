"""What changed for each release from one report to the next, and the feed of these changes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from openness.core import words
from openness.core.record import record
from openness.core.scorecard import Interval
from openness.core.text import digest
from openness.outputs.safe import text, url
from openness.outputs.site.rows import NO_FIGURE, IndexRow

LONGEST_FEED = 100
"""Most entries of the feed."""


@record(frozen=True, slots=True)
class HistoryEntry:
    """The verdict on a release on a day (ISO 8601), and how it differs from the one before."""

    id: str
    date: str
    revision: str
    classes: tuple[str, ...]
    score: tuple[int, int] | None
    rubric: str
    title: str
    changes: tuple[str, ...] = ()


def read(content: str) -> list[HistoryEntry]:
    """The entries of an earlier report's history, one JSON object per line. Malformed lines are skipped."""
    found = []
    for line in content.splitlines():
        try:
            data = json.loads(line)
            score = (int(data["score"][0]), int(data["score"][1])) if data["score"] else None
            release, date, revision, rubric, title = (
                str(data[name]) for name in ("id", "date", "revision", "rubric", "title")
            )
            classes, changes = (tuple(str(each) for each in data[name]) for name in ("classes", "changes"))
            found.append(HistoryEntry(release, date, revision, classes, score, rubric, title, changes))
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            continue
    return found


def written(entries: Sequence[HistoryEntry]) -> bytes:
    """The entries as `read` takes them."""
    names = [each.name for each in fields(HistoryEntry)]
    return "".join(f"{json.dumps({name: getattr(each, name) for name in names})}\n" for each in entries).encode()


def continued(
    earlier: Sequence[HistoryEntry], rows: Sequence[IndexRow], dates: Mapping[str, str]
) -> list[HistoryEntry]:
    """The earlier entries, and a new one for each release whose verdict, score, revision or rubric has changed.

    `dates` holds the day of each release's facts, by its id.
    """
    last: dict[str, HistoryEntry] = {each.id: each for each in earlier}
    found = list(earlier)
    for row in rows:
        entry = _entry(row, dates[row.card.release.id])
        before = last.get(entry.id)
        if before is None:
            found.append(entry)
        elif _gist(before) != _gist(entry):
            found.append(_after(before, entry))
    return found


def _gist(entry: HistoryEntry) -> tuple[Any, ...]:
    return entry.revision, entry.classes, entry.score, entry.rubric


def _entry(row: IndexRow, date: str) -> HistoryEntry:
    card = row.card
    score = (card.score.low, card.score.high) if card.score else None
    classes = tuple(title for _, title in card.verdict.classes)
    title = f"First looked at: {row.verdict}" + (f", {words.percent(card.score)}" if score else "")
    return HistoryEntry(card.release.id, date, card.release.revision or "", classes, score, card.rubric.digest, title)


def _after(before: HistoryEntry, now: HistoryEntry) -> HistoryEntry:
    changes = []
    if before.classes != now.classes:
        changes.append(f"Verdict: {words.either(before.classes)} → {words.either(now.classes)}")
    if before.score != now.score:
        changes.append(f"Openness: {_percent(before)} → {_percent(now)}")
    if before.revision != now.revision:
        changes.append(f"Revision: {before.revision[:12] or 'none'} → {now.revision[:12] or 'none'}")
    if before.rubric != now.rubric:
        changes.append(f"Rubric’s text: {before.rubric[:12]} → {now.rubric[:12]}")
    title = f"Now {words.either(now.classes)}" + (f", {_percent(now)}" if now.score else "")
    return HistoryEntry(now.id, now.date, now.revision, now.classes, now.score, now.rubric, title, tuple(changes))


def _percent(entry: HistoryEntry) -> str:
    return words.percent(Interval(*entry.score) if entry.score else None, NO_FIGURE)


def feed(title: str, entries: Sequence[HistoryEntry], rows: Sequence[IndexRow], base: str) -> bytes:
    """The newest entries as Atom (RFC 4287); `base` is the address of the report, '' if it is not known."""
    pages = {row.card.release.id: (row.name, f"releases/{row.slug}.html") for row in rows}
    known = [each for each in entries if each.id in pages]
    newest = sorted(known, key=lambda each: (each.date, each.id), reverse=True)[:LONGEST_FEED]
    updated = max((each.date for each in newest), default="1970-01-01")
    root = url(base)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_xml(title)}</title>",
        f"<id>{_urn(root or title)}</id>",
        f"<updated>{_instant(updated)}</updated>",
        "<author><name>openness</name></author>",
        f"<link rel={quoteattr('self')} href={quoteattr(root + 'feed.xml')}/>",
    ]
    for each in newest:
        name, page = pages[each.id]
        lines += [
            "<entry>",
            f"<title>{_xml(f'{name}: {each.title}')}</title>",
            f"<id>{_urn(json.dumps([each.id, each.date, each.revision, each.rubric, each.title]))}</id>",
            f"<updated>{_instant(each.date)}</updated>",
            f"<link href={quoteattr(root + page)}/>",
            f"<summary>{_xml('; '.join(each.changes) or each.title)}</summary>",
            "</entry>",
        ]
    return ("\n".join(lines) + "\n</feed>\n").encode()


def _xml(value: str) -> str:
    return escape(text(value))


def _urn(value: str) -> str:
    return f"urn:openness:{digest(value)[:32]}"


def _instant(date: str) -> str:
    day = date if len(date) == 10 and date.replace("-", "").isdigit() else "1970-01-01"
    return f"{day}T00:00:00Z"
