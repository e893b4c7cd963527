"""The register: well formed, current, true to the texts it was read from, and without any of those texts."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from openness.core.licence import TERMS, LicenceClass
from openness.licences import build, load, store
from openness.licences.checks import read_register
from openness.licences.compiling import read_text
from openness.licences.files import HERE
from openness.licences.fingerprints import fingerprints
from openness.licences.normalise import read_words
from openness.licences.schema import RegisterEntry

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("OPENNESS_CORPUS") or ROOT.parent / "shared" / "corpus") / "licences"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")

READ_OTHERWISE = {"fish-audio-research", "stability-ai-nc-2023-11"}
"""Both grant "research or non-commercial purposes" (lines 15 and 18): not research only, as terms.csv has it."""


@pytest.fixture(scope="module")
def register() -> list[RegisterEntry]:
    return [entry for _, entry in read_register().entries]


def test_at_least_ninety_well_formed_licences(register: list[RegisterEntry]) -> None:
    assert len(register) >= 90


def test_the_compiled_files_are_current() -> None:
    """`python -m openness.licences.build` has been run; texts that are not here are carried over by their SHA-256."""
    files, _ = build.compiled(HERE, store.DATA, build.text_folders())
    assert len(files) == 3
    for path, data in files.items():
        assert path.read_bytes() == data


def test_a_licence_that_was_not_read_has_no_terms(register: list[RegisterEntry]) -> None:
    unread = [entry for entry in register if not entry.read]
    assert {"mistral-mnpl-0.1", "grok-2-community", "jamba-open-model", "intel-research", "h-research"} <= {
        e.id for e in unread
    }
    for entry in unread:
        licence = load(entry.id)
        assert licence is not None
        assert (licence.terms, licence.licence_class) == ({}, LicenceClass.BESPOKE)


@needs_corpus
def test_every_quote_stands_in_its_text_near_its_line(register: list[RegisterEntry]) -> None:
    """Quotes of texts of the corpus are verbatim (white space apart), and stand near the line given."""
    checked = 0
    for entry in register:
        raw = read_text(entry.texts[0].slug, [CORPUS]) if entry.texts else None
        if raw is None:
            continue
        lines = raw.decode("utf-8", "replace").split("\n")
        for key, term in entry.terms.items():
            if not term.quote or ".txt" in term.section or "policy:" in term.section:
                continue
            near = " ".join(" ".join(lines[max(0, (term.line or 1) - 25) : (term.line or 1) + 25]).split())
            assert term.quote in near, (entry.id, key)
            checked += 1
    assert checked > 900


@needs_corpus
def test_no_licence_text_is_in_the_package() -> None:
    """Not one passage of 40 words of any text of the corpus stands in a file of the package."""
    ours: set[tuple[str, ...]] = set()
    for path in [*HERE.rglob("*.yaml"), *HERE.rglob("*.json*"), *HERE.rglob("*.py")]:
        words = read_words(path.read_text(encoding="utf-8")[:390_000]).words
        ours.update(tuple(words[i : i + 40]) for i in range(0, len(words) - 40))
    for path in CORPUS.glob("*.txt"):
        words = read_words(path.read_text("utf-8", "replace")).words
        assert not any(tuple(words[i : i + 40]) in ours for i in range(len(words) - 40)), path.name


@needs_corpus
def test_terms_agree_with_the_corpus() -> None:
    """The plain facts of terms.csv; the benchmark compares every cell."""
    expected = {text.slug: text.licence for text in fingerprints().texts}
    with (CORPUS / "terms.csv").open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines):
            licence = load(expected[cells["slug"]])
            assert licence is not None
            told = cells["territorial_exclusion"].strip()
            assert (licence.terms["territory"].value if "territory" in licence.terms else "not stated") == told, cells[
                "slug"
            ]
            told = "yes" if cells["research_only"].startswith("yes") else "no"
            if cells["slug"] not in READ_OTHERWISE:
                assert licence.terms["research-only"].value == told, cells["slug"]


def test_decisive_clauses_that_stand_in_another_file() -> None:
    """Pitfall 8: the EU exclusion of Llama 3.2, 3.3 and 4 is in `USE_POLICY.md`."""
    for version in ("3.2", "3.3", "4"):
        licence = load(f"llama-{version}")
        assert licence is not None
        assert licence.terms["territory"].value.startswith("EU-domiciled")
        assert "use-policy" in licence.terms["territory"].section
    licence = load("llama-3.1")
    assert licence is not None
    assert "territory" not in licence.terms


def test_terms_are_of_the_vocabulary() -> None:
    for licence_id in store.licence_ids():
        licence = load(licence_id)
        assert licence is not None
        assert set(licence.terms) <= set(TERMS)
        for key, term in licence.terms.items():
            assert term.section or term.quote, (licence_id, key)


def test_the_classes_of_well_known_licences() -> None:
    expected = {
        "llama-2": LicenceClass.THRESHOLD_RESTRICTED,
        "llama-1": LicenceClass.RESEARCH_ONLY,
        "gemma": LicenceClass.USE_RESTRICTED,
        "CC-BY-4.0": LicenceClass.OPEN_CONTENT,
        "CC0-1.0": LicenceClass.OPEN_CONTENT,
        "CC-BY-SA-4.0": LicenceClass.SHARE_ALIKE,
        "CC-BY-NC-4.0": LicenceClass.NON_COMMERCIAL,
        "bigscience-bloom-rail-1.0": LicenceClass.USE_RESTRICTED,
        "OpenMDW-1.0": LicenceClass.OPEN_CONTENT,
        "kimi-modified-mit": LicenceClass.BESPOKE,
        "mistral-mrl-0.1": LicenceClass.RESEARCH_ONLY,
        "opt-175b": LicenceClass.RESEARCH_ONLY,
        "falcon-180b-1.0": LicenceClass.THRESHOLD_RESTRICTED,
    }
    for licence_id, of in expected.items():
        licence = load(licence_id)
        assert licence is not None
        assert licence.licence_class is of, licence_id
        assert licence.osi is False


def test_the_class_follows_from_the_terms() -> None:
    """The rules of `classes.yaml`, as far as terms can show them."""
    for licence_id in store.licence_ids():
        licence = load(licence_id)
        assert licence is not None
        told = {key: term.value for key, term in licence.terms.items()}
        if not told or licence.family:
            continue
        of = licence.licence_class
        assert (of is LicenceClass.RESEARCH_ONLY) is (told.get("research-only") == "yes"), licence_id
        if of is LicenceClass.NON_COMMERCIAL:
            assert told["commercial-use"] in {"no", "on-request"}, licence_id
        if of is LicenceClass.THRESHOLD_RESTRICTED:
            assert "threshold" in told, licence_id
        if of is LicenceClass.USE_RESTRICTED:
            assert told.get("commercial-use", "yes") == "yes", licence_id
            assert told["field-of-use"] == "yes", licence_id
