"""What the Hub tells of a repository: model info, list items, tree items."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

import yaml

from tests.hub.repository import Blob, Commit, Repository, iso

OMIT: Any = object()
"""Value of an info field that the answer must lack."""


def _names(text: str) -> list[str]:
    return text.split()


MODEL_EXPAND = _names(
    "author baseModels cardData config createdAt disabled downloads downloadsAllTime evalResults gated inference "
    "inferenceProviderMapping lastModified library_name likes mask_token model-index pipeline_tag private safetensors "
    "sha siblings spaces tags transformersInfo trendingScore widgetData gguf resourceGroup xetEnabled "
    "childrenModelCount usedStorage"
)
DATASET_EXPAND = _names(
    "author cardData citation createdAt description disabled downloads downloadsAllTime gated lastModified likes "
    "mainSize paperswithcode_id private resourceGroup sha siblings tags trendingScore usedStorage"
)
EXPANDABLE = {"model": MODEL_EXPAND, "dataset": DATASET_EXPAND}

MODEL_DEFAULT = _names(
    "_id id modelId author sha private gated disabled lastModified createdAt pipeline_tag library_name tags downloads "
    "likes cardData config siblings spaces transformersInfo model-index widgetData mask_token safetensors gguf "
    "inference usedStorage"
)
DATASET_DEFAULT = _names(
    "_id id author sha lastModified private gated disabled tags citation description paperswithcode_id downloads likes "
    "cardData siblings createdAt usedStorage mainSize"
)
DEFAULT = {"model": MODEL_DEFAULT, "dataset": DATASET_DEFAULT}

LIST_PLAIN = {
    "model": _names("_id id likes trendingScore private downloads tags pipeline_tag library_name createdAt modelId"),
    "dataset": _names(
        "_id id author disabled gated lastModified likes trendingScore private sha description downloads tags createdAt"
    ),
}
LIST_FULL = {
    "model": _names("author gated lastModified sha siblings disabled"),
    "dataset": _names("cardData citation siblings paperswithcode_id"),
}

_FRONT_MATTER = re.compile(r"\A\ufeff?(?:\s*\n)?---[ \t]*\r?\n(.*?)(?:\r?\n)?---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})")


@functools.lru_cache(maxsize=4096)
def front_matter(text: str) -> Any:
    """The metadata block of a card, made JSON-able; {} when there is none or it is malformed."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}
    try:
        value = yaml.safe_load(match.group(1))
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return _plain(value) if isinstance(value, dict) else {}


def _plain(value: Any) -> Any:
    """YAML's values as JSON has them: keys are strings, dates are text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value


def card_of(repository: Repository, commit: Commit) -> Any:
    """cardData at a commit: what was given, else the front matter of README.md; OMIT without a README.md."""
    if repository.card_data is not None:
        return repository.card_data
    readme = commit.files.get("README.md")
    return front_matter(readme.stored.decode("utf-8", "replace")) if readme else OMIT


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def relation_of(card: dict[str, Any], files: Iterable[str]) -> str:
    """base_model_relation as declared, else inferred."""
    declared = card.get("base_model_relation")
    if isinstance(declared, str):
        return declared
    names = list(files)
    if card.get("library_name") in ("peft", "adapter-transformers") or "adapter_config.json" in names:
        return "adapter"
    if any(name.endswith(".gguf") for name in names):
        return "quantized"
    return "merge" if len(_strings(card.get("base_model"))) > 1 else "finetune"


def tags_of(repository: Repository, card: Any, commit: Commit) -> list[str]:
    """The Hub's normalised view of a card and the files beside it."""
    card = card if isinstance(card, dict) else {}
    tags: list[str] = [*_strings(card.get("library_name")), *_strings(card.get("tags"))]
    if repository.kind == "model":
        tags[:0] = _strings(card.get("pipeline_tag"))
        if any(name.endswith(".safetensors") for name in commit.files):
            tags.append("safetensors")
        if any(name.endswith(".gguf") for name in commit.files):
            tags.append("gguf")
        if isinstance(card.get("model-index"), list):
            tags.append("model-index")
        for base in _strings(card.get("base_model")):
            tags += [f"base_model:{base}", f"base_model:{relation_of(card, commit.files)}:{base}"]
        tags += [f"dataset:{name}" for name in _strings(card.get("datasets"))]
    readme = commit.files.get("README.md")
    if readme:
        tags += [f"arxiv:{number}" for number in _ARXIV.findall(readme.stored.decode("utf-8", "replace"))]
    tags += _strings(card.get("language"))
    tags += [f"license:{name.lower()}" for name in _strings(card.get("license"))]
    return [*dict.fromkeys(tags), "region:us"]


