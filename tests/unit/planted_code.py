"""Code that names releases: each `yes…/name` is to be found on its line; each `no…/name` is there and is no release."""

from __future__ import annotations

CODE: dict[str, str] = {
    "black.py": """\
from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

model = AutoModelForCausalLM.from_pretrained(
    "yes/multi-line",
    torch_dtype="auto",
    device_map="auto",
)
tokenizer = AutoTokenizer.from_pretrained(
    pretrained_model_name_or_path="yes/keyword-7B", trust_remote_code=True
)
pipe = pipeline(
    "text-generation",
    model="yes/pipeline-keyword",
    tokenizer="yes/pipeline-tokenizer",
)
other = pipeline("summarization", "yes/pipeline-positional")
""",
    "constants.py": """\
import os
from peft import PeftModel

BASE: str = "yes/base-constant"
ADAPTER_ID = "yes/adapter-constant"
MODELS = {"small": "yes/small-1B", "large": "yes/large-70B"}
CANDIDATES = ["yes/candidate-a", "yes/candidate-b"]
checkpoint = "yes/checkpoint-v0.3" if os.name else "yes/checkpoint-v0.2"

base = AutoModel.from_pretrained(BASE)
model = PeftModel.from_pretrained(base, ADAPTER_ID)
for name in CANDIDATES:
    AutoModel.from_pretrained(name)
AutoModel.from_pretrained(MODELS["small"])
AutoModel.from_pretrained(checkpoint)
""",
    "names.py": """\
def load(path="yes/default-parameter", *, tokenizer="yes/default-keyword-only"):
    return AutoModel.from_pretrained(path), AutoTokenizer.from_pretrained(tokenizer)


def fetch(what):
    return snapshot_download(what, revision="v1")


fetch("yes/passed-to-own-function")
first, second = "yes/tuple-one", "yes/tuple-two"
AutoModel.from_pretrained(first)
AutoModel.from_pretrained(second)
where = "yes/walrus"
if (found := "yes/named-expression"):
    SentenceTransformer(found)
CrossEncoder(where)
models = [AutoModel.from_pretrained(each) for each in ("yes/comprehension-a", "yes/comprehension-b")]
""",
    "settings.py": """\
import os
from dataclasses import dataclass, field
from pydantic import Field
from pydantic_settings import BaseSettings

MODEL_NAME = os.environ.get("MODEL_NAME", "yes/environ-get")
EMBEDDING = os.getenv(
    "EMBEDDING_MODEL",
    "yes/getenv",
)
os.environ.setdefault("RERANKER_MODEL", "yes/setdefault")
os.environ["LLM_MODEL"] = "yes/environ-set"
judge_model = os.environ.get("JUDGE") or "yes/or-default"


@dataclass
class Config:
    model_id: str = "yes/dataclass-default"
    tokenizer_name: str = field(default="yes/field-default")


class Settings(BaseSettings):
    llm: str = Field("yes/pydantic-field", description="no/described")
    embedder: str = Field(default="yes/pydantic-default")
""",
    "arguments.py": """\
import argparse
import click
import typer

parser = argparse.ArgumentParser()
parser.add_argument("--model", "-m", type=str, default="yes/argparse", help="a model such as no/in-help")
parser.add_argument("--weights-from", default="yes/argparse-used")
parser.add_argument("--output", default="no/argparse-output")
args = parser.parse_args()
model = AutoModel.from_pretrained(args.weights_from)


@click.command()
@click.option("--model-id", default="yes/click", show_default=True)
@click.option("--base", default="yes/click-used")
def main(model_id, base):
    AutoModel.from_pretrained(base)


def run(model: str = typer.Option("yes/typer", help="which"), steps: int = 3):
    pass
""",
    "classes.py": """\
class Wrapper:
    DEFAULT = "yes/class-attribute"

    def __init__(self, name: str, draft: str | None = None):
        self.name = name
        self.model = AutoModel.from_pretrained(self.name)
        self.fallback = AutoModel.from_pretrained(self.DEFAULT)


Wrapper("yes/passed-to-class")
Wrapper(name="yes/passed-by-keyword")
""",
    "joined.py": """\
ORG = "yes"
SIZE = "7b"
NAME = f"{ORG}/joined-{SIZE}"
AutoModel.from_pretrained(NAME)
AutoModel.from_pretrained(ORG + "/added")
""",
    "libraries.py": """\
import timm, open_clip
from diffusers import DiffusionPipeline, ControlNetModel
from faster_whisper import WhisperModel
from huggingface_hub import InferenceClient, hf_hub_download
from langchain_huggingface import HuggingFaceEmbeddings, HuggingFaceEndpoint
from mlx_lm import load
from vllm import LLM, EngineArgs

llm = LLM(model="yes/vllm-keyword", tensor_parallel_size=2)
offline = LLM("yes/vllm-positional")
args = EngineArgs(model="yes/engine-args", tokenizer="yes/engine-tokenizer")
asr = WhisperModel("yes/faster-whisper-large-v3")
embed = HuggingFaceEmbeddings(model_name="yes/embeddings")
endpoint = HuggingFaceEndpoint(repo_id="yes/endpoint")
client = InferenceClient("yes/inference-client")
answer = InferenceClient(api_key="x").chat.completions.create(model="yes/inference-chat", messages=[])
backbone = timm.create_model("hf-hub:yes/timm-backbone", pretrained=True)
clip, *_ = open_clip.create_model_and_transforms("hf-hub:yes/open-clip")
file = hf_hub_download(
    filename="model.gguf",
    repo_id="yes/download-keyword",
    revision="0123abc",
)
pipe = DiffusionPipeline.from_pretrained("yes/diffusion", controlnet=ControlNetModel.from_pretrained("yes/control"))
pipe.load_lora_weights("yes/lora-style", weight_name="x.safetensors")
single = Pipe.from_single_file("https://huggingface.co/yes/single-file/blob/main/model.safetensors")
mlx, tok = load("yes/mlx-4bit")
URL = "https://huggingface.co/yes/by-address/resolve/main/ggml-base.bin"
trainer = SFTTrainer(model="yes/trainer", train_dataset=data)
""",
    "commands.py": """\
import os
import subprocess

subprocess.run(["vllm", "serve", "yes/in-a-list", "--port", "8000"], check=True)
subprocess.Popen(
    [
        "python", "-m", "sglang.launch_server",
        "--model-path", "yes/in-a-long-list",
    ]
)
os.system("huggingface-cli download yes/in-a-string --local-dir models/x")
""",
    "clients.py": """\
from openai import OpenAI

local = OpenAI(base_url="http://localhost:8000/v1", api_key="none")
local.chat.completions.create(model="yes/served-here", messages=[])
remote = OpenAI(base_url="https://router.huggingface.co/v1")
remote.chat.completions.create(model="yes/served-by-the-hub", messages=[])
""",
    "notebook.ipynb": r"""{
 "cells": [
  {"cell_type": "markdown", "source": ["Load `AutoModel.from_pretrained(\"no/in-markdown\")`"]},
  {"cell_type": "code", "source": [
    "%pip install transformers\n",
    "!huggingface-cli download yes/notebook-command --quiet\n",
    "from transformers import AutoModel\n",
    "MODEL = \"yes/notebook-constant\""
  ]},
  {"cell_type": "code", "outputs": [{"text": ["from_pretrained(\"no/in-output\")"]}], "source": [
    "# AutoModel.from_pretrained(\"no/in-comment\")\n",
    "model = AutoModel.from_pretrained(\n",
    "    MODEL\n",
    ")\n",
    "tok = AutoTokenizer.from_pretrained(\n",
    "    \"yes/notebook-call\", revision=\"main\"\n",
    ")"
  ]},
  {"cell_type": "code", "source": "%%bash\nhf download yes/notebook-bash"},
  {"cell_type": "code", "source": "print 'python 2'\nm = AutoModel.from_pretrained('yes/notebook-fallback')"}
 ],
 "nbformat": 4
}""",
    "python2.py": """\
print "loading"
model = AutoModel.from_pretrained("yes/python-2")
# model = AutoModel.from_pretrained("no/python-2-comment")
""",
    "app.js": """\
import { pipeline, AutoTokenizer } from "@huggingface/transformers";
// const old = await pipeline("summarization", "no/js-comment");
/* await AutoModel.from_pretrained("no/js-block") */
const pipe = await pipeline("text-generation", "yes/js-pipeline", { dtype: "q4" });
const tokenizer = await AutoTokenizer.from_pretrained(
  "yes/js-multi-line",
  { revision: "main" },
);
const MODEL_ID = "yes/js-constant";
const model = await AutoModel.from_pretrained(MODEL_ID);
const embedding = process.env.EMBEDDING_MODEL ?? "yes/js-default";
""",
    "server.ts": """\
const name: string = "yes/ts-typed";
const model = await AutoModelForCausalLM.from_pretrained(name);
export const config = {
  modelId: "yes/ts-key",
  rerankerModel: process.env.RERANKER || 'yes/ts-or',
};
const answer = await hf.textGeneration({ model: `yes/ts-inference`, inputs: "x" });
const engine = await CreateMLCEngine("yes/web-llm");
class Pipeline {
  static task = "feature-extraction";
  static model = "yes/ts-static";
  static async get() { return pipeline(this.task, this.model); }
}
""",
    "View.tsx": """\
export default function View() {
  return <Chat modelId="yes/tsx-attribute" title="no/title" />;
}
""",
}
"""Files by name."""
EXTRA = {"joined.py": {("yes/joined-7b", 3), ("yes/added", 5)}}
"""Names that are put together, and so stand nowhere as they are, with their lines."""
