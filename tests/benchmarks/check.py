"""What a gate costs in CI: `python -m tests.benchmarks.check`.

Floor, from the issue that asked for it: `check --locked` on 20 pinned releases with a warm cache and no network takes less than
2 × the start of `python -c "import typer, rich, pydantic, yaml"`, and 10 ms a release. Exit code 1 when it is missed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.start import FLOOR, ROUNDS, seconds
from tests.cli.conftest import CARD
from tests.hub.loopback import LFS, LoopbackHub

RELEASES = 20


def main() -> int:
    """Measure, print, and say whether the floor holds."""
    with LoopbackHub() as hub, tempfile.TemporaryDirectory() as folder:
        names = [f"org/name-{number:02}" for number in range(RELEASES)]
        for name in names:
            hub.add_model(name, files={"README.md": CARD, "config.json": "{}", "model.safetensors": LFS(size=10)})
        config = Path(folder, "openness.toml")
        listed = "".join(f'[[releases]]\nid = "{name}"\n' for name in names)
        config.write_text(f'[policy]\nmin-class = "open-weights"\n{listed}', encoding="utf-8")
        environment = os.environ | {
            "HF_ENDPOINT": hub.url,
            "OPENNESS_CACHE": str(Path(folder, "cache")),
            "HF_HOME": folder,
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        openness = str(Path(sys.executable).with_name("openness"))
        subprocess.run([openness, "lock", "--config", str(config)], env=environment, check=True)
        rows = {
            "floor": [sys.executable, "-c", FLOOR],
            "check": [openness, "check", "--locked", "--offline", "--config", str(config)],
        }
        times: dict[str, list[float]] = {name: [] for name in rows}
        for _ in range(ROUNDS):
            for name, command in rows.items():
                times[name].append(seconds(command, environment))
    floor, found = (statistics.median(times[name]) for name in rows)
    bound = 2 * floor + 0.010 * RELEASES
    print(
        f"start {floor * 1000:.0f} ms; check --locked of {RELEASES} releases {found * 1000:.0f} ms, at most {bound * 1000:.0f} ms"
    )
    return found > bound


if __name__ == "__main__":
    sys.exit(main())
