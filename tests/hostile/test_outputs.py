"""Whatever a release, a licence or a project says of itself, every page in every format shows it as inert text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt

from openness.outputs import safe
from openness.outputs.base import PAGES, Canvas, draw, formats
from tests.hostile.contents import contents, hostile_card
from tests.hostile.corpus import STRINGS

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
OWN_STYLE = re.compile(r"\x1b\[[0-9;]*m")
OWN_LINK = re.compile(r"\x1b\]8;([^;\x1b]*);([^\x1b]*)\x1b\\")
COMMAND = re.compile(r"\s*::")
CANVASES = {
    "plain": Canvas(width=100),
    "narrow": Canvas(width=40),
    "terminal": Canvas(width=120, colour=True, links=True),
}
FORMATS = [(page, name) for page in PAGES for name in formats(page)]
KEEPS_TOKENS = {(page, "json") for page in PAGES if page != "check"}
"""Pages and formats that hold text as it was found, for programs."""
XML_TAGS = {"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "svg", "title", "rect", "g", "text"}


def drawn(page: str, name: str, words: str, canvas: Canvas) -> Iterator[str]:
    """Every content of a page in a format."""
    for content in contents(words)[page]:
        yield draw(page, name, content, canvas)


def test_every_page_has_a_hostile_content() -> None:
    assert set(contents("x")) == set(PAGES)


@pytest.mark.parametrize("words", STRINGS)
@pytest.mark.parametrize(("page", "name"), FORMATS)
def test_no_control_character_and_no_ci_command_leaves(page: str, name: str, words: str) -> None:
    for kind, canvas in CANVASES.items():
        if kind != "plain" and name != "table":
            continue
        for found in drawn(page, name, STRINGS[words], canvas):
            shown = found
            if kind == "terminal":
                for _, address in OWN_LINK.findall(shown):
                    assert address == "" or re.fullmatch(r"https?://[!-~]+", address)
                    assert "@" not in urlsplit(address).netloc
                shown = OWN_LINK.sub("", OWN_STYLE.sub("", shown))
            assert not CONTROL.search(shown)
            own = [line for line in re.split(r"\r|\n", shown) if COMMAND.match(line)]
            assert len(own) == (1 if name == "github" else 0)
            assert "hf_abcdefghijklmnop" not in shown or (page, name) in KEEPS_TOKENS
            shown.encode("utf-8")


@pytest.mark.parametrize("words", STRINGS)
@pytest.mark.parametrize("page", PAGES)
def test_markdown_keeps_its_shape(page: str, words: str) -> None:
    found, benign = markdown_shape(page, STRINGS[words]), markdown_shape(page, "benign")
    if page == "check":  # the difference of two licence texts has a point for each of its lines
        assert set(found) == set(benign)
    else:
        assert found == benign


@cache
def markdown_shape(page: str, words: str) -> tuple[str, ...]:
    """The kinds of everything in a page of Markdown but its words; links lead where they should."""
    return tuple(_markdown_shape(page, words))


def _markdown_shape(page: str, words: str) -> Iterator[str]:
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    for found in drawn(page, "markdown", words, Canvas()):
        for token in parser.parse(found):
            if token.type != "inline":
                yield token.type
            for child in token.children or ():
                if child.type in ("html_inline", "image", "code_inline", "s_open"):
                    yield child.type
                if child.type == "link_open":
                    assert str(child.attrs["href"]).startswith(("https://h.example/", "https://retortai.com/"))


class Shape(HTMLParser):
    """Tags with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))


def html_shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page."""
    parser = Shape()
    parser.feed(text)
    return parser.tags


@pytest.mark.parametrize("words", STRINGS)
@pytest.mark.parametrize("page", [page for page in PAGES if "html" in formats(page)])
def test_html_keeps_its_shape(page: str, words: str) -> None:
    for found, benign in zip(
        drawn(page, "html", STRINGS[words], Canvas()), drawn(page, "html", "benign", Canvas()), strict=True
    ):
        assert html_shape(found) == html_shape(benign)


@pytest.mark.parametrize("words", STRINGS)
@pytest.mark.parametrize(
    ("page", "name"), [each for each in FORMATS if each[1] in ("json", "sarif", "gitlab", "endpoint")]
)
def test_json_is_json(page: str, name: str, words: str) -> None:
    for found in drawn(page, name, STRINGS[words], Canvas()):
        found.encode("ascii")
        json.loads(found)


@pytest.mark.parametrize("words", STRINGS)
def test_a_saved_run_keeps_the_text(words: str) -> None:
    found = draw("score", "json", [hostile_card(STRINGS[words])], Canvas())
    assert json.loads(found)["scorecards"][0]["release"]["id"] == STRINGS[words]


@pytest.mark.parametrize("words", STRINGS)
@pytest.mark.parametrize("name", ["junit", "badge"])
def test_xml_keeps_its_tags(name: str, words: str) -> None:
    for found in drawn("check", name, STRINGS[words], Canvas()):
        tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(found).iter()}
        assert tags <= XML_TAGS


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//e.example",
        "https://user@e.example/",
        "https://e.example/a b\x1b[2J",
        "http://",
        "https://[::1",
        "x" * 3_000,
        "https:\x00//e.example",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    if "a b" not in address:
        assert safe.url(address) == ""
        assert "](" not in safe.markdown_link("words", address)
    for page in PAGES:
        for found in drawn(page, "table", address, CANVASES["terminal"]):
            for _, target in OWN_LINK.findall(found):
                assert target == "" or re.fullmatch(r"https?://[!-~]+", target)
                assert "@" not in urlsplit(target).netloc


def test_braces_in_a_name_are_not_filled() -> None:
    assert "{licence} {status}" in hostile_card("{licence} {status}").verdict.headline
