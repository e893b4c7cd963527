"""A whole report: the files of a site, made one after the other, so that a large report needs little memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openness.core import words
from openness.core.record import record
from openness.core.rubric import Rubric
from openness.core.scorecard import Interval, Scorecard
from openness.outputs import view
from openness.outputs.base import DISCLAIMER
from openness.outputs.markdown import as_markdown
from openness.outputs.safe import text
from openness.outputs.saved import SCHEMA_VERSION, Document, plain
from openness.outputs.score_page import score_page
from openness.outputs.site import cite, data, history, twins
from openness.outputs.site.draw_html import as_html
from openness.outputs.site.drawing import profile
from openness.outputs.site.environment import filled
from openness.outputs.site.history import HistoryEntry
from openness.outputs.site.methodology import TITLE, methodology
from openness.outputs.site.relatives import bases, relatives
from openness.outputs.site.release_page import ReleaseInSite, ReleasePage, release_page
from openness.outputs.site.rows import NO_FIGURE, IndexRow, rows

HISTORY = "data/history.jsonl"
"""The only file of a report that the next report reads."""


@record(frozen=True, slots=True)
class Report:
    """What a site is made from.

    `cards` holds one scorecard per release, `others` the scorecards by other rubrics, by the release's id. `rubric` is the rubric
    of `cards`, None if only the scorecards are known. `earlier` is the history so far, `address` the address of the site with a
    slash at its end, or ''. `left_out` has a line per release that could not be scored. `date` is a day (ISO 8601) that replaces
    those of the facts, or ''.
    """

    cards: tuple[Scorecard, ...]
    title: str
    others: Mapping[str, tuple[Scorecard, ...]]
    rubric: Rubric | None = None
    earlier: tuple[HistoryEntry, ...] = ()
    address: str = ""
    left_out: tuple[str, ...] = ()
    date: str = ""
    parquet: bool = True


def files(report: Report) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file. The same report gives the same bytes (Parquet's are those of its library)."""
    table = rows(report.cards)
    if not table:
        return
    dates = {row.card.release.id: report.date or row.card.release.provenance.seen_on for row in table}
    told = history.continued(report.earlier, table, dates)
    chosen = table[0].card
    method = list(methodology(chosen, report.rubric))
    yield from _tables(report, table)
    yield "index.html", _index(report, table, max(dates.values())).encode()
    yield "README.md", twins.index(report.title, _lead(report, table), table).encode()
    nav, said = _nav("", "methodology.html"), f"The rubric {chosen.rubric.title}: its questions, gates and verdicts."
    yield "methodology.html", as_html(method, TITLE, said, nav, _foot(chosen, False)).encode()
    yield "methodology.md", as_markdown(method).encode()
    yield "compare.html", _compare(table).encode()
    yield "compare.md", twins.compare(table).encode()
    yield "feed.xml", history.feed(report.title, told, table, report.address)
    yield HISTORY, history.written(told)
    cff = cite.site_cff(report.title, max(dates.values()), chosen.tool, report.address)
    yield "CITATION.cff", ("\n".join(cff) + "\n").encode()
    shown = _telling(table)
    yield (
        "picture.svg",
        filled("profile.svg.j2", name=shown.name, profile=profile(score_page(shown.card).bars)).encode(),
    )
    yield from _releases(report, table, told)


def _telling(table: Sequence[IndexRow]) -> IndexRow:
    """The release for the picture of the report: the one whose dimensions differ most."""

    def spread(row: IndexRow) -> int:
        lows = [each.score.low for each in row.card.dimensions if each.score]
        return sum(abs(one - other) for one in lows for other in lows)

    return max(table, key=spread)


def _tables(report: Report, table: Sequence[IndexRow]) -> Iterator[tuple[str, bytes]]:
    for name, made in (("releases", data.releases(table)), ("answers", data.answers(table))):
        if name == "releases":
            yield f"data/{name}.json", data.as_json(made)
        yield f"data/{name}.csv", data.as_csv(made)
        packed = data.as_parquet(made) if report.parquet else None
        if packed is not None:
            yield f"data/{name}.parquet", packed


def _releases(report: Report, table: Sequence[IndexRow], told: Sequence[HistoryEntry]) -> Iterator[tuple[str, bytes]]:
    known = {row.card.release.id.lower(): row for row in table}
    children: dict[str, list[IndexRow]] = {}
    for row in table:
        for base in bases(row.card):
            children.setdefault(base.lower(), []).append(row)
    past: dict[str, list[HistoryEntry]] = {}
    for entry in told:
        past.setdefault(entry.id, []).append(entry)
    for row in table:
        release = row.card.release.id
        up, down = relatives(row.card, known, children.get(release.lower(), ()))
        address = f"{report.address}releases/{row.slug}.html" if report.address else ""
        earlier = tuple(past[release][::-1])
        shown = release_page(
            ReleaseInSite(row, report.others.get(release, ()), tuple(up), tuple(down), earlier, address)
        )
        yield f"releases/{row.slug}.html", _release(row, shown).encode()
        yield f"releases/{row.slug}.md", as_markdown(shown.twin()).encode()
        yield f"releases/{row.slug}.json", scorecard_json(row.card)
        yield f"releases/{row.slug}.svg", filled("profile.svg.j2", name=row.name, profile=shown.picture.drawn).encode()


