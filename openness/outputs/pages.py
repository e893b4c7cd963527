"""Where the content of each page becomes blocks, and its document for JSON; the modules are imported when they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from openness.outputs.blocks import Block

MODULES: Mapping[str, str] = {
    "score": "score_page",
    "explain": "score_page",
    "advice": "advice",
    "compare": "compare",
    "check": "check",
    "licence": "licences",
    "licences": "licences",
    "licence-diff": "licences",
    "identification": "licences",
    "component": "components",
    "components": "components",
    "rubric": "rubric_page",
    "rubrics": "rubric_page",
    "catalogue": "catalogue",
}
"""Each page, and the module of this package whose `BLOCKS` and `DOCUMENTS` hold its functions."""


def blocks(page: str, content: object) -> Sequence[Block]:
    """The blocks that a page is made of."""
    module = import_module(f"openness.outputs.{MODULES[page]}")
    found: Sequence[Block] = module.BLOCKS[page](content)
    return found


def document(page: str, content: object) -> object:
    """A page as JSON knows it."""
    module = import_module(f"openness.outputs.{MODULES[page]}")
    return module.DOCUMENTS[page](content)
