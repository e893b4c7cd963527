"""What the files, README and title of a linked place say: whose it is, and what it holds. Words in general, no names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from openness.core.finding import Status
from openness.core.release import Gating, Linked, Release
from openness.core.text import ascii_lower
from openness.probes.words import phrases

_CODE = (
    ".py",
    ".sh",
    ".ipynb",
    ".cpp",
    ".cc",
    ".c",
    ".cu",
    ".rs",
    ".go",
    ".java",
    ".jl",
    ".lua",
    ".ts",
    ".js",
    ".m",
    ".r",
)
_ASIDE = frozenset({"test", "tests", "third_party", "thirdparty", "vendor", "node_modules", "docs", "doc", ".github"})
"""Folders that hold no code of the release's own making."""
_PARTS = re.compile(r"[a-z]+")

_TRAIN = ("train", "training", "trainer", "pretrain", "pretraining", "pretrainer")
_TUNE = ("finetune", "finetuning", "sft", "lora", "qlora", "dpo", "ppo", "grpo", "rlhf", "posttrain", "tuning", "tune")
_WORDS: dict[str, tuple[str, ...]] = {
    "training-code": _TRAIN,
    "evaluation-code": ("eval", "evals", "evaluate", "evaluation", "evaluator", "benchmark", "benchmarks"),
    "data-preprocessing-code": (
        *("preprocess", "preprocessing", "dedup", "deduplicate", "deduplication", "filtering", "preprocessor"),
        *("crawl", "crawler", "curation", "curate", "datagen"),
    ),
    "inference-code": (
        "inference",
        "infer",
        "generate",
        "generation",
        "predict",
        "serve",
        "sample",
        "demo",
        "chat",
        "cli",
    ),
}
_TOGETHER = {
    "data-preprocessing-code": (("prepare", "data"), ("process", "data"), ("data", "prep"), ("tokenize", "data"))
}
"""Words of a file's name that say it together."""
_TOOLS = (
    "requirements.txt",
    "pyproject.toml",
    "setup.py",
    "environment.yml",
    "cargo.toml",
    "package.json",
    "dockerfile",
)
_COMMANDS = {
    "training-code": phrases(
        "torchrun | accelerate launch | deepspeed | python train | python -m train | pretrain.py | train.py"
    ),
    "evaluation-code": phrases("python eval | evaluate.py | eval.py | lm_eval"),
    "inference-code": phrases("python inference | inference.py | generate.py | from_pretrained("),
    "data-preprocessing-code": phrases("preprocess.py | prepare_data | preprocess_data"),
}

_DATA = (
    *(
        ".parquet",
        ".arrow",
        ".jsonl",
        ".json",
        ".csv",
        ".tsv",
        ".txt",
        ".tar",
        ".zip",
        ".gz",
        ".zst",
        ".zstd",
        ".xz",
        ".bz2",
    ),
    *(
        ".7z",
        ".tgz",
        ".npy",
        ".npz",
        ".h5",
        ".hdf5",
        ".lance",
        ".tfrecord",
        ".wds",
        ".mds",
        ".bin",
        ".idx",
        ".warc",
        ".db",
    ),
    *(".xml", ".wav", ".flac", ".mp3", ".jpg", ".jpeg", ".png", ".mp4", ".sqlite", ".xlsx"),
)
_NO_DATA = frozenset(
    {
        "dataset_infos.json",
        "dataset_info.json",
        "state.json",
        "requirements.txt",
        "license.txt",
        "licence.txt",
        "config.json",
    }
)
_WEIGHTS = (".safetensors", ".bin", ".pt", ".pth", ".gguf", ".msgpack", ".h5", ".ckpt", ".onnx", ".distcp")

REPORTS = ("technical report", "tech report", "system card", "report")
_GENERIC = frozenset(
    phrases(
        "base | chat | instruct | it | sft | dpo | rl | hf | gguf | gptq | awq | large | small | medium | mini | tiny | "
        "model | models | llm | lm | code | training | train | official | release | inference | eval | evaluation | main | "
        "open | en | multilingual | v | b | m | x | ai | preview | the | for | with | and | of | language | vision | text | "
        "finetune | finetuning | repo | project | data | weights"
    )
)


def _tokens(name: str) -> frozenset[str]:
    """The telling words of a name: letters only, without sizes, versions and words that any name may have."""
    return frozenset(_PARTS.findall(ascii_lower(name))) - _GENERIC


def _plain(name: str) -> str:
    return "".join(_PARTS.findall(ascii_lower(name)))


