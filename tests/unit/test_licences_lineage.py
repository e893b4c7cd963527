"""A licence held against that of what it was made from: nobody grants more than was granted to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.licences import licence_ids, load, lookup
from openness.licences.lineage import BASE_APPLIES, COMPATIBLE, RELICENSED, RULES, inheritance

CASES = [
    # base, stated, relation, verdict, terms on which it grants too much
    ("llama2", "llama2", "finetune", COMPATIBLE, ()),
    ("llama2", "apache-2.0", "finetune", RELICENSED, ("commercial-use", "field-of-use")),
    ("llama2", "apache-2.0", "quantized", RELICENSED, ("commercial-use", "field-of-use")),
    ("llama2", "apache-2.0", "merge", RELICENSED, ("commercial-use", "field-of-use")),
    ("llama2", "apache-2.0", "adapter", BASE_APPLIES, ("commercial-use", "field-of-use")),
    ("llama2", "cc-by-nc-4.0", "finetune", RELICENSED, ("field-of-use",)),
    ("llama3.2", "apache-2.0", "finetune", RELICENSED, ("commercial-use", "field-of-use", "territory")),
    ("gemma", "mit", "finetune", RELICENSED, ("field-of-use",)),
    ("cc-by-nc-4.0", "mit", "merge", RELICENSED, ("commercial-use",)),
    ("cc-by-nc-4.0", "cc-by-nc-sa-4.0", "finetune", COMPATIBLE, ()),
    ("llama-1", "apache-2.0", "finetune", RELICENSED, ("commercial-use", "research-only", "field-of-use", "territory")),
    ("apache-2.0", "llama2", "finetune", COMPATIBLE, ()),
    ("apache-2.0", "mit", "quantized", COMPATIBLE, ()),
    ("mit", "cc-by-nc-4.0", "finetune", COMPATIBLE, ()),
    ("gpl-3.0", "apache-2.0", "finetune", RELICENSED, ("copyleft",)),
    ("gpl-3.0", "agpl-3.0", "finetune", COMPATIBLE, ()),
    ("agpl-3.0", "gpl-3.0", "finetune", RELICENSED, ("copyleft",)),
    ("gpl", "gpl-3.0", "finetune", COMPATIBLE, ()),
    ("cc-by-sa-4.0", "cc-by-4.0", "merge", RELICENSED, ("copyleft",)),
    ("openrail", "creativeml-openrail-m", "finetune", COMPATIBLE, ()),
    ("bigscience-bloom-rail-1.0", "apache-2.0", "finetune", RELICENSED, ("field-of-use",)),
    ("cc-by-nd-4.0", "cc-by-nd-4.0", "finetune", RELICENSED, ("adaptation",)),
    ("cc-by-nd-4.0", "cc-by-nd-4.0", "quantized", COMPATIBLE, ()),
    ("cc-by-nc-nd-3.0", "cc-by-nc-3.0", "merge", RELICENSED, ("adaptation",)),
    ("", "apache-2.0", "finetune", None, ()),
    ("other", "apache-2.0", "finetune", None, ()),
    ("llama2", "some-licence-of-theirs", "finetune", None, ()),
    ("llama2", "", "finetune", None, ()),
]


@pytest.mark.parametrize(("base", "stated", "relation", "verdict", "terms"), CASES)
def test_each_relation_has_its_rule(
    base: str, stated: str, relation: str, verdict: str | None, terms: tuple[str, ...]
) -> None:
    held = inheritance(lookup(base), lookup(stated), relation)
    assert held.verdict == verdict
    assert tuple(each.term for each in held.overreaches) == terms
    assert held.why
    for each in held.overreaches:
        assert each.withheld.quote or each.withheld.section, "the clause of the base is named"


def test_a_duty_to_pass_on_is_told() -> None:
    held = inheritance(lookup("llama2"), lookup("llama3"), "finetune")
    assert held.verdict == COMPATIBLE
    assert "must be passed on" in held.why


@given(st.sampled_from(licence_ids()), st.sampled_from(sorted(RULES)))
def test_what_stays_under_its_own_licence_is_compatible(licence_id: str, relation: str) -> None:
    licence = load(licence_id)
    assert licence is not None
    if "adaptation" not in licence.terms:
        assert inheritance(licence, licence, relation).verdict == COMPATIBLE


@given(st.sampled_from(licence_ids()), st.sampled_from(licence_ids()))
def test_an_approved_licence_never_whitewashes_a_narrower_base(base_id: str, stated_id: str) -> None:
    base, stated = load(base_id), load(stated_id)
    assert base is not None
    assert stated is not None
    held = inheritance(base, stated, "finetune")
    narrow = base.terms.get("commercial-use")
    if stated.osi and narrow and narrow.value in ("no", "threshold", "on-request"):
        assert held.verdict == RELICENSED
