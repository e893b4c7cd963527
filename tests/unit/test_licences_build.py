"""Building the register: every fault is one line with file, line, key and what is allowed, and nothing is written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from openness.core.errors import EXIT_OK, EXIT_USAGE, EXIT_VIOLATED
from openness.licences import build, fingerprints, store
from openness.licences.files import HERE

TEXT = "The maker lets you do with this work whatever you wish, and promises nothing at all about what it does or may do.\n"
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
READ = f"""id: "Zlib"
name: "zlib License"
spdx: "Zlib"
class: "open-source"
read: true
hub: ["zlib"]
aliases: ["zlib licence text"]
url: "https://example.org/zlib"
variants:
  - id: "ZPL-2.1"
    name: "Zope Public License 2.1"
texts:
  - slug: "zlib"
    sha256: "{SHA}"
    repo: "example/zlib"
    path: "LICENSE"
    require: ["maker|author"]
terms:
  commercial-use:
    value: "yes"
    line: 1
    quote: "whatever you wish"
"""
UNREAD = """id: "acme-1"
name: "Acme Model License 1"
class: "bespoke-unclassified"
read: false
urls: ["https://acme.example/1"]
"""
FAMILY = """id: "acme"
name: "An Acme licence"
class: "bespoke-unclassified"
read: true
members: ["acme-1"]
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small register that is right, with the text of its one licence."""
    folder = tmp_path / "licences"
    (folder / "register").mkdir(parents=True)
    for name, text in (("zlib", READ), ("acme-1", UNREAD), ("acme", FAMILY)):
        (folder / "register" / f"{name}.yaml").write_text(text, encoding="utf-8")
    for name in ("classes.yaml", "operative.yaml"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "zlib.txt").write_text(TEXT, encoding="utf-8")
    return folder


def run(source: Path, *, check: bool = False) -> int:
    """Build `source` into a folder beside it."""
    return build.build(source, source.parent / "data", [source.parent / "texts"], check)


def written(source: Path) -> dict[str, bytes]:
    """The files of the folder that is built into, hidden ones too."""
    data = source.parent / "data"
    return {path.name: path.read_bytes() for path in data.iterdir()} if data.is_dir() else {}


def without(text: str, key: str) -> str:
    """The YAML text without one top-level key of one line."""
    return re.sub(rf"(?m)^{key}:.*\n", "", text)


def test_a_right_register_is_built_to_the_same_bytes(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(source, check=True) == EXIT_VIOLATED
    assert written(source) == {}
    assert run(source) == EXIT_OK
    first = written(source)
    assert set(first) == {"index.json", "register.jsonl", "fingerprints.bin"}
    assert [json.loads(line)["id"] for line in first["register.jsonl"].splitlines()] == [
        "acme-1",
        "acme",
        "Zlib",
        "ZPL-2.1",
    ]
    assert run(source) == EXIT_OK
    assert run(source, check=True) == EXIT_OK
    assert written(source) == first
    assert "4 licences, 0 texts carried over, written: none" in capsys.readouterr().out


def test_the_fingerprint_of_a_text_that_is_not_here_is_carried_over(source: Path) -> None:
    assert run(source) == EXIT_OK
    first = written(source)
    (source.parent / "texts" / "zlib.txt").unlink()
    assert run(source) == EXIT_OK
    assert written(source) == first


FAULTS = [
    ("zlib", READ.replace('"open-source"', '"bespoke"'), 4, "class", "allowed: open-source, open-content"),
    ("zlib", READ.replace('"open-source"', '"none-stated"'), 4, "class", "'none-stated' is not a class"),
    ("zlib", READ.replace('"open-source"', '"open-content"'), 4, "class", "must be open-source: OSI has approved Zlib"),
    ("zlib", without(READ, "spdx"), 3, "class", "only with an `spdx` identifier that OSI has approved"),
    ("zlib", READ.replace('spdx: "Zlib"', 'spdx: "Zlob"'), 3, "spdx", "'Zlob' is not in the SPDX licence list"),
    ("zlib", READ.replace('"ZPL-2.1"', '"ZPL-9"'), 10, "variants.0.id", "is not in the SPDX licence list"),
    ("zlib", READ.replace("read: true", 'read: "yes"'), 5, "read", "valid boolean"),
    ("zlib", READ + "open: true\n", 23, "open", "this key is not known; allowed: id, name, spdx"),
    ("zlib", READ + '    when: "now"\n', 23, "terms.commercial-use.when", "allowed: value, section, line, quote, note"),
    ("zlib", without(READ, "name"), 1, "name", "this key is missing"),
    ("zlib", READ + "read: true\n", 23, "", "the key 'read' appears twice"),
    (
        "zlib",
        READ.replace("  commercial-use:", "  comercial-use:"),
        20,
        "terms.comercial-use",
        "is not a term; allowed",
    ),
    (
        "zlib",
        READ.replace('value: "yes"', 'value: "maybe"'),
        20,
        "terms.commercial-use.value",
        "allowed: yes, threshold",
    ),
    ("zlib", READ.replace('value: "yes"', "value: yes please: no"), 20, "", "is not YAML"),
    ("zlib", READ.replace("    line: 1\n", ""), 20, "terms.commercial-use", "no clause; a term needs"),
    (
        "zlib",
        READ.replace("    line: 1\n", "    line: 0\n"),
        21,
        "terms.commercial-use.line",
        "greater than or equal to 1",
    ),
    (
        "zlib",
        READ.replace("whatever you wish", "w " * 26),
        22,
        "terms.commercial-use.quote",
        "25 words, 260 characters",
    ),
    (
        "zlib",
        READ.replace("whatever you wish", "字" * 261),
        22,
        "terms.commercial-use.quote",
        "25 words, 260 characters",
    ),
    ("zlib", READ.replace(SHA, SHA[:-1]), 14, "texts.0.sha256", "pattern"),
    ("zlib", READ.replace(SHA, "0" * 64), 14, "texts.0.sha256", "zlib.txt has another SHA-256"),
    ("zlib", READ.replace('slug: "zlib"', 'slug: "zlob"'), 14, "texts.0.sha256", "zlob.txt is in none of the folders"),
    (
        "zlib",
        READ.replace("maker|author", "builder|author"),
        17,
        "texts.0.require.0",
        "does not hold builder or author",
    ),
    ("zlib", READ.replace("maker|author", "maker|"), 17, "texts.0.require.0", "'' is not one lower-case word"),
    ("zlib", READ.replace("maker|author", "Maker"), 17, "texts.0.require.0", "'Maker' is not one lower-case word"),
    ("zlib", READ[: READ.index("texts:")], 1, "file", "`texts` is missing"),
    ("zlib", READ[: READ.index("terms:")], 1, "file", "`terms` is missing"),
    ("zlib", "- a\n", 1, "file", "must be a mapping"),
    ("zlib", "", 1, "file", "must be a mapping"),
    ("zlib", "a: &x 1\nb: *x\n", 2, "", "aliases (*name) are not read"),
    ("zlib2", READ, 1, "id", "the file must be named zlib.yaml after its id"),
    ("acme-1", UNREAD + 'hub: ["zlib"]\n', 6, "hub.0", "'zlib' already means Zlib (register/zlib.yaml)"),
    ("acme-1", UNREAD + 'aliases: ["The ZLIB licence"]\n', 6, "aliases.0", "already means Zlib"),
    ("zlib", READ.replace("example.org/zlib", "www.acme.example/1.html"), 8, "url", "already means acme-1"),
    ("acme-1", UNREAD + 'aliases: ["MIT"]\n', 6, "aliases.0", "'MIT' is the SPDX identifier of another licence (MIT)"),
    ("acme-1", UNREAD + 'aliases: ["许可证"]\n', 6, "aliases.0", "'许可证' cannot be looked up"),
    (
        "acme-1",
        UNREAD.replace("https://acme.example/1", "acme.example"),
        5,
        "urls.0",
        "'acme.example' cannot be looked up",
    ),
    (
        "acme-1",
        UNREAD.replace("bespoke-unclassified", "research-only"),
        3,
        "class",
        "must be bespoke-unclassified where",
    ),
    ("acme-1", UNREAD + READ[READ.index("terms:") :], 7, "terms", "not allowed where `read` is false"),
    (
        "acme-1",
        UNREAD + READ[READ.index("texts:") : READ.index("terms:")],
        7,
        "texts",
        "not allowed where `read` is false",
    ),
    ("acme", FAMILY.replace('["acme-1"]', '["acme-1", "acme-2"]'), 5, "members.1", "no entry has the id 'acme-2'"),
    ("acme", FAMILY.replace('["acme-1"]', '["acme"]'), 5, "members.0", "acme is a family; allowed are single licences"),
    ("acme", FAMILY + 'spdx: "Zlib"\n', 6, "spdx", "not allowed beside `members`"),
]
"""File, its text, line, key and words of the one fault in it."""


@pytest.mark.parametrize(("name", "text", "line", "key", "words"), FAULTS, ids=lambda value: str(value)[-40:])
def test_a_fault_is_one_line_and_nothing_is_written(
    source: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, line: int, key: str, words: str
) -> None:
    assert run(source) == EXIT_OK
    before = written(source)
    capsys.readouterr()
    if name == "zlib2":
        (source / "register" / "zlib.yaml").unlink()
    (source / "register" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert run(source) == EXIT_USAGE
    told = capsys.readouterr()
    assert told.out == ""
    lines = [each for each in told.err.splitlines() if words in each]
    assert lines, told.err
    assert re.match(rf"register/{name}\.yaml:{line}:\d+: {re.escape(key)}", lines[0]), told.err
    assert "nothing was written" in told.err.splitlines()[-1]
    assert written(source) == before


def test_all_faults_of_all_files_are_told_at_once(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (source / "register" / "zlib.yaml").write_text(
        READ.replace('"open-source"', '"free"') + "more: 1\n", encoding="utf-8"
    )
    (source / "register" / "acme-1.yaml").write_bytes(b"\xff")
    (source / "classes.yaml").write_text("classes: []\n", encoding="utf-8")
    (source / "operative.yaml").unlink()
    assert run(source) == EXIT_USAGE
    told = capsys.readouterr().err
    for words in (
        "class: 'free' is not",
        "more: this key",
        "acme-1.yaml: is not UTF-8",
        "operative.yaml: cannot be read",
    ):
        assert told.count(words) == 1, told
    assert told.splitlines()[-1] == "4 faults; nothing was written"


def test_the_tables_are_checked(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    classes = (source / "classes.yaml").read_text(encoding="utf-8")
    (source / "classes.yaml").write_text(classes.replace("- id: open-content", "- id: open-source"), encoding="utf-8")
    (source / "operative.yaml").write_text("operative: [must]\nweak: [shall]\n", encoding="utf-8")
    assert run(source) == EXIT_USAGE
    told = capsys.readouterr().err
    assert "open-source stands twice" in told
    assert "classes: the class open-content has no rule" in told
    assert "operative.yaml:2:8: weak.0: 'shall' does not stand under `operative`" in told


def test_a_register_without_files_is_a_fault(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (source / "register").iterdir():
        path.unlink()
    assert run(source) == EXIT_USAGE
    assert "holds no *.yaml file" in capsys.readouterr().err


def test_files_are_replaced_together_or_not_at_all(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last of the three cannot be replaced (a folder stands in its place): the first two are put back."""
    assert run(source) == EXIT_OK
    data = source.parent / "data"
    (data / "fingerprints.bin").unlink()
    (data / "fingerprints.bin").mkdir()
    (data / "fingerprints.bin" / "x").touch()
    before = {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()}
    (source / "register" / "acme-1.yaml").write_text(UNREAD + 'note: "New."\n', encoding="utf-8")
    assert run(source) == EXIT_USAGE
    assert "nothing was changed" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in data.iterdir() if path.is_file()} == before


