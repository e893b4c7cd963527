"""The tables of a report: a row per release, and a row per answer."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from openness.core import words
from openness.core.scorecard import Interval
from openness.outputs.safe import text
from openness.outputs.site.rows import IndexRow

Table = list[dict[str, str | int | bool | None]]


def releases(rows: Sequence[IndexRow]) -> Table:
    """A row per release. Scores are in 1/10000."""
    return [_release(row) for row in rows]


def _release(row: IndexRow) -> dict[str, Any]:
    card = row.card
    found: dict[str, Any] = {
        "id": card.release.id,
        "name": row.name,
        "publisher": card.release.publisher,
        "revision": card.release.revision,
        "seen_on": card.release.provenance.seen_on,
        "source": card.release.provenance.source,
        "verdict": "|".join(name for name, _ in card.verdict.classes),
        "verdict_certain": card.verdict.certain,
        "headline": card.verdict.headline,
        "licence": row.licence.id,
        "licence_class": row.licence.licence_class.value,
        **_ends("score", card.score),
    }
    for each in card.dimensions:
        found |= _ends(each.id, each.score)
    found |= {"facts_seen": card.coverage.seen, "facts_asked": card.coverage.asked}
    return found | {"rubric": card.rubric.id, "rubric_digest": card.rubric.digest, "page": f"releases/{row.slug}.html"}


def _ends(name: str, score: Interval | None) -> dict[str, int | None]:
    return {f"{name}_low": score.low if score else None, f"{name}_high": score.high if score else None}


def answers(rows: Sequence[IndexRow]) -> Table:
    """A row per question of each release, with the place of its first evidence."""
    found: Table = []
    for row in rows:
        for result in row.card.criteria:
            first = next((each for finding in result.because for each in finding.evidence if each.url), None)
            found.append(
                {
                    "id": row.card.release.id,
                    "revision": row.card.release.revision,
                    "criterion": result.id,
                    "dimension": result.dimension,
                    "outcome": words.outcome(result),
                    "weight": result.weight,
                    "statement": result.statement,
                    "evidence": first.url if first else "",
                    "quote": first.quote if first else "",
                }
            )
    return found


def as_json(table: Table) -> bytes:
    """A table as a JSON array with one line per row."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=True) for row in table)
    return f"[\n{lines}\n]\n".encode()


def as_csv(table: Table) -> bytes:
    """A table as CSV (RFC 4180, but LF). Text is made harmless; a `'` precedes what a spreadsheet would run as a formula."""
    stream = io.StringIO()
    if table:
        names = list(dict.fromkeys(name for row in table for name in row))
        writer = csv.DictWriter(stream, names, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in table)
    return stream.getvalue().encode()


def _cell(value: str | int | bool | None) -> str:
    if value is None or isinstance(value, (bool, int)):
        return "" if value is None else str(value).lower()
    shown = text(value)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@", "\t", "\r") else shown


def as_parquet(table: Table) -> bytes | None:
    """A table as Parquet; None if pyarrow is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return None
    names = list(dict.fromkeys(name for row in table for name in row))
    columns = {name: [_text(row.get(name)) for row in table] for name in names}
    sink = pyarrow.BufferOutputStream()
    pyarrow.parquet.write_table(pyarrow.table(columns), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _text(value: object) -> object:
    """Text without surrogates, which Arrow refuses."""
    return text(value) if isinstance(value, str) else value
