"""`openness rubric test`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_NOTHING, EXIT_OK, EXIT_VIOLATED, OpennessError, worst
from openness.core.options import Argument

EXAMPLES = "Examples: openness rubric test all · openness rubric test my-rubric.yaml"


def rubric_test(asked: Annotated[list[str], Argument("NAME|FILE|all...", "Rubrics, by name or path.")]) -> int:
    """Judge the worked cases that rubrics carry. Exit code 1: one does not come out as it must; 4: there are none."""
    from openness.cli.guard import tell
    from openness.engine import rubrics
    from openness.jobs.manual import test_rubric
    from openness.outputs.safe import text

    codes = []
    for name in [each for one in asked for each in (rubrics("all") if one == "all" else [one])]:
        try:
            results, place = test_rubric(name)
        except OpennessError as error:
            tell(error)
            codes.append(error.exit_code)
            continue
        wrong = [each for each in results if each.wrong]
        for each in wrong:
            print(f"{text(name)}: {text(each.name)}")
            for line in each.wrong:
                print(f"  {text(line)}")
        print(f"{text(name)}: {len(results) - len(wrong)} of {len(results)} worked cases hold ({text(place)})")
        codes.append(EXIT_VIOLATED if wrong else EXIT_OK if results else EXIT_NOTHING)
    return worst(codes)
