"""`openness rubric validate`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK, RubricError, worst
from openness.core.options import Argument

EXAMPLES = "Example: openness rubric validate my-rubric.yaml"


def rubric_validate(files: Annotated[list[str], Argument("FILE...", "Rubrics, by name or path.")]) -> int:
    """Check rubrics; every fault is named with its line and column."""
    from openness.cli.guard import tell
    from openness.jobs.manual import validate_rubric
    from openness.outputs.safe import text

    codes = []
    for name in files:
        try:
            rubric = validate_rubric(name)
        except RubricError as error:
            tell(error)
            codes.append(error.exit_code)
        else:
            print(f"{text(name)}: sound ({len(rubric.criteria)} criteria)")
            codes.append(EXIT_OK)
    return worst(codes)
