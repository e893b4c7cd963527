"""Releases that shell commands name: downloads, clones, servers, options and variables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from openness.policy.discovery import naming
from openness.policy.discovery.sightings import STRONG, WEAK, Sightings
from openness.policy.discovery.tables import word_set
from openness.policy.discovery.words import Script, Word, split

_SERVERS = {
    ("vllm", "serve"): 2,
    ("vllm", "bench"): 0,
    ("trtllm-serve",): 1,
    ("trtllm-serve", "serve"): 2,
    ("aphrodite", "run"): 2,
    ("lmdeploy", "serve", "api_server"): 3,
    ("lmdeploy", "chat"): 2,
    ("transformers", "serve"): 2,
    ("transformers", "chat"): 2,
    ("transformers-cli", "download"): 2,
    ("litgpt", "download"): 2,
    ("litgpt", "finetune"): 2,
    ("litgpt", "serve"): 2,
    ("litgpt", "chat"): 2,
    ("tune", "download"): 2,
    ("ollama", "run"): 2,
    ("ollama", "pull"): 2,
    ("docker", "model"): 3,
    ("ramalama", "run"): 2,
    ("ramalama", "pull"): 2,
    ("ramalama", "serve"): 2,
    ("lms", "get"): 2,
    ("mlx_lm.server",): 1,
    ("ct2-transformers-converter",): 0,
}
"""Commands that take a release as their first word that is no option: how many words the command itself has."""
_ADDRESS_ONLY = {"ollama", "docker", "ramalama", "lms"}
"""Commands whose own registry has names of the same form: only addresses of the Hub count."""
_DOWNLOADS = {("hf", "download"), ("huggingface-cli", "download"), ("hf", "models"), ("hfd.sh",)}
_WRITES = {
    ("hf", "upload"), ("huggingface-cli", "upload"), ("hf", "upload-large-folder"), ("huggingface-cli", "upload-large-folder"),
    ("hf", "repo"), ("hf", "repos"), ("huggingface-cli", "repo"),
}  # fmt: skip
_LONGEST = 1_000
"""Characters that a word may have once its variables are filled in."""
_LLAMA = ("-hf", "-hfr", "--hf-repo", "-hfrd", "-hfd", "--hf-repo-draft", "-hfv", "--hf-repo-v")
_CLIENTS = frozenset({"aider", "litellm", "llm", "opencode", "goose", "codex", "aichat", "mods"})
"""Commands that send their model's name to an interface."""
_SHORT = frozenset({"mistralrs-server", "mistralrs", "mlx_lm.generate", "lm-eval", "guidellm", "exo", "mlc_llm"})
_FLAGS = word_set(
    "--quiet --force-download --dry-run --resume-download --trust-remote-code --verbose --recursive --depth=1 "
    "--no-force-download"
)
_NAMES = frozenset(each[0] for each in (*_SERVERS, *_DOWNLOADS, *_WRITES)) | {"git", "llama-server", "llama-cli"}


@cache
def _variable() -> re.Pattern[str]:
    return re.compile(
        r"\$(?:\{([A-Za-z_][A-Za-z0-9_]{0,80}|[0-9])(?::?[-=]([^}]{0,300}))?\}|([A-Za-z_][A-Za-z0-9_]{0,80}))"
    )


@cache
def _assigned() -> re.Pattern[str]:
    return re.compile(r"(?:--?)?([A-Za-z_][A-Za-z0-9_.-]{0,100})(?:\[[^\]]{0,40}\])?(?::|\+)?\??=(.*)", re.DOTALL)


def read_shell(text: str, seen: Sightings, known: dict[str, Word] | None = None) -> Script:
    """Note the releases of a shell text; return its commands, so that a caller can read its here-documents.

    `known` holds variables that are set before; those that the text sets are added.
    """
    script = split(text)
    known = {} if known is None else known
    for command in script.commands:
        read_command(command, seen, known)
    return script


def worth_reading(text: str) -> bool:
    """Whether a text that may be a command is worth reading as one: it names an option, a known command or an address."""
    return "/" in text and (
        "--" in text or "=" in text or "-hf" in text or any(each in text for each in _NAMES) or "://" in text
    )


def looks_like_command(words: Sequence[str]) -> bool:
    """Whether a list of words is a command's arguments: it has an option, or begins with a known command."""
    return any(each.startswith("-") and len(each) > 1 for each in words) or (bool(words) and words[0] in _NAMES)


