"""Named things that are no Hub releases a project uses: none may count, and what they are is said."""

from __future__ import annotations

import pytest

from openness.policy.discover import chosen, sightings

OPENAI = "from openai import OpenAI\nclient = OpenAI()\n"
CONTROLS: list[tuple[str, str, str]] = [
    # models behind interfaces
    ("a.py", 'client.chat.completions.create(model="openai/gpt-4o-mini")', "API model"),
    ("a.py", OPENAI + 'client.chat.completions.create(model="meta-llama/llama-3-70b", messages=[])', "API model"),
    ("a.py", OPENAI + 'client.embeddings.create(model="org/embedding", input="x")', "API model"),
    (
        "a.py",
        'c = OpenAI(base_url="https://openrouter.ai/api/v1")\nc.responses.create(model="qwen/qwen3")',
        "API model",
    ),
    ("a.py", 'MODEL = "qwen/qwen3"\nlitellm.completion(model=MODEL, messages=m)', "API model"),
    ("a.py", 'from litellm import acompletion as ask\nask(model="org/name", messages=[])', "API model"),
    ("a.py", 'def ask(model="org/chat"):\n    return client.chat.completions.create(model=model)', "API model"),
    ("a.py", 'ChatOpenAI(model="org/name", api_key=key)', "API model"),
    ("a.py", 'Agent(model="anthropic/claude-sonnet-4")', "API model"),
    ("a.py", 'Agent(model="google/gemini-2.5-pro")', "API model"),
    ("a.py", 'Agent(model="org/name", base_url="https://api.together.xyz/v1")', "API model"),
    ("a.py", 'dspy.LM("openai/gpt-4.1")', "API model"),
    ("a.py", 'MODEL = "openrouter/meta-llama/llama-3-8b"', "API model"),
    ("a.py", 'OPENAI_MODEL = os.getenv("OPENAI_MODEL", "org/name")', "API model"),
    ("a.py", 'requests.post(url, json={"model": "org/name", "messages": []})', "API model"),
    ("a.py", 'CONFIG = {"provider": "openrouter", "model": "org/name"}', "API model"),
    ("a.js", 'const r = await openai.chat.completions.create({ model: "org/name", messages });', "API model"),
    ("a.ts", 'const m = openrouter("meta-llama/llama-3-70b");', "API model"),
    ("a.ts", 'fetch(url, { body: JSON.stringify({ model: "org/name", messages: [] }) })', "API model"),
    ("a.json", '{"provider": "openai", "model": "org/name"}', "API model"),
    ("a.json", '{"model": "org/name", "messages": [{"role": "user"}]}', "API model"),
    ("a.json", '{"model": "groq/llama-3", "temperature": 0}', "API model"),
    ("a.yaml", "llm:\n  provider: litellm\n  model: org/name\n", "API model"),
    ("a.yaml", "llm:\n  model: org/name\n  api_key: ${KEY}\n", "API model"),
    ("a.toml", '[llm]\nmodel = "anthropic/claude-3"\n', "API model"),
    ("a.sh", "aider --model openrouter/org/name", "API model"),
    ("a.sh", "llm -m x --model org/name", "API model"),
    (".env", "OPENROUTER_MODEL=org/name", "API model"),
    # data sets
    ("a.py", 'hf_hub_download(repo_id="t/a-dataset", filename="x", repo_type="dataset")', "data set"),
    ("a.py", 'snapshot_download("org/data", repo_type="dataset")', "data set"),
    ("a.py", 'load_dataset("org/data", split="train")', "data set"),
    ("a.py", 'DATA = "org/data"\nload_dataset(DATA)', "data set"),
    ("a.py", 'DATASET_NAME = "org/data"', "data set"),
    ("a.py", 'parser.add_argument("--dataset", default="org/data")', "data set"),
    ("a.py", 'URL = "https://huggingface.co/datasets/org/data/resolve/main/x.csv"', "data set"),
    ("a.sh", "hf download org/data --repo-type dataset", "data set"),
    ("a.sh", "git clone https://huggingface.co/datasets/org/data", "data set"),
    ("a.sh", "python train.py --dataset_name org/data", "data set"),
    ("a.yaml", "datasets:\n  - path: org/data\n", "data set"),
    ("a.yaml", "repo_id: org/data\nrepo_type: dataset\n", "data set"),
    ("a.json", '{"dataset": {"repo_id": "org/data"}}', "data set"),
    ("a.toml", 'train_dataset = "org/data"\n', "data set"),
    # Spaces
    ("a.py", 'from gradio_client import Client\nClient("org/space")', "Space"),
    ("a.py", 'snapshot_download(repo_id="org/space", repo_type="space")', "Space"),
    ("a.sh", "git clone https://huggingface.co/spaces/org/space", "Space"),
    # outputs
    ("train.yaml", "hub_model_id: my-org/output-model\n", "output"),
    ("a.py", 'TrainingArguments(output_dir="x", hub_model_id="me/out")', "output"),
    ("a.py", 'model.push_to_hub("me/out")', "output"),
    (
        "a.py",
        'REPO_ID = "me/out"\napi.create_repo(REPO_ID)\napi.upload_folder(repo_id=REPO_ID, folder_path="x")',
        "output",
    ),
    ("a.py", 'HUB_MODEL_ID = "me/out"', "output"),
    ("a.js", 'await uploadFile({ repo: "me/out", file });', "output"),
    ("a.sh", "huggingface-cli upload me/out ./model", "output"),
    ("a.sh", "python train.py --hub_model_id me/out --push_to_hub", "output"),
    ("a.json", '{"push_to_hub_model_id": "me/out"}', "output"),
    # comments, docstrings, texts
    ("a.py", '# old: AutoModel.from_pretrained("t/removed")', ""),
    ("a.py", '"""Use AutoModel.from_pretrained("org/name").\n\nMODEL = "org/name"\n"""', ""),
    ("a.py", 'def f():\n    """Loads model="org/name"."""', ""),
    ("a.py", "print(\"try AutoModel.from_pretrained('org/name') instead\")", ""),
    ("a.js", '// pipeline("x", "org/name")', ""),
    ("a.js", '/*\n * model: "org/name"\n */', ""),
    ("a.yaml", "# model: org/name\nother: 1  # model: org/name\n", ""),
    ("a.toml", '# model = "org/name"\n', ""),
    ("a.sh", "# vllm serve org/name", ""),
    ("a.json", '{"readme": "AutoModel.from_pretrained(\\"org/name\\")"}', ""),
    ("Dockerfile", "# RUN hf download org/name\n", ""),
    ("a.ipynb", '{"cells": [{"cell_type": "markdown", "source": ["model = \\"org/name\\""]}]}', ""),
    # other things with a slash
    ("a.yaml", "link: https://huggingface.co/org/name/blob/main/LICENSE\n", ""),
    ("a.py", 'open("org/name")', ""),
    ("a.py", 'load_model("weights/model.bin")', ""),
    ("a.py", 'AutoModel.from_pretrained("./out/final")', ""),
    ("a.py", 'AutoModel.from_pretrained("checkpoints/last")', ""),
    ("a.py", "AutoModel.from_pretrained(path)", ""),
    ("a.py", 'torch.hub.load("pytorch/vision", "resnet50")', "GitHub repository"),
    ("a.py", 'AutoModel.from_pretrained("your-org/your-model")', "placeholder"),
    ("a.py", 'AutoModel.from_pretrained("gpt2")', "name without an owner"),
    ("a.py", 'model_type = "text/plain"', ""),
    ("a.js", 'import x from "org/name"; require("org/name");', ""),
    ("a.yaml", "image: org/name\nuses: org/name@v1\nrepository: org/name\n", ""),
    ("a.yaml", "model: just-a-name\nmodel_type: org/name\n", ""),
    ("a.json", '{"dependencies": {"@org/name": "1"}, "repository": "org/name", "id": "org/name"}', ""),
    ("a.sh", "git clone https://github.com/org/name && cp -r org/name models/x", ""),
    ("a.sh", "ollama pull org/name", ""),
    ("a.sh", "docker run org/name --model /models/x", ""),
    ("a.sh", 'git commit -m "fix/model"', ""),
    ("Modelfile", "FROM org/name\n", ""),
    ("Dockerfile", "FROM org/name\nCOPY org/name /x\n", ""),
]


def test_there_are_enough_controls() -> None:
    assert len(CONTROLS) >= 60


@pytest.mark.parametrize(("name", "text", "reason"), CONTROLS)
def test_what_is_no_release_does_not_count(name: str, text: str, reason: str) -> None:
    reader = chosen(name)
    assert reader is not None
    found = sightings(text, reader)
    assert [each for each in found if not each.left_out] == []
    assert {each.left_out for each in found} == ({reason} if reason else set())


def test_a_name_that_is_loaded_counts_though_it_is_written_too() -> None:
    reader = chosen("a.py")
    assert reader is not None
    text = 'REPO = "me/out"\nmodel.push_to_hub(REPO)\nAutoModel.from_pretrained(REPO)\n'
    assert [(each.id, each.line, each.left_out) for each in sightings(text, reader)] == [("me/out", 1, "")]