def scorecard_json(card: Scorecard) -> bytes:
    """A scorecard as `--format json` writes it, without its spaces."""
    document = plain(Document(SCHEMA_VERSION, (card,)))
    return (json.dumps(document, ensure_ascii=True, separators=(",", ":")) + "\n").encode()


def _release(row: IndexRow, shown: ReleasePage) -> str:
    return filled(
        "release.html.j2",
        title=f"{row.name}: {row.verdict}",
        description=row.card.verdict.headline,
        nav=_nav("../"),
        foot=_foot(row.card),
        script=False,
        slug=row.slug,
        release=shown,
    )


def _nav(root: str, current: str = "") -> list[tuple[str, str]]:
    pages = (("All releases", "index.html"), ("Compare", "compare.html"), ("How this is found", "methodology.html"))
    return [(words, "" if where == current else root + where) for words, where in pages]


def _foot(card: Scorecard, of_release: bool = True) -> list[str]:
    notes = [f"Facts: {view.facts(card)}. {view.coverage(card)}.", *card.release.notices] if of_release else []
    return [*notes, f"Judged by {view.rubric_line(card)}. {DISCLAIMER}"]


def _lead(report: Report, table: Sequence[IndexRow]) -> str:
    rubric = table[0].card.rubric
    days = sorted({row.card.release.provenance.seen_on for row in table})
    seen = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    many = "1 release" if len(table) == 1 else f"{len(table)} releases"
    return f"{many}, each with the evidence for every word, as seen on {seen}. Judged by {rubric.title}."


def _index(report: Report, table: Sequence[IndexRow], date: str) -> str:
    first = table[0].card
    counted = Counter(each for row in table for each in row.card.verdict.classes)
    order = list(dict.fromkeys(each for row in table for each in row.card.verdict.classes))
    kinds = ("json", "csv", "parquet") if report.parquet and _has_parquet() else ("json", "csv")
    return filled(
        "index.html.j2",
        title=report.title,
        description=_lead(report, table),
        nav=_nav("", "index.html"),
        foot=_foot(first, False),
        script=True,
        heading=report.title,
        lead=_lead(report, table),
        counts=[{"id": name, "title": title, "count": counted[name, title]} for name, title in order],
        licences=sorted({row.licence_class for row in table}),
        dimensions=first.dimensions,
        beside=", ".join(each.title for each in first.dimensions if each.beside),
        rows=[_board(row) for row in table],
        left_out=report.left_out,
        tables=[(kind.upper() if kind != "parquet" else "Parquet", f"data/releases.{kind}") for kind in kinds]
        + [("every answer as CSV", "data/answers.csv")],
        tables_note=""
        if "parquet" in kinds or not report.parquet
        else "Parquet was left out: pyarrow is not installed.",
        bibtex=cite.site_bibtex(
            report.title, date, first.tool, f"{first.rubric.id} {first.rubric.version}", report.address
        ),
    )


def _has_parquet() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def _board(row: IndexRow) -> dict[str, Any]:
    """A row of the table. Each figure has a tone from 0 to 4, by its low end."""
    return {
        "slug": row.slug,
        "name": row.name,
        "id": row.card.release.id,
        "classes": " ".join(name for name, _ in row.card.verdict.classes),
        "verdict": row.verdict,
        "licence": row.licence.name,
        "licence_class": row.licence_class,
        "tone": _tone(row.card.score),
        "score": _bare(row.card.score),
        "cells": [(_tone(each.score), _bare(each.score)) for each in row.card.dimensions],
    }


def _tone(score: Interval | None) -> int:
    return score.low // 2_001 if score else 0


def _bare(score: Interval | None) -> str:
    return words.figures(score) if score else NO_FIGURE


def _compare(table: Sequence[IndexRow]) -> str:
    first = table[0].card
    return filled(
        "compare.html.j2",
        title="Compare two releases",
        description="Two releases side by side, question by question.",
        nav=_nav("", "compare.html"),
        foot=_foot(first, False),
        script=True,
        example=[row.card.release.id for row in (table[0], table[-1])],
        data=_block(_pairs(table)),
    )


def _pairs(table: Sequence[IndexRow]) -> dict[str, Any]:
    """The data of the page that compares two releases; each sentence is in it once."""
    sentences: dict[str, int] = {}
    first = table[0].card
    questions = [(result.id, text(result.question), result.dimension) for result in first.criteria]

    def sentence(said: str) -> int:
        return sentences.setdefault(text(said), len(sentences))

    found = []
    for row in table:
        results = {result.id: result for result in row.card.criteria}
        scores = {each.id: each.score for each in row.card.dimensions}
        found.append(
            {
                "slug": row.slug,
                "name": text(row.name),
                "id": text(row.card.release.id),
                "headline": text(row.card.verdict.headline),
                "licence": text(row.licence.name),
                "score": _bare(row.card.score),
                "figures": [_bare(scores.get(each.id)) for each in first.dimensions],
                "marks": "".join(
                    words.mark(results[name]) if name in results else words.NONE for name, _, _ in questions
                ),
                "said": [
                    sentence(results[name].statement if name in results else "Not asked.") for name, _, _ in questions
                ],
            }
        )
    dimensions = [(each.id, text(each.title)) for each in first.dimensions]
    return {"dimensions": dimensions, "questions": questions, "sentences": list(sentences), "releases": found}


def _block(value: object) -> Any:
    """Data inside a page. No character of it can end the element that holds it."""
    from markupsafe import Markup

    packed = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(packed.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
