"""A batch that is killed, stopped or torn goes on where it was, and ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from openness.core.errors import OpennessError, ReleaseNotFound
from openness.jobs.batch import Interruption, run
from openness.jobs.journal import Done, Journal
from openness.jobs.watcher import Watcher

COUNT = 500
WORKER = """
import sys, time
from pathlib import Path
from openness.jobs.batch import interruptible, run
from openness.jobs.journal import Done, Journal
journal, asked, out = map(Path, sys.argv[1:4])
names = [f"org/name-{number}" for number in range(int(sys.argv[4]))]
stream = open(asked, "a", buffering=1)

def look(name):
    stream.write(name + "\\n")
    time.sleep(float(sys.argv[5]))
    return Done(name, name, "f" * 40, {"of": name})

kept = Journal(journal, ["rubric", "tool"])
try:
    with interruptible() as stop:
        found = [each.value["of"] for each in run(names, look, known=kept.done, keep=kept.add, stop=stop)]
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


def look(name: str) -> Done:
    if name == "none":
        raise ReleaseNotFound("there is none")
    return Done(name, name, None, name.upper())


def test_order_errors_and_what_is_asked_twice() -> None:
    found = list(run(["b", "none", "a", "b"], look, stop=Interruption()))
    assert [each.value if isinstance(each, Done) else each.message for each in found] == [
        "B",
        "there is none",
        "A",
        "B",
    ]


def test_a_watcher_counts_what_is_done() -> None:
    told: list[int] = []

    class Counting(Watcher):
        """Keeps the numbers."""

        def done(self, number: int) -> None:
            told.append(number)

    found = list(run(["a", "none", "b"], look, Counting(), known={"a": look("a")}))
    assert told == [2, 3]
    assert isinstance(found[1], OpennessError)


def test_at_most_a_window_is_looked_at_at_once() -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def slow(name: str) -> str:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.01)
        with lock:
            now[0] -= 1
        return name

    names = [str(number) for number in range(20)]
    assert list(run(names, slow, window=3)) == names
    assert most[0] <= 3


def test_a_bug_is_raised() -> None:
    def broken(name: str) -> Done:
        raise ZeroDivisionError(name)

    with pytest.raises(ZeroDivisionError):
        list(run(["a"], broken))


def test_a_torn_line_is_dropped_and_another_key_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    kept = Journal(path, ["one"])
    for _ in run(["a", "b"], look, known=kept.done, keep=kept.add):
        pass
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
