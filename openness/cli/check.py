"""`openness check`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_NOTHING, EXIT_OK, EXIT_UNDECIDED, EXIT_VIOLATED
from openness.core.options import CheckOptions, flag
from openness.outputs.base import formats

EXAMPLES = (
    "Examples: openness check · openness check --locked --offline · openness check -f github -f sarif=out.sarif · "
    "openness check --write-baseline openness.baseline.json"
)
FORMATS = flag("--format", "-f", metavar="NAME[=FILE]", says=f"{', '.join(formats('check'))}; repeatable.")


def check(
    options: CheckOptions,
    *,
    targets: Annotated[tuple[str, ...], FORMATS] = (),
    write_baseline: Annotated[
        str | None, flag("--write-baseline", metavar="FILE", says="Write down what is violated now.")
    ] = None,
    discover: Annotated[
        bool, flag("--discover", says="List the releases that code and configuration name, and check nothing.")
    ] = False,
    exit_zero: Annotated[bool, flag("--exit-zero", says="End with 0 where it would be 1 or 3.")] = False,
) -> int:
    """Hold the releases that a project depends on against what it demands of them."""
    if discover:
        return _discover(options.config)
    from openness.cli.guard import say, tell
    from openness.cli.page import fitting, target, write
    from openness.cli.progress import Shown
    from openness.jobs.checking import check as call
    from openness.outputs.base import draw
    from openness.outputs.check import check_targets
    from openness.policy import baseline

    pages = [(name, target(file)) for name, file in check_targets(targets or ("table",))]
    checked = call(options, Shown())
    for error in checked.errors:
        tell(error)
    if write_baseline:
        write(baseline.write(checked.gated.results), target(write_baseline))
    for name, path in pages:
        write(draw("check", name, checked.gated, fitting()), path)
    for notice in checked.gated.notices:
        say(notice)
    if checked.exit_code == EXIT_NOTHING:
        say(f"{checked.file} names no release")
    return EXIT_OK if exit_zero and checked.exit_code in (EXIT_VIOLATED, EXIT_UNDECIDED) else checked.exit_code


def _discover(config: str | None) -> int:
    """List the releases that the project names, with file and line; those that it does not check are marked."""
    from openness.cli.guard import say
    from openness.jobs.beginning import named_releases
    from openness.outputs.safe import text

    named = named_releases(config)
    for each in named.found:
        notes = [each.kind, f"revision {each.revision}"] if each.revision else [each.kind]
        if each.id not in named.checked:
            notes.append("not among the releases that are checked")
        print(f"{text(each.at.file)}:{each.at.line}: {text(each.id)}  ({text('; '.join(notes))})")
    if named.left_out:
        say(named.left_out)
    say(f"{len(named.found)} mentions of {len({each.id for each in named.found})} releases")
    return EXIT_OK if named.found else EXIT_NOTHING
