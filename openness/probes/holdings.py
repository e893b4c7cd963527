"""What the files, the README and the title of a linked place say: whose it is, and what it holds.

Only words in general use decide; no list names projects or publishers.
"""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import urlsplit

from openness.core.finding import Status
from openness.core.release import Gating, Linked
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
_TUNE = (
    *("finetune", "finetuning", "sft", "lora", "qlora", "dpo", "ppo", "grpo", "rlhf", "posttrain", "tuning", "tune"),
    *("ptuning", "ptune", "finetuned", "alignment"),
)
_ELSE = {
    "training-code": frozenset({"tokenizer", "tokenization", "tokeniser", "vocab", "bpe", "spm", "utils"}),
    "evaluation-code": frozenset(
        {"latency", "throughput", "speed", "perf", "profile", "trace", "inference", "kernels"}
    ),
    "data-preprocessing-code": frozenset({"eval", "evals", "evaluation", "image", "images", "inference"}),
}
"""Words of a path that is about something else: the training of a tokenizer, measurements of speed, the data of a test."""
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
"""Words of a file's name that say it only together."""
_TOOLS = ("pyproject.toml", "setup.py", "setup.cfg", "cargo.toml", "package.json", "cmakelists.txt", "go.mod")
"""Files that make a repository a library or a tool; a list of requirements only makes it a user of others."""
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

_ROLES = frozenset(phrases("prep | analysis | pretraining | evals | pipeline | preprocessing | curation | processing"))
"""Words that say which part of the work is in a repository."""


def _tokens(name: str) -> frozenset[str]:
    """The telling words of a name: letters only, without sizes, versions and words that stand in many names."""
    return frozenset(_PARTS.findall(ascii_lower(name))) - _GENERIC


def _plain(name: str) -> str:
    return "".join(_PARTS.findall(ascii_lower(name)))


class Named(Protocol):
    """A release as far as names go: a `Release`, or a probe's view of it."""

    @property
    def id(self) -> str:
        """The repository's id, `account/name`."""

    @property
    def name(self) -> str:
        """The release's name."""

    @property
    def publisher(self) -> str:
        """Who published it."""


def belongs(place: Linked, release: Named) -> bool:
    """Whether a linked repository is the release's own: by its name, or by a link back in its README.

    A name has the telling words of the release's. A publisher's other projects are not the release's own; in a repository of
    its publisher, words for a part of the work (`tale-data-prep`) and the publisher's own name tell nothing else.
    """
    steps = [step for step in urlsplit(place.url).path.split("/") if step]
    if len(steps) < 2:
        return False
    words, own = _tokens(steps[1]), _tokens(release.name)
    if by_publisher(place, release):
        words = words - _ROLES - _tokens(steps[0]) - _tokens(release.id.partition("/")[0])
        return words <= own or _links_back(place, release)
    return (bool(words) and words <= own and any(len(word) >= 3 for word in words)) or _links_back(place, release)


def by_publisher(place: Linked, release: Named) -> bool:
    """Whether a linked repository is in an account of the release's publisher, by the account's name."""
    owner = _plain(next((step for step in urlsplit(place.url).path.split("/") if step), ""))
    account = _plain(release.id.partition("/")[0])
    if owner and owner in (account, _plain(release.publisher)):
        return True
    return min(len(owner), len(account)) >= 4 and (owner.startswith(account) or account.startswith(owner))


def _links_back(place: Linked, release: Named) -> bool:
    return f"huggingface.co/{release.id.lower()}" in ascii_lower(place.readme)


def names(title: str, release: Named, whole: bool = False) -> bool:
    """Whether a title names the release: a telling word of its name (with `whole`: every one) stands in it."""
    said, own = set(_PARTS.findall(ascii_lower(title))), _tokens(release.name)
    return bool(own) and (own <= said if whole else any(len(word) >= 3 for word in own & said))


def is_tuned(name: str, base_models: tuple[str, ...]) -> bool:
    """Whether the release `name` was made by tuning another one, so that code for tuning is its training code."""
    return bool(base_models) or bool({"instruct", "chat", "sft", "dpo", "it"} & set(_split(name)))


