"""How open is a model release really? The public API; each name is imported when it is first used.

>>> import openness
>>> card = openness.score("mistralai/Mistral-7B-v0.1", offline=True)
>>> card.verdict.headline
'Mistral 7B v0.1 has open weights under an open licence, but it is not open source.'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openness.version import __version__

if TYPE_CHECKING:
    from openness.api import advise, check, compare, explain, score, score_by_all
    from openness.core.errors import OpennessError
    from openness.core.options import Options
    from openness.core.scorecard import Scorecard

__all__ = [
    "OpennessError",
    "Options",
    "Scorecard",
    "__version__",
    "advise",
    "check",
    "compare",
    "explain",
    "score",
    "score_by_all",
]

_ELSEWHERE = {
    "OpennessError": "openness.core.errors",
    "Options": "openness.core.options",
    "Scorecard": "openness.core.scorecard",
}
"""Names that are not functions of `openness.api`, with their modules."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'openness' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_ELSEWHERE.get(name, "openness.api")), name)
