"""Whatever a release says of itself, a page shows it as inert text."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from openness.core.finding import Evidence, Finding, Method, Status
from openness.core.licence import Licence, LicenceClass
from openness.core.release import Provenance, Reason, Release, Unread
from openness.core.scorecard import Scorecard
from openness.outputs import safe
from openness.outputs.base import Canvas, Explained, draw, formats
from openness.rubric.assess import assess
from openness.rubric.library import load
from tests.hostile.corpus import STRINGS

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
OWN_STYLE = re.compile(r"\x1b\[[0-9;]*m")
OWN_LINK = re.compile(r"\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\")


def hostile_card(text: str) -> Scorecard:
    """A scorecard with the string wherever a publisher, a file, a person or a server could put it."""
    compiled = load("retort").compiled
    evidence = (
        Evidence(Method.CARD_SECTION, f"https://h.example/{text}", text, (1, 2), text, text, "2026-01-01", True),
        Evidence(Method.ATTESTATION, "javascript:alert(1)", text, None, text, text, "2026-01-01"),
    )
    licence = Licence(text, text, LicenceClass.BESPOKE, osi=False)
    findings = []
    for number, about in enumerate(sorted(compiled.about)):
        if number % 4 == 0:
            findings.append(Finding(about, Status.UNKNOWN, "p", missing=Unread(Reason.GATED, text)))
        else:
            findings.append(Finding(about, Status.RELEASED, "p", text, licence, evidence=evidence, note=text))
    release = Release(
        text,
        text,
        Provenance("hub", "2026-01-01", text),
        text,
        text,
        text,
        f"https://h.example/{text}",
        notices=(text, text),
    )
    return assess(release, findings, compiled, "openness test")


PAGES = {
    "plain": Canvas(width=100),
    "narrow": Canvas(width=40),
    "terminal": Canvas(width=120, colour=True, links=True),
    "explain": Canvas(width=100),
}


@pytest.mark.parametrize("name", STRINGS)
@pytest.mark.parametrize("format", formats("score"))
@pytest.mark.parametrize("page", PAGES)
def test_no_control_character_and_no_ci_command_leaves(name: str, format: str, page: str) -> None:
    card = hostile_card(STRINGS[name])
    if page == "explain":
        drawn = draw("explain", format, Explained((card,), "data-exact"), PAGES[page])
    else:
        drawn = draw("score", format, [card, card] if page == "narrow" else [card], PAGES[page])
    if page == "terminal" and format == "table":
        for address in re.findall(r"\x1b\]8;[^;\x1b]*;([^\x1b]*)\x1b\\", drawn):
            assert address == "" or re.fullmatch(r"https?://[!-~]+", address)
        drawn = OWN_LINK.sub("", OWN_STYLE.sub("", drawn))
    assert not CONTROL.search(drawn)
    assert not [line for line in re.split(r"\r|\n", drawn) if re.match(r"\s*::", line)]
    assert "hf_abcdefghijklmnop" not in drawn or format == "json"
    drawn.encode("utf-8")


@pytest.mark.parametrize("name", STRINGS)
def test_markdown_stays_a_report(name: str) -> None:
    from markdown_it import MarkdownIt

    def shape(text: str) -> list[str]:
        tokens = (
            MarkdownIt("commonmark", {"html": True})
            .enable("table")
            .parse(draw("score", "markdown", [hostile_card(text)], Canvas()))
        )
        found = []
        for token in tokens:
            if token.type != "inline":
                found.append(token.type)
            for child in token.children or ():
                if child.type in ("html_inline", "image", "code_inline", "s_open"):
                    found.append(child.type)
                if child.type == "link_open":
                    assert str(child.attrs["href"]).startswith(("https://h.example/", "https://retortai.com/"))
        return found

    assert shape(STRINGS[name]) == shape("benign")


@pytest.mark.parametrize("name", STRINGS)
def test_json_is_json_and_keeps_the_text(name: str) -> None:
    drawn = draw("score", "json", [hostile_card(STRINGS[name])], Canvas())
    drawn.encode("ascii")
    assert json.loads(drawn)["scorecards"][0]["release"]["id"] == STRINGS[name]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//e.example",
        "https://user@e.example/",
        "http://",
        "https://[::1",
        "x" * 3_000,
        "https:\x00//e.example",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert safe.url(address) == ""
    assert "](" not in safe.markdown_link("words", address)


def test_braces_in_a_name_are_not_filled() -> None:
    card = hostile_card("{licence} {status}")
    assert "{licence} {status}" in card.verdict.headline
    benign = hostile_card("x")
    assert replace(benign.release, name="y") != benign.release
