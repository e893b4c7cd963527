"""How a format is registered and found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from openness.core.errors import UsageError
from openness.core.record import record
from openness.core.text import nearest

if TYPE_CHECKING:
    from openness.core.scorecard import Scorecard

FORMATS = {"table": "terminal", "markdown": "markdown", "json": "json"}
"""Name of each format and its module in this package, which holds `render`."""

DISCLAIMER = "An aid to reading; no legal advice."


@record(frozen=True, slots=True)
class Page:
    """How a page is to be drawn: `width` in columns, colours or none, whether addresses can be hidden behind words."""

    width: int = 100
    colour: bool = False
    links: bool = False
    explain: str | None = None


Render = Callable[[Sequence["Scorecard"], Page], str]


def known(name: str) -> None:
    """Raise `UsageError` for a format that is not known."""
    if name not in FORMATS:
        raise UsageError(f"no format is called {name!r}", f"formats are {', '.join(FORMATS)}")


def renderer(name: str) -> Render:
    """The function that draws scorecards in a format. Raises `UsageError` for a format that is not known."""
    known(name)
    render: Render = import_module(f"openness.outputs.{FORMATS[name]}").render
    return render


def explained(card: Scorecard, criterion: str) -> str:
    """`criterion` if the scorecard has it. Raises `UsageError` naming the ones that it has."""
    ids = [result.id for result in card.criteria]
    if criterion in ids:
        return criterion
    near = nearest(criterion, ids)
    hint = f"did you mean {near}?" if near else f"it has {', '.join(ids)}"
    raise UsageError(f"the rubric {card.rubric.id} has no criterion {criterion!r}", hint)
