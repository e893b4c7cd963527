"""Hostile files: no reader raises, and none takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openness.policy.discover import LARGEST, NAMES, READERS, named, sightings

EVERY = sorted({**READERS, **NAMES}.items(), key=lambda pair: pair[0])
PIECES = st.sampled_from(
    [
        "from_pretrained", "(", ")", "[", "]", "{", "}", "\"", "'", "`", "org/name", "model", "MODEL_ID", "=", ":",
        ": ", ",", "\n", "\n  ", "#", "//", "/*", "*/", "\\", "\\\n", "${", "$(", "<<EOF\n", "EOF\n", "- ", "| ",
        "|\n", "&a ", "*a", "!!str ", "%%bash\n", "!hf download ", "hf download ", "vllm serve ", "--model", " ",
        "f'", "\"\"\"", "lambda x: ", "def f(", "class A:\n", "https://huggingface.co/", "hf.co/", "@", "\u0000",
        "\ud7ff", "\u00e9", "\t", "```", "{{", "}}", "default ", "FROM ", "RUN ", "CMD [", "0", "cells", "source",
        "cell_type", "code", ";", "??", "||", "<", ">", "?.", "\r\n", "\u0085", "\u2028",
    ]
)  # fmt: skip
DEEP = {
    "brackets": "[" * 100_000,
    "braces": '{"a":' * 100_000,
    "closed": "[" * 5_000 + '"org/name"' + "]" * 5_000,
    "parentheses": "x = " + "(" * 50_000 + ")" * 50_000,
    "calls": "f(" * 90 + '"org/name"' + ")" * 90,
    "minus": "x = " + "-" * 200_000 + "1",
    "sum": "x = " + "'a/' + " * 100_000 + "'b'",
    "attributes": "x" + ".a" * 100_000,
    "indented": "".join(" " * depth + "if x:\n" for depth in range(99)),
    "yaml": "".join("  " * depth + "a:\n" for depth in range(700)),
    "yaml flow": "{a: " * 50_000,
    "dashes": "- " * 200_000,
    "quotes": "'\"" * 100_000,
    "quote on each line": "don't a/b\n" * 50_000,
    "anchors": "a: &a [x/y]\n" + "b: [*a,*a,*a,*a]\n" * 20_000,
    "models": 'MODEL = "org/name"\n' * 40_000,
    "names": "a = b\nb = a\n" * 20_000 + "from_pretrained(a)\n" * 500,
    "fan": "x = ['a/b', 'c/d', 'e/f']\n" + "".join(f"x{n + 1} = f'{{x{n}}}{{x{n}}}'\n" for n in range(200)),
    "settings": '"model": "a/' * 80_000,
    "assignments": "model=" * 150_000 + "/",
    "addresses": "https://huggingface.co/" * 40_000,
    "templates": "{{ default " * 80_000 + "/",
    "documents": "<<A\n" * 100_000 + "/",
    "comments": "/*" * 400_000,
    "slashes": "/" * 900_000,
    "words": "a " * 400_000 + "/",
    "options": "--model a/b " * 80_000,
    "variables": "A=a/$A$A\n" * 50_000,
    "toml": "[a]\n" * 1 + "".join(f"k{n} = 'org/name{n}'\n" for n in range(20_000)),
    "dotted": "a." * 400_000 + "/",
    "blank": " " * 900_000 + "/",
}


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=200))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_makes_a_reader_raise(text: str) -> None:
    for _, reader in EVERY:
        for each in sightings(text + "/", reader):
            assert each.line >= 1
            assert "\n" not in each.id


@pytest.mark.parametrize("shape", DEEP)
@pytest.mark.parametrize(
    "suffix", [".py", ".ipynb", ".json", ".yaml", ".toml", ".sh", ".js", ".ini", "dockerfile", "modelfile"]
)
def test_depth_and_length_are_bounded(suffix: str, shape: str) -> None:
    started = time.perf_counter()
    sightings(DEEP[shape][:LARGEST], dict(EVERY)[suffix])
    assert time.perf_counter() - started < 10


def test_a_hostile_project_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "deep.py").write_text(DEEP["parentheses"], encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "good.py").write_text('from_pretrained("org/name")', encoding="utf-8")
    (tmp_path / "nul.py").write_bytes(b"\0" * 1_000)
    assert [each.id for each in named(tmp_path)] == ["org/name"]
