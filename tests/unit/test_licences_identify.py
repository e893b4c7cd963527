"""Licence texts: what is identified, what is only related, and that nothing unknown is ever an open licence.

No licence text may stand in the repository. The texts of these tests are those that installed packages bring
(independent copies) and those of the corpus, where it is.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.core.licence import LicenceClass
from openness.licences import TextMatch, identify_text
from openness.licences.identify import identify_without

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("OPENNESS_CORPUS") or ROOT.parent / "shared" / "corpus") / "licences"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
OPEN = {LicenceClass.OPEN_SOURCE, LicenceClass.OPEN_CONTENT, LicenceClass.SHARE_ALIKE}
CLAUSES = (
    "Commercial use is prohibited.",
    "For research purposes only.",
    "This may not be used in the European Union.",
    "If you have more than 100 million monthly active users you must request a licence.",
    "You must display our logo.",
    "Not for military use.",
    "No sale.",
    "We can revoke this at any time.",
    "except for companies in China",
    "仅供学术研究使用，禁止商业用途。",
    "Nur für Forschungszwecke.",
    "Usage commercial interdit.",
)


def installed(package: str, name: str) -> str:
    """A licence file that an installed package brings."""
    for path in distribution(package).files or ():
        if path.name == name and "dist-info" in str(path):
            return Path(str(path.locate())).read_text(encoding="utf-8")
    pytest.skip(f"{package} brings no {name}")


def corpus(slug: str) -> str:
    """A text of the corpus."""
    return (CORPUS / f"{slug}.txt").read_text("utf-8", "replace")


def sure(match: TextMatch) -> str | None:
    """The id of an identified licence."""
    return match.licence.id if match.kind == "identified" and match.licence else None


@pytest.mark.parametrize(
    ("package", "name", "licence"),
    [
        ("pyyaml", "LICENSE", "MIT"),
        ("pytest", "LICENSE", "MIT"),
        ("packaging", "LICENSE.APACHE", "Apache-2.0"),
        ("packaging", "LICENSE.BSD", "BSD-2-Clause"),
        ("httpx2", "LICENSE.md", "BSD-3-Clause"),
        ("pathspec", "LICENSE", "MPL-2.0"),
        ("huggingface_hub", "LICENSE", "Apache-2.0"),
    ],
)
def test_independent_copies(package: str, name: str, licence: str) -> None:
    assert sure(identify_text(installed(package, name))) == licence


@pytest.mark.parametrize("clause", CLAUSES)
@pytest.mark.parametrize("place", ["before", "after", "inside", "in the copyright line"])
def test_a_clause_that_is_added_is_never_overlooked(clause: str, place: str) -> None:
    """Kimi, MiniMax M2 and GPT-2: an open licence plus a clause is not that licence."""
    for package, name in (("pyyaml", "LICENSE"), ("packaging", "LICENSE.APACHE"), ("httpx2", "LICENSE.md")):
        text = installed(package, name)
        if place == "before":
            text = f"{clause}\n\n{text}"
        elif place == "after":
            text = f"{text}\n\n{clause}\n"
        elif place == "inside":
            middle = text.index(" ", len(text) // 2)
            text = f"{text[:middle]} {clause}{text[middle:]}"
        else:
            text = f"Copyright (c) 2025 Example Laboratory. {clause}\n{text}"
        match = identify_text(text)
        assert match.kind == "modified"
        assert match.based_on is not None
        assert match.licence is not None
        assert match.licence.licence_class is LicenceClass.UNKNOWN
        assert (match.licence.osi, match.licence.terms) == (None, {})
        assert match.leftover


@pytest.mark.parametrize(
    "dressed",
    [
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
        lambda text: "/*\n" + "\n".join(f" * {line}" for line in text.split("\n")) + "\n */",
        lambda text: re.sub(r"([*_.()\[\]-])", r"\\\1", text),
        lambda text: f"# License\n\n```text\n{text}\n```\n",
        lambda text: text.upper(),
        lambda text: " ".join(text.split()),
        lambda text: text.replace('"', "“").replace("\n", "\r\n"),
        lambda text: f"# A model\n\nIt does things.\n\n## License\n\n{text}",
    ],
    ids=["quoted", "comment", "escaped", "fenced", "capitals", "one line", "typography", "in a card"],
)
@pytest.mark.parametrize(
    ("package", "name", "licence"), [("pyyaml", "LICENSE", "MIT"), ("packaging", "LICENSE.APACHE", "Apache-2.0")]
)
def test_a_text_in_other_dress_is_the_same(
    package: str, name: str, licence: str, dressed: Callable[[str], str]
) -> None:
    assert sure(identify_text(dressed(installed(package, name)))) == licence


def test_two_licences_in_one_file_are_not_one() -> None:
    text = installed("pyyaml", "LICENSE") + "\n\n" + installed("httpx2", "LICENSE.md")
    match = identify_text(text)
    assert match.kind == "modified"
    assert match.leftover


def test_a_heading_is_reported_and_does_no_harm() -> None:
    text = "Example-7B\n==========\n\nCopyright 2025 Example Laboratory\n\n" + installed("pyyaml", "LICENSE")
    match = identify_text(text)
    assert sure(match) == "MIT"
    assert (match.title_line or 0) > 4


def test_a_readme_sentence_is_no_licence_text() -> None:
    match = identify_text(
        "This model is released under the MIT licence. See LICENSE for the terms, which apply to all files."
    )
    assert (match.kind, match.licence, match.based_on) == ("unknown", None, None)


@needs_corpus
@pytest.mark.parametrize(
    "slug", ["kimi-modified-mit", "minimax-m2-modified-mit", "lfm-1.0", "falcon-llm-1.0", "k-exaone", "apple-ascl"]
)
def test_near_relatives_of_open_licences_are_themselves_or_modified(slug: str) -> None:
    """Known ones are identified as themselves; unknown ones are at most a modified version of the relative."""
    assert sure(identify_text(corpus(slug))) == slug
    match = identify_without(corpus(slug), slug)
    assert match.kind != "identified"


@needs_corpus
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gemma-terms-2024-04", "gemma-terms-2025-03"),
        ("openmdw-1.0", "openmdw-1.1"),
        ("hunyuan-a13b", "hunyuan-image-3"),
        ("std-cc-by-4.0", "std-cc-by-nc-4.0"),
        ("llama-3.2", "llama-4"),
        ("exaone-1.1-nc", "exaone-1.2-nc"),
        ("creativeml-openrail-plus-plus-m-2022", "creativeml-openrail-plus-plus-m-sdxl"),
        ("flux-1-dev-nc-1.1.1", "flux-dev-nc-2.0"),
    ],
)
def test_siblings_are_told_apart(one: str, other: str) -> None:
    """A score alone never gives the version: siblings score up to 0.992."""
    assert sure(identify_text(corpus(one))) != sure(identify_text(corpus(other)))
    for slug in (one, other):
        assert identify_without(corpus(slug), slug).kind == "modified"


@needs_corpus
@pytest.mark.parametrize("slug", ["llama-3.1", "gemma-terms-2025-03", "std-apache-2.0", "openmdw-1.0"])
def test_an_unseen_version_is_modified(slug: str) -> None:
    """The same text with another number, date or publisher is a version that is not known."""
    text = corpus(slug)
    changes = {
        "llama-3.1": ("3.1", "3.9"),
        "gemma-terms-2025-03": ("March 24, 2025", "June 5, 2026"),
        "std-apache-2.0": ("2.0", "3.0"),
        "openmdw-1.0": ("1.0", "1.7"),
    }
    old, new = changes[slug]
    assert old in text
    match = identify_text(text.replace(old, new))
    assert match.kind == "modified"


@needs_corpus
def test_text_without_spaces_is_read_character_by_character() -> None:
    assert sure(identify_text(corpus("yayi2-community"))) == "yayi2-community"
    assert sure(identify_text(corpus("yayi2-community").replace("\n", ""))) == "yayi2-community"


@needs_corpus
def test_an_appendix_cut_off_is_said() -> None:
    text = corpus("bigscience-openrail-m")
    match = identify_text(text[: text.rindex("Attachment A")])
    assert sure(match) == "bigscience-openrail-m"
    assert "the last" in match.note


@needs_corpus
def test_a_passage_cut_out_is_not_overlooked() -> None:
    text = corpus("std-apache-2.0")
    start, end = text.index("3. Grant of Patent"), text.index("4. Redistribution")
    match = identify_text(text[:start] + text[end:])
    assert match.kind == "modified"
    assert "missing" in match.note


@needs_corpus
def test_use_policies_are_known_as_such() -> None:
    match = identify_text(corpus("llama-3.1-use-policy"))
    assert sure(match) == "llama-3.1-use-policy"


@needs_corpus
def test_left_out_texts_are_never_open() -> None:
    """Every text of the corpus asked for while the index does not hold it."""
    for path in sorted(CORPUS.glob("*.txt"))[::3]:
        match = identify_without(path.read_text("utf-8", "replace"), path.stem)
        assert match.kind != "identified" or match.licence is None or match.licence.licence_class not in OPEN, path.stem


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=2000))
def test_any_text_is_answered(text: str) -> None:
    match = identify_text(text)
    assert match.kind in {"unknown", "modified"}


HOSTILE = {
    "empty": "",
    "spaces": " " * 2_000_000,
    "one word": "a" * 1_000_000,
    "one line": "licence " * 125_000,
    "tags": "<" * 500_000,
    "open tags": "<p" * 300_000,
    "comments": "<!-- " * 200_000,
    "copyright": "copyright (c) " * 150_000,
    "copyright lines": "(c)\n" * 200_000,
    "years": "Copyright 2020, 2021, " * 100_000,
    "markers": "\n1.1.1.1.1" * 200_000,
    "letters": "a. b. c. " * 200_000,
    "brackets": "[" * 500_000,
    "names": "[name" * 200_000,
    "entities": "&amp;" * 400_000,
    "surrogates": "\ud800" * 100_000,
    "nul": "\x00" * 500_000,
    "numbers": "1.1" * 300_000,
    "cjk": "许可" * 200_000,
    "combining": "e\u0301" * 200_000,
    "ligature": "\ufdfa" * 100_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_text_is_answered_in_time(what: str) -> None:
    """Bounded: a second for megabytes, on a machine of two cores (the benchmark measures 5 MB)."""
    start = time.perf_counter()
    match = identify_text(HOSTILE[what])
    assert match.kind == "unknown"
    assert time.perf_counter() - start < 3


def test_binary_and_utf16_are_answered() -> None:
    dice = random.Random(1)
    assert identify_text(dice.randbytes(500_000).decode("latin-1")).kind == "unknown"
    assert identify_text(installed("pyyaml", "LICENSE").encode("utf-16").decode("latin-1")).kind != "modified"


def test_repeated_clauses_are_not_the_licence() -> None:
    match = identify_text(installed("pyyaml", "LICENSE") * 2000)
    assert match.kind != "identified"
    assert "longer" in match.note
