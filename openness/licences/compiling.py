"""A checked register made into the bytes of the files that a score reads (`store`, `fingerprints`)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openness.licences.checks import Register, SpdxEntry, approved, parts, spellings
from openness.licences.files import Problem, RegisterError
from openness.licences.fingerprints import Fingerprints, Known, pack, rate_of
from openness.licences.normalise import read_words, symbols, text_digest, vocabulary
from openness.licences.schema import RegisterEntry, TermEntry, TextEntry


def compile_index(register: Register) -> tuple[bytes, bytes]:
    """The index, and the lines of licences that it points into."""
    entries = list(register.licences())
    ids = {entry.id: entry for entry in entries}
    at: dict[str, tuple[int, int]] = {}
    lines = b""
    for entry in entries:
        line = _json(_compiled(entry, ids, register.spdx))
        at[entry.id] = (len(lines), len(line))
        lines += line + b"\n"
    index = {
        "keys": dict(sorted((key, entry.id) for entry in entries for _, key, _ in spellings(entry))),
        "at": at,
        "spdx": {each.id.lower(): (each.id, each.name, each.osi + 2 * each.fsf) for each in register.spdx.values()},
        "classes": {each.id: (each.name, " ".join(each.rule.split())) for each in register.classes.classes},
        "spdx_version": register.spdx_version,
    }
    return _json(index) + b"\n", lines


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _compiled(
    entry: RegisterEntry, ids: Mapping[str, RegisterEntry], spdx: Mapping[str, SpdxEntry]
) -> dict[str, object]:
    """An entry as it is read at run time, with the flags of SPDX's list."""
    made: dict[str, object] = {
        "id": entry.id,
        "name": entry.name,
        "class": entry.licence_class,
        "terms": _agreed_terms(entry, ids) | _terms(entry.terms),
    }
    optional: dict[str, Any] = {
        "url": entry.url,
        "version": entry.version,
        "publisher": entry.publisher,
        "read": entry.read,
        "note": entry.note,
        "members": entry.members,
        "kind": entry.kind if entry.kind != "licence" else "",
        "hub": entry.hub,
        "aliases": entry.aliases,
        "texts": [[text.repo, text.path, text.commit] for text in entry.texts],
    }
    made |= {key: value for key, value in optional.items() if value not in (None, "", [])}
    if entry.spdx:
        made["spdx"] = entry.spdx
    if entry.members:
        made["family"] = True
    return made | {"osi": approved(entry, ids, spdx), "fsf": _free(entry, ids, spdx)}


def _free(entry: RegisterEntry, ids: Mapping[str, RegisterEntry], spdx: Mapping[str, SpdxEntry]) -> bool | None:
    """Whether the Free Software Foundation calls a licence free, True or not known; for a family where all members agree."""
    flags = [True if each.spdx and spdx[each.spdx].fsf else None for each in parts(entry, ids)]
    return flags[0] if len(set(flags)) == 1 else None


def _agreed_terms(entry: RegisterEntry, ids: Mapping[str, RegisterEntry]) -> dict[str, dict[str, str]]:
    """The terms on which all members of a family have the same value, with the first member's clauses."""
    if not entry.members:
        return {}
    first, *others = (ids[each].terms for each in entry.members)
    agreed = {
        key: term
        for key, term in first.items()
        if all(key in each and each[key].value == term.value for each in others)
    }
    return _terms(agreed)


def _terms(terms: Mapping[str, TermEntry]) -> dict[str, dict[str, str]]:
    made = {}
    for key, term in terms.items():
        told = {"value": term.value, "section": term.section, "quote": term.quote, "note": term.note}
        made[key] = {part: words for part, words in told.items() if words}
        if term.line:
            made[key].setdefault("section", f"line {term.line}")
    return made


def read_text(slug: str, folders: Sequence[Path]) -> bytes | None:
    """The bytes of `<slug>.txt` in the first of the folders that has it; None where none has."""
    paths = (folder / f"{slug}.txt" for folder in folders)
    return next((path.read_bytes() for path in paths if path.is_file()), None)


def compile_fingerprints(
    register: Register, folders: Sequence[Path], before: Fingerprints | None
) -> tuple[bytes, list[str]]:
    """The file of fingerprints, and the slugs of texts whose fingerprint was carried over from `before`.

    A fingerprint is carried over where no folder has the text and its SHA-256 is unchanged. Raises `RegisterError` with one
    line for each text that can be neither read nor carried over, or that lacks a word it requires.
    """
    texts: list[tuple[Known, bytes]] = []
    carried: list[str] = []
    faults: list[str] = []
    old = {each.slug: number for number, each in enumerate(before.texts)} if before else {}
    for file, entry in register.entries:
        for place, text in enumerate(entry.texts):
            raw = read_text(text.slug, folders)
            require = tuple(tuple(each.split("|")) for each in text.require)
            if raw is not None and hashlib.sha256(raw).hexdigest() == text.sha256:
                read = read_words(raw.decode("utf-8", "replace"))
                row, digest = symbols(read.words), text_digest(read.words)
                faults += file.faults(_lacking(place, require, vocabulary(read.text)))
            elif before and text.slug in old and before.texts[old[text.slug]].sha256 == text.sha256:
                carried.append(text.slug)
                row, digest = before.symbols(old[text.slug]), before.texts[old[text.slug]].digest
            else:
                faults += file.faults([(("texts", place, "sha256"), _not_found(text, raw is not None))])
                continue
            known = Known(text.slug, entry.id, len(row), digest, text.sha256, rate_of(len(row)), require, 0)
            texts.append((known, row))
    if faults:
        raise RegisterError(faults)
    return pack(texts, register.words.operative, register.words.weak), carried


def _lacking(place: int, require: Sequence[Sequence[str]], told: Container[str]) -> Iterator[Problem]:
    """Required words of which the text itself has none."""
    for number, options in enumerate(require):
        if not any(word in told for word in options):
            yield ("texts", place, "require", number), f"the text does not hold {' or '.join(options)}"


def _not_found(text: TextEntry, found: bool) -> str:
    what = "has another SHA-256" if found else "is in none of the folders, and no fingerprint of it is committed"
    return f"{text.slug}.txt {what}; allowed: a text with this SHA-256 (--texts FOLDER)"
