"""Weights, checkpoints and architecture, judged by file names; no weight file is ever opened."""

from __future__ import annotations

import re

from openness.core.finding import Confidence, Status
from openness.core.release import Need
from openness.probes.base import Found, found, probe
from openness.probes.licence import release_licence
from openness.probes.reading import Reading
from openness.probes.words import phrases

_SUFFIXES = phrases(
    ".safetensors | .bin | .pt | .pth | .ckpt | .gguf | .ggml | .onnx | .h5 | .msgpack | .tflite | "
    ".nemo | .npz | .keras | .mlmodel | .pb | .data-00000-of-00001 | .model.tar.gz | .ot"
)
_NOT_WEIGHTS = phrases(
    "training_args | optimizer | scheduler | rng_state | tokenizer | scaler | random_states | vocab | "
    "embeddings_index | onnx_data"
)
_SHARD = re.compile(r"(.{0,200}?)[-_](\d{5})-of-(\d{5})(.{0,40})\Z")
_CHECKPOINT = re.compile(r"(?:^|/)(?:checkpoint|ckpt|step|global_step|iter)[-_]?\d+", re.IGNORECASE)


def _weight_files(reading: Reading) -> list[str]:
    found = []
    for path, name in zip(reading.paths, reading.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if name.endswith(_SUFFIXES) and not any(word in base for word in _NOT_WEIGHTS):
            found.append(path)
    return found


def _missing_shards(paths: list[str]) -> list[str]:
    """Names of shards that the numbering promises and the list does not hold."""
    groups: dict[tuple[str, int, str], set[int]] = {}
    for path in paths:
        match = _SHARD.match(path)
        if match and 1 <= int(match[3]) <= 10_000:
            groups.setdefault((match[1], int(match[3]), match[4]), set()).add(int(match[2]))
    lacking = []
    for (head, total, tail), numbers in groups.items():
        first = 0 if 0 in numbers else 1
        lacking += [f"{head}-{n:05d}-of-{total:05d}{tail}" for n in range(first, first + total) if n not in numbers][:3]
    return lacking


@probe("final-weights", finds=("model-parameters-final",), needs=(Need.FILE_LIST,))
def final_weights(reading: Reading) -> Found:
    """Whether a complete set of weights can be downloaded.

    The file list is read for the suffixes of the common formats. Numbered shards must all be there; adapters and deltas
    need another release's weights and so are a part only. Access is a question of its own.
    """
    paths = _weight_files(reading)
    if not paths:
        return
    licence = release_licence(reading)
    adapters = [path for path in paths if path.lower().rsplit("/", 1)[-1].startswith("adapter_")]
    lacking = _missing_shards(paths)
    if lacking:
        yield found(
            "model-parameters-final",
            Status.PARTIAL,
            licence=licence,
            confidence=Confidence.HIGH,
            evidence=(reading.file(paths[0], f"shard {lacking[0]} is missing"),),
            note="shards are missing",
        )
    elif len(adapters) == len(paths):
        yield found(
            "model-parameters-final",
            Status.PARTIAL,
            licence=licence,
            confidence=Confidence.HIGH,
            evidence=(reading.file(adapters[0]),),
            note="an adapter: it needs another release's weights",
        )
    elif "delta" in reading.release.id.lower().rsplit("/", 1)[-1].replace("_", "-").split("-"):
        yield found(
            "model-parameters-final",
            Status.PARTIAL,
            licence=licence,
            evidence=(reading.file(paths[0]),),
            note="delta weights: they need another release's weights",
        )
    else:
        count = f"{len(paths)} weight file{'s' * (len(paths) != 1)}"
        yield found(
            "model-parameters-final",
            Status.RELEASED,
            licence=licence,
            confidence=Confidence.HIGH,
            evidence=(reading.file(_preferred(paths), count),),
        )


def _preferred(paths: list[str]) -> str:
    return next((path for path in paths if path.endswith(".safetensors")), paths[0])


@probe(
    "intermediate-weights",
    finds=("model-parameters-intermediate",),
    needs=(Need.FILE_LIST,),
    also=(Need.CARD, Need.REVISIONS),
)
def intermediate_weights(reading: Reading) -> Found:
    """Whether checkpoints from the course of training can be downloaded.

    Folders named after a step with weights in them count; a card that speaks of them describes them. Branches and tags
    are another place, so without them nothing found is unknown.
    """
    steps = [path for path in _weight_files(reading) if _CHECKPOINT.search(path)]
    if len(steps) >= 2:
        yield found(
            "model-parameters-intermediate",
            Status.RELEASED,
            licence=release_licence(reading),
            evidence=(reading.file(steps[0], f"{len(steps)} files of checkpoints"),),
        )
        return
    for sentence in reading.sentences(
        (
            "intermediate checkpoint",
            "training checkpoints",
            "partially trained checkpoints",
            "checkpoints per model",
            'revision="step',
        ),
        code=True,
    ):
        yield found(
            "model-parameters-intermediate",
            Status.DESCRIBED,
            confidence=Confidence.LOW,
            evidence=(reading.quote(sentence),),
            note="the card speaks of checkpoints",
        )
        return


@probe("architecture", finds=("model-architecture",), needs=(Need.FILE_LIST,), also=(Need.CARD,))
def architecture(reading: Reading) -> Found:
    """Whether the network can be built from what is public: a configuration, or modelling code, in the repository.

    A file named `config.json` (or a library's own) or `modeling_*.py` is looked for; a card's section describes only.
    """
    for path, name in zip(reading.paths, reading.names, strict=True):
        base = name.rsplit("/", 1)[-1]
        if base in ("config.json", "model_index.json", "params.json", "hyperparams.yaml", "model_config.yaml") or (
            base.startswith(("modeling_", "modelling_", "model.")) and base.endswith(".py")
        ):
            yield found(
                "model-architecture", Status.RELEASED, licence=release_licence(reading), evidence=(reading.file(path),)
            )
            return
    for section in reading.sections(("architecture", "model details")):
        yield found(
            "model-architecture", Status.DESCRIBED, evidence=(reading.heading(section),), confidence=Confidence.LOW
        )
        return


@probe("metadata", finds=("model-metadata",), needs=(Need.CARD_METADATA,))
def metadata(reading: Reading) -> Found:
    """Whether machine-readable facts stand beside the weights: the card's front matter with more than a licence."""
    keys = [key for key in reading.release.metadata if key != "license"]
    if keys:
        yield found(
            "model-metadata",
            Status.RELEASED,
            licence=release_licence(reading),
            evidence=(reading.field("cardData", ", ".join(sorted(keys)[:8])),),
        )
