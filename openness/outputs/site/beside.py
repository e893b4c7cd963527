"""A comparison as a page for a browser."""

from __future__ import annotations

from openness.core.comparison import Comparison
from openness.outputs.base import Canvas
from openness.outputs.compare import WAYS, foot, names_of, parts
from openness.outputs.site.environment import page as filled


def draw(page: str, format_name: str, comparison: Comparison, canvas: Canvas) -> str:
    """Releases beside each other, as one file of HTML."""
    names = names_of(comparison.releases)
    criteria = ("What differs, and why", [row for row in comparison.rows if row.kind == "criterion" and row.differs])
    shown = [each for each in (*parts(comparison), criteria) if each[1]]
    title = " beside ".join(names)
    return filled(
        "beside.html.j2",
        title=title,
        description=f"{title}: what differs, and why.",
        nav=[],
        foot=[foot(comparison)],
        script=False,
        comparison=comparison,
        names=names,
        parts=shown,
        ways=WAYS,
    )
