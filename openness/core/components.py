"""The one list of what a publisher can release (components) and of what else is found about a release (aspects).

The first seventeen components have the names of the Model Openness Framework (White et al. 2024,
https://arxiv.org/abs/2403.13784, section 5) and the kinds of its tool's settings. The safety components answer the episode's
marks 00:26 and 00:51.
"""

from __future__ import annotations

from enum import StrEnum

from openness.core.record import record


class Kind(StrEnum):
    """The kind of a component; it decides which licences are open ones for it (MOF, section 6)."""

    CODE = "code"
    DATA = "data"
    DOCUMENT = "document"


@record(frozen=True, slots=True)
class Component:
    """One thing a publisher can release.

    `definition` says what the component is, `released` what must be there for the status `released`.
    """

    id: str
    name: str
    kind: Kind
    group: str
    definition: str
    released: str


@record(frozen=True, slots=True)
class Aspect:
    """Something found about a release that is not a component; `values` lists what it may say (): a status only."""

    id: str
    name: str
    definition: str
    values: tuple[str, ...] = ()


def _mof(key: str, name: str, kind: Kind, definition: str, released: str) -> Component:
    return Component(key, name, kind, "mof", definition, released)


def _safety(key: str, name: str, kind: Kind, definition: str, released: str) -> Component:
    return Component(key, name, kind, "safety", definition, released)


_COMPONENTS = (
    _mof(
        "model-architecture",
        "Model architecture",
        Kind.CODE,
        "The structure of the network as code or as a complete configuration.",
        "Code or a configuration file from which the network can be built.",
    ),
    _mof(
        "data-preprocessing-code",
        "Data preprocessing code",
        Kind.CODE,
        "The code that collected, filtered, de-duplicated and tokenised the training data.",
        "That code can be read in a public repository.",
    ),
    _mof(
        "training-code",
        "Training code",
        Kind.CODE,
        "The code with which this release was trained, with its arguments and settings.",
        "That code can be read in a public repository.",
    ),
    _mof(
        "inference-code",
        "Inference code",
        Kind.CODE,
        "Code that runs the model.",
        "Code in the repository, or a public library, that runs the model.",
    ),
    _mof(
        "evaluation-code",
        "Evaluation code",
        Kind.CODE,
        "The code behind the published evaluation.",
        "That code, or the public harness that was used, can be read.",
    ),
    _mof(
        "supporting-libraries-and-tools",
        "Supporting libraries and tools",
        Kind.CODE,
        "Libraries and tools that the work needed: tokenizer, data loaders, search for hyper-parameters.",
        "They are public.",
    ),
    _mof(
        "model-parameters-final",
        "Model parameters (final)",
        Kind.DATA,
        "The trained weights of the release.",
        "A complete set of weight files can be downloaded.",
    ),
    _mof(
        "model-parameters-intermediate",
        "Model parameters (intermediate)",
        Kind.DATA,
        "Checkpoints from key stages of the training.",
        "Several checkpoints can be downloaded.",
    ),
    _mof(
        "datasets",
        "Datasets",
        Kind.DATA,
        "The data the release was trained on, in every stage.",
        "The exact data can be downloaded.",
    ),
    _mof(
        "evaluation-data",
        "Evaluation data",
        Kind.DATA,
        "The data the published evaluation used.",
        "It can be downloaded.",
    ),
    _mof(
        "model-metadata",
        "Model metadata",
        Kind.DATA,
        "Machine-readable facts about the release.",
        "Metadata stand beside the weights.",
    ),
    _mof(
        "sample-model-outputs",
        "Sample model outputs",
        Kind.DATA,
        "Examples of what the model produces.",
        "Examples are shown.",
    ),
    _mof(
        "model-card",
        "Model card",
        Kind.DOCUMENT,
        "The document that introduces the model, its uses and limits.",
        "A card with content of its own.",
    ),
    _mof(
        "data-card",
        "Data card",
        Kind.DOCUMENT,
        "The document that describes the training data: sources, collection, curation.",
        "A data card, data sheet or data statement can be read.",
    ),
    _mof(
        "technical-report", "Technical report", Kind.DOCUMENT, "A report on how the model was built.", "It can be read."
    ),
    _mof("research-paper", "Research paper", Kind.DOCUMENT, "A scholarly paper about the model.", "It can be read."),
    _mof(
        "evaluation-results",
        "Evaluation results",
        Kind.DOCUMENT,
        "Measured results of the model.",
        "Figures are published.",
    ),
    _safety(
        "safety-data",
        "Safety data",
        Kind.DATA,
        "Preference or safety data used to tune the model's behaviour.",
        "It can be downloaded.",
    ),
    _safety(
        "reward-model",
        "Reward or preference model",
        Kind.DATA,
        "The model that scored answers while the release was tuned.",
        "Its weights can be downloaded.",
    ),
    _safety(
        "safety-evaluation",
        "Safety evaluation",
        Kind.DOCUMENT,
        "Measured results on safety, bias or toxicity.",
        "Figures or a report are published.",
    ),
    _safety(
        "usage-policy",
        "Usage policy",
        Kind.DOCUMENT,
        "What the publisher asks users not to do.",
        "The policy can be read.",
    ),
    _safety(
        "alignment-description",
        "Alignment description",
        Kind.DOCUMENT,
        "How safety tuning (for example RLHF) was done.",
        "Method, data and evaluation of the tuning are described.",
    ),
)

