"""Whatever a text or a file name says, a page about licences shows it as inert text."""

from __future__ import annotations

import json
import re

import pytest

from openness.core.licence import Difference, Licence, LicenceClass, Mention, Sentence, Summary, Term, TextMatch
from openness.core.register import Identification, LicenceDetail, LicenceLine, TextPlace
from openness.outputs.base import Canvas, draw
from openness.outputs.licences import IdentifiedText, LicencePair, LicenceSheet
from tests.hostile.corpus import STRINGS
from tests.hostile.test_outputs import CONTROL, OWN_LINK, OWN_STYLE

PAGES = {"plain": Canvas(width=100), "narrow": Canvas(width=40), "terminal": Canvas(width=120, colour=True, links=True)}


def pages(words: str, format: str, canvas: Canvas) -> list[str]:
    """Every page, with the string wherever a text, a file name or a register could put it."""
    terms = {"commercial-use": Term(words, words, words, words), "threshold": Term(words, words, words, words)}
    licence = Licence(words, words, LicenceClass.BESPOKE, words, None, url=words, terms=terms)
    line = LicenceLine(words, words, LicenceClass.BESPOKE, None, (words,))
    places = (TextPlace(words, words, words),)
    detail = LicenceDetail(
        licence, words, words, True, "family", words, words, words, (words,), (words,), places, (line,)
    )
    sentences = (Sentence(words, "threshold", words),)
    summary = Summary(words, words, sentences, sentences, sentences, sentences)
    difference = Difference(3, words, 4, True)
    match = TextMatch("modified", licence, licence, 0.9, words, 3, words, (difference, difference), 2, 3)
    mention = Mention(licence, 3, words, frozenset({"code"}))
    found = Identification(words, (words,), match, summary, (mention,))
    left_over = Identification(words, (), TextMatch("unknown", None, None, 0.1, words, None, words), None, (mention,))
    return [
        draw("licence", format, LicenceSheet(detail, summary), canvas),
        draw("licences", format, [line], canvas),
        draw("licence-diff", format, LicencePair(detail, detail, [("threshold", terms["threshold"], None)]), canvas),
        draw("identification", format, IdentifiedText(found, detail), canvas),
        draw("identification", format, IdentifiedText(left_over, None), canvas),
    ]


@pytest.mark.parametrize("name", STRINGS)
@pytest.mark.parametrize("format", ["table", "markdown", "json"])
@pytest.mark.parametrize("page", PAGES)
def test_no_control_character_and_no_ci_command_leaves(name: str, format: str, page: str) -> None:
    for drawn in pages(STRINGS[name], format, PAGES[page]):
        if page == "terminal" and format == "table":
            drawn = OWN_LINK.sub("", OWN_STYLE.sub("", drawn))
        assert not CONTROL.search(drawn)
        assert not [line for line in re.split(r"\r|\n", drawn) if re.match(r"\s*::", line)]
        assert "hf_abcdefghijklmnop" not in drawn or format == "json"
        drawn.encode("utf-8")


@pytest.mark.parametrize("name", STRINGS)
def test_markdown_stays_a_page(name: str) -> None:
    from markdown_it import MarkdownIt

    def shape(words: str) -> list[str]:
        found = []
        for drawn in pages(words, "markdown", Canvas()):
            for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(drawn):
                found += [token.type] if token.type != "inline" else []
                kinds = ("html_inline", "image", "code_inline", "link_open", "s_open")
                found += [child.type for child in token.children or () if child.type in kinds]
        return found

    assert shape(STRINGS[name]) == shape("benign")


@pytest.mark.parametrize("name", STRINGS)
def test_json_keeps_the_text(name: str) -> None:
    for drawn in pages(STRINGS[name], "json", Canvas()):
        drawn.encode("ascii")
        assert json.loads(drawn)["schema_version"] == "1.0"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://user@e.example/", "https://e.example/a b\x1b[2J"])
def test_only_web_addresses_become_links(address: str) -> None:
    for drawn in pages(address, "table", PAGES["terminal"]):
        for target in re.findall(r"\x1b\]8;[^;\x1b]*;([^\x1b]*)\x1b\\", drawn):
            assert target == "" or re.fullmatch(r"https?://[!-~]+", target)
            assert "user@" not in target