def read_command(command: Sequence[Word], seen: Sightings, known: dict[str, Word] | None = None) -> None:
    """Note the releases that one command names; `known` holds the variables that earlier commands have set."""
    known = {} if known is None else known
    words = [_filled(each, known) for each in command]
    if len(words) > 2 and words[1].text in ("=", ":=", "?=", "+=", "::="):
        words = [Word(f"{words[0].text}={words[2].text}", words[2].line), *words[3:]]
    texts = [each.text for each in words]
    revision, kind_of = "", ""
    for number, text in enumerate(texts):
        value = text.partition("=")[2] or (texts[number + 1] if number + 1 < len(texts) else "")
        name = text.partition("=")[0]
        if name in ("--revision", "--branch", "-b", "--model-revision", "--model_revision"):
            revision = revision or value
        elif name in ("--repo-type", "--repo_type", "--type"):
            kind_of = kind_of or value
    left_out = {"dataset": naming.DATASET, "space": naming.SPACE}.get(kind_of, "")
    _subcommand(words, texts, seen, revision or None, left_out)
    elsewhere = naming.API if any(each.rpartition("/")[2] in _CLIENTS for each in texts[:4]) else ""
    for before, word in zip(["", *texts], command, strict=False):
        if before in ("-c", "-lc", "-ec") or "$(" in word.text:
            _nested(word, seen, known)
    for number, word in enumerate(words):
        if "huggingface.co" in word.text or "hf.co" in word.text or "hf://" in word.text:
            seen.add_addresses(word.text, word.line)
        following = words[number + 1] if number + 1 < len(words) else None
        _option(word, following, texts, seen, revision or None, left_out or elsewhere)
        match = _assigned().fullmatch(word.text)
        if match and not word.text.startswith("-"):
            given = Word(match[2], word.line)
            if given.text or match[1] not in known:
                known[match[1]] = given
            _set(match[1], given, seen, left_out or elsewhere)


def _nested(word: Word, seen: Sightings, known: dict[str, Word]) -> None:
    if any(each.isspace() for each in word.text) and worth_reading(word.text):
        for command in split(word.text.replace("$(", ";")).commands:
            read_command([Word(each.text, each.line + word.line - 1) for each in command], seen, known)


def _filled(word: Word, known: dict[str, Word]) -> Word:
    if "$" not in word.text:
        return word
    line = word.line

    def value(match: re.Match[str]) -> str:
        nonlocal line
        name = match[1] or match[3]
        if name in known:
            line = known[name].line
            return known[name].text
        return match[2] or ""

    head, mark, tail = word.text.partition("=")
    if mark and "$" not in head:
        tail = _variable().sub(value, tail)
        return Word(f"{head}={tail}"[:_LONGEST], line if tail else word.line)
    return Word(_variable().sub(value, word.text)[:_LONGEST], line)


def _set(name: str, value: Word, seen: Sightings, left_out: str) -> None:
    if name.lower() in ("model_args", "pretrained", "args") or "," in value.text:
        for part in value.text.split(",")[:50]:
            key, mark, own = part.rpartition("=")
            if mark:
                _set(key or name, Word(own, value.line), seen, left_out)
                continue
    about = naming.role(name)
    if name.lower().endswith("revision"):
        return
    if about:
        seen.add(
            value.text, value.line, f"value of {name}", WEAK, None, left_out or ("" if about == "model" else about)
        )


def _option(
    word: Word, following: Word | None, texts: Sequence[str], seen: Sightings, revision: str | None, left_out: str
) -> None:
    text = word.text
    if not text.startswith("-"):
        return
    name, mark, own = text.partition("=")
    value = Word(own, word.line) if mark else following
    if value is None or value.text.startswith("-"):
        return
    if name in _LLAMA and not mark:
        seen.add(value.text, value.line, f"option {name}", STRONG, revision, left_out)
    elif name in ("--model_args", "--model-args"):
        _set("model_args", value, seen, left_out)
    elif name in ("-m", "-M") and texts and any(each.rpartition("/")[2] in _SHORT for each in texts[:4]):
        seen.add(value.text, value.line, f"option {name}", WEAK, revision, left_out)
    elif name.startswith("--"):
        about = naming.role(name.lstrip("-"))
        if about:
            reason = left_out or ("" if about == "model" else about)
            seen.add(value.text, value.line, f"option {name}", WEAK, revision, reason)


def _subcommand(
    words: Sequence[Word], texts: Sequence[str], seen: Sightings, revision: str | None, left_out: str
) -> None:
    for number, text in enumerate(texts):
        own = text.rpartition("/")[2]
        if own not in _NAMES:
            continue
        rest = texts[number + 1 :]
        first = (own, rest[0]) if rest else (own,)
        if own == "git":
            _clone(words[number + 1 :], seen, revision)
            return
        if first in _WRITES:
            for each in words[number + 2 :]:
                if seen.add(each.text, each.line, f"written by {' '.join(first)}", STRONG, None, naming.OUTPUT):
                    return
            return
        if first in _DOWNLOADS or (own,) in _DOWNLOADS:
            _first(words[number + len(first) :], seen, " ".join(first), revision, left_out, False)
            return
        for size in (3, 2, 1):
            key = (own, *rest[: size - 1])
            if key in _SERVERS and len(key) == size:
                if _SERVERS[key]:
                    begin = number + _SERVERS[key]
                    only = own in _ADDRESS_ONLY
                    _first(words[begin:], seen, " ".join(key), revision, left_out, only)
                return


def _first(
    words: Sequence[Word], seen: Sightings, command: str, revision: str | None, left_out: str, address_only: bool
) -> None:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.text.startswith("-"):
            skip = word.text.startswith("--") and "=" not in word.text and word.text not in _FLAGS
        else:
            found = naming.reference(word.text)
            if found and (found.address or not address_only):
                seen.add(word.text, word.line, f"command {command}", STRONG, revision, left_out)
            return


def _clone(words: Sequence[Word], seen: Sightings, revision: str | None) -> None:
    verbs = [each.text for each in words[:6]]
    if not {"clone", "add"} & set(verbs):
        return
    for word in words:
        found = naming.reference(word.text) if ":" in word.text else None
        if found and found.address:
            seen.add(word.text, word.line, "cloned from the Hub", STRONG, revision)
            return