def belongs(place: Linked, release: Release) -> bool:
    """Whether a linked repository is the release's own: by its owner, its name, or a link back in its README."""
    steps = [step for step in urlsplit(place.url).path.split("/") if step]
    if len(steps) < 2:
        return False
    owner, account = _plain(steps[0]), _plain(release.id.partition("/")[0])
    if owner and owner in (account, _plain(release.publisher)):
        return True
    if min(len(owner), len(account)) >= 4 and (owner.startswith(account) or account.startswith(owner)):
        return True
    words = _tokens(steps[1])
    if words and words <= _tokens(release.name) and any(len(word) >= 3 for word in words):
        return True
    return f"huggingface.co/{release.id.lower()}" in ascii_lower(place.readme)


def names(title: str, release: Release, whole: bool = False) -> bool:
    """Whether a title names the release: a telling word of its name (with `whole`: every one) stands in it."""
    said, own = set(_PARTS.findall(ascii_lower(title))), _tokens(release.name)
    return bool(own) and (own <= said if whole else any(len(word) >= 3 for word in own & said))


def is_tuned(release: Release) -> bool:
    """Whether the release was made by tuning another one, so that code for tuning is its training code."""
    return bool(release.base_models) or bool({"instruct", "chat", "sft", "dpo", "it"} & set(_split(release.name)))


def _split(path: str) -> list[str]:
    return _PARTS.findall(ascii_lower(path))


def code_files(place: Linked) -> list[str]:
    """The files of a place that are code of its own making."""
    code = (file.path for file in place.files if file.path.lower().endswith(_CODE))
    return [path for path in code if _ASIDE.isdisjoint(path.lower().split("/"))]


def code_in(place: Linked, code: list[str], about: str, named: bool, tuned: bool) -> tuple[Status, str, str] | None:
    """Status, path and note where a repository holds the code that `about` names; None where it shows none.

    `code` is its `code_files`. `named`: the card says that this very code is there; then any code at all is believed to be
    it, with low confidence.
    """
    if place.exists is not True:
        return None
    if about == "supporting-libraries-and-tools":
        tools = next((file.path for file in place.files if file.path.lower() in _TOOLS), "")
        return (Status.RELEASED, tools, "") if tools else None
    if hit := _hit(code, about, _WORDS[about]):
        return Status.RELEASED, hit, ""
    if about == "training-code" and (hit := _hit(code, about, _TUNE)):
        return (Status.RELEASED, hit, "") if tuned else (Status.PARTIAL, hit, "code for tuning it further, by its name")
    if named and len(code) >= 2:
        return Status.RELEASED, "", "the card says that it is there; no file name says so"
    if not place.files and place.missing and any(word in ascii_lower(place.readme) for word in _COMMANDS[about]):
        return Status.RELEASED, "", "its README shows the command; its file list could not be seen"
    return None


def _hit(paths: list[str], about: str, words: tuple[str, ...]) -> str:
    """The path whose name says it, the shortest first; a folder's name counts after a file's."""
    together = _TOGETHER.get(about, ())
    whole = "\n".join(paths).lower()
    sought = tuple(word for word in (*words, *(pair[0] for pair in together)) if word in whole)
    hopeful = [path for path in paths if any(word in path.lower() for word in sought)] if sought else []
    ranked = sorted(hopeful, key=lambda path: (path.count("/"), len(path), path))
    for path in ranked:
        parts = set(_split(path.rsplit("/", 1)[-1].rpartition(".")[0]))
        if "test" not in parts and (not parts.isdisjoint(words) or any(parts.issuperset(pair) for pair in together)):
            return path
    return next((path for path in ranked if not set(_split(path.rpartition("/")[0])).isdisjoint(words)), "")


def is_data(path: str, about: str = "datasets") -> bool:
    """Whether a file of a linked set holds what is asked for: data, or a reward model's weights."""
    lower = ascii_lower(path)
    name = lower.rsplit("/", 1)[-1]
    if about == "reward-model":
        return lower.endswith(_WEIGHTS)
    return lower.endswith(_DATA) and name not in _NO_DATA and not name.startswith(("readme", "license", "licence", "."))


def holding(place: Linked, about: str) -> str:
    """What a linked set holds: files, gated, script, empty; or that it is dead."""
    if place.exists is False:
        return "dead"
    if any(is_data(file.path, about) for file in place.files):
        return "gated" if place.gated in (Gating.AUTO, Gating.MANUAL) else "files"
    return "script" if any(ascii_lower(file.path).endswith(".py") for file in place.files) else "empty"


def words(text: str) -> int:
    """How many words a README has of its own, its front matter left out."""
    if text.startswith("---\n"):
        text = text[max(text.find("\n---", 3), 0) :]
    return sum(word.strip("*#|:.,;()-").isalpha() for word in text.split())
