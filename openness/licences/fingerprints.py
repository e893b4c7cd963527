"""The fingerprints of the register's texts: hashes only, in one file that is read when a first text is asked about.

For every text it keeps (a) a digest of all its words, (b) one byte per word, with which a candidate is compared word by
word, and (c) a sample of the hashes of its 4-word runs, in one index over all texts, with which candidates are found.

The file: a line of JSON (the texts, in order), then the sampled hashes (uint32), for each the number of the set of
texts that holds it (uint16), then the words' bytes,
compressed in one: versions of one licence stand side by side and share most of them.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Sequence
from functools import lru_cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from openness.licences.store import intact, licence_ids

FILE = Path(__file__).with_name("data") / "fingerprints.bin"
FORM = 3
"""Raised with every change of `normalise` or of this form: fingerprints of another form are not carried over."""

GRAM = 4
"""Words in a run."""


def rate_of(words: int) -> int:
    """Of how many runs one is kept: all of a short text, every fourth or eighth of a longer one."""
    return 1 if words <= 400 else 4 if words <= 1600 else 8


class Known(NamedTuple):
    """A text of the register."""

    slug: str
    licence: str
    words: int
    digest: str
    sha256: str
    rate: int
    require: tuple[tuple[str, ...], ...]
    offset: int


class Fingerprints(NamedTuple):
    """The file as it is used: `sets[postings[hash]]` are the numbers of the texts that hold a run."""

    texts: list[Known]
    digests: dict[str, int]
    postings: dict[int, int]
    sets: list[list[int]]
    weights: list[float]
    totals: list[float]
    operative: frozenset[str]
    weak: frozenset[str]
    words: bytes

    def symbols(self, number: int) -> bytes:
        """The words of one text, a byte each."""
        text = self.texts[number]
        return self.words[text.offset : text.offset + text.words]


def runs(symbols: bytes) -> list[bytes]:
    """All runs of four words, in order."""
    return [symbols[i : i + GRAM] for i in range(len(symbols) - GRAM + 1)]


def hashes(symbols: bytes) -> list[int]:
    """The hashes of all runs, in order."""
    return list(map(zlib.crc32, runs(symbols)))


@lru_cache(maxsize=1)
def fingerprints() -> Fingerprints:
    """The committed file, read once. Raises `DamagedRegister`."""
    known = set(licence_ids())
    with intact(FILE):
        found = unpack(FILE.read_bytes())
        if not all(text.licence in known for text in found.texts):
            raise ValueError("fingerprints and index are not of one build")
    return found


def unpack(data: bytes) -> Fingerprints:
    """Read the file's form."""
    end = data.index(b"\n")
    head: dict[str, Any] = json.loads(data[:end])
    keys, numbers = array("I"), array("H")
    if head.get("form") != FORM:
        raise ValueError(f"fingerprints of form {head.get('form')}, not {FORM}: build them again from the texts")
    middle = end + 1 + head["hashes"] * keys.itemsize
    last = middle + head["hashes"] * numbers.itemsize
    keys.frombytes(data[end + 1 : middle])
    numbers.frombytes(data[middle:last])
    if sys.byteorder != "little":
        keys.byteswap()
        numbers.byteswap()
    texts = [_known(row) for row in head["texts"]]
    weights = [log(1 + len(texts) / len(members)) for members in head["sets"]]
    return Fingerprints(
        texts,
        {text.digest: number for number, text in enumerate(texts)},
        dict(zip(keys, numbers, strict=True)),
        head["sets"],
        weights,
        head["totals"],
        frozenset(head["operative"]),
        frozenset(head["weak"]),
        zlib.decompress(data[last:]),
    )


def _known(row: list[Any]) -> Known:
    slug, licence, words, digest, sha256, rate, require, offset = row
    return Known(slug, licence, words, digest, sha256, rate, tuple(map(tuple, require)), offset)


def pack(texts: Sequence[tuple[Known, bytes]], operative: Sequence[str], weak: Sequence[str]) -> bytes:
    """Write the file's form: `texts` are the register's texts with their words' bytes."""
    holders: dict[int, list[int]] = {}
    rows, words = [], b""
    for number, (known, symbols) in enumerate(texts):
        for value in {value for value in hashes(symbols) if value % known.rate == 0}:
            holders.setdefault(value, []).append(number)
        rows.append([*known[:7], len(words)])
        words += symbols
    sets: dict[tuple[int, ...], int] = {}
    keys, numbers = array("I"), array("H")
    for value in sorted(holders):
        keys.append(value)
        numbers.append(sets.setdefault(tuple(holders[value]), len(sets)))
    totals = [0.0] * len(texts)
    members_of = list(sets)
    for number in numbers:
        members = members_of[number]
        for member in members:
            totals[member] += log(1 + len(texts) / len(members))
    if sys.byteorder != "little":
        keys.byteswap()
        numbers.byteswap()
    head = {
        "form": FORM,
        "hashes": len(keys),
        "texts": rows,
        "sets": members_of,
        "totals": [round(total, 3) for total in totals],
        "operative": sorted(operative),
        "weak": sorted(weak),
    }
    return (
        json.dumps(head, separators=(",", ":")).encode()
        + b"\n"
        + keys.tobytes()
        + numbers.tobytes()
        + zlib.compress(words, 9)
    )
