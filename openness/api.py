"""The functions of the public API. They print nothing, and import what they need when they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openness.core.keywords import takes
from openness.core.options import CheckOptions, Options

if TYPE_CHECKING:
    from openness.core.comparison import Comparison
    from openness.core.gate import Gated
    from openness.core.scorecard import Advice, CriterionResult, Scorecard


@takes(Options)
def score(model: str, options: Options) -> Scorecard:
    """Score one release, as `openness score` does.

    `model` is `org/name`, `org/name@revision`, a page's address on the Hub, a name of the bundled catalogue, or a folder's path.
    The keyword arguments are the fields of `openness.core.options.Options`, which says what each means: `rubric`, `offline`,
    `refresh`, `timeout` (seconds), `attestations`, `follow`, `attest`, `advise`, `standings`.

    Raises `OpennessError`; its subclasses in `openness.core.errors` say what went wrong, each with an exit code and a hint.
    """
    from openness.engine import score_one

    return score_one(model, options)


@takes(Options, rubric="all")
def score_by_all(model: str, options: Options) -> tuple[Scorecard, ...]:
    """Score one release by several rubrics, as `openness score --rubric all` does: `rubric` is `all`, or names with commas.

    The other keyword arguments and the errors are those of `score`.
    """
    from openness.engine import score_by_all as call

    return call(model, options)


@takes(Options)
def advise(model: str, options: Options) -> Advice | None:
    """The smallest set of changes that brings a release into a better class of a rubric, as `openness advise` does.

    None where the release is in the best class, or where nothing that its publisher does would help. Keyword arguments and
    errors are those of `score`.
    """
    from dataclasses import replace

    from openness.engine import score_one

    return score_one(model, replace(options, advise=True)).advice


@takes(Options, rubric="")
def explain(model: str, criterion: str, options: Options) -> CriterionResult:
    """One criterion with the findings that it rests on, as `openness explain` does.

    `criterion` is its id, or `rubric/id`. Without a rubric it is one of `retort`, else of the only rubric that has the id.
    Keyword arguments and errors are those of `score`; raises `UsageError` also for a criterion that does not exist, with the
    nearest id as a hint.
    """
    from dataclasses import replace

    from openness.engine import score_one
    from openness.jobs.manual import criterion_of, find_criterion

    rubric, name = find_criterion(criterion, options.rubric)
    return criterion_of(score_one(model, replace(options, rubric=rubric)), name)


@takes(Options, rubric="")
def compare(*models: str, options: Options) -> Comparison:
    """Releases side by side, as `openness compare` shows them: names, revisions, folders, or paths of saved JSON files.

    Without a rubric it is the one of the saved files, else `retort`. Keyword arguments and errors are those of `score`; raises
    `UsageError` also where fewer than two are named, or a saved file does not fit.
    """
    from openness.jobs.comparing import compare_releases

    compared = compare_releases(models, options)
    if compared.comparison is None:
        raise compared.errors[0]
    return compared.comparison


@takes(CheckOptions)
def check(options: CheckOptions) -> Gated:
    """A project's releases held against what it demands, as `openness check` does.

    `config` is the project's file, else the nearest one upwards; `locked`, `offline`, `baseline` and `timeout` (seconds) are the
    command's options. Raises `PolicyError` for demands, a lock or a baseline that cannot be used, `RubricError` and
    `AttestationError` for files of those kinds. A release that could not be looked at is among the results, as `undecided` or
    `retry`.
    """
    from openness.jobs.checking import check as call

    return call(options).gated
