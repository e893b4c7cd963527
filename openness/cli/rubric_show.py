"""`openness rubric show`."""

from __future__ import annotations

from typing import Annotated

from openness.core.errors import EXIT_OK
from openness.core.options import RubricName, flag
from openness.core.rubric import Criterion, Gate
from openness.outputs.safe import text

EXAMPLES = "Example: openness rubric show retort --yaml"


def rubric_show(rubric: RubricName, yaml: Annotated[bool, flag("--yaml", says="Print the file itself.")] = False) -> int:
    """Show a rubric: criteria, weights, citations, gates and classes."""
    from openness.engine import load

    loaded = load(rubric)
    if yaml:
        print(loaded.text, end="")
        return EXIT_OK
    shown = loaded.rubric
    print(f"{text(shown.title)} (rubric {shown.id} {shown.version})")
    print(text(shown.description.strip()))
    print(f"Source: {text(shown.source.title)}, {text(shown.source.date)} <{text(shown.source.url)}>")
    for dimension in shown.dimensions:
        print(f"\n{text(dimension.title)}" + (" (beside the score)" if dimension.beside else ""))
        for each in shown.criteria:
            if each.dimension == dimension.id:
                print(_criterion(each))
    if shown.gates:
        print("\nGates")
    for gate in shown.gates:
        print(f"  {gate.id:<22} {text(gate.title)} ({text(gate.cite)}): {_demand(gate)}{', '.join(gate.criteria)}")
    print("\nClasses, the first that fits")
    for verdict in shown.classes:
        print(f"  {verdict.id:<22} {text(verdict.title)}")
    return EXIT_OK


def _criterion(asked: Criterion) -> str:
    """A criterion in one line."""
    weight = f"weight {asked.weight}" if asked.weight else "informative"
    human = ", a human decides" if asked.decided_by == "human" else ""
    return f"  {asked.id:<22} {text(asked.question)} ({text(asked.cite)}; {weight}{human})"


def _demand(gate: Gate) -> str:
    """What a gate asks of its criteria, where that is not that all be met."""
    levels = " or ".join(gate.accepts)
    if gate.at_least < len(gate.criteria):
        return f"at least {gate.at_least} {levels} of "
    return f"all {levels} of " if levels != "met" else ""
