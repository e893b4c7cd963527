"""The bundled catalogue: every entry sound, sourced, dated, and judged as the public record says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from openness.core.components import ASPECTS, COMPONENTS
from openness.core.events import read_events
from openness.core.finding import Status
from openness.core.scorecard import Scorecard
from openness.engine import Options, score_one
from openness.sources import catalogue

FILES = sorted(catalogue.FOLDER.glob("*.yaml"))
KEYS = {"id", "on_hub", "aliases", "name", "publisher", "released", "captured", "reference", "facts", "findings"}
FACTS = {
    "source",
    "captured",
    "revision",
    "gated",
    "license",
    "license_name",
    "license_link",
    "pipeline_tag",
    "base_model",
    "base_model_relation",
    "datasets",
    "files",
}
SAID = {"about", "status", "value", "licence", "source", "seen", "confidence", "note"}
DATE = re.compile(r"20\d\d(-\d\d){0,2}\Z")
NEEDS_VALUE = {"access", "safety-tuning", "variants", "openness-claim", "lineage"}


def read(path: Path) -> dict[str, Any]:
    import yaml

    data, _ = read_events(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_entry_is_sound(path: Path) -> None:
    entry = read(path)
    assert set(entry) <= KEYS
    assert {"id", "on_hub", "name", "publisher", "captured", "findings"} <= set(entry)
    assert path.name == f"{entry['id'].lower().replace('/', '--')}.yaml"
    assert DATE.match(str(entry["captured"]))
    assert ("facts" in entry) == entry["on_hub"]
    facts = entry.get("facts", {})
    assert set(facts) <= FACTS
    if facts:
        assert facts["source"].startswith("https://huggingface.co/")
        assert DATE.match(str(facts["captured"]))
        assert facts.get("gated", False) in (False, "auto", "manual")
        assert re.fullmatch(r"[0-9a-f]{40}", facts.get("revision", "0" * 40))
    abouts = [said["about"] for said in entry["findings"]]
    assert len(abouts) == len(set(abouts)), "one finding for each subject"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_finding_has_source_date_and_words_of_our_own(path: Path) -> None:
    for said in read(path)["findings"]:
        about = said["about"]
        assert set(said) <= SAID
        assert about in COMPONENTS or about in ASPECTS
        assert said["source"].startswith("https://")
        assert DATE.match(str(said["seen"]))
        assert said["confidence"] in ("low", "medium", "high")
        assert 10 <= len(said["note"]) <= 200
        assert Status(said.get("status", "released")) is not Status.UNKNOWN
        if about in NEEDS_VALUE and said.get("status") not in ("silent", "not-applicable"):
            assert said["value"] in ASPECTS[about].values
        if about in COMPONENTS and about != "datasets":
            assert "value" not in said


def test_names_lead_to_one_release_each() -> None:
    seen: dict[str, str] = {}
    for path in FILES:
        entry = read(path)
        for name in (entry["id"], *entry.get("aliases", ())):
            assert name.lower() not in seen, f"{name}: {seen.get(name.lower())} and {entry['id']}"
            seen[name.lower()] = entry["id"]
            assert catalogue.find(name.upper()) == entry["id"]


@pytest.mark.parametrize("id", catalogue.ids())
def test_every_release_is_scored_without_a_dispute(id: str) -> None:
    card = scored(id)
    assert card.verdict.headline
    disputed = [finding.about for finding in card.findings if finding.missing and finding.missing.reason == "disputed"]
    assert not disputed
    broken = [
        finding.missing.detail
        for finding in card.findings
        if finding.missing and finding.missing.reason == "probe-error"
    ]
    assert not broken


def scored(name: str) -> Scorecard:
    return score_one(name, Options(offline=True))


NAMED_IN_THE_EPISODE = [
    "mistralai/Mistral-7B-v0.1",
    "mistralai/Mistral-7B-Instruct-v0.1",
    "llama-1",
    "meta-llama/Llama-2-7b-hf",
    "meta-llama/Llama-2-13b-hf",
    "meta-llama/Llama-2-70b-hf",
    "meta-llama/Llama-2-7b-chat-hf",
    "meta-llama/Llama-2-13b-chat-hf",
    "meta-llama/Llama-2-70b-chat-hf",
    "openai-community/gpt2",
    "gpt-3.5",
    "gpt-4",
    "claude",
    "mosaicml/mpt-7b",
]
PASS = ["EleutherAI/pythia-12b", "allenai/OLMo-7B", "LLM360/Amber", "LLM360/CrystalCoder", "google-t5/t5-11b"]
NEARLY = ["bigscience/bloom", "bigcode/starcoder2-15b", "tiiuae/falcon-40b"]
FAIL = ["meta-llama/Llama-2-7b-hf", "xai-org/grok-1", "microsoft/phi-2", "mistralai/Mixtral-8x7B-v0.1"]


@pytest.mark.parametrize("name", [*NAMED_IN_THE_EPISODE, *PASS, *NEARLY, *FAIL])
def test_what_the_episode_and_osi_name_is_there(name: str) -> None:
    assert name in catalogue.ids()


def state(card: Scorecard, gate: str) -> str:
    return next(each.state.value for each in card.gates if each.id == gate)


@pytest.mark.parametrize("name", PASS)
def test_what_osi_found_to_pass_could_be_reproduced(name: str) -> None:
    card = scored(name)
    assert state(card, "reproducible") == "pass"
    assert card.verdict.classes == (("open-source", "open source"),)


@pytest.mark.parametrize("name", [*NEARLY, *FAIL])
def test_what_osi_found_not_to_pass_is_not_open_source(name: str) -> None:
    assert all(id != "open-source" for id, _ in scored(name).verdict.classes)


def test_mistral_7b() -> None:
    card = scored("mistralai/Mistral-7B-v0.1")
    assert card.verdict.classes == (("open-weights", "open weights"),)
    assert card.verdict.headline.endswith("but it is not open source.")
    licence = next(finding for finding in card.findings if finding.about == "licence").licence
    assert licence
    assert (licence.spdx, licence.osi) == ("Apache-2.0", True)
    assert state(card, "licence") == "pass"
    reasons = next(gate.failing for gate in card.gates if gate.id == "reproducible")
    assert reasons == ("The training data are not released (silent).", "The training code is not released (silent).")
    safety = next(each for each in card.criteria if each.id == "safety-stated")
    assert safety.statement == "Safety tuning: none (a base model)."


def test_llama_2_has_two_reasons() -> None:
    card = scored("llama-2")
    assert [reason.split(":")[0] for reason in card.verdict.reasons] == ["Licence", "Reproducibility"]
    assert "The training data are not released (withheld)." in card.verdict.reasons[1]
    assert "Llama 2" in card.verdict.reasons[0]
    assert card.claim
    assert card.claim.honoured is False


@pytest.mark.parametrize("name", ["gpt-4", "GPT-4", "chatgpt", "claude"])
def test_closed_systems_are_closed(name: str) -> None:
    card = scored(name)
    assert card.verdict.classes == (("closed", "closed"),)
    assert card.release.provenance.source == "catalogue"


def test_leaked_weights_are_not_offered() -> None:
    assert scored("llama-1").verdict.classes == (("not-offered", "weights not offered"),)


def test_the_relative_statement() -> None:
    standings = {each.reference: each.relation for each in scored("mistral-7b").standings}
    assert standings["GPT-4"] == "more"
    assert standings["OLMo 7B"] == "less"


def test_a_revision_that_the_catalogue_does_not_hold() -> None:
    from openness.core.errors import NotAvailableOffline

    with pytest.raises(NotAvailableOffline):
        scored("mistralai/Mistral-7B-v0.1@" + "0" * 40)
    assert scored("mistral-7b@26bca36bde8333b5d7f72e9ed20ccda6a618af24").release.revision
