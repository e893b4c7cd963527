"""`openness score`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import UsageError
from openness.core.options import Argument, Options, PageOf, PageOptions, flag

EXAMPLES = (
    "Examples: openness score mistralai/Mistral-7B-v0.1 · openness score org/name@v1.0 --format json · "
    "openness score gpt-4 llama-2 gpt2 --offline · openness score org/name --rubric all · openness score ./folder"
)


def score(
    models: Annotated[
        list[str],
        Argument(
            "MODEL...",
            "org/name, org/name@revision, a page's address on the Hub, a name of the catalogue, or ./folder.",
        ),
    ],
    page: Annotated[PageOptions, PageOf("score")],
    options: Options,
    explain: Annotated[
        str | None, flag("--explain", metavar="CRITERION", says="Show one criterion with all of its evidence.")
    ] = None,
) -> int:
    """Say how open releases are: verdict, scores, evidence."""
    from openness.cli.page import PageTarget
    from openness.cli.scored import scored
    from openness.outputs.base import together

    if options.offline and options.refresh:
        raise UsageError("--offline and --refresh contradict each other", "leave one of them out")
    target = PageTarget("explain" if explain else "score", page)
    cards, code = scored(models, options, target.prepare)
    if cards:
        target.send(together(cards, explain) if explain else cards)
    return code
