"""Weights: formats, completeness, checkpoints, architecture, metadata; all by names, no weight is opened."""

from __future__ import annotations

import pytest

from openness.core.finding import AT_LEAST_DESCRIBED, Status
from tests.unit.probing import findings

FINAL = "model-parameters-final"
STEPS = "model-parameters-intermediate"


@pytest.mark.parametrize(
    "path",
    [
        "model.safetensors",
        "pytorch_model.bin",
        "tale.Q4_K_M.gguf",
        "onnx/model.onnx",
        "tf_model.h5",
        "flax_model.msgpack",
        "consolidated.00.pth",
        "v1.ckpt",
        "model.pkl",
        "deep/down/weights.npz",
    ],
)
def test_every_common_format_is_weights(path: str) -> None:
    found = findings("", ("README.md", path))[FINAL]
    assert found.status is Status.RELEASED
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    "path",
    [
        "training_args.bin",
        "optimizer.pt",
        "scheduler.pt",
        "rng_state_0.pth",
        "global_step5/zero_pp_rank_0_mp_rank_00_optim_states.pt",
        "tokenizer.model",
        "vocab.bin",
        "weights.md",
        "model.safetensors.index.json",
    ],
)
def test_what_only_stands_beside_weights_is_none(path: str) -> None:
    assert findings("", ("README.md", path))[FINAL].status is Status.SILENT


def test_a_missing_shard_makes_a_part() -> None:
    found = findings("", ("model-00001-of-00003.safetensors", "model-00003-of-00003.safetensors"))[FINAL]
    assert found.status is Status.PARTIAL
    assert "model-00002-of-00003.safetensors" in found.evidence[0].note


def test_all_shards_are_whole_whether_they_count_from_nought_or_one() -> None:
    for first in (0, 1):
        paths = tuple(f"model-{n:05d}-of-00002.safetensors" for n in range(first, first + 2))
        assert findings("", paths)[FINAL].status is Status.RELEASED


def test_another_complete_set_makes_up_for_missing_shards() -> None:
    whole = ("pytorch_model-00001-of-00002.bin", "model.safetensors")
    assert findings("", whole)[FINAL].status is Status.RELEASED


def test_adapters_and_deltas_are_a_part() -> None:
    assert findings("", ("adapter_model.safetensors", "adapter_config.json"))[FINAL].status is Status.PARTIAL
    assert findings("", ("model.safetensors",), id="lab/tale-7b-delta")[FINAL].status is Status.PARTIAL


def test_hostile_shard_numbers_cost_nothing() -> None:
    assert findings("", ("model-99999-of-99999.safetensors", "-00000-of-00000.bin"))[FINAL].status is Status.RELEASED


@pytest.mark.parametrize("about", [FINAL, "model-architecture"])
def test_without_a_file_list_weights_are_unknown(about: str) -> None:
    assert findings("The weights are here.", listed=False)[about].status is Status.UNKNOWN


def test_folders_of_steps_are_checkpoints() -> None:
    assert findings("", ("step100/model.safetensors", "step200/model.safetensors"))[STEPS].status is Status.RELEASED


def test_shards_of_one_step_are_one_checkpoint() -> None:
    paths = ("checkpoint-100/model-00001-of-00002.safetensors", "checkpoint-100/model-00002-of-00002.safetensors")
    assert findings("", paths)[STEPS].status is Status.UNKNOWN


@pytest.mark.parametrize(
    "card",
    [
        "We provide 154 intermediate checkpoints, hosted as branches.",
        "Training checkpoints of every 1000 steps are released.",
        '```python\nmodel = AutoModel.from_pretrained("lab/tale", revision="step3000")\n```',
    ],
)
def test_checkpoints_that_a_card_speaks_of_are_at_least_described(card: str) -> None:
    found = findings(card, ("README.md",))[STEPS]
    assert found.status is Status.UNKNOWN
    assert found.possible == AT_LEAST_DESCRIBED


@pytest.mark.parametrize(
    "card",
    [
        "Intermediate checkpoints of the training will be released.",
        "We thank the authors of the intermediate checkpoints at every step.",
        "Loading a specific checkpoint is easy.",
        "<!-- We provide 154 intermediate checkpoints. -->",
    ],
)
def test_promises_and_other_checkpoints_are_none(card: str) -> None:
    assert not findings(card, ("README.md",))[STEPS].possible


def test_withheld_checkpoints() -> None:
    card = "We do not release intermediate checkpoints of the training."
    assert findings(card, ("README.md",))[STEPS].status is Status.WITHHELD


@pytest.mark.parametrize("path", ["config.json", "transformer/config.json", "model_index.json", "modeling_tale.py"])
def test_a_configuration_is_the_architecture(path: str) -> None:
    assert findings("", ("README.md", path))["model-architecture"].status is Status.RELEASED


def test_architecture_may_be_described_or_silent() -> None:
    card = "## Model architecture\n\nA transformer decoder of 32 layers with rotary positions."
    assert findings(card, ("README.md",))["model-architecture"].status is Status.DESCRIBED
    assert findings("", ("README.md",))["model-architecture"].status is Status.SILENT


def test_metadata_are_more_than_a_licence() -> None:
    assert findings("---\nlicense: mit\n---\n")["model-metadata"].status is Status.SILENT
    assert findings("---\nlicense: mit\nlanguage: en\n---\n")["model-metadata"].status is Status.RELEASED
    assert findings("---\nlicense: mit\ntags: [a]\n---\n")["model-metadata"].status is Status.PARTIAL
    assert findings("---\nlanguage: [en\n---\n")["model-metadata"].status is Status.UNKNOWN
