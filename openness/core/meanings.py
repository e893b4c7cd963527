"""What each status means for each component: the one place where that is written down.

`core.components` says what `released` means. This module says what `partial` and `described` mean for each component;
`withheld`, `silent`, `unknown` and `not-applicable` mean the same for all. The meanings follow the Model Openness Framework
(White et al. 2024, https://arxiv.org/abs/2403.13784, section 5) and, for the safety components, the episode's marks 00:26 and
00:51. `openness component show NAME` prints them, and a published site shows them on its method page.
"""

from __future__ import annotations

from openness.core.components import COMPONENTS
from openness.core.finding import Status
from openness.core.record import record

GENERAL: dict[Status, str] = {
    Status.WITHHELD: "The publisher says that it is not released; the words are quoted.",
    Status.SILENT: (
        "Every place where it would be was looked at, and nothing speaks of it; a promise to release it is silence. It counts "
        "against the release."
    ),
    Status.UNKNOWN: (
        "A place where it would be could not be seen, or what was seen there was not understood; the reason is given. It counts "
        "for nobody, and widens the score."
    ),
    Status.NOT_APPLICABLE: "The question does not arise for this release.",
}

_PARTIAL_AND_DESCRIBED: dict[str, tuple[str, str]] = {
    "model-architecture": (
        "Only a part of the network can be built from what is public.",
        "Words say how the network is built; no code or configuration does.",
    ),
    "data-preprocessing-code": (
        "Code for some of the steps, or for some of the data.",
        "Words say how the data were prepared; the code cannot be read, or the link to it is dead or leads to no such code.",
    ),
    "training-code": (
        "Only code to tune the release further, though the card calls it the training code; or a part of the pipeline.",
        "Words name the code or the framework; the code cannot be read, or the link is dead or leads to no such code.",
    ),
    "inference-code": (
        "Code that runs a part of it, or only with parts that are not public.",
        "Words say how it is run; no code or public library does it.",
    ),
    "evaluation-code": (
        "Code for some of the published figures.",
        "Words name the evaluation or its harness; it cannot be read.",
    ),
    "supporting-libraries-and-tools": (
        "Some of the tools that the work needed.",
        "Tools are named; they cannot be had.",
    ),
    "model-parameters-final": (
        "Shards are missing, or it is an adapter or a delta that needs another release's weights.",
        "Words say that there are weights; they cannot be downloaded here.",
    ),
    "model-parameters-intermediate": (
        "Single checkpoints from the course of training.",
        "Words speak of checkpoints; none can be downloaded.",
    ),
    "datasets": (
        "Some of the data sets, or data behind a gate.",
        "The data are named (value: named), given with sources and proportions (value: mixture), or described so that they could "
        "be put together again (value: rebuildable); a dead link, an empty data set and a loading script alone are a name.",
    ),
    "evaluation-data": ("Some of the data of the published figures.", "The data are named; they cannot be downloaded."),
    "model-metadata": (
        "Only labels or the settings of a page: nothing on language, task, library, data, base or results.",
        "Words give such facts; no machine can read them.",
    ),
    "sample-model-outputs": (
        "Pictures or a line of output beside code.",
        "Words say what comes out; nothing is shown.",
    ),
    "model-card": (
        "A card of hardly any words of its own: fewer than sixty. With fewer than fifteen it is silent, template text left out.",
        "Another document is said to be the card.",
    ),
    "data-card": (
        "A section of the model card names sources and says how the data were made; or some of the data sets have cards.",
        "A data card is spoken of, without a way to it; or the page of the data says hardly anything.",
    ),
    "technical-report": ("A post of the makers on how it was built.", "A report is spoken of, without a way to it."),
    "research-paper": (
        "A part of a paper: an abstract, a poster.",
        "A paper is named, without a way to it; or a paper is cited and whether it is about this release is not said.",
    ),
    "evaluation-results": (
        "A single figure, or a picture of results.",
        "The card says where results stand, and gives none.",
    ),
    "safety-data": ("Some of the data of the tuning, or data behind a gate.", "The data of the tuning are named."),
    "reward-model": ("Its weights in part, or behind a gate.", "A reward or preference model is spoken of."),
    "safety-evaluation": (
        "Figures on a part of the risks.",
        "Risks are discussed, or an evaluation is spoken of; no figure is given.",
    ),
    "usage-policy": ("Some uses are ruled out, in the card's own words.", "A policy is named; it cannot be read."),
    "alignment-description": ("Method, data or evaluation of the tuning, but not all three.", "The method is named."),
    "intended-use": ("Intended uses or limits are hinted at.", "Intended uses or limits are stated."),
    "design-choices": (
        "One or two of: hyper-parameters, compute, tokenizer, set-up.",
        "At least three of: hyper-parameters, compute, tokenizer, set-up.",
    ),
    "access-reason": (
        "The gate says what it takes to pass it, not why it is there; or has words of its own that say neither.",
        "The gate, or the card, says why access is held back.",
    ),
}


@record(frozen=True, slots=True)
class Subject:
    """A component or aspect, for a page of its own.

    `kind` is the component's kind, or `aspect`. `values` lists what an aspect may say. `probes` holds the name of each probe
    that finds it, the places that the probe looks at, and what it does. `asked` holds the criteria that look at it, as
    RUBRIC/ID, each with its question.
    """

    id: str
    name: str
    kind: str
    group: str
    definition: str
    statuses: tuple[tuple[Status, str], ...]
    values: tuple[str, ...]
    probes: tuple[tuple[str, str, str], ...]
    asked: tuple[tuple[str, str], ...]


def meaning(about: str, status: Status) -> str:
    """What a status means for a component or aspect, in words; '' where the status is not used for it."""
    if status in GENERAL:
        return GENERAL[status]
    if status is Status.RELEASED:
        return COMPONENTS[about].released if about in COMPONENTS else ""
    partial, described = _PARTIAL_AND_DESCRIBED.get(about, ("", ""))
    return partial if status is Status.PARTIAL else described
