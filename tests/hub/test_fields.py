"""What a release says it could not see, when the Hub's answer or a file is not what it should be: through the real client."""

from __future__ import annotations

import json
from typing import Any

import pytest

from openness.core.release import Need, Reason, Release
from openness.sources.cache import Cache
from openness.sources.resolve import resolve
from tests.hub.loopback import OMIT, LoopbackHub
from tests.hub.sample import get

NAME = "org/open"
CARD = "---\nlicense: mit\nbase_model: base/one\n---\n# Title\n"
PLAIN = "# Title\n\nNo front matter.\n"
FILES: dict[str, Any] = {"README.md": CARD, "LICENSE": "MIT License\n", "config.json": "{}"}
ALWAYS = {Need.REVISIONS, Need.LINKED}


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openness.sources.hubclient.FIRST_WAIT", 0.01)


def seen(hub: LoopbackHub, field: str = "", value: Any = None, files: dict[str, Any] = FILES) -> Release:
    """The release as it is read when one field of the Hub's answer has this value (`OMIT`: is left out)."""
    hub.add_model(NAME, files)
    if field:
        answer = get(hub, f"/api/models/{NAME}").json()
        answer |= {"baseModels": {"relation": "finetune", "models": [{"id": "base/one"}]}, field: value}
        answer = {key: kept for key, kept in answer.items() if kept is not OMIT}
        hub.fault(f"/api/models/{NAME}", "body", body=json.dumps(answer).encode(), content_type="application/json")
    release = resolve(NAME)
    again = resolve(NAME, offline=True)
    assert (again.missing, again.files, again.tags) == (release.missing, release.files, release.tags), "as kept"
    return release


def unmet(release: Release) -> dict[Need, Reason]:
    """The needs that were not met, and why; those aside that this source never meets."""
    return {need: why.reason for need, why in release.missing.items() if need not in ALWAYS}


ODD_FIELDS = [
    ("gated", 5, Need.GATING),
    ("gated", True, Need.GATING),
    ("gated", 0, Need.GATING),
    ("gated", "perhaps", Need.GATING),
    ("gated", [], Need.GATING),
    ("siblings", {}, Need.FILE_LIST),
    ("siblings", "x", Need.FILE_LIST),
    ("siblings", [{"rfilename": "README.md"}, {"rfilename": 5}], Need.FILE_LIST),
    ("siblings", [{"rfilename": "README.md"}, {}], Need.FILE_LIST),
    ("siblings", [{"rfilename": "README.md"}, "model.bin"], Need.FILE_LIST),
    ("siblings", [{"rfilename": "README.md"}, {"rfilename": ""}], Need.FILE_LIST),
    ("siblings", [{"rfilename": "README.md"}, {"rfilename": "x" * 2_000}], Need.FILE_LIST),
    ("private", "yes", Need.HUB_INFO),
    ("private", "yes", Need.GATING),
    ("disabled", 1, Need.HUB_INFO),
    ("disabled", 1, Need.GATING),
    ("tags", 3, Need.HUB_INFO),
    ("tags", "license:mit", Need.HUB_INFO),
    ("tags", ["license:mit", 3], Need.HUB_INFO),
    ("baseModels", [], Need.LINEAGE),
    ("baseModels", "base/one", Need.LINEAGE),
    ("baseModels", {}, Need.LINEAGE),
    ("baseModels", {"relation": "finetune", "models": {}}, Need.LINEAGE),
    ("baseModels", {"relation": "finetune", "models": ["base/one"]}, Need.LINEAGE),
    ("baseModels", {"relation": "finetune", "models": [{"id": 5}]}, Need.LINEAGE),
    ("baseModels", {"relation": 5, "models": [{"id": "base/one"}]}, Need.LINEAGE),
]


@pytest.mark.parametrize(
    ("field", "value", "need"), ODD_FIELDS, ids=[f"{name}={value!r:.30}" for name, value, _ in ODD_FIELDS]
)
def test_a_field_of_a_wrong_type_is_malformed_and_not_absent(
    hub: LoopbackHub, field: str, value: Any, need: Need
) -> None:
    release = seen(hub, field, value)
    assert unmet(release)[need] is Reason.MALFORMED
    assert field in release.missing[need].detail
    others = {
        "siblings": {Need.CARD, Need.CARD_METADATA, Need.LICENCE_TEXT},  # such a list may hide them
        "private": {Need.HUB_INFO, Need.GATING},
        "disabled": {Need.HUB_INFO, Need.GATING},
    }
    assert set(unmet(release)) <= {need} | others.get(field, set())


def test_an_answer_in_order_leaves_nothing_unmet(hub: LoopbackHub) -> None:
    assert unmet(seen(hub)) == {}


@pytest.mark.parametrize(
    ("field", "needs"),
    [
        ("gated", {Need.GATING}),
        ("siblings", {Need.FILE_LIST, Need.CARD, Need.LICENCE_TEXT}),
        ("private", set()),
        ("tags", set()),
        ("cardData", set()),
        ("baseModels", set()),
        ("author", set()),
    ],
)
def test_an_absent_field_is_not_recorded(hub: LoopbackHub, field: str, needs: set[Need]) -> None:
    assert unmet(seen(hub, field, OMIT)) == dict.fromkeys(needs, Reason.NOT_RECORDED)


def test_entries_that_can_be_read_are_kept_beside_those_that_cannot(hub: LoopbackHub) -> None:
    listed = [{"rfilename": "README.md", "size": "large"}, {"rfilename": "a.bin", "size": 7}, None]
    release = seen(hub, "siblings", listed)
    assert [(file.path, file.size) for file in release.files] == [("README.md", None), ("a.bin", 7)]
    assert release.missing[Need.FILE_LIST].detail == "1 of 3 entries of the Hub's field siblings cannot be read"
    assert release.card, "the card is in the part of the list that can be read"
    assert Need.LICENCE_TEXT in release.missing, "a licence file may be in the other part"


