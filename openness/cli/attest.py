"""`openness attest`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import DEFAULT_TIMEOUT, Argument, Offline, Output, Timeout, flag

EXAMPLES = (
    "Examples: openness attest org/name -o org-name.yaml, then openness score org/name --attest org-name.yaml · "
    "openness attest record.yml --from mot --seen 2026-11-24"
)


def attest(
    model: Annotated[str, Argument("MODEL|RECORD", "A release, or with --from a record's file.")],
    output: Output = None,
    origin: Annotated[
        str | None,
        flag("--from", metavar="mot|osai", says="Read a record of the Model Openness Tool or the OSAI Index."),
    ] = None,
    seen: Annotated[str | None, flag("--seen", metavar="DAY", says="The day of that record.")] = None,
    offline: Offline = False,
    timeout: Timeout = DEFAULT_TIMEOUT,
) -> int:
    """Write a file in which a person confirms or corrects what was found."""
    from openness.cli.page import target, write
    from openness.cli.progress import Shown
    from openness.jobs.attesting import draft_attestation, import_record

    path = target(output)
    page = import_record(model, origin, seen) if origin else draft_attestation(model, offline, timeout, Shown())
    write(page, path)
    return EXIT_OK
