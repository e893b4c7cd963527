"""Our reading of a card's Markdown against a CommonMark parser: sections, links, and what is code.

The parser itself takes as long as all of ours and the probes together, so cards are read by a few rules; here they are held
against it, on generated text and on every card of the corpus.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from openness.core.text import in_code
from tests.benchmarks.releases import CORPUS, releases

PARSER = MarkdownIt("commonmark").enable("table")
LINE = st.sampled_from(
    ["```", "````", "~~~", "```python", "  ```", "``` a ` b", "```code``` in text", "~~~ x", "~~~~", "text", "``", ""]
)


@given(st.lists(LINE, max_size=12))
def test_code_is_where_the_parser_finds_it(lines: list[str]) -> None:
    lines = [*lines, "the end"]
    found = [False] * len(lines)
    for token in PARSER.parse("\n".join(lines)):
        if token.type == "fence" and token.map:
            for number in range(*token.map):
                found[number] = True
    assert list(in_code(lines)) == found


@pytest.mark.skipif(not (CORPUS / "releases").is_dir(), reason="the corpus of real cards is not here (OPENNESS_CORPUS)")
def test_sections_and_links_of_real_cards() -> None:
    headings = [0, 0, 0]
    links = [0, 0]
    for recorded in releases():
        card = recorded.release().card
        if card is None:
            continue
        tokens = PARSER.parse(card.body)
        theirs = {token.map[0] + 1 for token in tokens if token.type == "heading_open" and token.map}
        ours = {section.first for section in card.sections if section.title}
        headings = [a + b for a, b in zip(headings, (len(theirs & ours), len(theirs), len(ours)), strict=True)]
        inner = [child for token in tokens for child in token.children or () if child.type == "link_open"]
        addresses = {str(child.attrs["href"]) for child in inner if re.match("https?://", str(child.attrs["href"]))}
        read = {link.url for link in card.links}
        links = [links[0] + len(addresses & read), links[1] + len(addresses)]
    both, theirs_in_all, ours_in_all = headings
    assert both / theirs_in_all > 0.997
    assert both / ours_in_all > 0.997
    assert links[0] / links[1] > 0.994  # what is left is written otherwise: percent signs, an address that is none