_ASPECTS = (
    Aspect(
        "access",
        "Access",
        "How an outsider gets the weights (episode 00:02, 00:32).",
        ("open", "click-through", "manual-approval", "mirror", "leak", "api-only", "private", "disabled"),
    ),
    Aspect(
        "access-reason",
        "Reason for held-back access",
        "Whether a reason and a condition for opening are given where access is held back (episode 00:38).",
    ),
    Aspect("licence", "Licence", "The terms on which the release may be used (episode 00:03).", ()),
    Aspect(
        "licence-conflict", "Licence sources", "Whether the places that state a licence agree.", ("agree", "disagree")
    ),
    Aspect(
        "safety-tuning",
        "Safety tuning",
        "Whether the release was tuned for safety (episode 00:51).",
        ("none", "not-for-safety", "instruct", "tuned"),
    ),
    Aspect(
        "variants",
        "Variants",
        "Which variants the publisher released (episode 00:51).",
        ("base-only", "tuned-only", "both"),
    ),
    Aspect("intended-use", "Intended use", "Whether intended users, uses and limits are stated (episode 00:18)."),
    Aspect(
        "design-choices",
        "Design choices",
        "Whether data mix, tokenizer, hyper-parameters and compute are documented (episode 00:50).",
    ),
    Aspect(
        "openness-claim",
        "Openness claim",
        "What the publisher calls the release (episode 00:13).",
        ("fully-open", "open-source", "open-weights", "open-science", "none"),
    ),
    Aspect("governance", "Governance", "Whether the terms bind the publisher, and who can object (episode 00:55)."),
    Aspect(
        "lineage",
        "Lineage",
        "What the release was made from.",
        ("original", "finetune", "adapter", "quantized", "merge"),
    ),
    Aspect(
        "lineage-terms",
        "Terms of its base",
        "Whether the licence it states grants more than the licences of what it was made from.",
        ("compatible", "base-terms-apply", "relicensed-without-right"),
    ),
    Aspect(
        "data-terms",
        "Terms of its data",
        "Whether data sets it names are under terms that are narrower than its own: a risk, no verdict.",
        ("no-risk-seen", "risk"),
    ),
    Aspect("pretraining-data", "Pre-training data", "What is said of the data of the first training."),
    Aspect(
        "tuning-data", "Tuning data", "What is said of the data of fine-tuning, preference data apart (safety data)."
    ),
    Aspect(
        "data-kind",
        "Kind of training data",
        "The least shareable kind of training data that is named (OSAID 1.0, data information).",
        ("open-data", "public-data", "obtainable-data", "unshareable-data"),
    ),
    # What only a person can tell from the documents; rubrics ask for it and attestations answer.
    Aspect(
        "training-methodology",
        "Account of the training",
        "Whether it is written down how the model was trained, in enough detail to do it again (OSAID checklist).",
    ),
    Aspect(
        "data-scope",
        "Account of the data's scope",
        "Whether scope and characteristics of all training data are described in full (OSAID checklist).",
    ),
    Aspect(
        "data-provenance",
        "Account of the data's provenance",
        "Whether it is said of all training data where they are from and how they were obtained (OSAID checklist).",
    ),
    Aspect(
        "data-labelling",
        "Account of the labelling",
        "Whether labelling procedures are described, where data were labelled (OSAID checklist).",
    ),
    Aspect(
        "data-cleaning",
        "Account of the data's processing",
        "Whether processing, filtering and cleaning of the data are described (OSAID checklist).",
    ),
    Aspect(
        "code-documentation",
        "Documentation of the code",
        "Whether the code is documented well enough to be worked with.",
    ),
    Aspect("peer-review", "Peer-reviewed paper", "Whether a paper about the model passed peer review."),
    Aspect("package", "Package", "Whether it can be had as a versioned package from an index."),
    Aspect("api", "Public interface", "Whether there is a documented interface that anyone may call."),
    Aspect(
        "copyright-policy",
        "Copyright policy",
        "Whether the provider publishes a policy to comply with copyright law (Regulation (EU) 2024/1689, Art. 53(1)(c)).",
    ),
    Aspect(
        "training-content-summary",
        "Summary of training content",
        "Whether a summary of the content used for training is public (Regulation (EU) 2024/1689, Art. 53(1)(d)).",
    ),
    Aspect(
        "monetisation",
        "Monetisation",
        "Whether the model is paid for: by a price, by a tie to paid services, or with personal data.",
        ("none", "monetised"),
    ),
    Aspect(
        "systemic-risk",
        "Systemic risk",
        "Whether systemic risk is presumed: more than 10^25 FLOP of training compute (Regulation (EU) 2024/1689, Art. 51(2)).",
        ("not-presumed", "presumed"),
    ),
)

COMPONENTS: dict[str, Component] = {component.id: component for component in _COMPONENTS}
ASPECTS: dict[str, Aspect] = {aspect.id: aspect for aspect in _ASPECTS}


def name_of(about: str) -> str:
    """The name that readers see for a component's or an aspect's id; an id that is not known stands for itself."""
    known = COMPONENTS.get(about) or ASPECTS.get(about)
    return known.name if known else about


_VALUE_WORDS = {
    "none": "none (a base model)",
    "instruct": "tuned to follow instructions",
    "tuned": "tuned for safety",
    "not-for-safety": "none (tuned, but not for safety)",
    "open": "open download",
    "leak": "leaked",
    "mirror": "torrent or mirror",
    "api-only": "API only",
}


def value_words(value: str) -> str:
    """The words that readers see for what an aspect says."""
    return _VALUE_WORDS.get(value, value.replace("-", " "))
