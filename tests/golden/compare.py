"""Snapshots: what was printed before is printed again. OPENNESS_UPDATE_GOLDEN=1 writes them anew; read the difference."""

from __future__ import annotations

import os
from pathlib import Path

UPDATE = bool(os.environ.get("OPENNESS_UPDATE_GOLDEN"))
FOLDER = Path(__file__).parent / "snapshots"


def hold(name: str, found: str) -> None:
    """Compare with the snapshot of that name."""
    path = FOLDER / name
    if UPDATE:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found, (
        f"{name} differs; if that is meant, run with OPENNESS_UPDATE_GOLDEN=1"
    )
