"""What a release was made from, and where its licence is stated, against the loopback Hub."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import CARD, Run
from tests.cli.test_score import WEIGHTS, document, found
from tests.hub.loopback import LoopbackHub
from tests.unit.test_licences_identify import installed

LLAMA = "meta-llama/Llama-2-7b-hf"


def card(front: str, body: str = "") -> str:
    return f"---\n{front.strip()}\n---\n# Name\n\n{body}\n" + CARD.partition("# Model card of Name\n")[2]


def scored(cli: Run, hub: LoopbackHub, front: str, body: str = "", **files: str) -> dict[str, Any]:
    hub.add_model("org/name", files={"README.md": card(front, body), **WEIGHTS, **files})
    return document(cli, "org/name")


def test_an_open_licence_on_a_narrower_base_is_relicensed_without_right(cli: Run, hub: LoopbackHub) -> None:
    judged = scored(cli, hub, f"license: apache-2.0\nbase_model: {LLAMA}")
    terms = found(judged, "lineage-terms")
    assert terms["value"] == "relicensed-without-right"
    quoted = [(each["note"], each["quote"]) for each in terms["evidence"] if each["method"] == "licence-text"]
    assert any(
        "Llama 2 Community License Agreement, section 2" in note and "700 million" in quote for note, quote in quoted
    )
    assert any("Apache License 2.0, section 2" in note and quote for note, quote in quoted), "both clauses are shown"
    assert judged["gates"][0]["state"] == "fail"
    assert judged["verdict"]["classes"] == [["restricted-weights", "weights under restrictive terms"]]
    assert not any("Llama-2-7b-hf" in request.path for request in hub.log), "the catalogue knows the base"


@pytest.mark.parametrize(
    ("front", "value"),
    [
        (f"license: llama2\nbase_model: {LLAMA}", "compatible"),
        (f"license: apache-2.0\nbase_model: {LLAMA}\nbase_model_relation: adapter", "base-terms-apply"),
        (f"license: mit\nbase_model: {LLAMA}\nbase_model_relation: quantized", "relicensed-without-right"),
        (f"license: mit\nbase_model: [other/free, {LLAMA}]\nbase_model_relation: merge", "relicensed-without-right"),
        ("license: mit\nbase_model: other/free", "compatible"),
        ("license: mit\nbase_model: other/narrow", "relicensed-without-right"),
        ("license: mit\nbase_model: org/own", "compatible"),
    ],
)
def test_each_relation(cli: Run, hub: LoopbackHub, front: str, value: str) -> None:
    hub.add_model("other/free", files={"README.md": "---\nlicense: mit\n---\n"})
    hub.add_model("other/narrow", files={"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    hub.add_model("org/own", files={"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    terms = found(scored(cli, hub, front), "lineage-terms")
    assert (terms["status"], terms["value"]) == ("released", value)


@pytest.mark.parametrize(
    ("base", "detail"),
    [
        ("other/gated", "other/gated is gated, private or gone"),
        ("other/absent", "other/absent is gated, private or gone"),
        ("other/bare", "the base states no licence"),
        ("other/bespoke", "are not known"),
    ],
)
def test_a_base_that_cannot_be_told_leaves_it_open(cli: Run, hub: LoopbackHub, base: str, detail: str) -> None:
    hub.add_model("other/gated", files={"README.md": "---\nlicense: mit\n---\n"}, gated="manual")
    hub.add_model("other/bare", files={"README.md": "# nothing said\n"})
    hub.add_model("other/bespoke", files={"README.md": "---\nlicense: other\nlicense_name: theirs\n---\n"})
    judged = scored(cli, hub, f"license: mit\nbase_model: {base}")
    terms = found(judged, "lineage-terms")
    assert terms["status"] == "unknown"
    assert detail in terms["missing"]["detail"]
    assert judged["gates"][0]["state"] == "open"


def test_narrower_data_are_a_risk_and_no_verdict(cli: Run, hub: LoopbackHub) -> None:
    hub.add_dataset("org/stories", files={"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    hub.add_dataset("org/free", files={"README.md": "---\nlicense: cc0-1.0\n---\n"})
    plain = scored(cli, hub, "license: mit")
    risky = scored(cli, hub, "license: mit\ndatasets: [org/free, org/stories]")
    assert found(risky, "data-terms")["value"] == "risk"
    assert "org/stories" in found(risky, "data-terms")["note"]
    assert risky["gates"][0] == plain["gates"][0]
    assert "Terms of its data" in cli("score", "org/name").out


def test_ancestors_cost_one_text_each_and_no_further_round_trip(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("other/free", files={"README.md": "---\nlicense: mit\n---\n"})
    hub.add_dataset("org/free", files={"README.md": "---\nlicense: cc0-1.0\n---\n"})
    hub.small_file_redirects = False
    scored(cli, hub, "license: mit\nbase_model: other/free\ndatasets: org/free")
    asked = [request.path for request in hub.log]
    assert len(asked) == 1 + 3, asked
    cli("score", "org/name")
    assert len(hub.log) == len(asked) + 1, "what an ancestor said is kept with the facts of the commit"


def test_a_base_that_is_not_to_be_had_is_asked_for_once(cli: Run, hub: LoopbackHub) -> None:
    scored(cli, hub, "license: mit\nbase_model: other/absent")
    asked = len(hub.log)
    cli("score", "org/name")
    assert len(hub.log) == asked + 1


def test_hostile_ancestors_are_left_alone(cli: Run, hub: LoopbackHub) -> None:
    front = "license: mit\nbase_model: ['../../etc/passwd', 'http://127.0.0.1/x', 'a b', 'x/y?z']\n"
    scored(cli, hub, front + f"datasets: [{', '.join(f'org/d{number}' for number in range(300))}]")
    assert not any("etc" in request.path or "?" in request.path for request in hub.log)
    assert sum("datasets/" in request.path for request in hub.log) <= 4


@pytest.mark.parametrize(
    ("front", "body", "licence"),
    [
        ("language: en", "This model is released under the Llama 2 Community License.", "llama-2"),
        ("license: other", "Name is licensed under the Gemma Terms of Use license.", "gemma"),
        ("language: en", "The code is released under the MIT license.", None),
        ("language: en", "This model is not released under the MIT license.", None),
        ("license: mit", "This model is released under the MIT license.", "MIT"),
    ],
)
def test_the_card_s_words_where_no_tag_speaks(
    cli: Run, hub: LoopbackHub, front: str, body: str, licence: str | None
) -> None:
    judged = found(scored(cli, hub, front, body), "licence")
    assert (judged["licence"] or {}).get("id") == licence or (licence is None and judged["status"] == "silent")


def test_a_card_that_contradicts_its_tag_is_a_conflict(cli: Run, hub: LoopbackHub) -> None:
    judged = scored(cli, hub, "license: apache-2.0", "This model is released under the CC-BY-NC-4.0 license.")
    conflict = found(judged, "licence-conflict")
    assert conflict["value"] == "disagree"
    assert "README.md (line 6) says CC-BY-NC-4.0" in conflict["note"]


def test_a_notice_that_names_a_narrower_licence_is_a_conflict(cli: Run, hub: LoopbackHub) -> None:
    notice = "Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc."
    conflict = found(scored(cli, hub, "license: apache-2.0", NOTICE=notice), "licence-conflict")
    assert conflict["value"] == "disagree"
    assert "NOTICE (line 1) names llama-2" in conflict["note"]


@pytest.mark.parametrize(
    "name",
    [
        "MODEL_LICENSE",
        "LICENSE-MODEL",
        "LICENSE_MODELS.md",
        "LICENSE_weights",
        "model_licenses/LICENSE",
        "LICENSE.NAME",
    ],
)
def test_the_weights_own_licence_file_goes_before_the_plain_one(cli: Run, hub: LoopbackHub, name: str) -> None:
    files = {"LICENSE": installed("pyyaml", "LICENSE"), name: installed("packaging", "LICENSE.APACHE")}
    assert found(scored(cli, hub, "language: en", **files), "licence")["licence"]["id"] == "Apache-2.0"


@pytest.mark.parametrize("name", ["LICENSE-CODE", "LICENSE_DATA", "code/LICENSE", "THIRD_PARTY_LICENSES"])
def test_a_licence_of_something_else_does_not_speak_for_the_weights(cli: Run, hub: LoopbackHub, name: str) -> None:
    judged = found(scored(cli, hub, "language: en", **{name: installed("pyyaml", "LICENSE")}), "licence")
    assert judged["status"] == "silent"


@pytest.mark.parametrize("front", ["license: llama2", "license: cc-by-nc-4.0", "language: en"])
def test_an_open_licence_file_does_not_stand_against_a_narrower_word(cli: Run, hub: LoopbackHub, front: str) -> None:
    words = "This model is released under the CC-BY-NC-4.0 license."
    judged = scored(cli, hub, front, words, LICENSE=installed("pyyaml", "LICENSE"))
    assert found(judged, "licence")["value"] == "unknown"
    assert found(judged, "licence-conflict")["value"] == "disagree"
    assert judged["gates"][0]["state"] != "pass"


@pytest.mark.parametrize(
    ("front", "text", "licence", "conflict"),
    [
        ("license: apache-2.0", "Licensed under the Apache License, Version 2.0 (the License).", "Apache-2.0", "agree"),
        ("language: en", "This model is released under the MIT license.", "MIT", None),
        ("license: mit", "This model is released under the CC-BY-NC-4.0 license.", "unknown", "disagree"),
        ("license: mit", "All rights reserved.", "unknown", "disagree"),
    ],
)
def test_a_licence_file_that_only_names_a_licence(
    cli: Run, hub: LoopbackHub, front: str, text: str, licence: str, conflict: str | None
) -> None:
    judged = scored(cli, hub, front, LICENSE=text)
    assert found(judged, "licence")["licence"]["id"] == licence
    assert found(judged, "licence-conflict")["value"] == conflict


def test_a_licence_that_is_no_text_is_not_read_and_not_absent(cli: Run, hub: LoopbackHub) -> None:
    judged = found(scored(cli, hub, "language: en", **{"LICENSE.pdf": "%PDF-1.7"}), "licence")
    assert judged["status"] == "unknown"
    assert "LICENSE.pdf" in judged["missing"]["detail"]


def test_the_licence_in_plain_words(cli: Run, hub: LoopbackHub) -> None:
    hub.add_model("org/name", files={"README.md": card("license: cc-by-nc-4.0"), **WEIGHTS})
    page = cli("score", "org/name").out
    assert "What the licence says: Creative Commons Attribution Non Commercial 4.0 International" in page
    assert "You may not" in page
    assert page.lower().count("no legal advice") == 1
    assert json.loads(cli("score", "org/name", "-f", "json").out)["scorecards"][0]["terms"]["may_not"]


def test_a_file_name_that_is_no_text_is_passed_over(cli: Run, hub: LoopbackHub) -> None:
    siblings = [{"rfilename": name} for name in ("LICENSE-\ud800", "config.json", "model.safetensors")]
    answer = {"id": "org/name", "sha": "0" * 40, "gated": False, "siblings": siblings}
    body = json.dumps(answer).encode()
    hub.add_model("org/name", files=WEIGHTS)
    hub.fault("/api/models/org/name", kind="body", body=body, content_type="application/json")
    assert found(document(cli, "org/name"), "model-parameters-final")["status"] == "released"
