"""How to cite a page: BibTeX and the Citation File Format 1.2, with revision and date. Values are escaped for the format."""

from __future__ import annotations

import json

from openness.core.scorecard import Scorecard
from openness.outputs.safe import text
from openness.outputs.site.names import slugs

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_{}"},
    }
)


def release_bibtex(card: Scorecard, address: str = "") -> list[str]:
    """The lines of a BibTeX entry for the report on one release; `address` is that of its page, '' if there is none."""
    release = card.release
    title = f"How open is {release.name or release.id}? {card.verdict.headline}"
    note = f"Revision {release.revision or 'not known'}; rubric {card.rubric.id} {card.rubric.version}; {card.tool}"
    return _bibtex(f"openness-{slugs([card])[0]}", title, release.provenance.seen_on, note, address or release.url)


def site_bibtex(title: str, date: str, tool: str, rubric: str, address: str = "") -> list[str]:
    """The lines of a BibTeX entry for a whole report."""
    return _bibtex(f"openness-report-{date}", title, date, f"Rubric {rubric}; {tool}", address)


def _bibtex(key: str, title: str, date: str, note: str, address: str) -> list[str]:
    fields = {"title": title, "author": "{The openness authors}", "year": date[:4], "month": date[5:7], "note": note}
    lines = [f"@misc{{{key},"]
    for name, value in fields.items():
        said = value if name == "author" else text(value).translate(_TEX)
        lines.append(f"  {name} = {{{said}}},")
    if address:
        lines.append(f"  url = {{{text(address).translate(_TEX)}}},")
    return [*lines, "}"]


def release_cff(card: Scorecard, address: str = "") -> list[str]:
    """The lines of a CITATION.cff for the report on one release."""
    release = card.release
    version = release.revision or "unpinned"
    return _cff(
        f"How open is {release.name or release.id}?", release.provenance.seen_on, version, address or release.url
    )


def site_cff(title: str, date: str, tool: str, address: str = "") -> list[str]:
    """The lines of a CITATION.cff for a whole report."""
    return _cff(title, date, tool, address)


def _cff(title: str, date: str, version: str, address: str) -> list[str]:
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this report, please cite it so.",
        "type: dataset",
        f"title: {_scalar(title)}",
        "authors:",
        '  - name: "The openness authors"',
        f"version: {_scalar(version)}",
        f"date-released: {_scalar(date)}",
    ]
    return [*lines, f"url: {_scalar(address)}"] if address else lines


def _scalar(value: str) -> str:
    """A string of YAML, by the rules of JSON, which YAML shares."""
    return json.dumps(text(value), ensure_ascii=True)