def test_a_damaged_fingerprint_file_is_built_again(source: Path) -> None:
    assert run(source) == EXIT_OK
    first = written(source)
    (source.parent / "data" / "fingerprints.bin").write_bytes(b'{"form": 3}\n')
    assert run(source) == EXIT_OK
    assert written(source) == first


DAMAGE = [
    ("index.json", lambda data: b""),
    ("index.json", lambda data: data[:100]),
    ("index.json", lambda data: b"\xff" + data),
    ("index.json", lambda data: b"[]"),
    ("index.json", lambda data: b"{}"),
    ("index.json", lambda data: data.replace(b'"open-content":', b'"open":')),
    ("index.json", lambda data: data.replace(b'"Zlib":[', b'"Zlib":[7')),
    ("register.jsonl", lambda data: b""),
    ("register.jsonl", lambda data: data.replace(b'"open-source"', b'"open-sourze"')),
    ("register.jsonl", lambda data: data.replace(b'"value"', b'"velue"')),
    ("register.jsonl", lambda data: data.replace(b'"Zlib"', b'"Zlob"')),
    ("register.jsonl", lambda data: data[1:]),
    ("register.jsonl", lambda data: b"7" * len(data)),
    ("fingerprints.bin", lambda data: b""),
    ("fingerprints.bin", lambda data: data[:-1]),
    ("fingerprints.bin", lambda data: data[:300]),
    ("fingerprints.bin", lambda data: data.replace(b'"Zlib"', b'"Zlob"')),
    ("fingerprints.bin", lambda data: b"7\n"),
    ("index.json", None),
    ("register.jsonl", None),
    ("fingerprints.bin", None),
]
"""A compiled file, and how it is damaged; None: it is not there."""


def read_all() -> None:
    """Read all that is compiled."""
    for licence in store.licence_ids():
        store.load(licence)
    fingerprints.fingerprints()


@pytest.mark.parametrize(("name", "damage"), DAMAGE)
def test_a_damaged_compiled_file_is_one_clear_error(
    source: Path, monkeypatch: pytest.MonkeyPatch, name: str, damage: Callable[[bytes], bytes] | None
) -> None:
    assert run(source) == EXIT_OK
    path = source.parent / "data" / name
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(path.read_bytes()))
    for module, attribute in ((store, "INDEX"), (store, "LINES"), (fingerprints, "FILE")):
        monkeypatch.setattr(module, attribute, source.parent / "data" / getattr(module, attribute).name)
    for cached in (store.index, store.entry_of, fingerprints.fingerprints):
        cached.cache_clear()
    try:
        with pytest.raises(store.DamagedRegister, match="the compiled licence register") as caught:
            read_all()
    finally:
        for cached in (store.index, store.entry_of, fingerprints.fingerprints):
            cached.cache_clear()
    assert str(path.parent) in caught.value.message
    assert "python -m openness.licences.build" in caught.value.hint
    assert caught.value.exit_code == EXIT_USAGE