def test_fields_that_are_only_shown_are_left_out_with_a_notice(hub: LoopbackHub) -> None:
    release = seen(hub, "author", 5)
    assert (release.publisher, unmet(release)) == ("org", {})
    assert release.notices == ("Left out: the Hub's field author is 5, not a short text.",)


# ---- metadata: the card's own, else the Hub's reading


@pytest.mark.parametrize("value", ["x", 5, [], True])
def test_card_data_of_a_wrong_type(hub: LoopbackHub, value: Any) -> None:
    assert unmet(seen(hub, "cardData", value)) == {}, "the card's own front matter was read"
    hub.clear_faults()
    release = seen(hub, "cardData", value, FILES | {"README.md": PLAIN})
    assert unmet(release) == {Need.CARD_METADATA: Reason.MALFORMED}
    assert "cardData" in release.missing[Need.CARD_METADATA].detail


BROKEN = "---\nlicense: [\n---\n# Title\n"


def test_malformed_front_matter(hub: LoopbackHub) -> None:
    release = seen(hub, files=FILES | {"README.md": BROKEN})
    assert unmet(release) == {Need.CARD_METADATA: Reason.MALFORMED, Need.LINEAGE: Reason.MALFORMED}
    release = seen(hub, "cardData", {"license": "mit"}, FILES | {"README.md": BROKEN})
    assert (unmet(release), release.metadata) == ({}, {"license": "mit"}), "the Hub's reading stands in"


@pytest.mark.parametrize("base", ["base_model: {a: b}", "base_model: [[a]]"])
def test_a_base_model_that_is_not_a_name(hub: LoopbackHub, base: str) -> None:
    release = seen(hub, files={"README.md": f"---\n{base}\n---\n# Title\n"})
    assert unmet(release) == {Need.LINEAGE: Reason.MALFORMED}


# ---- texts


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"kind": "status", "code": 404}, Reason.UNREACHABLE),
        ({"kind": "status", "code": 503}, Reason.UNREACHABLE),
        ({"kind": "status", "code": 403}, Reason.GATED),
        ({"kind": "retry_after", "value": 3600}, Reason.RATE_LIMITED),
        ({"kind": "body", "body": b""}, Reason.MALFORMED),
        ({"kind": "html200"}, Reason.MALFORMED),
    ],
    ids=["404", "503", "403", "429", "empty", "web page"],
)
def test_a_listed_text_that_does_not_come(hub: LoopbackHub, fault: dict[str, Any], reason: Reason) -> None:
    hub.fault(f"/{NAME}/resolve", **fault)
    hub.fault(f"/api/resolve-cache/models/{NAME}", **fault)
    release = seen(hub)
    assert unmet(release) == {Need.CARD: reason, Need.LICENCE_TEXT: reason}
    assert release.metadata["license"] == "mit", "the Hub's reading stands in"
    hub.clear_faults()
    assert unmet(resolve(NAME)) == {}, "asked again, and kept nowhere"


def test_an_empty_card_is_read(hub: LoopbackHub) -> None:
    release = seen(hub, files=FILES | {"README.md": ""})
    assert release.card
    assert unmet(release) == {}


MANY = {f"LICENSE-{number}": "text" for number in range(13)}


@pytest.mark.parametrize(
    ("files", "is_unmet"),
    [
        (MANY, True),
        ({"a/b/LICENSE": "text"}, True),
        ({"LICENSE": "text", "a/b/LICENSE": "text"}, False),
        ({"a/LICENSE": "text"}, False),
        ({"LICENSE": "x" * ((1 << 20) + 1)}, True),
        ({"LICENSE": "text", "NOTICE": "x" * ((1 << 20) + 1)}, False),
        ({}, False),
    ],
    ids=["thirteen", "deeper", "deeper besides the root's", "one folder", "too long", "long notice", "none"],
)
def test_licence_texts_are_read_completely_or_said_not_to_be(
    hub: LoopbackHub, files: dict[str, str], is_unmet: bool
) -> None:
    release = seen(hub, files={"README.md": CARD} | files)
    assert unmet(release) == ({Need.LICENCE_TEXT: Reason.TOO_LARGE} if is_unmet else {})


# ---- what is kept


def test_an_entry_of_another_shape_is_a_miss(hub: LoopbackHub) -> None:
    sha = hub.add_model(NAME, FILES)
    first = resolve(f"{NAME}@{sha}")
    for shape in ({"info": {"id": NAME, "sha": sha}, "texts": {}, "seen_on": ""}, [], 5, ["HubFacts"], None):
        Cache().put(shape, "facts", hub.url, NAME, sha)
        hub.clear_log()
        assert resolve(f"{NAME}@{sha}").card == first.card
        assert hub.log, "the Hub was asked"
    hub.clear_log()
    assert resolve(f"{NAME}@{sha}").card == first.card
    assert hub.log == []


def test_ancestors_beyond_those_that_are_asked_for_are_unknown(hub: LoopbackHub) -> None:
    bases = "".join(f"- base/b{number}\n" for number in range(6))
    release = seen(hub, files={"README.md": f"---\nbase_model:\n{bases}---\n# Title\n"})
    assert [each.id for each in release.ancestors] == [f"base/b{number}" for number in range(6)]
    assert [each.missing.reason if each.missing else None for each in release.ancestors[4:]] == [
        Reason.NOT_FOLLOWED
    ] * 2
    assert len([request for request in hub.log if "/base/" in request.path]) >= 4
