"""Weights, checkpoints and architecture, judged by file names; no weight file is ever opened."""

from __future__ import annotations

import re

from openness.core.finding import Confidence, Status
from openness.core.release import Need
from openness.probes.base import Findings, probe
from openness.probes.reading import View, shared
from openness.probes.suffixes import FORMATS, holds_weights, is_understood
from openness.probes.terms import release_licence
from openness.probes.words import foreign, phrases, promises, refuses

_SHARD = re.compile(r"(.{0,200}?)[-_](\d{5})-of-(\d{5})(.{0,40})\Z")
_WHOLE = ("model.safetensors", "pytorch_model.bin", "tf_model.h5", "flax_model.msgpack", "consolidated.safetensors")
_CHECKPOINT = re.compile(r"(?:^|/)(?:checkpoint|ckpt|step|global_step|iter)[-_]?\d+", re.IGNORECASE)


@shared(Need.FILE_LIST)
def weight_files(reading: View) -> list[str]:
    """The paths of the repository that hold weights, by their names.

    Where none do, a file that is not understood leaves open whether there are any.
    """
    files = reading.files
    kept = [path for path, name in zip(files.paths, files.names, strict=True) if holds_weights(name)]
    if not kept:
        named = zip(files.paths, files.names, files.sizes, strict=True)
        strange = next((path for path, name, size in named if not is_understood(name, size)), None)
        if strange:
            reading.misread(f"{strange} may hold weights: its format is not known")
    return kept


def _missing_shards(paths: list[str]) -> list[str]:
    """Names of shards that the numbering promises and the list does not hold; none where another set is complete."""
    groups: dict[tuple[str, int, str], set[int]] = {}
    alone = []
    for path in paths:
        match = _SHARD.match(path)
        if match and 1 <= int(match[3]) <= 10_000:
            groups.setdefault((match[1], int(match[3]), match[4]), set()).add(int(match[2]))
        elif path.lower().startswith(_WHOLE) or path.lower().endswith(".gguf"):
            alone.append(path)
    lacking = []
    whole = bool(alone)
    for (head, total, tail), numbers in groups.items():
        first = 0 if 0 in numbers else 1
        names = [f"{head}-{n:05d}-of-{total:05d}{tail}" for n in range(first, first + total) if n not in numbers]
        lacking += names[:3]
        whole = whole or not names
    return [] if whole else lacking


def _formats(paths: list[str]) -> str:
    endings = (path[path.rfind(".") :].lower() for path in paths)
    return ", ".join(sorted({FORMATS[ending] for ending in endings if ending in FORMATS}))


@probe(
    "final-weights", finds=("model-parameters-final",), needs=(Need.FILE_LIST,), uses=(weight_files, release_licence)
)
def final_weights(reading: View) -> Findings:
    """Whether a complete set of weights can be downloaded.

    The file list is read for the suffixes of the common formats. Numbered shards must all be there; adapters and deltas
    need another release's weights and so are a part only. Access is a question of its own.
    """
    paths = weight_files(reading)
    if not paths:
        return
    licence = release_licence(reading)
    adapters = [path for path in paths if path.lower().rsplit("/", 1)[-1].startswith("adapter_")]
    lacking = _missing_shards(paths)
    if lacking:
        yield reading.found(
            "model-parameters-final",
            Status.PARTIAL,
            licence=licence,
            confidence=Confidence.HIGH,
            evidence=(reading.file(paths[0], f"shard {lacking[0]} is missing"),),
            note="shards are missing",
        )
    elif len(adapters) == len(paths):
        yield reading.found(
            "model-parameters-final",
            Status.PARTIAL,
            licence=licence,
            confidence=Confidence.HIGH,
            evidence=(reading.file(adapters[0]),),
            note="an adapter: it needs another release's weights",
        )
    elif "delta" in reading.id.lower().rsplit("/", 1)[-1].replace("_", "-").split("-"):
        yield reading.found(
            "model-parameters-final",
            Status.PARTIAL,
            licence=licence,
            evidence=(reading.file(paths[0]),),
            note="delta weights: they need another release's weights",
        )
    else:
        count = f"{len(paths)} weight file{'s' * (len(paths) != 1)}"
        yield reading.found(
            "model-parameters-final",
            Status.RELEASED,
            licence=licence,
            confidence=Confidence.HIGH,
            evidence=(reading.file(_preferred(paths), count),),
            note=_formats(paths).removeprefix("safetensors").removeprefix(", "),
        )


def _preferred(paths: list[str]) -> str:
    return next((path for path in paths if path.endswith(".safetensors")), paths[0])


