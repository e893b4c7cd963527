"""People's findings beside automatic ones: they fill, they agree, or they dispute; never silently replace."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from openness.attest.merge import merge
from openness.core.finding import Confidence, Evidence, Finding, Method, Origin, Status
from openness.core.release import Attestation, Reason, Unread
from openness.licences import lookup

SEEN = (Evidence(Method.CARD_SECTION, note="seen", seen_on="2026-01-01"),)


def said(status: str, about: str = "datasets", seen: str = "2025-01-01", **more: str) -> Attestation:
    return Attestation(about, status, "https://example.org/paper", seen, "somebody", "a fact", **more)


def auto(status: Status, about: str = "datasets", value: str | None = None, **more: object) -> Finding:
    missing = Unread(Reason.NOT_FOLLOWED) if status is Status.UNKNOWN else None
    return Finding(about, status, "probe", value, evidence=SEEN, missing=missing, **more)  # type: ignore[arg-type]


def one(automatic: list[Finding], attested: list[Attestation]) -> Finding:
    (finding,) = merge(automatic, attested, lookup)
    return finding


def test_unknown_silent_and_described_are_filled() -> None:
    for status in (Status.UNKNOWN, Status.SILENT, Status.DESCRIBED):
        finding = one([auto(status)], [said("released")])
        assert (finding.status, finding.origin) == (Status.RELEASED, Origin.ATTESTED)
        assert len(finding.evidence) == 2, "the automatic evidence stays visible"


def test_agreement_adds_evidence_and_the_better_confidence() -> None:
    finding = one([auto(Status.RELEASED, confidence=Confidence.LOW)], [said("released", confidence="high")])
    assert finding.status is Status.RELEASED
    assert finding.confidence is Confidence.HIGH
    assert len(finding.evidence) == 2


def test_contradiction_is_left_open() -> None:
    finding = one([auto(Status.RELEASED)], [said("withheld")])
    assert finding.status is Status.UNKNOWN
    assert finding.missing
    assert finding.missing.reason is Reason.DISPUTED
    assert set(finding.statuses) == {Status.RELEASED, Status.WITHHELD}


def test_a_newer_measurement_outweighs_an_older_attestation() -> None:
    measured = (Evidence(Method.HUB_FIELD, note="gated", seen_on="2026-01-01"),)
    now = Finding("access", Status.RELEASED, "access", "open", confidence=Confidence.HIGH, evidence=measured)
    finding = one([now], [said("released", "access", value="manual-approval")])
    assert finding.value == "open"
    assert "manual-approval" in finding.note
    newer = one([now], [said("released", "access", seen="2026-06-01", value="manual-approval")])
    assert newer.status is Status.UNKNOWN


def test_licences_are_looked_up() -> None:
    finding = one([], [said("released", "licence", licence="apache-2.0")])
    assert finding.licence
    assert finding.licence.osi
    assert finding.value == "open-source"


attestations = st.lists(
    st.builds(
        said,
        st.sampled_from(["released", "partial", "described", "silent"]),
        st.sampled_from(["datasets", "training-code"]),
        st.sampled_from(["2025-01-01", "2026-06-01"]),
    ),
    max_size=4,
)


@given(attestations, st.randoms(use_true_random=False))
def test_order_does_not_matter(given_attestations: list[Attestation], shuffle: object) -> None:
    automatic = [auto(Status.SILENT), auto(Status.RELEASED, "training-code")]
    mixed = list(given_attestations)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert merge(automatic, given_attestations, lookup) == merge(list(reversed(automatic)), mixed, lookup)
