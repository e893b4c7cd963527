"""The registry of formats: which pages each one draws, and how a page is asked for in a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from openness.core.errors import UsageError
from openness.core.record import record
from openness.core.scorecard import Scorecard
from openness.core.text import nearest

DISCLAIMER = "An aid to reading; no legal advice."

PAGES: Mapping[str, str] = {
    "score": "a score",
    "explain": "an explained criterion",
    "advice": "advice",
    "compare": "a comparison",
    "check": "a check",
    "licence": "a licence",
    "licences": "a list of licences",
    "licence-diff": "a comparison of licences",
    "identification": "an identified text",
    "component": "a component",
    "components": "a list of components",
    "rubric": "a rubric",
    "rubrics": "a list of rubrics",
    "catalogue": "a list of bundled releases",
}
"""Every page, and its name in a sentence."""

FORMATS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "table": ("terminal", tuple(PAGES)),
    "markdown": ("markdown", tuple(PAGES)),
    "json": ("json", tuple(PAGES)),
    "html": ("site.draw_html", ("compare",)),
    "github": ("ci_github", ("check",)),
    "sarif": ("ci_sarif", ("check",)),
    "junit": ("ci_junit", ("check",)),
    "gitlab": ("ci_gitlab", ("check",)),
    "badge": ("ci_badge", ("check",)),
    "endpoint": ("ci_badge", ("check",)),
}
"""Every format: its module in this package, and the pages that it draws. The module has a function `draw(page, format_name,
content, canvas)`; it is imported when the first page is drawn."""


@record(frozen=True, slots=True)
class Canvas:
    """How a page is drawn: `width` in columns, whether it has colours, and whether words can hide an address."""

    width: int = 100
    colour: bool = False
    links: bool = False


@record(frozen=True, slots=True)
class Explained:
    """The content of the page `explain`: scorecards, and the id of the criterion that is shown of each."""

    cards: tuple[Scorecard, ...]
    criterion: str


def formats(page: str) -> tuple[str, ...]:
    """The names of the formats that draw a page."""
    return tuple(name for name, (_, pages) in FORMATS.items() if page in pages)


def require(page: str, format_name: str) -> None:
    """Raise `UsageError` for a format that does not exist or does not draw the page."""
    names = formats(page)
    if format_name not in FORMATS:
        raise UsageError(f"no format is called {format_name!r}", f"formats are {', '.join(names)}")
    if format_name not in names:
        raise UsageError(f"{PAGES[page]} has no {format_name}", f"it has {', '.join(names)}")


def prepare(page: str, format_name: str) -> None:
    """Import what draws a page in a format, for example while a server is waited for. Raises `UsageError` as `require`."""
    require(page, format_name)
    import_module(f"openness.outputs.{FORMATS[format_name][0]}")


def draw(page: str, format_name: str, content: object, canvas: Canvas) -> str:
    """A page in a format. Raises `UsageError` as `require`.

    The content is, by page: `score` and `advice` a sequence of `Scorecard`, `explain` an `Explained`, `compare` a `Comparison`,
    `check` a `Gated`, `licence` a `LicenceSheet`, `licences` a sequence of `LicenceLine`, `licence-diff` a `LicencePair`,
    `identification` an `IdentifiedText`, `component` a `Subject`, `components` None, `rubric` a `RubricSheet`,
    `rubrics` a sequence of pairs of a name and its `Rubric`, `catalogue` a sequence of `CatalogueLine`.
    """
    require(page, format_name)
    module = import_module(f"openness.outputs.{FORMATS[format_name][0]}")
    drawn: str = module.draw(page, format_name, content, canvas)
    return drawn


def explained(card: Scorecard, criterion: str) -> str:
    """`criterion` if the scorecard has it. Raises `UsageError` naming the ones that it has."""
    ids = [result.id for result in card.criteria]
    if criterion in ids:
        return criterion
    near = nearest(criterion, ids)
    hint = f"did you mean {near}?" if near else f"it has {', '.join(ids)}"
    raise UsageError(f"the rubric {card.rubric.id} has no criterion {criterion!r}", hint)


def together(cards: Sequence[Scorecard], criterion: str) -> Explained:
    """The scorecards that have a criterion, to be explained. Raises `UsageError` where none of them has it."""
    having = [card for card in cards if any(result.id == criterion for result in card.criteria)]
    return Explained(tuple(having or [card for card in cards if explained(card, criterion)]), criterion)
