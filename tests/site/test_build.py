"""Every file of a site: sound, closed, small, the same twice, and inert whatever a release says of itself."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import html5lib
import pytest
from markdown_it import MarkdownIt

from openness.core.release import Provenance
from openness.outputs.site.build import HISTORY, Report, files
from openness.outputs.site.history import read
from tests.hostile.contents import hostile_card
from tests.hostile.corpus import STRINGS
from tests.hostile.test_outputs import CONTROL
from tests.site.synthetic import catalogued, report

TRUSTED = re.compile(r"https://(h\.example/|retortai\.com/|huggingface\.co/|opensource\.org/)")


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return dict(files(report(catalogued())))


class Shape(HTMLParser):
    """Tags and names of attributes, and the addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.data = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attributes)))
        self.addresses += [value or "" for name, value in attributes if name in ("href", "src")]
        self.ids += [value or "" for name, value in attributes if name == "id"]

    def handle_data(self, data: str) -> None:
        self.data += data


def shape(content: bytes) -> Shape:
    parser = Shape()
    parser.feed(content.decode())
    return parser


def hostile(text: str) -> dict[str, bytes]:
    card = hostile_card(text)
    release = replace(card.release, provenance=Provenance("hub", "2026-01-01", text))
    made = replace(card, release=release)
    return dict(files(Report((made,), text[:5_000], {release.id: (card,)}, left_out=(text,), parquet=False)))


def settled(name: str) -> str:
    return re.sub(r"releases/.*\.", "releases/x.", name)


@pytest.mark.parametrize("name", STRINGS)
def test_what_a_release_says_is_inert_in_every_file(name: str) -> None:
    benign = {settled(path): content for path, content in hostile("benign").items()}
    for path, content in hostile(STRINGS[name]).items():
        assert re.fullmatch(r"(releases/|data/)?[A-Za-z0-9-]{1,90}\.[a-z]+", path)
        text = content.decode()
        if path.endswith((".json", ".jsonl")):
            for line in [text] if path.endswith(".json") else text.splitlines():
                json.loads(line)
            continue
        assert not CONTROL.search(text), path
        assert "hf_abcdefghijklmnop" not in text
        if path.endswith(".html"):
            drawn, plain = shape(content), shape(benign[settled(path)])
            if "releases/" not in path:
                assert drawn.tags == plain.tags
            assert {tag for tag, _ in drawn.tags} <= {tag for tag, _ in plain.tags} | {"details", "summary", "a"}
            assert not any(attribute.startswith("on") for _, attributes in drawn.tags for attribute in attributes)
            for address in drawn.addresses:
                assert (
                    TRUSTED.match(address)
                    or not re.match(r"\w+:|//", address)
                    or address.startswith("data:image/svg+xml,")
                )
        elif path.endswith((".svg", ".xml")):
            ET.fromstring(content)
        elif path.endswith(".csv"):
            for row in csv.reader(io.StringIO(text)):
                assert not any(cell[:1] in ("=", "+", "-", "@") for cell in row)
        elif path.endswith(".md"):
            for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(text):
                assert token.type != "html_block"
                for child in token.children or ():
                    assert child.type not in ("html_inline", "s_open"), path
                    if child.type == "link_open":
                        address = str(child.attrs["href"])
                        assert TRUSTED.match(address) or not re.match(r"\w+:|//", address)


def test_a_name_of_ten_megabytes_makes_no_large_page() -> None:
    for path, content in hostile("x" * 10_000_000).items():
        if path.endswith((".html", ".md", ".svg", ".csv", ".xml")):
            assert len(content) < 2_000_000, path


def test_pages_are_valid_html_with_unique_ids_and_links_that_lead_somewhere(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if not path.endswith(".html"):
            continue
        html5lib.HTMLParser(strict=True).parse(content.decode())
        drawn = shape(content)
        assert len(drawn.ids) == len(set(drawn.ids)), path
        folder = "releases/" if path.startswith("releases/") else ""
        for address in drawn.addresses:
            if re.match(r"\w+:", address):
                continue
            target, _, anchor = address.partition("#")
            if target:
                there = (folder + target).replace("releases/../", "")
                assert there in site, f"{path}: {address}"
            elif "=" not in anchor:
                assert anchor in drawn.ids, f"{path}: #{anchor}"


def test_pages_let_nothing_else_in(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if path.endswith(".html"):
            text = content.decode()
            policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
            assert policy
            allowed = policy[1].replace("&#39;", "'")
            assert allowed.startswith("default-src 'none'; ")
            for held in re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", text, re.DOTALL):
                code = held[0] or held[1]
                assert f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" in allowed
            assert " style=" not in text
            assert not re.search(r"<(link|img|script|iframe)[^>]* (src|href)=\"https?:", text)


def test_pages_are_light_and_the_same_twice(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if path.endswith(".html") and path.startswith("releases/"):
            assert len(content) < 150_000, path
    assert dict(files(report(catalogued()[::-1]))) == site


def test_evidence_leads_to_the_place_that_was_read(site: dict[str, bytes]) -> None:
    for card in catalogued()[:10]:
        page = next(site[path] for path in site if path.endswith(".json") and json_id(site[path]) == card.release.id)
        [read_card] = json.loads(page)["scorecards"]
        assert len(read_card["findings"]) == len(card.findings)
    drawn = {address for path in site if path.endswith(".html") for address in shape(site[path]).addresses}
    for card in catalogued():
        for result in card.criteria:
            for finding in result.because:
                for evidence in finding.evidence:
                    assert not evidence.url or evidence.url in drawn


def json_id(content: bytes) -> str:
    document = json.loads(content)
    return document["scorecards"][0]["release"]["id"] if "scorecards" in document else ""


def test_what_changes_is_told_once() -> None:
    cards = catalogued()[:3]
    before = dict(files(report(cards)))
    told = tuple(read(before[HISTORY].decode()))
    assert len(told) == 3
    changed = replace(cards[0], release=replace(cards[0].release, revision="f" * 40))
    after = dict(files(replace(report((changed, *cards[1:])), earlier=told)))
    entries = read(after[HISTORY].decode())
    assert [each.id for each in entries[3:]] == [changed.release.id]
    assert "Revision" in entries[3].changes[-1]
    feed = ET.fromstring(after["feed.xml"])
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 4
    again = dict(files(replace(report((changed, *cards[1:])), earlier=tuple(entries))))
    assert again == after


def test_torn_history_is_passed_over() -> None:
    assert read('{"id": 1}\nnot json\n[]\n') == []
