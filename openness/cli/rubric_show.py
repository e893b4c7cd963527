"""`openness rubric show`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from openness.core.errors import EXIT_OK
from openness.core.options import RubricName, flag
from openness.outputs.safe import text

if TYPE_CHECKING:
    from openness.rubric.compile import Compiled

EXAMPLES = "Example: openness rubric show retort --yaml"


def rubric_show(
    rubric: RubricName, yaml: Annotated[bool, flag("--yaml", says="Print the file itself.")] = False
) -> int:
    """Show a rubric: criteria, weights, citations, gates and classes."""
    from openness.engine import load

    loaded = load(rubric)
    if yaml:
        print(loaded.text, end="")
        return EXIT_OK
    compiled, data = loaded.compiled, loaded.data
    print(f"{text(compiled.title)} (rubric {compiled.id} {compiled.version})")
    print(text(data["description"].strip()))
    print(f"Source: {text(data['source']['title'])}, {text(data['source']['date'])} <{text(compiled.source)}>")
    for dimension, (title, beside, _) in compiled.dimensions.items():
        print(f"\n{text(title)}" + (" (beside the score)" if beside else ""))
        _show_criteria(compiled, dimension)
    if compiled.gates:
        print("\nGates")
    for name, gate in compiled.gates.items():
        print(
            f"  {name:<22} {text(gate['title'])} ({text(gate['cite'])}): {_demand(gate)}{', '.join(gate['criteria'])}"
        )
    print("\nClasses, the first that fits")
    for name, title, _, _ in compiled.classes:
        print(f"  {name:<22} {text(title)}")
    return EXIT_OK


def _show_criteria(rubric: Compiled, dimension: str) -> None:
    for each in rubric.criteria:
        if each.dimension == dimension:
            weight = f"weight {each.weight}" if each.weight else "informative"
            human = ", a human decides" if each.decided_by == "human" else ""
            print(f"  {each.id:<22} {text(each.question)} ({text(each.cite)}; {weight}{human})")


def _demand(gate: Mapping[str, Any]) -> str:
    """What a gate asks of its criteria, where that is not that all be met."""
    levels = " or ".join(gate.get("accepts", ("met",)))
    if "at_least" in gate:
        return f"at least {gate['at_least']} {levels} of "
    return f"all {levels} of " if levels != "met" else ""
