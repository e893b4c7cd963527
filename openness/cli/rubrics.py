"""`openness rubric list|show|validate|test`."""

from __future__ import annotations

from openness.cli.guard import tell, worst
from openness.core.errors import EXIT_NOTHING, EXIT_OK, EXIT_VIOLATED, OpennessError, RubricError
from openness.core.rubric import Criterion, Gate
from openness.outputs.safe import text


def list_rubrics() -> int:
    """Print name, version and title of every rubric: the bundled ones, and those that the project declares."""
    from openness.engine import load, rubrics

    for name in rubrics("all"):
        rubric = load(name).rubric
        print(f"{text(name):<18} {rubric.version:<8} {text(rubric.title)} <{text(rubric.source.url)}>")
    return EXIT_OK


def show_rubric(name: str, yaml: bool) -> int:
    """Print a rubric, as its file or in words."""
    from openness.engine import load

    loaded = load(name)
    if yaml:
        print(loaded.text, end="")
        return EXIT_OK
    rubric = loaded.rubric
    print(f"{text(rubric.title)} (rubric {rubric.id} {rubric.version})")
    print(text(rubric.description.strip()))
    print(f"Source: {text(rubric.source.title)}, {text(rubric.source.date)} <{text(rubric.source.url)}>")
    for dimension in rubric.dimensions:
        print(f"\n{text(dimension.title)}" + (" (beside the score)" if dimension.beside else ""))
        for each in rubric.criteria:
            if each.dimension == dimension.id:
                print(_criterion(each))
    if rubric.gates:
        print("\nGates")
    for gate in rubric.gates:
        print(f"  {gate.id:<22} {text(gate.title)} ({text(gate.cite)}): {_demand(gate)}{', '.join(gate.criteria)}")
    print("\nClasses, the first that fits")
    for verdict in rubric.classes:
        print(f"  {verdict.id:<22} {text(verdict.title)}")
    return EXIT_OK


def _criterion(asked: Criterion) -> str:
    weight = f"weight {asked.weight}" if asked.weight else "informative"
    human = ", a human decides" if asked.decided_by == "human" else ""
    return f"  {asked.id:<22} {text(asked.question)} ({text(asked.cite)}; {weight}{human})"


def _demand(gate: Gate) -> str:
    """What a gate asks of its criteria, where that is not that all be met."""
    levels = " or ".join(gate.accepts)
    if gate.at_least < len(gate.criteria):
        return f"at least {gate.at_least} {levels} of "
    return f"all {levels} of " if levels != "met" else ""


def validate_rubrics(files: list[str]) -> int:
    """Check rubrics, all of them, and say what is wrong."""
    from pathlib import Path

    from openness.rubric.library import folder, load_file, names

    codes = []
    for name in files:
        path = folder() / f"{name}.yaml" if name in names() else Path(name)
        try:
            loaded = load_file(path)
        except RubricError as error:
            tell(error)
            codes.append(error.exit_code)
        else:
            print(f"{text(name)}: sound ({len(loaded.compiled.criteria)} criteria)")
            codes.append(EXIT_OK)
    return worst(codes)


def check_rubrics(asked: list[str]) -> int:
    """Judge the worked cases that rubrics carry, and say which do not come out as they must.

    0: all do; 1: one does not; 2: a rubric or its cases cannot be used; 4: a rubric carries none.
    """
    from openness.engine import rubrics, test_rubric

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
