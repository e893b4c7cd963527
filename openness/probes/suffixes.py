"""What a file holds, by its name: weights, no weights, or something that is not understood.

This is the one table of suffixes of weights. A file that is in neither list may hold weights in a format that is not known
here.
"""

from __future__ import annotations

from functools import cache

from openness.probes.words import phrases

WEIGHTS = phrases(
    ".safetensors | .bin | .pt | .pth | .ckpt | .gguf | .ggml | .onnx | .h5 | .msgpack | .tflite | "
    ".nemo | .npz | .keras | .mlmodel | .pb | .data-00000-of-00001 | .model.tar.gz | .ot | .pt2 | .ptl | .pdparams | "
    ".distcp | .mar | .litertlm | .task | .rten"
)
PICKLES = (".pkl", ".pickle", ".joblib")
"""Pickles hold weights where their name says `model`."""
FORMATS = {
    ".safetensors": "safetensors",
    ".gguf": "GGUF",
    ".ggml": "GGML",
    ".onnx": "ONNX",
    ".bin": "pickle",
    ".pt": "pickle",
    ".pth": "pickle",
    ".ckpt": "pickle",
    ".pkl": "pickle",
    ".h5": "HDF5",
    ".msgpack": "msgpack",
    ".tflite": "TFLite",
}
_NOT_WEIGHTS = phrases(
    "training_args | optimizer | optim_states | scheduler | rng_state | tokenizer | scaler | random_states | vocab | "
    "embeddings_index | onnx_data | imatrix | trainer_state | zero_pp_rank"
)
"""Words in the names of files that have a suffix of weights and hold something else."""
_HARMLESS = frozenset(
    phrases(
        "md | txt | rst | markdown | org | tex | bib | html | htm | css | pdf | doc | docx | pptx | odt | rtf | "  # documents
        "json | jsonl | ndjson | yaml | yml | toml | ini | cfg | conf | xml | lock | index | properties | env | jinja | "
        "jinja2 | j2 | tmpl | template | gitattributes | gitignore | gitkeep | gitmodules | dockerignore | ds_store | "
        "editorconfig | prototxt | pbtxt | proto | tiktoken | sha256 | md5 | asc | sig | log | out | err | diff | patch | "
        "py | pyi | ipynb | sh | bash | bat | ps1 | c | cc | cpp | cu | cuh | h | hpp | rs | go | java | jl | js | mjs | ts | "
        "tsx | jsx | lua | m | r | rb | php | swift | kt | scala | cmake | mk | gradle | sql | mojo | triton | "  # code
        "png | jpg | jpeg | gif | svg | webp | bmp | ico | tif | tiff | heic | avif | psd | eps | drawio | ttf | otf | woff | "
        "woff2 | wav | mp3 | flac | ogg | m4a | opus | aac | mp4 | webm | mov | avi | mkv | srt | vtt | mid | midi | "  # media
        "csv | tsv | parquet | arrow | xlsx | xls | tfevents | spm | bpe | vocab | merges | dict | stl | obj | ply"  # tables
    )
)
"""Suffixes of files that hold no weights: documents, settings, code, media, tables, vocabularies."""
_HARMLESS_NAMES = frozenset(
    phrases(
        "license | licence | licenses | copying | notice | readme | authors | contributors | citation | changelog | "
        "makefile | dockerfile | procfile | requirements | usage_policy | use_policy | model_license | version | codeowners"
    )
)
_PIECES = ("piece", "bpe", "spm", "tekken", "unigram")
"""Words in the names of `.model` files that hold a vocabulary."""
SMALL = 10_000_000
"""The size in bytes below which a file of an unknown format is too small to hold a model's weights."""


@cache
def suffix_of(base: str) -> str:
    """The part of a file's name after its last dot; '' where it has no dot."""
    return base.rpartition(".")[2] if "." in base else ""


def holds_weights(name: str) -> bool:
    """Whether a path (in lower case) is that of weights in a recognised format."""
    base = name.rsplit("/", 1)[-1]
    pickled = base.endswith(PICKLES) and "model" in base
    return (pickled or name.endswith(WEIGHTS)) and not any(word in base for word in _NOT_WEIGHTS)


def is_understood(name: str, size: int | None) -> bool:
    """Whether it is known that a file holds weights, or that it holds none.

    `name` is its path in lower case, `size` its size in bytes (None: not known). A small file holds no model's weights in any
    format. An archive, or a file with an unknown suffix, may hold them.
    """
    if size is not None and size < SMALL:
        return True
    base = name.rsplit("/", 1)[-1]
    if holds_weights(name) or any(word in base for word in _NOT_WEIGHTS):
        return True
    suffix = suffix_of(base)
    if suffix == "model":
        return any(word in base for word in _PIECES)
    words = base.replace("-", "_")
    named = not suffix and (words in _HARMLESS_NAMES or any(words.startswith(f"{each}_") for each in _HARMLESS_NAMES))
    licence = not suffix and "licen" in base
    return suffix in _HARMLESS or named or licence or "tfevents" in base
