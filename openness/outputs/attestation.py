"""Attestation files: a draft with every automatic finding, for a person to confirm, correct or delete, and imported records."""

from __future__ import annotations

from collections.abc import Iterable

from openness.core.attestation import AttestationDocument
from openness.core.components import name_of
from openness.core.finding import Finding, Status
from openness.core.text import cut_quote
from openness.outputs.safe import text

_HEAD = """\
# What a person found about a release. Delete what you did not look at yourself; correct what is wrong.
# author: who you are. seen: the day on which you looked. source: where everyone can see it.
# To replace an automatic finding, rather than dispute it, uncomment its `supersedes` line. Then:
#   openness score {release} --attest THIS-FILE
"""


_DERIVED = frozenset({"licence-conflict", "lineage-terms", "data-terms"})
"""Findings that follow from others. A person attests the others instead."""


def draft(release: str, revision: str | None, findings: Iterable[Finding], seen: str) -> str:
    """A draft as YAML. A finding that is unknown, or has no address, is a comment. `seen` is the day of the facts (ISO 8601)."""
    lines = [_HEAD.format(release=text(release)), f"release: {quoted(release)}\n"]
    if revision:
        lines.append(f"revision: {quoted(revision)}\n")
    lines.append('author: ""\nfindings:\n')
    for finding in findings:
        if finding.about in _DERIVED:
            continue
        lines.append(f"  # {name_of(finding.about)}\n")
        shown = finding.status is not Status.UNKNOWN and any(each.url for each in finding.evidence[:1])
        mark = "  " if shown else "  # "
        lines += [f"{mark}{line}\n" for line in _entry(finding, release, seen)]
    return "".join(lines)


def _entry(finding: Finding, release: str, seen: str) -> list[str]:
    first = finding.evidence[0] if finding.evidence else None
    said: dict[str, str] = {"status": finding.status.value if finding.status is not Status.UNKNOWN else "released"}
    if finding.value and finding.about != "licence":
        said["value"] = finding.value
    if finding.licence:
        said["licence"] = finding.licence.id
    said["source"] = first.url if first and first.url else "https://"
    said["seen"] = seen
    if first and first.quote:
        said["quote"] = cut_quote(first.quote)
    rows = [f"- about: {finding.about}", *(f"  {key}: {quoted(value)}" for key, value in said.items())]
    return rows if finding.status is Status.UNKNOWN else [*rows, f"  # supersedes: {finding.fingerprint(release)}"]


def document(data: AttestationDocument) -> str:
    """An imported record as an attestation file."""
    lines = [f"release: {quoted(data['release'])}\n", f"author: {quoted(data['author'])}\n", "findings:\n"]
    for finding in data["findings"]:
        for number, (key, value) in enumerate(finding.items()):
            lines.append(f"  {'- ' if number == 0 else '  '}{key}: {quoted(value)}\n")
    return "".join(lines)


def quoted(value: str) -> str:
    """A double-quoted YAML scalar; characters that are not printable are escaped (https://yaml.org/spec/1.2.2/#57-escaped-characters)."""
    return '"' + "".join(_character(each) for each in value) + '"'


def _character(value: str) -> str:
    if value in ('"', "\\"):
        return "\\" + value
    if value == " " or value.isprintable():
        return value
    return f"\\u{ord(value):04x}" if ord(value) < 0x10000 else f"\\U{ord(value):08x}"
