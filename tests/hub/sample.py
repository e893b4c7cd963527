"""What the conformance suite shares: a Hub with one repository of every sort, and ways to ask it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when the client is imported
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

import httpx2

from tests.hub.loopback import LFS, LoopbackHub

if TYPE_CHECKING:
    from huggingface_hub import HfApi

CARD = (
    "---\nlicense: mit\nbase_model: base/one\ndatasets: [squad]\npipeline_tag: text-generation\n---\n# Title\n"
    "See https://arxiv.org/abs/1706.03762\n"
)
LARGE = "sub/deep/model.safetensors"
FILES: dict[str, Any] = {
    "README.md": CARD,
    "LICENSE": "MIT License\n",
    ".gitattributes": "*.bin filter=lfs\n",
    "config.json": '{"a": 1}',
    LARGE: LFS(size=1000),
}
GOOD, OTHER, BAD = "hf_good", "hf_other", "hf_bad"
"""A token that opens the gated and the private repository, one that opens neither, and one that does not exist."""


def sample_hub(https: bool = False) -> LoopbackHub:
    """A Hub with an open, a gated, a private and a disabled model."""
    hub = LoopbackHub(https)
    hub.add_model("org/open", FILES)
    hub.add_model("org/gated", FILES, gated="manual")
    hub.add_model("org/hidden", FILES, private=True)
    hub.add_model("org/off", FILES, disabled=True)
    hub.tokens = {GOOD: {"org/gated", "org/hidden"}, OTHER: set()}
    return hub


def api_of(hub: LoopbackHub, token: str | bool = False) -> HfApi:
    """The real client for a Hub; without a token unless one is given."""
    from huggingface_hub import HfApi

    return HfApi(endpoint=hub.url, token=token)


def client(follow: bool = False, timeout: float = 5) -> httpx2.Client:
    """A plain client, for what the real one hides."""
    return httpx2.Client(trust_env=False, follow_redirects=follow, timeout=timeout, verify=False)


def get(hub: LoopbackHub, path: str, method: str = "GET", follow: bool = False, **headers: str) -> httpx2.Response:
    """One request; underscores in the names of headers become hyphens."""
    with client(follow) as session:
        return session.request(method, hub.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})


PROGRAM = """
import json, sys
from huggingface_hub import HfApi
calls = json.loads(sys.argv[2])
names = {"api": HfApi(endpoint=sys.argv[1], token=False), "cache": sys.argv[3]}
names |= {name: HfApi(endpoint=sys.argv[1], token="hf_" + name) for name in ("good", "other", "bad")}
answers = {}
for name, call in calls.items():
    try:
        answers[name] = str(eval(call, names))
    except Exception as error:
        answers[name] = type(error).__name__
print(json.dumps(answers))
"""


def in_a_process(hub: LoopbackHub, calls: dict[str, str], cache: str = "", **environment: str) -> dict[str, str]:
    """What the client answers, or raises, in a process of its own: its settings are read at import."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING", "TRANSFORMERS"))
    }
    environment |= {
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HOME": cache or "/nonexistent",
    }
    if hub.ca_file:
        environment["SSL_CERT_FILE"] = str(hub.ca_file)
    command = [sys.executable, "-c", PROGRAM, hub.url, json.dumps(calls), cache]
    done = subprocess.run(command, env=kept | environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))