_SPOKEN = phrases(
    "intermediate checkpoint | intermediate model checkpoint | intermediate training checkpoint | intermediate weights | "
    "training checkpoints | partially trained checkpoints | checkpoints per model | all checkpoints | all model checkpoints | "
    "intermediate results and checkpoints | checkpoints throughout training | checkpoints during training | checkpoints every | "
    "checkpoint every | many checkpoints | earlier checkpoints | pretraining checkpoints | pre-training checkpoints | "
    "checkpoints at | specific checkpoint | model checkpoints"
)
_OF_TRAINING = (
    "intermediate",
    "every ",
    "steps",
    "tokens",
    "during training",
    "throughout",
    "per model",
    "branch",
    "revision",
    "epoch",
)
_REVISIONS = phrases('revision="step | revision="ckpt | revision="checkpoint | revision="iter | revision="global_step')


@probe(
    "intermediate-weights",
    finds=("model-parameters-intermediate",),
    also=(Need.FILE_LIST, Need.CARD, Need.REVISIONS),
    uses=(weight_files, release_licence),
)
def intermediate_weights(reading: View) -> Findings:
    """Whether checkpoints from the course of training can be downloaded.

    Folders named after a step with weights in them count. A card that says where they are (as branches, by the name of a
    revision) makes them at least described, until the branches are listed. Branches and tags are a place of their own, so
    without them nothing found is unknown.
    """
    about = "model-parameters-intermediate"
    steps = [path for path in weight_files(reading) if _CHECKPOINT.search(path)]
    if len({match[0] for path in steps if (match := _CHECKPOINT.search(path))}) >= 2:
        yield reading.found(
            about,
            Status.RELEASED,
            licence=release_licence(reading),
            confidence=Confidence.HIGH,
            evidence=(reading.file(steps[0], f"{len(steps)} files of checkpoints"),),
        )
        return
    for sentence in reading.card.sentences(_REVISIONS, code=True):
        yield reading.behind_link(
            about,
            (reading.card.quote(sentence),),
            "the card loads a checkpoint of the training by its revision",
            confidence=Confidence.HIGH,
            unseen="branches and tags were not listed",
        )
        return
    for sentence in reading.card.sentences(_SPOKEN):
        said = sentence.lower
        if not any(word in said for word in _OF_TRAINING) or promises(said) or foreign(said):
            continue
        if refuses(said):
            withheld = reading.found(about, Status.WITHHELD, evidence=(reading.card.quote(sentence),))
            yield reading.at_least(withheld, Need.FILE_LIST)
        else:
            yield reading.behind_link(
                about,
                (reading.card.quote(sentence),),
                "the card speaks of checkpoints of the training",
                unseen="branches and tags were not listed",
            )
        return


@probe(
    "architecture", finds=("model-architecture",), needs=(Need.FILE_LIST,), also=(Need.CARD,), uses=(release_licence,)
)
def architecture(reading: View) -> Findings:
    """Whether the network can be built from what is public: a configuration, or modelling code, in the repository.

    A file named `config.json` (or a library's own) or `modeling_*.py` is looked for; a card's section describes only.
    """
    for path, name in zip(reading.files.paths, reading.files.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if base in ("config.json", "model_index.json", "params.json", "hyperparams.yaml", "model_config.yaml") or (
            base.startswith(("modeling_", "modelling_", "model.")) and base.endswith(".py")
        ):
            yield reading.found(
                "model-architecture", Status.RELEASED, licence=release_licence(reading), evidence=(reading.file(path),)
            )
            return
    for section in reading.card.sections(("architecture", "model details")):
        yield reading.found(
            "model-architecture", Status.DESCRIBED, evidence=(reading.card.heading(section),), confidence=Confidence.LOW
        )
        return


_OF_MAKING = (
    "datasets",
    "base_model",
    "model-index",
    "metrics",
    "co2_eq_emissions",
    "arxiv",
    "library_name",
    "pipeline_tag",
    "language",
    "new_version",
    "quantized_by",
    "model_name",
    "model_type",
)


@probe("metadata", finds=("model-metadata",), needs=(Need.CARD_METADATA,), uses=(release_licence,))
def metadata(reading: View) -> Findings:
    """Whether machine-readable facts stand beside the weights: the card's front matter with more than a licence.

    Facts on language, task, library, data, base or results are metadata; labels and the settings of a page are a part of them.
    """
    keys = [key for key in reading.metadata.fields if not key.startswith(("license", "licence", "extra_gated"))]
    if keys:
        made = [key for key in keys if key in _OF_MAKING]
        yield reading.found(
            "model-metadata",
            Status.RELEASED if made else Status.PARTIAL,
            licence=release_licence(reading),
            confidence=Confidence.MEDIUM if made else Confidence.LOW,
            evidence=(reading.field("cardData", ", ".join(sorted(keys)[:8])),),
        )
