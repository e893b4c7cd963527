"""SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/), with what GitHub's code scanning also asks for.

GitHub asks for a physical location in the repository, real URIs, and fingerprints. A demand that holds is not a result.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from openness.core.gate import DemandResult, Gated, Outcome
from openness.outputs.base import Canvas
from openness.outputs.check import seen_at
from openness.outputs.safe import text, url
from openness.outputs.saved import written

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVEL = {
    Outcome.VIOLATED: "error",
    Outcome.RETRY: "error",
    Outcome.UNDECIDED: "warning",
    Outcome.EXCEPTED: "note",
    Outcome.TOLERATED: "note",
}


def draw(page: str, format_name: str, gated: Gated, canvas: Canvas) -> str:
    """One run, with a rule per demand that did not hold."""
    bad = [each for each in gated.results if each.outcome in LEVEL]
    rules = sorted({each.rule for each in bad})
    driver = {
        "name": "openness",
        "version": gated.tool.rpartition(" ")[2],
        "rules": [
            {"id": text(rule), "shortDescription": {"text": text(f"Demanded of releases: {rule}")}} for rule in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "openness/check/"},
        "columnKind": "utf16CodeUnits",
        "results": [_result(each, rules) for each in bad],
    }
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(result: DemandResult, rules: list[str]) -> dict[str, Any]:
    said = [f"{result.release}: {result.message}", *(f"Evidence: {seen_at(each)}" for each in result.evidence[:3])]
    said += [f"To do: {result.fix}"] if result.fix else []
    found: dict[str, Any] = {
        "ruleId": text(result.rule),
        "ruleIndex": rules.index(result.rule),
        "level": LEVEL[result.outcome],
        "message": {"text": "\n".join(text(each) for each in said)},
        "locations": [_place(result.at.file, result.at.line)],
        "partialFingerprints": {"openness/v1": result.fingerprint},
        "properties": {
            "outcome": result.outcome.value,
            "release": text(result.release),
            "revision": text(result.revision or ""),
        },
    }
    if result.rule_at != result.at:
        found["relatedLocations"] = [
            _place(result.rule_at.file, result.rule_at.line) | {"message": {"text": "demanded here"}}
        ]
    if result.outcome in (Outcome.EXCEPTED, Outcome.TOLERATED):
        found["suppressions"] = [{"kind": "external", "justification": text(result.message)}]
    addresses = [address for address in (url(each.url) for each in result.evidence) if address]
    if addresses:
        found["hostedViewerUri"] = addresses[0]
    return found


def _place(file: str, line: int) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": quote(text(file))}, "region": {"startLine": max(1, line)}}}
