"""`openness schema`."""

from __future__ import annotations

import json
from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import Argument

EXAMPLES = "Example: openness schema scorecard > scorecard.schema.json"


def schema(
    of: Annotated[str, Argument("scorecard|rubric|licence|attestation|policy", "Which file format.")] = "scorecard",
) -> int:
    """Print the JSON Schema of a file format."""
    from openness.jobs.schemas import schema as call

    print(json.dumps(call(of), indent=2))
    return EXIT_OK
