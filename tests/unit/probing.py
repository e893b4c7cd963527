"""What the tests of probes share: a release from a card and file names, through the Hub's own builder, and its findings."""

from __future__ import annotations

from openness.core.finding import Finding
from openness.core.release import ReadText, Release
from openness.probes import assess
from openness.sources.answer import read_info
from openness.sources.assemble import build
from openness.sources.facts import HubFacts
from openness.sources.reference import Reference

SHA = "0123456789abcdef0123456789abcdef01234567"
FILES = ("README.md", "config.json", "model.safetensors")


def release(
    card: str = "",
    files: tuple[str, ...] = FILES,
    id: str = "lab/tale-7b",
    truncated: bool = False,
    listed: bool = True,
    **info: object,
) -> Release:
    """A release of the Hub with this card and these files; `listed=False`: no file list was seen."""
    answer = {"id": id, "sha": SHA, "gated": False, "siblings": [{"rfilename": path} for path in files]} | info
    if not listed:
        del answer["siblings"]
    texts = {"README.md": ReadText("README.md", card, truncated)} if "README.md" in files else {}
    return build(Reference(id, id), HubFacts(read_info(answer), texts, seen_on="2026-01-01"), "cache")


def findings(card: str = "", files: tuple[str, ...] = FILES, **info: object) -> dict[str, Finding]:
    """Every finding on it, by subject."""
    return {finding.about: finding for finding in assess(release(card, files, **info))}  # type: ignore[arg-type]
