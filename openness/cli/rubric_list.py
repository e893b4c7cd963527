"""`openness rubric list`."""

from __future__ import annotations

from openness.core.errors import EXIT_OK

EXAMPLES = "Example: openness rubric list"


def rubric_list() -> int:
    """List the rubrics: those that are bundled, and those of the project."""
    from openness.engine import load, rubrics
    from openness.outputs.safe import text

    for name in rubrics("all"):
        rubric = load(name).compiled
        print(f"{text(name):<18} {rubric.version:<8} {text(rubric.title)} <{text(rubric.source)}>")
    return EXIT_OK
