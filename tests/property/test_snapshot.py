"""What was written can be read back, whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openness.outputs.base import Canvas, draw
from openness.outputs.saved import read
from openness.rubric.assess import assess
from openness.rubric.library import load
from tests.property.test_assess import RELEASE, findings


@pytest.mark.parametrize("name", ["retort", "mof"])
@settings(deadline=None, max_examples=10)
@given(data=st.data())
def test_a_saved_run_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    card = assess(RELEASE, data.draw(findings(name)), load(name).compiled, "test")
    with TemporaryDirectory() as folder:
        path = Path(folder, "saved.json")
        path.write_text(draw("score", "json", [card], Canvas()), encoding="utf-8")
        assert draw("score", "json", read(str(path)), Canvas()) == path.read_text(encoding="utf-8")
        assert read(str(path)) == (card,)
