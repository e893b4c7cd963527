"""An attestation file as data, before it is written down."""

from __future__ import annotations

from typing import TypedDict


class AttestationDocument(TypedDict):
    """What `openness/attest/schema.py` accepts: a release, an author, and findings, each a mapping of its keys to text."""

    release: str
    author: str
    findings: list[dict[str, str]]
