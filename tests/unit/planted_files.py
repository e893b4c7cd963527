"""Configuration and scripts that name releases, in the manner of `planted_code`."""

from __future__ import annotations

FILES: dict[str, str] = {
    "config.json": '{\n  "_name_or_path": "yes/name-or-path",\n  "architectures": ["X"],\n  "model_type": "no/type"\n}\n',
    "adapter_config.json": '{"base_model_name_or_path": "yes/adapter-base", "revision": "main",\n"peft_type": "LORA"}\n',
    "settings.jsonc": """{
  // "model": "no/commented",
  "embedding": { "model": "yes/jsonc", "dimensions": 384, },
  "models": ["yes/json-list-a", "yes/json-list-b"],
  "dataset": { "repo_id": "no/json-dataset" },
  "description": "Uses no/described by default",
}
""",
    "package.json": '{"name": "x", "scripts": {"serve": "vllm serve yes/npm-script --port 1"},\n"repository": "no/repository"}\n',
    "tasks.json": '{"tasks": [{"command": "python", "args": ["run.py", "--model_name_or_path", "yes/json-args"]}]}\n',
    "k8s.yaml": """\
apiVersion: apps/v1
kind: Deployment
spec:
  template:
    spec:
      containers:
        - name: tgi
          image: ghcr.io/huggingface/text-generation-inference:3.0
          args:
            - "--model-id"
            - "yes/k8s-args"
            - --revision
            - refs/pr/1
        - name: vllm
          image: no/vllm-openai:latest
          command: ["vllm", "serve"]
          args: ["yes/k8s-serve", "--port", "8000"]
          env:
            - name: EMBEDDING_MODEL_ID
              value: yes/k8s-env
            - name: IMAGE
              value: no/k8s-image
        - name: shell
          command: ["/bin/sh", "-c"]
          args:
            - |
              pip install hf
              hf download yes/k8s-script --local-dir /models/x
""",
    "compose.yaml": """\
services:
  llm:
    image: vllm/vllm-openai:v0.9
    command: --model yes/compose-command --max-model-len 4096
  embed:
    image: no/embed
    environment:
      - MODEL_ID=yes/compose-list
  rank:
    environment:
      RERANKER_MODEL: "yes/compose-map"
  sglang:
    entrypoint: ["python3", "-m", "sglang.launch_server"]
    command:
      - --model-path=yes/compose-equals
""",
    "values.yaml": """\
# model: no/values-comment
model: yes/helm-values
servingEngineSpec:
  modelSpec:
    - name: "llama3"
      modelURL: "yes/helm-model-url"
      repository: "no/lmcache"
""",
    "templates/deploy.yaml": """\
{{- if .Values.enabled }}
spec:
  args: ["--model-id", "{{ .Values.model | default "yes/helm-default" }}"]
  {{- range .Values.extra }}
  draft_model: yes/helm-template
  {{- end }}
{{- end }}
""",
    "conf/model/llm.yaml": """\
_target_: transformers.AutoModel.from_pretrained
pretrained_model_name_or_path: yes/hydra
model:
  name: yes/hydra-nested
  revision: v2
dataset:
  name: no/hydra-dataset
  tokenizer: yes/hydra-tokenizer
output_dir: no/hydra-output
""",
    "axolotl.yml": """\
base_model: yes/axolotl-base
datasets:
  - path: no/axolotl-data
    type: alpaca
hub_model_id: no/axolotl-output
""",
    ".github/workflows/ci.yml": """\
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      MODEL: yes/workflow-env
    steps:
      - uses: actions/checkout@v4
      - run: hf download yes/workflow-run
      - run: |
          python eval.py \\
            --model_name_or_path yes/workflow-block \\
            --dataset no/workflow-data
""",
    "litellm.yaml": """\
model_list:
  - model_name: gpt
    litellm_params:
      model: openai/gpt-4o
  - model_name: local
    litellm_params:
      model: huggingface/yes/routed
  - model_name: own
    litellm_params:
      model: hosted_vllm/yes/hosted
      api_base: http://vllm:8000
""",
    "pyproject.toml": """\
[project]
name = "x"
# model = "no/toml-comment"
[tool.thing]
model = "yes/toml"
models = [
    "yes/toml-list-a",
    'yes/toml-list-b',
]
dataset = "no/toml-dataset"
[tool.thing.embedding]
model_id = "yes/toml-table"
revision = "abc"
[tool.tasks]
serve = { cmd = "vllm serve yes/toml-command" }
""",
    "broken.toml": 'model = "yes/broken-toml"\nthis is no TOML\n',
    "broken.yaml": "model: yes/broken-yaml\nlist: [a, b\nkey: : :\n  base_model: yes/after-the-error\n",
    "Dockerfile": """\
# RUN hf download no/docker-comment
FROM vllm/vllm-openai:latest
ARG MODEL_ID=yes/docker-arg
ENV EMBEDDING_MODEL="yes/docker-env" OTHER=1
ENV RERANK_MODEL yes/docker-old-env
RUN pip install hf && \\
    # a comment in between
    hf download yes/docker-run --local-dir /models && \\
    git clone https://huggingface.co/yes/docker-clone
RUN python -c "from transformers import AutoModel; AutoModel.from_pretrained('yes/docker-python')"
ADD https://huggingface.co/yes/docker-add/resolve/main/model.bin /models/
CMD ["vllm", "serve", "yes/docker-cmd"]
""",
    "gpu.Dockerfile": """\
FROM no/base:1
ENTRYPOINT ["vllm", "serve"]
CMD ["yes/entrypoint-and-cmd", "--port", "80"]
RUN <<EOF
hf download yes/docker-heredoc
EOF
""",
    "Modelfile": "FROM hf.co/yes/ollama-GGUF:Q4_K_M\nPARAMETER temperature 1\n",
    "Modelfile.adapter": "FROM llama3.2\nADAPTER https://huggingface.co/yes/ollama-adapter\n",
    "run.sh": """\
#!/usr/bin/env bash
# hf download no/shell-comment
MODEL="${MODEL:-yes/shell-default}"
export TOKENIZER_ID=yes/shell-export
vllm serve "$MODEL" --tokenizer $TOKENIZER_ID --served-model-name no/alias
hf download --repo-type dataset no/shell-dataset
hf download yes/shell-download --revision abc123 --local-dir models/here
huggingface-cli download --quiet yes/shell-cli
git clone https://huggingface.co/yes/shell-clone && cd shell-clone
GIT_LFS_SKIP_SMUDGE=1 git clone git@hf.co:yes/shell-ssh
git clone https://huggingface.co/datasets/no/shell-data
git clone https://github.com/no/shell-github
llama-server -hf yes/shell-GGUF:Q4_K_M -c 4096
llama-cli --hf-repo yes/shell-hf-repo --hf-file x.gguf
ollama run hf.co/yes/shell-ollama:Q8_0
ollama pull no/shell-ollama-own
curl -L https://huggingface.co/yes/shell-curl/resolve/main/a.bin -o models/a.bin
docker run ghcr.io/huggingface/text-generation-inference \\
  --model-id yes/shell-tgi
lm_eval --model hf --model_args pretrained=yes/shell-eval,dtype=auto --tasks no/tasks
python train.py model.name=yes/shell-hydra hub_model_id=no/shell-output
bash -c "text-generation-launcher --model-id yes/shell-nested"
hf upload no/shell-upload ./out
optimum-cli export onnx --model yes/shell-optimum onnx_out/
python - <<'PY'
from transformers import AutoModel
AutoModel.from_pretrained(
    "yes/shell-python",
)
PY
echo "done"
""",
    "Makefile": "MODEL ?= yes/make-variable\nserve:\n\t@echo don't stop\n\tvllm serve $(MODEL)\n"
    "get:\n\thf download yes/make-command\n",
    ".env": "MODEL_NAME=yes/dotenv\nOPENAI_MODEL=openai/gpt-4o\n",
    ".env.example": 'EMBEDDING_MODEL="yes/dotenv-example"\n',
    "main.tf": 'resource "x" "y" {\n  environment = {\n    HF_MODEL_ID = "yes/terraform"\n  }\n}\n',
    "app.ini": "[model]\n; model = no/ini-comment\nmodel_name = yes/ini\n",
    "Procfile": "web: vllm serve yes/procfile --port $PORT\n",
}
"""Files by name."""
