"""`openness score` against the loopback Hub, with the real client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CARD, Run
from tests.hub.loopback import LFS, LoopbackHub
from tests.hub.repository import Content

WEIGHTS: dict[str, Content] = {"config.json": "{}", "model.safetensors": LFS(size=10), "tokenizer.json": "{}"}


def document(cli: Run, *argv: str) -> dict[str, Any]:
    outcome = cli("score", *argv, "--format", "json")
    assert outcome.code == 0, outcome.err
    card: dict[str, Any] = json.loads(outcome.out)["scorecards"][0]
    return card


def found(card: dict[str, Any], about: str) -> dict[str, Any]:
    finding: dict[str, Any] = next(each for each in card["findings"] if each["about"] == about)
    return finding


def test_a_release_from_the_hub(cli: Run, hub: LoopbackHub) -> None:
    sha = hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    outcome = cli("score", "org/name")
    assert outcome.code == 0
    assert outcome.err == ""
    assert "name has open weights under an open licence, but it is not open source." in outcome.out
    assert f"at revision {sha}" in outcome.out
    assert "The training data are not released (silent)." in outcome.out
    for dimension in ("Weights", "Data", "Code", "Licence", "Documentation", "Access", "Safety tuning"):
        assert dimension in outcome.out
    assert "\x1b" not in outcome.out
    assert f"{hub.url}/org/name/blob/{sha}/README.md?code=true#L2" in outcome.out


def test_evidence_names_revision_lines_and_quote(cli: Run, hub: LoopbackHub) -> None:
    sha = hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    card = document(cli, "org/name")
    evidence = found(card, "intended-use")["evidence"][0]
    assert evidence["lines"] == [11, 14]
    assert evidence["quote"] == "Intended uses"
    assert sha in evidence["url"]
    assert evidence["pinned"] is True
    assert found(card, "datasets")["status"] == "silent"
    assert [place["note"] for place in found(card, "datasets")["evidence"]] == ["the model card", "the card's metadata"]


def test_an_address_and_a_revision(cli: Run, hub: LoopbackHub) -> None:
    first = hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    second = hub.commit("org/name", files={"LICENSE": "All rights reserved by nobody in particular."})
    hub.tag("org/name", "v1", first)
    assert document(cli, f"{hub.url}/org/name")["release"]["revision"] == second
    assert document(cli, "org/name@v1")["release"]["revision"] == first
    assert document(cli, f"{hub.url}/org/name/tree/{first}")["release"]["revision"] == first


def test_a_renamed_release_is_named_anew(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("new-org/new-name", files={"README.md": CARD, **WEIGHTS})
    hub.rename("old-org/old-name", "new-org/new-name")
    outcome = cli("score", "old-org/old-name")
    assert outcome.code == 0
    assert "old-org/old-name is now new-org/new-name." in outcome.out


def test_the_file_is_the_licence_and_the_tag_a_claim(cli: Run, hub: LoopbackHub, corpus: Path) -> None:
    text = (corpus / "licences" / "llama-2.txt").read_text(encoding="utf-8")
    hub.add_model("org/name", files={"README.md": CARD, "LICENSE": text, **WEIGHTS})
    card = document(cli, "org/name")
    assert found(card, "licence")["licence"]["osi"] is False
    assert found(card, "licence-conflict")["value"] == "disagree"
    assert card["verdict"]["classes"] == [["restricted-weights", "weights under restrictive terms"]]


def test_a_gated_card_is_unknown_and_never_silent(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS}, gated="manual")
    card = document(cli, "org/name")
    assert found(card, "access")["value"] == "manual-approval"
    card_finding = found(card, "model-card")
    assert card_finding["status"] == "unknown"
    assert card_finding["missing"] == {"detail": "README.md is behind the gate", "reason": "gated"}
    assert found(card, "licence")["licence"]["id"] == "Apache-2.0", "the Hub's own fields stay public"
    assert all(
        each["status"] != "silent" for each in card["findings"] if each["about"] in ("datasets", "training-code")
    )


def test_a_token_opens_the_gate_and_is_never_shown(
    cli: Run, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS}, gated="auto")
    hub.tokens = {"hf_canarycanary": {"org/name"}}
    monkeypatch.setenv("HF_TOKEN", "hf_canarycanary")
    outcome = cli("score", "org/name")
    assert "Its download is gated (click through)." in outcome.out
    assert "It has a model card." in outcome.out
    printed = outcome.out + outcome.err
    kept = b"".join(path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file())
    assert "canary" not in printed
    assert b"canary" not in kept


def test_a_card_in_large_storage_sends_no_token_away(
    cli: Run, hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.tokens = {"hf_canarycanary": set()}
    monkeypatch.setenv("HF_TOKEN", "hf_canarycanary")
    hub.add_model("org/name", files={"README.md": LFS(content=CARD.encode()), **WEIGHTS})
    assert "It has a model card." in cli("score", "org/name").out
    away = [request for request in hub.log if request.origin != "hub"]
    assert away
    assert not any(request.authorised for request in away)


@pytest.mark.parametrize(
    ("front", "licence", "datasets"),
    [
        ("license:\n- apache-2.0\n- bsd-3-clause", "unknown", "silent"),
        ("license: other\nlicense_name: my-own", None, "silent"),
        ("license: apache-2.0\nlanguage: no\ndatasets: c4", "Apache-2.0", "unknown"),
        ("license: [unclosed", None, "unknown"),
        ("license: mit\nlicense: apache-2.0", "Apache-2.0", "silent"),
    ],
)
def test_front_matter_as_in_real_life(
    cli: Run, hub: LoopbackHub, front: str, licence: str | None, datasets: str
) -> None:
    hub.add_model("org/name", files={"README.md": f"---\n{front}\n---\n{CARD.split('---')[2]}", **WEIGHTS})
    card = document(cli, "org/name")
    assert found(card, "datasets")["status"] == datasets
    decided = found(card, "licence")["licence"]
    if licence and decided:
        assert decided["id"] == licence
    assert not (decided and decided["osi"] and licence != "Apache-2.0")


def test_malformed_front_matter_is_told(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": "---\nlicense: [unclosed\n---\n# x", **WEIGHTS})
    assert "The card's metadata are malformed (front matter, line" in cli("score", "org/name").out


def test_odd_bytes_and_sizes(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/latin", files={"README.md": CARD.encode() + b"\nCaf\xe9\n" + b"words " * 20, **WEIGHTS})
    assert "README.md is not UTF-8" in cli("score", "org/latin").out
    hub.add_model("org/wide", files={"README.md": ("\ufeff" + CARD).encode("utf-16"), **WEIGHTS})
    assert "README.md is UTF-16, not UTF-8" in cli("score", "org/wide").out
    hub.add_model("org/large", files={"README.md": CARD + "x" * (3 << 20), "LICENSE": "y" * (2 << 20), **WEIGHTS})
    large = cli("score", "org/large").out
    assert "README.md is too large to be read whole" in large
    assert "LICENSE is too large to be read whole" in large


def test_no_card_and_no_files(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/bare", files=WEIGHTS)
    bare = document(cli, "org/bare")
    assert found(bare, "model-card")["status"] == "silent"
    assert found(bare, "licence")["status"] == "silent"
    hub.add_model("org/empty", files={})
    outcome = cli("score", "org/empty")
    assert outcome.code == 0
    assert "empty is closed: its weights are not released." in outcome.out


def test_a_disabled_release(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS}, disabled=True)
    card = document(cli, "org/name")
    assert found(card, "access")["value"] == "disabled"


def test_one_broken_file_does_not_hide_the_others(cli: Run, hub: LoopbackHub) -> None:
    sha = hub.add_model("org/name", files={"README.md": CARD, "LICENSE": "x", **WEIGHTS})
    hub.fault(f"/org/name/resolve/{sha}/LICENSE", kind="status", code=500)
    card = document(cli, "org/name")
    assert found(card, "model-card")["status"] == "released"
    licence = found(card, "licence")  # the file decides; the tag is only a claim
    assert (licence["status"], licence["missing"]["reason"]) == ("unknown", "unreachable")
    assert licence["note"] == "Apache License 2.0 is claimed; whether it is in force is not known"


def test_weights_in_parts_and_adapters(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model(
        "org/part",
        files={
            "README.md": CARD,
            "model-00001-of-00003.safetensors": LFS(size=1),
            "model-00002-of-00003.safetensors": LFS(size=1),
        },
    )
    assert found(document(cli, "org/part"), "model-parameters-final")["status"] == "partial"
    hub.add_model("org/adapter", files={"README.md": CARD, "adapter_model.safetensors": LFS(size=1)})
    assert found(document(cli, "org/adapter"), "model-parameters-final")["status"] == "partial"


def test_words_alone_are_no_release(cli: Run, hub: LoopbackHub) -> None:
    boast = CARD + "\nThe full training data and the training code are released and fully open.\n"
    hub.add_model("org/name", files={"README.md": boast, **WEIGHTS})
    card = document(cli, "org/name")
    for about in ("datasets", "training-code"):
        assert found(card, about)["status"] in ("described", "silent")
    assert card["claim"]["honoured"] is False
    assert card["claim"]["statement"].startswith(
        "Its publisher calls it “fully open”, but the evidence shows: open weights"
    )
    assert (card["claim"]["gap"], card["claim"]["level"]) == ("overstated", [2, 2])
    assert card["claim"]["statement"].endswith("(2 classes short).")
    hidden = CARD + "\n<!-- The training data is at https://huggingface.co/datasets/org/data, fully open -->\n"
    hub.add_model("org/hidden", files={"README.md": hidden, **WEIGHTS})
    assert found(document(cli, "org/hidden"), "datasets")["status"] == "silent"


def test_a_link_that_was_not_followed_is_unknown(cli: Run, hub: LoopbackHub) -> None:
    linked = CARD + "\n## Training code\n\nThe training code is at https://github.com/org/code for everybody.\n"
    hub.add_model("org/name", files={"README.md": linked, **WEIGHTS})
    finding = found(document(cli, "org/name"), "training-code")
    assert finding["status"] == "unknown"
    assert finding["possible"] == ["released", "partial", "described"]
    assert finding["missing"]["reason"] == "not-followed"


def test_the_publisher_says_no(cli: Run, hub: LoopbackHub) -> None:
    refusing = CARD + "\nWe do not release the training data of this model.\n"
    hub.add_model("org/name", files={"README.md": refusing, **WEIGHTS})
    finding = found(document(cli, "org/name"), "datasets")
    assert finding["status"] == "withheld"
    assert finding["evidence"][0]["quote"] == "We do not release the training data of this model."


def test_a_repository_cannot_tune_its_own_verdict(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    plain = document(cli, "org/name")
    hub.add_model(
        "org/sly",
        files={
            "README.md": CARD,
            "openness.toml": "x = 1",
            "retort.yaml": "rubric: x",
            "attest.yaml": "- released",
            **WEIGHTS,
        },
    )
    sly = document(cli, "org/sly")
    assert plain["score"] == sly["score"]
    assert plain["verdict"]["classes"] == sly["verdict"]["classes"]


def test_several_releases_at_once(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/one", files={"README.md": CARD, **WEIGHTS})
    hub.add_model("org/two", files={"README.md": CARD})
    outcome = cli("score", "org/two", "org/one", "org/none")
    assert outcome.code == 4
    assert "org/none is not on the Hub, or it is private" in outcome.err
    assert outcome.out.index("org/two") < outcome.out.index("org/one")
    assert "open weights" in outcome.out


def test_output_to_a_file_is_whole_or_not_at_all(cli: Run, hub: LoopbackHub, tmp_path: Path) -> None:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    page = tmp_path / "page.md"
    outcome = cli("score", "org/name", "--format", "markdown", "--output", str(page))
    assert (outcome.code, outcome.out) == (0, "")
    assert page.read_text(encoding="utf-8").startswith("# org/name &#64; ")
    before = page.read_bytes()
    assert cli("score", "org/none", "--output", str(page)).code == 4
    assert page.read_bytes() == before
    assert cli("score", "org/name", "--output", str(tmp_path)).code == 2
    missing = cli("score", "org/name", "-o", str(tmp_path / "no" / "page.md"))
    assert missing.code == 2
    assert "does not exist" in missing.err


def test_explain_shows_all_evidence(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    outcome = cli("score", "org/name", "--explain", "data-exact")
    assert outcome.code == 0
    assert "Is the exact training data released? (00:08, 00:42; weight 4; decided by machine)" in outcome.out
    assert "✗ not met: The training data are not released (silent)." in outcome.out
    wrong = cli("score", "org/name", "--explain", "data-exakt")
    assert wrong.code == 2
    assert "did you mean data-exact?" in wrong.err


def test_the_library_does_what_the_command_does(cli: Run, hub: LoopbackHub) -> None:
    import openness
    from openness.outputs.saved import plain

    hub.add_model("org/name", files={"README.md": CARD, **WEIGHTS})
    assert plain(openness.score("org/name")) == document(cli, "org/name")
    with pytest.raises(openness.OpennessError, match="not a model name"):
        openness.score("a/b/c")
