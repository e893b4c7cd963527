"""What Python and JavaScript functions do with the name that they are given: load, write, or send it to an interface."""

from __future__ import annotations

from openness.policy.discovery import naming
from openness.policy.discovery.tables import word_set

READS: dict[str, tuple[int, ...]] = {
    "from_pretrained": (0,),
    "from_hub": (0,),
    "from_single_file": (0,),
    "load_lora_weights": (0,),
    "load_textual_inversion": (0,),
    "load_ip_adapter": (0,),
    "load_adapter": (0,),
    "pipeline": (1,),
    "hf_hub_download": (0,),
    "snapshot_download": (0,),
    "cached_download": (0,),
    "hf_hub_url": (0,),
    "try_to_load_from_cache": (0,),
    "model_info": (0,),
    "repo_info": (0,),
    "list_repo_files": (0,),
    "list_repo_tree": (0,),
    "get_safetensors_metadata": (0,),
    "downloadFile": (),
    "snapshotDownload": (),
    "SentenceTransformer": (0,),
    "SentenceTransformers": (0,),
    "CrossEncoder": (0,),
    "SparseEncoder": (0,),
    "LLM": (0,),
    "AsyncEngineArgs": (0,),
    "EngineArgs": (0,),
    "WhisperModel": (0,),
    "TextEmbedding": (0,),
    "HuggingFaceEmbedding": (0,),
    "HuggingFaceEmbeddings": (),
    "HuggingFaceBgeEmbeddings": (),
    "HuggingFaceInstructEmbeddings": (),
    "HuggingFaceCrossEncoder": (),
    "HuggingFaceEndpoint": (),
    "HuggingFaceHub": (),
    "HuggingFacePipeline": (),
    "from_model_id": (),
    "HuggingFaceLLM": (),
    "InferenceClient": (0,),
    "AsyncInferenceClient": (0,),
    "HfApiModel": (0,),
    "InferenceClientModel": (0,),
    "TransformersModel": (0,),
    "load_model": (0,),
    "create_model": (0,),
    "create_model_and_transforms": (0,),
    "get_tokenizer": (0,),
    "AutoTokenizer": (),
    "SFTTrainer": (0,),
    "DPOTrainer": (0,),
    "GRPOTrainer": (0,),
    "Engine": (),
    "Transformers": (0,),
    "GGUF": (0,),
    "textGeneration": (),
    "textGenerationStream": (),
    "chatCompletion": (),
    "chatCompletionStream": (),
    "featureExtraction": (),
    "CreateMLCEngine": (0,),
    "CreateWebWorkerMLCEngine": (1,),
}
"""Functions that load what they are given from the Hub, with the positions of the arguments that name releases."""
OWNERLESS = frozenset({"from_pretrained", "pipeline", "SentenceTransformer", "CrossEncoder", "hf_hub_download"})
"""Functions to which a single word such as gpt2 is a name on the Hub."""
WRITES = word_set(
    "push_to_hub create_repo upload_file upload_folder upload_large_folder create_commit delete_repo "
    "create_branch create_tag update_repo_settings update_repo_visibility push_to_hub_merged push_to_hub_gguf "
    "save_to_hub push_to_hub_keras push_to_hub_fastai package_to_hub duplicate_space move_repo delete_file "
    "delete_folder add_space_secret createRepo uploadFile uploadFiles uploadFilesWithProgress deleteRepo "
    "deleteFile metadata_update super_squash_history pushToHub"
)
"""Functions that make or change a repository on the Hub."""
_DATASETS = frozenset(
    [
        "load_dataset",
        "load_dataset_builder",
        "dataset_info",
        "get_dataset_config_names",
        "get_dataset_split_names",
        "get_dataset_infos",
        "list_datasets",
        "read_parquet",
    ]
)
_SPACES = frozenset({"load_tool", "get_space_runtime", "space_info", "restart_space", "pause_space"})
_ENDS = (
    "completions.create", "responses.create", "embeddings.create", "messages.create", "messages.stream", "images.generate",
    "completions.parse", "responses.parse", "responses.stream", "completions.stream", "transcriptions.create", "speech.create",
    "moderations.create", "models.generate_content", "beta.assistants.create", "assistants.create", "chat.complete",
    "chat.stream", "replicate.run", "jobs.create", "chat.send",
)  # fmt: skip
_CLIENTS = word_set(
    "completion acompletion text_completion aembedding ChatOpenAI OpenAI AsyncOpenAI AzureOpenAI AzureChatOpenAI "
    "ChatAnthropic Anthropic ChatGoogleGenerativeAI GenerativeModel ChatGroq ChatMistralAI ChatLiteLLM LiteLLM "
    "LiteLLMModel ChatOpenRouter OpenRouter OpenRouterModel OpenAIModel OpenAIChatModel OpenAIServerModel "
    "OpenAIEmbeddings OpenAIEmbedding OpenAILike LiteLLMProvider LM ChatTogether Together TogetherLLM Fireworks "
    "ChatFireworks ChatPerplexity ChatDeepSeek Cohere ChatCohere ChatBedrock BedrockLLM ChatVertexAI VertexAI "
    "GroqModel AnthropicModel GoogleModel init_chat_model Replicate openrouter openai anthropic google groq "
    "createOpenRouter togetherai fireworks deepinfra cost_per_token token_counter get_llm_provider "
    "batch_completion OpenAIChatCompletionClient OpenAIChat LiteLlm LiteLLMClient"
)
_AT_HOME = frozenset({"InferenceClient", "AsyncInferenceClient", "HfInference", "LLM", "HuggingFaceEndpoint"})


def name(callee: str) -> str:
    """The last step of a dotted callee."""
    return callee.rpartition(".")[2]


def on_the_hub(callee: str) -> bool:
    """Whether a client sends its requests to the Hub's own inference, so that its models are releases."""
    return name(callee) in _AT_HOME


def interface(callee: str) -> bool:
    """Whether a function sends its model's name to an interface: client.chat.completions.create, litellm.completion."""
    return callee.endswith(_ENDS) or name(callee) in _CLIENTS or callee in ("litellm.embedding", "together.embed")


def no_release(callee: str) -> str:
    """What a function reads or writes where it is no release that is used, else the empty string."""
    last = name(callee)
    if last in WRITES:
        return naming.OUTPUT
    if last in _DATASETS or callee in ("Dataset.from_hub", "datasets.load", "Dataset.from_pretrained"):
        return naming.DATASET
    if last in _SPACES or callee == "evaluate.load":
        return naming.SPACE
    return naming.GITHUB if callee in ("torch.hub.load", "hub.load", "torch.hub.list") else ""


LOADS = frozenset(
    {
        "mlx_lm.load",
        "mlx_vlm.load",
        "mlx_lm.utils.load",
        "outlines.models.transformers",
        "models.transformers",
        "gr.load",
    }
    | {"gradio.load", "gr.Interface.load", "mlx_embeddings.load", "outlines.models.vllm", "models.vllm"}
)
"""Functions with names too common to stand alone: their first argument is loaded from the Hub."""
SHELLS = word_set(
    "system popen run call check_call check_output Popen getoutput getstatusoutput run_commands bash sh execSync "
    "exec spawn create_subprocess_shell execaCommand"
)
"""Functions that run a command that is given as one string."""


def positions(callee: str) -> tuple[int, ...] | None:
    """Where a function that loads from the Hub takes its releases; None for any other function."""
    last = name(callee)
    if callee in LOADS:
        return (0,)
    if last == "from_pretrained" and "peft" in callee.lower():
        return (0, 1)
    return READS.get(last)
