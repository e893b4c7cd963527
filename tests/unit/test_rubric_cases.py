"""Every bundled rubric: sound by its schema, and right on the worked cases beside it."""

from __future__ import annotations

from typing import Any

import pytest

from openness.core.components import ASPECTS
from openness.core.events import read_events
from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.licence import Licence, LicenceClass, Term
from openness.core.release import Missing, Provenance, Reason, Release
from openness.core.scorecard import Scorecard
from openness.rubric.assess import assess
from openness.rubric.library import folder, load, load_file, names

SEEN = (Evidence(Method.FILE_LIST, note="seen"),)
LICENCES = {
    "osi": Licence("Apache-2.0", "Apache License 2.0", LicenceClass.OPEN_SOURCE, "Apache-2.0", osi=True),
    "restricted": Licence(
        "x", "A restricted licence", LicenceClass.USE_RESTRICTED, osi=False, terms={"commercial-use": Term("threshold")}
    ),
}


def cases() -> list[Any]:
    import yaml

    found = []
    for path in sorted((folder() / "cases").glob("*.yaml")):
        data, _ = read_events(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))
        found += [pytest.param(data["rubric"], case, id=f"{data['rubric']}: {case['name']}") for case in data["cases"]]
    return found


def as_finding(about: str, said: str) -> Finding:
    if said == "unknown":
        return Finding(about, Status.UNKNOWN, "case", missing=Missing(Reason.OFFLINE, "nobody was asked"))
    if said == "silent":
        return Finding(about, Status.SILENT, "case", evidence=SEEN)
    if about == "licence":
        licence = LICENCES[said]
        return Finding(about, Status.RELEASED, "case", licence.licence_class, licence, evidence=SEEN)
    if about in ASPECTS and ASPECTS[about].values:
        return Finding(about, Status.RELEASED, "case", said, evidence=SEEN)
    status = Status(said)
    evidence = (Evidence(Method.ATTESTATION, note="the publisher says so"),) if status is Status.WITHHELD else SEEN
    return Finding(about, status, "case", evidence=evidence)


def judge(rubric: str, findings: dict[str, str]) -> Scorecard:
    compiled = load(rubric).compiled
    everything = dict.fromkeys(compiled.about, "silent") | findings
    release = Release("org/case", "org/case", Provenance("hub", "2026-01-01"))
    return assess(release, [as_finding(about, said) for about, said in everything.items()], compiled, "test")


@pytest.mark.parametrize(("rubric", "case"), cases())
def test_worked_case(rubric: str, case: dict[str, Any]) -> None:
    card = judge(rubric, case["findings"])
    assert [id for id, _ in card.verdict.classes] == case["classes"]
    assert {gate.id: gate.state.value for gate in card.gates if gate.id in case.get("gates", {})} == case.get(
        "gates", {}
    )
    statements = [result.statement for result in card.criteria]
    for said in case.get("says", ()):
        assert said in statements
    possible = {each.id: each.possible for each in card.affordances}
    for id, wanted in case.get("affordances", {}).items():
        assert possible[id] is wanted, id


@pytest.mark.parametrize("name", names())
def test_bundled_rubric_is_sound_and_has_cases(name: str) -> None:
    load_file(folder() / f"{name}.yaml")
    assert sum(case.values[0] == name for case in cases()) >= 6


def test_both_reasons_stand_alone() -> None:
    card = judge(
        "retort",
        {
            "model-parameters-final": "released",
            "licence": "restricted",
            "datasets": "withheld",
            "access": "manual-approval",
            "model-architecture": "released",
        },
    )
    assert len(card.verdict.reasons) == 2
    assert card.verdict.reasons[0].startswith("Licence:")
    assert card.verdict.reasons[1].startswith("Reproducibility:")
    assert card.verdict.certain


def test_safety_is_beside_openness() -> None:
    base = judge(
        "retort", {"model-parameters-final": "released", "licence": "osi", "access": "open", "safety-tuning": "none"}
    )
    tuned = judge(
        "retort",
        {
            "model-parameters-final": "released",
            "licence": "osi",
            "access": "open",
            "safety-tuning": "tuned",
            "safety-evaluation": "released",
        },
    )
    assert base.score == tuned.score
    assert base.verdict.classes == tuned.verdict.classes
    assert next(each for each in tuned.dimensions if each.id == "safety").beside


def test_every_criterion_of_the_episode_cites_a_mark() -> None:
    import re

    for criterion in load("retort").compiled.criteria:
        assert re.fullmatch(r"00:[0-5]\d(, 00:[0-5]\d)*", criterion.cite)
