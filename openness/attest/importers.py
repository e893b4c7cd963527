"""Turns records of other indices into attestation files: those of the Model Openness Tool and the Open Source AI Index.

What a record says of a component becomes a finding of its authors, with the link that they give. A component that the record
does not name is not attested: a list of what exists does not say what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from openness.core.attestation import AttestationDocument
from openness.core.components import COMPONENTS
from openness.core.errors import AttestationError

Record = Mapping[str, object]
_HUB = "https://huggingface.co/"
_NAMES = {component.name.lower(): name for name, component in COMPONENTS.items()}

_INDEX = {
    "opencode": "training-code",
    "trainingcode": "training-code",
    "llmdata": "datasets",
    "datasources_basemodel": "datasets",
    "llmweights": "model-parameters-final",
    "weights_basemodel": "model-parameters-final",
    "rldata": "safety-data",
    "datasources_endmodel": "safety-data",
    "architecture": "model-architecture",
    "hardware_architecture": "model-architecture",
    "preprint": "technical-report",
    "paper": "research-paper",
    "modelcard": "model-card",
    "datasheet": "data-card",
    "package": "inference-code",
}
"""Dimensions of the Open Source AI Index (doi 10.1145/3571884.3604316, and its European successor) that are about one
component. Its dimensions on fine-tuned weights, the licence of the whole and the API have no single counterpart here."""

_CLASSES = {"open": "released", "partial": "partial", "closed": "silent"}


def from_mot(record: Record, seen: str) -> AttestationDocument:
    """An attestation file from a record of the Model Openness Tool (github.com/lfai/model_openness_tool, `models/`).

    `seen` is the day of the record (ISO 8601). Raises `AttestationError` for any other document.
    """
    release = record.get("release")
    components = release.get("components") if isinstance(release, Mapping) else None
    if not isinstance(release, Mapping) or not isinstance(components, list):
        raise AttestationError("this is not a record of the Model Openness Tool: it has no release.components")
    page = _address(release.get("huggingface")) or _address(release.get("repository")) or "https://mot.isitopen.ai/"
    findings: list[dict[str, str]] = []
    for component in components:
        about = _NAMES.get(str(component.get("name", "")).lower()) if isinstance(component, Mapping) else None
        if about:
            found = {"about": about, "status": "released", "source": _address(component.get("component_path")) or page}
            licence = component.get("license")
            findings.append(
                found | ({"licence": licence} if isinstance(licence, str) and licence else {}) | {"seen": seen}
            )
    return _file(
        page.removeprefix(_HUB) if page.startswith(_HUB) else str(release.get("name")), "Model Openness Tool", findings
    )


def from_osai(record: Record, seen: str) -> AttestationDocument:
    """An attestation file from a record of the Open Source AI Index (github.com/opening-up-chatgpt, `projects/`).

    `seen` is the day of the record (ISO 8601). Raises `AttestationError` for any other document.
    """
    system = record.get("project") or record.get("system")
    if not isinstance(system, Mapping):
        raise AttestationError("this is not a record of the Open Source AI Index: it names no project or system")
    page = _address(system.get("link")) or "https://osai-index.eu/"
    findings: list[dict[str, str]] = []
    for name, said in _dimensions(record):
        about, status = _INDEX.get(name), _CLASSES.get(str(said.get("class", "")).lower())
        if about and status and all(each["about"] != about for each in findings):
            note = " ".join(str(said.get("notes") or said.get("note") or "").split())[:300]
            found = {"about": about, "status": status, "source": _address(said.get("link")) or page, "seen": seen}
            findings.append(found | ({"note": note} if note else {}))
    release = page.removeprefix(_HUB) if page.startswith(_HUB) else str(system.get("name"))
    return _file(release, "Open Source AI Index", findings)


IMPORTERS: dict[str, Callable[[Record, str], AttestationDocument]] = {"mot": from_mot, "osai": from_osai}


def _dimensions(record: Record) -> Iterator[tuple[str, Record]]:
    """Names and entries of a record's dimensions, whether or not they are grouped."""
    for name, value in record.items():
        if isinstance(value, Mapping) and "class" in value:
            yield name, value
        elif isinstance(value, Mapping):
            yield from ((key, each) for key, each in value.items() if isinstance(each, Mapping) and "class" in each)


def _address(value: object) -> str:
    return value.strip() if isinstance(value, str) and value.strip().startswith(("http://", "https://")) else ""


def _file(release: str, author: str, findings: list[dict[str, str]]) -> AttestationDocument:
    if not findings:
        raise AttestationError("the record attests no component that openness knows")
    return {"release": "/".join(release.split("/")[:2]), "author": author, "findings": findings}
