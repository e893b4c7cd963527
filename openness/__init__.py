"""How open is a model release really? The public API; everything is imported when it is first used.

>>> import openness
>>> card = openness.score("mistralai/Mistral-7B-v0.1", offline=True)
>>> card.verdict.headline
'Mistral 7B v0.1 has open weights under an open licence, but it is not open source.'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from openness.core.errors import OpennessError as OpennessError
    from openness.core.scorecard import Scorecard as Scorecard

__all__ = ["OpennessError", "Scorecard", "__version__", "score"]

_LAZY = {"OpennessError": "openness.core.errors", "Scorecard": "openness.core.scorecard"}


def score(
    model: str,
    *,
    rubric: str = "retort",
    offline: bool = False,
    refresh: bool = False,
    timeout: float = 15.0,
    attestations: bool = True,
    follow: bool = False,
    attest: Sequence[str] = (),
) -> Scorecard:
    """Score one release, as `openness score` does.

    `model` is `org/name`, `org/name@revision`, a page's address on the Hub, or a name of the bundled catalogue; `rubric` the
    name of a bundled rubric or the path of a YAML file; `timeout` is in seconds, for each request. `offline` asks nobody,
    `refresh` asks anew for what is cached, `attestations=False` leaves out what people have attested, `follow` looks at
    the repositories, data sets and papers that the card links to, `attest` names files of what people found.

    Raises `OpennessError`; its subclasses in `openness.core.errors` say what went wrong, each with an exit code and a hint.
    """
    from openness.engine import Options, score_one

    return score_one(model, Options(rubric, offline, refresh, timeout, attestations, follow, tuple(attest)))


def __getattr__(name: str) -> object:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'openness' has no attribute {name!r}")
