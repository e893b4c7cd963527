"""Whatever a release says of itself is inert text in every format for CI."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from openness.core.finding import Evidence, Method
from openness.core.gate import DemandResult, Gated, Line, Outcome
from openness.outputs.base import Canvas, draw, formats
from tests.hostile.corpus import STRINGS

COMMAND = re.compile(r"^\s*::", re.MULTILINE)


def hostile(text: str) -> Gated:
    """A check with the string wherever a publisher, a server or a project could put it."""
    evidence = (
        Evidence(Method.CARD_SECTION, f"https://h.example/{text}", text, (1, 2), text, text, "2026-01-01", True),
    )
    results = tuple(
        DemandResult(text, text, text, outcome, text, Line(text, 3), Line(text, 4), text, text, evidence, "0" * 16)
        for outcome in Outcome
    )
    return Gated(results, (text,), "openness 0", "2026-01-01")


@pytest.mark.parametrize("format", formats("check"))
@pytest.mark.parametrize("name", STRINGS)
def test_it_stays_inert(format: str, name: str) -> None:
    page = draw("check", format, hostile(STRINGS[name]), Canvas())
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", page)
    page.encode("utf-8")
    assert "hf_abcdefghijklmnop" not in page
    own = [line for line in re.split(r"\r|\n", page) if COMMAND.match(line)]
    assert len(own) == (1 if format == "github" else 0)
    if format in ("json", "sarif", "gitlab", "endpoint"):
        json.loads(page)
    if format in ("junit", "badge"):
        tags = {each.tag.rpartition("}")[2] for each in ElementTree.fromstring(page).iter()}
        assert tags <= {
            "testsuites",
            "testsuite",
            "testcase",
            "failure",
            "error",
            "skipped",
            "svg",
            "title",
            "rect",
            "g",
            "text",
        }


def test_markdown_keeps_its_shape() -> None:
    class Tags(HTMLParser):
        found: list[str]

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.found.append(tag)

    for text in STRINGS.values():
        parser = Tags()
        parser.found = []
        parser.feed(draw("check", "markdown", hostile(text), Canvas()))
        assert parser.found == []
