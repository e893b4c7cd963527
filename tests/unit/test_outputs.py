"""What pages say, and that they say it the same way twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from openness.core.errors import UsageError
from openness.outputs.base import PAGES, Canvas, Explained, draw, formats, require
from openness.outputs.saved import schema
from tests.hostile.contents import hostile_card


def test_json_follows_its_published_schema() -> None:
    published = schema()
    jsonschema.Draft202012Validator.check_schema(published)
    document = json.loads(draw("score", "json", [hostile_card("x")], Canvas()))
    jsonschema.validate(document, published)
    document["scorecards"][0]["verdict"] = "open"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, published)


@pytest.mark.parametrize("format", formats("score"))
def test_a_page_is_the_same_in_every_process(format: str) -> None:
    code = (
        "from tests.hostile.contents import hostile_card\n"
        "from openness.outputs.base import Canvas, draw\n"
        f"print(draw('score', {format!r}, [hostile_card('x')], Canvas()))"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "COLUMNS": columns, "PYTHONPATH": os.getcwd()},
        ).stdout
        for seed, zone, columns in (("0", "UTC", "40"), ("1", "Asia/Tokyo", "200"))
    }
    assert len(pages) == 1


def test_formats_and_criteria_that_are_not_known() -> None:
    with pytest.raises(UsageError, match="no format is called 'xml'"):
        require("score", "xml")
    with pytest.raises(UsageError) as caught:
        draw("explain", "table", Explained((hostile_card("x"),), "data-exacd"), Canvas())
    assert caught.value.hint == "did you mean data-exact?"


@pytest.mark.parametrize("page", PAGES)
def test_a_format_that_a_page_does_not_have_is_refused(page: str) -> None:
    assert formats(page)[:3] == ("table", "markdown", "json")
    with pytest.raises(UsageError, match=r"has no badge|no format is called") as caught:
        require(page, "csv" if page == "check" else "badge")
    assert caught.value.exit_code == 2
    assert ", ".join(formats(page)) in caught.value.hint


@pytest.mark.parametrize(
    ("name", "blocked"), [("json", "rich jinja2 pydantic"), ("markdown", "rich jinja2 pydantic"), ("table", "jinja2")]
)
def test_a_format_imports_only_what_draws_it(name: str, blocked: str) -> None:
    code = (
        f"import sys\nfor name in {blocked!r}.split(): sys.modules[name] = None\n"
        "import openness\nfrom openness.outputs.base import Canvas, draw\n"
        f"assert draw('score', {name!r}, [openness.score('gpt-4', offline=True)], Canvas())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
