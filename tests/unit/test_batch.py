"""A batch that is killed, stopped or torn goes on where it was, and ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from openness.batch import Interruption, Journal, Result, run
from openness.core.errors import ReleaseNotFound

COUNT = 500
WORKER = """
import sys, time
from pathlib import Path
from openness.batch import Journal, Result, interruptible, run
journal, asked, out = map(Path, sys.argv[1:4])
names = [f"org/name-{number}" for number in range(int(sys.argv[4]))]
stream = open(asked, "a", buffering=1)

def look(name):
    stream.write(name + "\\n")
    time.sleep(float(sys.argv[5]))
    return Result(name, name, "f" * 40, {"of": name})

kept = Journal(journal, ["rubric", "tool"])
try:
    with interruptible() as stop:
        found = [each.value["of"] for each in run(names, look, kept, stop)]
except KeyboardInterrupt:
    sys.exit(130)
out.write_text("\\n".join(found))
"""


def start(folder: Path, count: int = COUNT, pause: float = 0.002) -> subprocess.Popen[bytes]:
    paths = [str(folder / name) for name in ("journal.jsonl", "asked.txt", "out.txt")]
    command = [sys.executable, "-c", WORKER, *paths, str(count), str(pause)]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.getcwd()})


def test_killed_at_twenty_points_it_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    chance = random.Random(7)
    asked = tmp_path / "asked.txt"
    for _ in range(20):
        running = start(tmp_path)
        time.sleep(chance.uniform(0.05, 0.3))
        running.kill()
        running.wait()
        journal = tmp_path / "journal.jsonl"
        lines = journal.read_bytes().splitlines(keepends=True) if journal.exists() else []
        done = [json.loads(line)["asked"] for line in lines if line.endswith(b"\n")]
        assert len(done) == len(set(done))
        before = asked.read_text().split() if asked.exists() else []
        running_again = set(before) & set(done)
        counted = {name: before.count(name) for name in running_again}
        check = start(tmp_path)
        time.sleep(0.1)
        check.kill()
        check.wait()
        after = asked.read_text().split() if asked.exists() else []  # on a busy machine it may not have begun
        assert {name: after.count(name) for name in running_again} == counted  # nothing is asked again after its line
    assert start(tmp_path).wait() == 0
    assert (tmp_path / "out.txt").read_text() == "\n".join(f"org/name-{number}" for number in range(COUNT))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_once_drains_and_twice_aborts(tmp_path: Path, number: signal.Signals) -> None:
    running = start(tmp_path, 50, 0.5)
    while not (tmp_path / "asked.txt").exists() or not (tmp_path / "asked.txt").read_text():
        time.sleep(0.02)
    time.sleep(0.05)
    running.send_signal(number)
    assert running.wait(10) == 130
    begun = (tmp_path / "asked.txt").read_text().split()
    kept = [json.loads(line)["asked"] for line in (tmp_path / "journal.jsonl").read_text().splitlines()]
    assert sorted(begun) == sorted(kept)
    assert len(kept) <= 8
    other = tmp_path / "other"
    other.mkdir()
    running = start(other, 50, 5)
    while not (other / "asked.txt").exists() or not (other / "asked.txt").read_text():
        time.sleep(0.02)
    time.sleep(0.05)
    running.send_signal(number)
    time.sleep(0.2)
    running.send_signal(number)
    began = time.monotonic()
    assert running.wait(10) == 130
    assert time.monotonic() - began < 2


def look(name: str) -> Result:
    if name == "none":
        raise ReleaseNotFound("there is none")
    return Result(name, name, None, name.upper())


def test_order_errors_and_what_is_asked_twice() -> None:
    found = list(run(["b", "none", "a", "b"], look, None, Interruption()))
    assert [each.value if isinstance(each, Result) else each.message for each in found] == [
        "B",
        "there is none",
        "A",
        "B",
    ]


def test_a_bug_is_raised() -> None:
    def broken(name: str) -> Result:
        raise ZeroDivisionError(name)

    with pytest.raises(ZeroDivisionError):
        list(run(["a"], broken, None, Interruption()))


def test_a_torn_line_is_dropped_and_another_key_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    kept = Journal(path, ["one"])
    list(run(["a", "b"], look, kept, Interruption()))
    kept.close()
    with path.open("ab") as stream:
        stream.write(b'{"key": ["one"], "asked": "c", "re')
    again = Journal(path, ["one"])
    assert sorted(again.done) == ["a", "b"]
    again.add(look("c"))
    again.close()
    assert len([json.loads(line) for line in path.read_text().splitlines()]) == 3
    other = Journal(path, ["other"])
    assert other.done == {}
    other.close()
