"""How a Hub release is written down, and what the names of keys, options and variables say about their values."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from openness.core.record import record
from openness.policy.discovery.tables import word_set

LONGEST = 300
"""Characters of the longest value that can be the name or address of a release."""
API, DATASET, SPACE, OUTPUT = "API model", "data set", "Space", "output"
GITHUB, PATH, BARE, PLACEHOLDER = "GitHub repository", "path in the project", "name without an owner", "placeholder"
Role = Literal["", "model", "data set", "output", "API model"]
"""What a key is about: the empty string where its name does not say."""

_PART = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
_PLAIN = rf"(?P<id>{_PART}/{_PART})(?:@(?P<revision>[\w./-]{{1,100}}))?(?::[\w.-]{{1,60}})?"
_HOSTS = r"(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)"
_HUB = (
    rf"(?:(?:https?://(?:[^@/\s]{{1,100}}@)?)?{_HOSTS}/|(?:ssh://)?git@(?:huggingface\.co|hf\.co)[:/]"
    r"|hf://|huggingface://|hf[-_]hub:|hf:)"
    rf"(?:(?P<place>datasets|spaces|models)/)?(?P<id>{_PART}/{_PART})"
    r"(?:@(?P<at>[\w.-]{1,100}))?(?::[\w.-]{1,60})?(?:/(?:resolve|blob|tree|raw)/(?P<revision>[^/\s?#]{1,100}))?(?=[/?#\s]|$)"
)
_FILES = re.compile(
    r"\.(?:py|ipynb|json|jsonl|ya?ml|toml|bin|pt|pth|ckpt|gguf|ggml|safetensors|txt|md|onnx|csv|parquet|png|jpe?g|wav|mp3"
    r"|mp4|h5|keras|tflite|pkl|model|zip|tar|gz|sh|js|ts|html?|css|cfg|ini|so|log|xml|mlpackage|npz|npy)\Z",
    re.IGNORECASE,
)
_FOLDERS = word_set(
    "models model data checkpoints checkpoint ckpt ckpts weights output outputs out results result runs logs log "
    "src lib tmp temp assets resources artifacts cache saved saved_models pretrained pretrained_models configs "
    "config conf scripts tests test docs images img app static public build dist experiments exp local home usr "
    "opt mnt var workspace workspaces datasets dataset train etc bin dev proc root content srv application text "
    "image audio video multipart font localhost api v1 v2 users user s3 gs docker.io ghcr.io quay.io github.com "
    "gitlab.com"
)
"""First steps of local paths, of media types and of addresses elsewhere; no Hub organisation of such a name is used here."""
_RESERVED = word_set("docs blog api papers collections join settings organizations login new pricing tasks learn")
_PROVIDERS = word_set(
    "azure azure_ai bedrock vertex_ai gemini groq together_ai together openrouter ollama ollama_chat fireworks_ai "
    "fireworks deepinfra anthropic cohere cohere_chat perplexity replicate mistral xai x-ai codestral sagemaker "
    "watsonx nvidia_nim cerebras sambanova github github_copilot anyscale voyage deepseek moonshot openai_like "
    "text-completion-openai z-ai sagemaker_chat cloudflare aleph_alpha inflection"
)
"""Prefixes by which LiteLLM and OpenRouter route a request (https://docs.litellm.ai/docs/providers); no Hub names."""
ROUTED = ("huggingface/", "hosted_vllm/", "vllm/")
"""Prefixes after which a router expects the name of a Hub release."""
_VENDORS = {
    "openai": re.compile(
        r"(?:gpt-?[345](?!-?oss)|gpt-(?:image|realtime|audio)|o[134](?:-|$)|chatgpt|codex|text-|dall-e|tts-|whisper-1$"
        r"|davinci|babbage|omni-|computer-use|sora)",
        re.IGNORECASE,
    ),
    "google": re.compile(r"(?:gemini|palm|text-bison|chat-bison|imagen|veo)", re.IGNORECASE),
    "amazon": re.compile(r"(?:nova|titan)-", re.IGNORECASE),
    "meta": re.compile(r"llama", re.IGNORECASE),
}
"""Models that a vendor serves by interface only, by the beginning of their names."""


@record(frozen=True, slots=True)
class HubName:
    """A repository on the Hub as a text names it: its id, its revision or None, what it is, and whether it is an address."""

    id: str
    revision: str | None
    what: Literal["model", "data set", "Space"]
    address: bool


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(_PLAIN)


@cache
def _address(whole: bool) -> re.Pattern[str]:
    return re.compile(_HUB if whole else rf"(?<![\w./@:-])(?:{_HUB})")


def reference(value: str) -> HubName | None:
    """The repository that a value names, or None. A value is read as a whole; text around a name makes it no name."""
    value = value.strip()
    if "/" not in value or len(value) > LONGEST:
        return None
    match = _address(True).match(value)
    if match and not any(each.isspace() for each in value):
        return _referred(match)
    for prefix in ROUTED:
        if value.startswith(prefix) and value.count("/") > 1:
            value = value.removeprefix(prefix)
    if value.split("/")[0].lower() in _PROVIDERS and value.count("/") > 1:
        value = "/".join(value.split("/")[:2])
    match = _plain().fullmatch(value)
    if not match or not _named(match["id"]):
        return None
    return HubName(match["id"], match["revision"], "model", False)


def addresses(text: str) -> list[tuple[int, HubName]]:
    """Addresses of repositories on the Hub that stand in a text, each with its offset."""
    found = []
    for match in _address(False).finditer(text):
        each = _referred(match)
        if each:
            found.append((match.start(), each))
    return found


def _referred(match: re.Match[str]) -> HubName | None:
    name = match["id"].removesuffix(".git")
    if name.split("/")[0] in _RESERVED:
        return None
    place: Literal["model", "data set", "Space"] = "model"
    if match["place"] == "datasets":
        place = "data set"
    elif match["place"] == "spaces":
        place = "Space"
    return HubName(name, match["at"] or match["revision"], place, True)


def _named(name: str) -> bool:
    owner, _, own = name.partition("/")
    return (
        owner.lower() not in _FOLDERS
        and not _FILES.search(name)
        and "--" not in owner
        and ".." not in name
        and any(each.isalpha() for each in owner)
        and any(each.isalpha() for each in own)
    )


def bare(value: str) -> bool:
    """Whether a value is one word that the Hub may know without an owner, such as `gpt2`; paths and files are none."""
    return (
        2 < len(value) <= 96
        and value[0].isalpha()
        and all(each.isalnum() or each in "-_." for each in value)
        and any(each in "-0123456789" for each in value)
        and not _FILES.search(value)
    )


def served_only(name: str) -> bool:
    """Whether an id is the name of a model that vendors serve and the Hub does not have, such as openai/gpt-4o."""
    owner, _, own = name.partition("/")
    vendor = _VENDORS.get(owner.lower())
    return owner.lower() in _PROVIDERS or bool(vendor and vendor.match(own))


def placeholder(name: str) -> bool:
    """Whether an id asks the reader to fill it in: your-org/your-model."""
    owner, _, own = name.lower().partition("/")
    return owner.startswith(("your", "username", "my-username", "<")) or own.startswith(("your-", "your_"))


_ENDS = word_set("id ids list name names path paths repo repos or uri url default hf slug 0 1 2 3 str value")
_MODELS = word_set(
    "model models llm llms slm vlm checkpoint checkpoints ckpt tokenizer encoder embedder embedding embeddings "
    "reranker adapter adapters lora loras peft vae unet controlnet pretrained backbone teacher draft judge "
    "classifier transformer whisper asr tts generator summarizer translator detector captioner diarization "
    "processor"
)
_WHOLE = word_set(
    "path_or_hf_repo repo_id repo_ids hf_repo hf_repo_id hf_id hf_path name_or_path hf_name model_repo vision_tower"
)
_WRITTEN = word_set("output out push upload save saved dest destination export publish published upstream")
_ALIASES = frozenset(["served_model_name", "model_alias", "model_card_name", "serve_name"])
_INTERFACES = word_set("openai openrouter anthropic claude gemini litellm bedrock azure groq cohere api")


@cache
def role(key: str) -> Role:
    """What a key, option or variable is about: `--model_name_or_path`, `MODEL_ID`, `hubModelId`, `dataset`."""
    key = key[-100:]
    own = key.rpartition(".")[2]
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", key if own.lower() in _ENDS else own)
    steps = [each.lower() for each in words]
    whole = "_".join(steps)
    if not steps or whole in _ALIASES:
        return ""
    if _WRITTEN & set(steps) or whole.startswith(("hub_model", "hub_repo", "target_repo", "hub_name")):
        return "output"
    if {"dataset", "datasets"} & set(steps):
        return "data set"
    if whole in _WHOLE or whole.endswith(("_repo_id", "name_or_path")):
        return "model"
    while steps and steps[-1] in _ENDS:
        steps.pop()
    if not steps or steps[-1] not in _MODELS:
        return ""
    return "API model" if _INTERFACES & set(steps) else "model"


_HOSTED_HERE = (
    "localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", "huggingface", "hf.space", "hf.co", "vllm", "tgi", "sglang",
    "lmstudio", "llama.cpp", "llamacpp",
)  # fmt: skip
_LOCAL_PROVIDERS = (
    "huggingface",
    "hf",
    "vllm",
    "tgi",
    "sglang",
    "transformers",
    "local",
    "sentence",
    "mlx",
    "llama",
    "onnx",
)
PLACES = ("base_url", "api_base", "baseurl", "openai_api_base", "apibase", "endpoint", "endpoint_url", "api_url")
_WHO = ("provider", "llm_provider", "model_provider", "custom_llm_provider", "backend", "vendor", "api_type")
_SECRETS = ("api_key", "apikey", "api_key_env", "openai_api_key", "api_token")
TELLING = frozenset({*PLACES, *_WHO, *_SECRETS, "repo_type", "revision"})
"""Keys beside a model's name that tell more about it."""


def served_elsewhere(beside: dict[str, str]) -> bool | None:
    """Whether the keys beside a model name say that an interface serves it; False where they name a local or Hub one.

    `beside` holds the keys in lower case with their values; None is the answer where no key says anything.
    """
    for key in PLACES:
        if beside.get(key):
            return not any(each in beside[key].lower() for each in _HOSTED_HERE)
    for key in _WHO:
        if beside.get(key):
            return not beside[key].lower().startswith(_LOCAL_PROVIDERS)
    return True if any(key in beside for key in _SECRETS) else None
