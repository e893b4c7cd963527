"""How open is a model release really? The public API; everything is imported when it is first used.

>>> import openness
>>> card = openness.score("mistralai/Mistral-7B-v0.1", offline=True)
>>> card.verdict.headline
'Mistral 7B v0.1 has open weights under an open licence, but it is not open source.'
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from openness.version import __version__

if TYPE_CHECKING:
    from openness.core.comparison import Comparison as Comparison
    from openness.core.errors import OpennessError as OpennessError
    from openness.core.gate import Gated as Gated
    from openness.core.scorecard import Advice as Advice
    from openness.core.scorecard import CriterionResult as CriterionResult
    from openness.core.scorecard import Scorecard as Scorecard

__all__ = [
    "OpennessError",
    "Scorecard",
    "__version__",
    "advise",
    "check",
    "compare",
    "explain",
    "score",
    "score_by_all",
]

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


def score_by_all(
    model: str, *, rubric: str = "all", offline: bool = False, follow: bool = False
) -> tuple[Scorecard, ...]:
    """Score one release by several rubrics, as `openness score --rubric all` does: `rubric` is `all`, or names with commas.

    The other arguments and the errors are those of `score`.
    """
    from openness.engine import Options
    from openness.engine import score_by_all as call

    return call(model, Options(rubric, offline, follow=follow))


def advise(model: str, *, rubric: str = "retort", offline: bool = False, follow: bool = False) -> Advice | None:
    """The smallest set of changes that brings a release into a better class of a rubric, as `openness advise` does.

    None where it is in the best class, or where nothing that its publisher does would help. Raises as `score` does.
    """
    from openness.engine import Options, score_one

    return score_one(model, Options(rubric, offline, follow=follow, advise=True)).advice


def explain(model: str, criterion: str, *, offline: bool = False, follow: bool = False) -> CriterionResult:
    """One criterion with the findings that it rests on, as `openness explain` does.

    `criterion` is its name, with its rubric's name and a stroke before it where it is not one of the rubric `retort`. Raises
    as `score` does, and `UsageError` for a criterion that is not known.
    """
    from openness.engine import Options, find_criterion, score_one

    rubric, id = find_criterion(criterion)
    card = score_one(model, Options(rubric, offline, follow=follow))
    return next(each for each in card.criteria if each.id == id)


def compare(*models: str, rubric: str | None = None, offline: bool = False, follow: bool = False) -> Comparison:
    """Releases side by side, as `openness compare` shows them: names, revisions, folders, or paths of saved JSON files.

    Raises as `score` does, and `UsageError` where fewer than two are named or a saved file does not fit.
    """
    from openness.cli.compare import collect, compared
    from openness.core.errors import UsageError
    from openness.engine import DEFAULT_RUBRIC, Options

    if len(models) < 2:
        raise UsageError("one release cannot be compared", "name two or more")
    cards, errors = collect(list(models), Options(rubric or DEFAULT_RUBRIC, offline, follow=follow), rubric)
    if errors:
        raise errors[0]
    return compared(cards)


def check(
    config: str | None = None, *, locked: bool = False, offline: bool = False, baseline: str | None = None
) -> Gated:
    """A project's releases held against what it demands, as `openness check` does; `config` is its file, else the nearest.

    Raises `PolicyError` for demands, a lock or a baseline that cannot be used. What could not be looked at is among the
    results, as `undecided` or `retry`.
    """
    from openness.cli.check import check as call

    return call(config, locked, offline, baseline)[0]


def __getattr__(name: str) -> object:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'openness' has no attribute {name!r}")
