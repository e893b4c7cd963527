"""How long a user waits, as ratios measured in one run: `python -m tests.benchmarks.start`.

Floors, from the issue that asked for them:
* `--help`: at most 1.5 × the start of `python -c "import typer, rich, pydantic, yaml"`, a warm score at most 1.6 ×;
* a cold score on a Hub with 50 ms a request: at most 1.35 × (start-up with the real client + two round trips).

Runs are interleaved, so that a busy machine slows every row alike; the median of the rounds counts. Exit code 1 when a floor is
missed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.cli.conftest import CARD
from tests.hub.loopback import LFS, LoopbackHub
from tests.hub.repository import Content

ROUNDS = 11
LATENCY = 0.05
FLOOR = "import typer, rich, pydantic, yaml"
CLIENT = "from huggingface_hub.utils import build_hf_headers, get_session; get_session(); build_hf_headers()"
TWO_TRIPS = f"{CLIENT}\nimport time; time.sleep({2 * LATENCY})"


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall time of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def main() -> int:
    """Measure, print, and say whether the floors hold."""
    with LoopbackHub() as hub, tempfile.TemporaryDirectory() as folder:
        files: dict[str, Content] = {
            "README.md": CARD,
            "LICENSE": "text",
            "config.json": "{}",
            "model.safetensors": LFS(size=10),
        }
        sha = hub.add_model("org/name", files=files)
        hub.small_file_redirects = False
        environment = os.environ | {
            "HF_ENDPOINT": hub.url,
            "OPENNESS_CACHE": str(Path(folder, "cache")),
            "HF_HOME": folder,
            "HF_HUB_DISABLE_TELEMETRY": "1",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed packages have their bytecode
        openness = [str(Path(sys.executable).with_name("openness"))]
        rows = {
            "typer, rich, pydantic, yaml": [sys.executable, "-c", FLOOR],
            "openness --help": [*openness, "--help"],
            "warm score of a commit": [*openness, "score", f"org/name@{sha}"],
            "score from the catalogue": [*openness, "score", "gpt-4", "--offline"],
            "client + two round trips": [sys.executable, "-c", TWO_TRIPS],
            "cold score": [*openness, "score", "org/name", "--refresh"],
        }
        subprocess.run(rows["cold score"], env=environment, stdout=subprocess.DEVNULL, check=True)
        hub.latency = LATENCY
        times: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(ROUNDS):
            for name, command in rows.items():
                times[name].append(seconds(command, environment))
    middle = {name: statistics.median(measured) for name, measured in times.items()}
    floor, client = middle["typer, rich, pydantic, yaml"], middle["client + two round trips"]
    bars = {
        "openness --help": (floor, 1.5),
        "warm score of a commit": (floor, 1.6),
        "score from the catalogue": (floor, 1.6),
        "cold score": (client, 1.35),
    }
    missed = False
    for name, measured in middle.items():
        line = f"{name:<30} {measured * 1e3:7.0f} ms"
        if name in bars:
            base, bar = bars[name]
            missed |= measured > bar * base
            line += f"   {measured / base:5.2f} × its floor (at most {bar})"
        print(line)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