def _split(path: str) -> list[str]:
    return _PARTS.findall(ascii_lower(path))


def code_files(place: Linked) -> list[str]:
    """The paths of a place that are its own code: tests, documentation and third-party folders are left out."""
    code = (file.path for file in place.files if file.path.lower().endswith(_CODE))
    return [path for path in code if _ASIDE.isdisjoint(path.lower().split("/"))]


def code_in(place: Linked, code: list[str], about: str, named: bool, tuned: bool) -> tuple[Status, str, str] | None:
    """Status, path and note where a repository holds the code that `about` names; None where it shows none.

    `code` is its `code_files`. `named`: the card says that this very code is there; then any code at all is believed to be
    it, with low confidence. Code for tuning shows how a tuned release was made only where the card says so: most of it is
    there for users who want to tune the model further.
    """
    if place.exists is not True:
        return None
    if about == "supporting-libraries-and-tools":
        tools = next((file.path for file in place.files if file.path.lower() in _TOOLS), "")
        if tools:
            return Status.RELEASED, tools, ""
    elif hit := _hit(code, about, _WORDS[about]):
        return Status.RELEASED, hit, ""
    if about == "training-code" and named and tuned and (hit := _tuning(code)):
        return Status.RELEASED, hit, ""
    if about == "training-code" and named and _tuning(code):
        return Status.PARTIAL, _tuning(code), "code for tuning it further, by its name"
    if named and len(code) >= 2:
        return Status.RELEASED, "", "the card says that it is there; no file name says so"
    if not place.files and place.missing and any(word in ascii_lower(place.readme) for word in _COMMANDS[about]):
        return Status.RELEASED, "", "its README shows the command; its file list could not be seen"
    return None


def _hit(paths: list[str], about: str, words: tuple[str, ...]) -> str:
    """The shortest path that says what it holds: by its file's name, else by a folder's; '' for none."""
    together, other = _TOGETHER.get(about, ()), _ELSE.get(about, frozenset())
    if about == "training-code":
        other = other.union(_TUNE)
    whole = "\n".join(paths).lower()
    sought = tuple(word for word in (*words, *(pair[0] for pair in together)) if word in whole)
    hopeful = [path for path in paths if any(word in path.lower() for word in sought)] if sought else []
    hopeful = [path for path in hopeful if other.isdisjoint(_split(path))]
    ranked = sorted(hopeful, key=lambda path: (path.count("/"), len(path), path))
    for path in ranked:
        parts = set(_split(path.rsplit("/", 1)[-1].rpartition(".")[0]))
        if "test" not in parts and (not parts.isdisjoint(words) or any(parts.issuperset(pair) for pair in together)):
            return path
    return next((path for path in ranked if not set(_split(path.rpartition("/")[0])).isdisjoint(words)), "")


def _tuning(paths: list[str]) -> str:
    """The shortest path whose name says that it tunes a model; '' for none."""
    hopeful = [path for path in paths if not set(_TUNE).isdisjoint(_split(path))]
    return min(hopeful, key=lambda path: (path.count("/"), len(path), path), default="")


def is_data(path: str, about: str = "datasets") -> bool:
    """Whether a file of a linked set holds what is asked for: data, or a reward model's weights."""
    lower = ascii_lower(path)
    name = lower.rsplit("/", 1)[-1]
    if about == "reward-model":
        return lower.endswith(_WEIGHTS)
    return lower.endswith(_DATA) and name not in _NO_DATA and not name.startswith(("readme", "license", "licence", "."))


def holding(place: Linked, about: str) -> str:
    """What a linked data set is found to be: `files`, `gated`, `script`, `empty` or `dead`."""
    if place.exists is False:
        return "dead"
    if any(is_data(file.path, about) for file in place.files):
        return "gated" if place.gated in (Gating.AUTO, Gating.MANUAL) else "files"
    return "script" if any(ascii_lower(file.path).endswith(".py") for file in place.files) else "empty"


def words(text: str) -> int:
    """The number of words in a README, without its front matter."""
    if text.startswith("---\n"):
        text = text[max(text.find("\n---", 3), 0) :]
    return sum(word.strip("*#|:.,;()-").isalpha() for word in text.split())