def siblings_of(commit: Commit, blobs: bool) -> list[dict[str, Any]]:
    """The file list, with sizes and ids on request."""
    if not blobs:
        return [{"rfilename": path} for path in commit.files]
    return [
        {"rfilename": path, "size": blob.size, "blobId": blob.oid}
        | ({"lfs": {"sha256": blob.sha256, "size": blob.size, "pointerSize": len(blob.stored)}} if blob.lfs else {})
        for path, blob in commit.files.items()
    ]


def base_models_of(repository: Repository, card: Any, commit: Commit, mongo_id: Callable[[str], str]) -> Any:
    """baseModels as an object, OMIT when the card names none; a list given by the test becomes such an object."""
    given = repository.info.get("baseModels")
    card = card if isinstance(card, dict) else {}
    if given is None:
        names = _strings(card.get("base_model"))
    elif isinstance(given, (str, list)):
        names = _strings(given)
    else:
        return given
    if not names:
        return OMIT
    models = [{"_id": mongo_id(name), "id": name} for name in names]
    return {"relation": relation_of(card, commit.files), "models": models}


def everything(
    repository: Repository, commit: Commit, blobs: bool, mongo_id: Callable[[str], str], children: dict[str, int] | None
) -> dict[str, Any]:
    """Every field that can be asked for; `children` are counted by the caller, when they are wanted."""
    card = card_of(repository, commit)
    metadata = card if isinstance(card, dict) else {}
    given = {name: repository.info[name] for name in ("pipeline_tag", "library_name") if name in repository.info}
    fields: dict[str, Any] = {
        "_id": repository.mongo_id,
        "id": repository.id,
        "author": repository.id.partition("/")[0] if "/" in repository.id else OMIT,
        "sha": commit.sha,
        "private": repository.private,
        "gated": repository.gated,
        "disabled": repository.disabled,
        "lastModified": iso(repository.head.date),
        "createdAt": iso(repository.created),
        "tags": tags_of(repository, metadata | given, commit),
        "downloads": 0,
        "downloadsAllTime": 0,
        "likes": 0,
        "trendingScore": 0,
        "cardData": card,
        "siblings": siblings_of(commit, blobs),
        "usedStorage": sum(_all_blobs(repository).values()),
    }
    if repository.kind == "model":
        fields |= {
            "modelId": repository.id,
            "pipeline_tag": metadata.get("pipeline_tag", OMIT),
            "library_name": metadata.get("library_name", OMIT),
            "config": {},
            "spaces": [],
            "model-index": metadata.get("model-index"),
            "xetEnabled": True,
            "childrenModelCount": OMIT if children is None else children,
        }
    else:
        fields |= {"description": "", "citation": OMIT, "paperswithcode_id": OMIT, "mainSize": OMIT}
    fields |= repository.info
    if repository.kind == "model":
        fields["baseModels"] = base_models_of(repository, card, commit, mongo_id)
    return {name: value for name, value in fields.items() if value is not OMIT}


def _all_blobs(repository: Repository) -> dict[str, int]:
    return {blob.etag: blob.size for commit in repository.commits.values() for blob in commit.files.values()}


def chosen(fields: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The fields named, in that order, where they exist."""
    return {name: fields[name] for name in names if name in fields}


def default_answer(kind: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The answer without `expand`; fields that a test invented are kept, as the Hub adds fields without notice."""
    invented = [name for name in fields if name not in DEFAULT[kind] and name not in EXPANDABLE[kind]]
    return chosen(fields, [*DEFAULT[kind], *invented])


def tree_item(path: str, item: Blob | str, commit: Commit, expand: bool, xet: bool) -> dict[str, Any]:
    """One line of a tree; `item` is a file, or the object id of a folder."""
    if isinstance(item, str):
        answer: dict[str, Any] = {"type": "directory", "oid": item, "size": 0, "path": path}
    else:
        answer = {"type": "file", "oid": item.oid, "size": item.size, "path": path}
        if item.lfs:
            answer["lfs"] = {"oid": item.sha256, "size": item.size, "pointerSize": len(item.stored)}
            if xet:
                answer["xetHash"] = item.xet_hash
    if expand:
        last = commit.last_change(path)
        answer["lastCommit"] = {"id": last.sha, "title": last.title, "date": iso(last.date)}
        if not isinstance(item, str):
            answer["securityFileStatus"] = {
                "status": "safe",
                "avScan": {"status": "safe", "virusFound": False, "virusNames": None},
                "pickleImportScan": None,
            }
    return answer


def tree_of(commit: Commit, folder: str, recursive: bool) -> list[tuple[str, Blob | str]] | None:
    """Files and folders below a folder, folders first; None where there is no such folder."""
    if folder not in commit.trees:
        return None
    prefix = f"{folder}/" if folder else ""
    items: list[tuple[str, Blob | str]] = [(path, oid) for path, oid in sorted(commit.trees.items()) if path]
    items += commit.files.items()
    return [
        (path, item)
        for path, item in items
        if path.startswith(prefix) and path != folder and (recursive or "/" not in path[len(prefix) :])
    ]
