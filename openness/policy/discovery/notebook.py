"""Releases that the code cells of a Jupyter notebook name, on the lines of the notebook's own file."""

from __future__ import annotations

from openness.policy.discovery.lines import read_lines
from openness.policy.discovery.python import parsed, read_python
from openness.policy.discovery.settings import json_tree
from openness.policy.discovery.shell import read_shell
from openness.policy.discovery.sightings import Sighting, Sightings
from openness.policy.discovery.trees import Branch, Leaf

_SHELLS = ("%%bash", "%%sh", "%%shell", "%%script", "%%cmd")


def read_notebook(text: str, seen: Sightings) -> None:
    """Note the releases of a notebook: Python by its syntax, `!` lines and `%%bash` cells as shell; outputs are not read."""
    code: list[str] = []
    lines: list[int] = []
    for cell in _cells(json_tree(text)):
        _cell(cell, code, lines, seen)
    part = Sightings()
    read_python("\n".join(code), part)
    _place(part, lines, seen)


def _cells(roots: list[Leaf | Branch]) -> list[list[tuple[str, int]]]:
    """The code cells as lines of code, each with its line in the file."""
    found = []
    for root in roots:
        top = dict(root.children) if isinstance(root, Branch) and root.mapping else {}
        cells = top.get("cells")
        for _, cell in cells.children if isinstance(cells, Branch) else ():
            inner = dict(cell.children) if isinstance(cell, Branch) else {}
            kind, source = inner.get("cell_type"), inner.get("source")
            if isinstance(kind, Leaf) and kind.text == "code" and source is not None:
                leaves = [source] if isinstance(source, Leaf) else source.leaves()
                found.append([(line, leaf.line) for leaf in leaves for line in leaf.text.splitlines()])
    return found


def _cell(cell: list[tuple[str, int]], code: list[str], lines: list[int], seen: Sightings) -> None:
    begin = next((line.strip() for line, _ in cell if line.strip()), "")
    if begin.startswith(_SHELLS):
        _shell([("", at) if line.startswith("%%") else (line, at) for line, at in cell], seen)
        return
    if begin.startswith(("%%html", "%%markdown", "%%latex", "%%javascript", "%%js", "%%sql", "%%svg", "%%R")):
        return
    kept: list[str] = []
    commands: list[tuple[str, int]] = []
    going = False
    for line, at in cell:
        bare = line.strip()
        if going or bare.startswith(("!", "%")):
            commands.append((bare.lstrip("!% ") if not going else bare, at))
            going = bare.endswith("\\")
            kept.append(line[: len(line) - len(line.lstrip())] + "pass")
        else:
            kept.append(line)
    _shell(commands, seen)
    if parsed("\n".join(kept)) is None:
        part = Sightings()
        read_lines("\n".join(kept), part)
        _place(part, [at for _, at in cell], seen)
        kept = [""] * len(kept)
    code += kept
    lines += [at for _, at in cell]


def _shell(commands: list[tuple[str, int]], seen: Sightings) -> None:
    if commands:
        part = Sightings()
        read_shell("\n".join(line for line, _ in commands), part)
        _place(part, [at for _, at in commands], seen)


def _place(part: Sightings, lines: list[int], seen: Sightings) -> None:
    """Add what was seen in a part of the notebook, on the lines of the file."""
    if lines:
        seen.merge(
            Sighting(
                each.id, lines[min(each.line, len(lines)) - 1], each.revision, each.kind, each.left_out, each.weight
            )
            for each in part.raw()
        )
