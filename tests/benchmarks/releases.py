"""The shared corpus of real releases, as the benchmarks read it: every release through the code that a user's score runs.

Trust (the corpus's README): a card that was possibly cut is read as one whose end was not read, so it can show presence and
never absence; a file list that was not recorded is missing, not empty; `gated` that was not recorded is unknown; a publisher's
README from elsewhere has no front matter, so the card's metadata are missing.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openness.core.components import COMPONENTS
from openness.core.release import Need, ReadText, Reason, Release, Unread
from openness.sources.answer import read_info
from openness.sources.assemble import build
from openness.sources.facts import HubFacts
from openness.sources.reference import Reference
from openness.sources.texts import card_path, licence_files

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("OPENNESS_CORPUS") or ROOT.parent / "shared" / "corpus")
MOF = tuple(component.id for component in COMPONENTS.values() if component.group == "mof")
_NOT_RECORDED = Unread(Reason.NOT_RECORDED, "the corpus holds no file list")
_NO_CARD = Unread(Reason.NOT_RECORDED, "the publisher's README is no card of the Hub")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file of the corpus; `cut` and `upstream` are the trust levels that matter here."""

    id: str
    data: dict[str, Any]

    @property
    def cut(self) -> bool:
        """Whether the card may have lost sections."""
        return bool(self.data["source"]["note"].startswith("POSSIBLY CUT CARD"))

    @property
    def upstream(self) -> bool:
        """Whether the card is the publisher's README from another place than the Hub."""
        return bool(self.data["source"]["note"].startswith("UPSTREAM CARD"))

    @property
    def full(self) -> bool:
        """Whether absence may be scored on it."""
        return bool(self.data.get("readme")) and not self.cut

    def release(self) -> Release:
        """The release as the Hub's source would build it from these facts."""
        api = self.data["api"]
        texts = dict(self.data["files"]) | ({"README.md": self.data["readme"]} if self.data.get("readme") else {})
        listed = isinstance(api.get("siblings"), list) and self.data["siblings_source"] != "absent"
        siblings = api["siblings"] if listed else [{"rfilename": path} for path in texts]
        card = card_path([sibling["rfilename"] for sibling in siblings]) or "README.md"
        info = {"sha": "0" * 40} | api | {"id": self.id, "siblings": siblings}
        read: dict[str, ReadText | Unread] = {}
        for path, text in texts.items():
            own = card if path == "README.md" else path
            read[own] = ReadText(own, text, self.cut and path == "README.md")
        unread = Unread(Reason.NOT_RECORDED, "the corpus does not hold it")
        for path in [*licence_files([sibling["rfilename"] for sibling in siblings]), card]:
            if listed and path not in read:
                read[path] = unread
        built = build(Reference(self.id, self.id), HubFacts(read_info(info), read, seen_on="2026-01-01"), "cache")
        missing = dict(built.missing)
        if not listed:
            missing |= {Need.FILE_LIST: _NOT_RECORDED, Need.LICENCE_TEXT: _NOT_RECORDED}
        if not self.data.get("readme"):
            missing |= {need: _NOT_RECORDED for need in (Need.CARD, Need.CARD_METADATA) if not built.card}
        if self.upstream:
            missing |= {Need.CARD_METADATA: _NO_CARD, Need.LINEAGE: _NO_CARD}
        return replace(built, files=built.files if listed else (), missing=missing)


def releases(corpus: Path = CORPUS) -> list[Recorded]:
    """Every release of the corpus, by id."""
    read = (json.loads(path.read_text("utf-8")) for path in sorted((corpus / "releases").glob("*.json")))
    return [Recorded(data["id"], data) for data in read]


def family(id: str) -> str:
    """Publisher and first word of the name; the publisher alone where that word is the publisher's own (its main line)."""
    publisher, _, name = id.lower().partition("/")
    first = re.search(r"[a-z]{2,}", name)
    return publisher if not first or first[0] in re.findall(r"[a-z]+", publisher) else f"{publisher}/{first[0]}"


def half(id: str) -> str:
    """Which half of the corpus a release is in: decided by a hash of its family's name."""
    return "test" if hashlib.sha256(family(id).encode()).digest()[0] & 1 else "dev"


def labels_mot(corpus: Path = CORPUS) -> dict[str, dict[str, bool]]:
    """The Model Openness Tool's records: per release and component, whether any record that names it holds it."""
    found: dict[str, dict[str, bool]] = {}
    for row in _rows(corpus / "labels-mot.csv"):
        held = found.setdefault(row["hub_id"], dict.fromkeys(MOF, False))
        for component in MOF:
            held[component] |= bool(row[component.replace("-", "_")].strip())
    return found


OSAI = {
    "datasets": "llmdata",
    "model-parameters-final": "llmweights",
    "model-card": "modelcard",
    "data-card": "datasheet",
    "research-paper": "preprint",
    "training-code": "opencode",
    "model-architecture": "architecture",
}
"""Dimensions of the Open Source AI Index that ask for what a component asks for; open and partial count as there."""


def labels_osai(corpus: Path = CORPUS) -> dict[str, dict[str, bool]]:
    """The Open Source AI Index's records, where a dimension maps to a component."""
    return {
        row["hub_id"]: {component: row[column] in ("open", "partial") for component, column in OSAI.items()}
        for row in _rows(corpus / "labels-osai.csv")
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["hub_id"]]
