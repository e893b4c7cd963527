"""Templates: they escape by default, and each page is one file that loads nothing else.

Every value passes `safe.text`, which makes control characters, bidirectional characters and surrogates visible, and then Jinja's
escaping, so that no template can forget either. A page contains its styles and its script, and its content security policy names
their hashes: the browser runs and fetches nothing else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openness.core import words
from openness.outputs.blocks import Block, spans
from openness.outputs.safe import text, url

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

FOLDER = Path(__file__).parent
_SIGN_CLASSES = {words.YES: "yes", words.NO: "no", words.PARTLY: "part", words.OPEN: "open", words.NONE: "none"}


def filled(template: str, /, **values: object) -> str:
    """A page from a template that extends `base.html.j2`, with LF line ends and one at its end.

    `base.html.j2` reads `title` and `description` (one line each), `nav` (pairs of words and relative address, the current
    page's address empty), `foot` (lines) and `script` (whether the page needs it); the rest is the template's own.
    """
    drawn = environment().get_template(template).render(**values)
    return drawn.strip("\n") + "\n"


@cache
def environment() -> Environment:
    """The one environment of all pages."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["address"] = address
    made.filters["kind"] = _kind
    made.filters["spans"] = spans
    made.filters["own_page"] = own_page
    made.filters["one_line"] = _one_line
    made.filters["percent"] = words.percent
    made.filters["sign_words"] = words.SIGN_WORDS.__getitem__
    made.filters["sign_class"] = _SIGN_CLASSES.__getitem__
    made.globals["style"], made.globals["style_hash"] = _asset("style.css")
    made.globals["code"], made.globals["code_hash"] = _asset("site.js")
    return made


def own_page(page: str) -> str:
    """The relative address of a page of this site; `page` has no ending and may name a place on the page."""
    target, sign, anchor = page.partition("#")
    return f"{target}.html{sign}{anchor}"


def _kind(block: Block) -> str:
    return type(block).__name__


def _one_line(said: str) -> str:
    return " ".join(said.split())


def shown(value: object) -> object:
    """What a template writes for a value: markup as it is, everything else as one line of harmless text."""
    if hasattr(value, "__html__"):
        return value
    return "" if value is None else text(str(value))


def address(value: str) -> Markup:
    """An http or https address that is safe in an attribute, '' for anything else."""
    from markupsafe import Markup, escape

    return Markup(escape(url(value)))


@cache
def _asset(name: str) -> tuple[Any, str]:
    """A style sheet or script, and its hash for the policy (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    from base64 import b64encode
    from hashlib import sha256

    from markupsafe import Markup

    content = (FOLDER / "assets" / name).read_text(encoding="utf-8").strip()
    if "</" in content:
        raise ValueError(f"{name} would end its own element")
    return Markup(content), f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
