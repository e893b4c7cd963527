"""Probes see what they declare, and no more; what was not seen, or not understood, is unknown and decides nothing.

A *crippled* release is one of whose facts one kind could not be seen, as a source would say it. The crippled release may be
completed in many ways, and the release as it was is one of them. So what is certain of the crippled release must be true of
the whole one: a gate that is certain has the same state there, and a finding that is certain is the same there (but for a
licence that it leaves open). In particular a probe's subjects are never silent where a fact is missing that it declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from openness.core.finding import Finding, Status
from openness.core.release import Ancestor, File, Gating, Need, ReadText, Reason, Release, Unread
from openness.core.scorecard import GateState
from openness.probes import assess, register, runner
from openness.probes.base import PROBES, Probe, places
from openness.probes.reading import KINDS, Reading, Shared, Undeclared, View, shared
from openness.rubric import library
from openness.rubric.assess import judged
from openness.rubric.compile import Compiled
from openness.sources import catalogue
from tests.benchmarks import releases as recorded
from tests.unit.probing import findings, release

register()
OF = {about: each for each in PROBES.values() for about in each.finds}
"""The probe that finds a subject."""
EMPTY: dict[Need, dict[str, Any]] = {
    Need.CARD: {"card": None},
    Need.CARD_METADATA: {"metadata": {}},
    Need.FILE_LIST: {"files": ()},
    Need.LICENCE_TEXT: {"texts": ()},
    Need.GATING: {"gated": None},
    Need.LINEAGE: {"base_models": (), "base_relation": None, "ancestors": ()},
    Need.HUB_INFO: {"tags": ()},
}
"""What is left of a release where a kind of fact could not be seen."""
REASONS = (Reason.UNREACHABLE, Reason.MALFORMED, Reason.TOO_LARGE, Reason.GATED)
OPEN_ENDED = (Need.LINKED, Need.REVISIONS)
"""Needs that no source meets whole."""
SAMPLE = 230
"""Releases of the corpus that are looked at."""

RICH = """---
license: apache-2.0
datasets: [lab/corpus]
base_model: other/base-7b
arxiv: 2401.00001
model-index: [{name: tale}]
widget: [{output: {text: hello}}]
extra_gated_prompt: You must agree to share your name in order to get access to this model.
language: en
---
# Tale 7B

Tale is an open source model. We release the weights under the Apache 2.0 license. It was trained on a mix of proprietary
data and Wikipedia. The training code is at https://github.com/lab/tale-train and the evaluation code is not released.
You can request access because we want to prevent misuse. Weights are had by magnet:?xt=urn:btih:0123456789 too.

## Training data
The data are in https://huggingface.co/datasets/lab/corpus. We filtered and deduplicated Common Crawl (40% of 2 TB).

## Evaluation results
It scores 71.2% on MMLU and 64.3% on HellaSwag. ![plot](https://lab.example/plot.png)

## Intended uses
It is intended for research on tales; it has not been aligned and has no moderation. See our paper on arxiv.org/abs/2401.00001.
"""
PLAIN = """# Tale 7B
Tale was trained on web pages. Evaluation code is described in the technical report. More results are in the paper.
The training code is not released. Tale is an instruction-tuned model without any safety alignment.

@article{tale, title = {Base: a model}, journal = {arXiv}}

## Evaluation results
Results are shown here. ![plot](https://lab.example/plot.png) They were measured on many tasks over a long time.
"""
FILES = ("README.md", "LICENSE", "config.json", "model.safetensors", "train.py", "eval_results.json", "use_policy.md")
MIT = """MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""
HUB_SAYS: dict[str, Any] = {"gated": "manual", "tags": ["text-generation"], "author": "lab"}


def whole(each: Release) -> Release:
    """A release of which every fact counts as seen, but for those that no source sees whole."""
    missing = {need: why for need, why in each.missing.items() if need in OPEN_ENDED}
    card = replace(each.card, truncated=False) if each.card else None
    return replace(each, missing=missing, card=card, gated=each.gated or Gating.NONE)


def written(card: str, files: tuple[str, ...] = FILES, name: str = "lab/tale-7b-instruct", **fields: Any) -> Release:
    """A made-up release that was seen whole."""
    texts = (ReadText("LICENSE", MIT),) if "LICENSE" in files else ()
    built = replace(release(card, files, name, **HUB_SAYS), texts=texts)
    return whole(replace(built, **fields))


def made_up() -> Iterator[Release]:
    """Releases that say much, little and nothing, each with and without weights, a licence text and ancestors."""
    bases: dict[str, Any] = {
        "base_models": ("other/base-7b",),
        "base_relation": "finetune",
        "ancestors": (
            Ancestor("model", "other/base-7b", {"license": "cc-by-nc-4.0"}, "https://huggingface.co/other/base-7b"),
            Ancestor("dataset", "lab/corpus", {"license": "cc-by-nc-4.0"}),
        ),
    }
    for card in (RICH, PLAIN, RICH.replace("apache-2.0", "cc-by-nc-4.0"), "---\nlicense: mit\n---\n# Tale\n", ""):
        for files in (FILES, ("README.md", "config.json"), ("README.md", "LICENSE", "model.bin"), ("README.md",)):
            yield written(card, files)
            yield written(card, files, **bases)
            yield written(card, files, name="lab/base-7b-own", **bases)


@pytest.fixture(scope="module")
def real(corpus: Path) -> list[Release]:
    """Releases of the corpus, evenly spread, as if every fact had been seen."""
    every = recorded.releases(corpus)
    return [whole(each.release()) for each in every[:: max(1, len(every) // SAMPLE)]]


def crippled(each: Release, need: Need, reason: Reason) -> Release:
    """The release as a source gives it that could not see one kind of fact."""
    return replace(each, **EMPTY[need], missing={**each.missing, need: Unread(reason, "crippled")})


def unlisted(each: Release, reason: Reason) -> Release:
    """The release as the Hub's source gives it without a file list: what stands in files was not seen either."""
    for need in (Need.FILE_LIST, Need.CARD, Need.LICENCE_TEXT):
        each = crippled(each, need, reason)
    return each


@cache
def rubrics() -> Mapping[str, Compiled]:
    """Every bundled rubric."""
    return {name: library.load(name).compiled for name in library.names()}


def gates(each: Release, found: Iterable[Finding]) -> dict[str, GateState]:
    """The state of every gate of every bundled rubric."""
    found = list(found)
    return {
        f"{name}/{gate}": result.state
        for name, rubric in rubrics().items()
        for gate, result in judged(each, found, rubric).gates.items()
    }


def answer(finding: Finding) -> tuple[object, ...]:
    """What is certain of a finding, besides its licence."""
    value = None if finding.about == "licence" else finding.value
    return finding.status, value


def decides(finding: Finding) -> tuple[object, ...]:
    """All of a finding that a rubric looks at."""
    return finding.status, finding.value, finding.licence, finding.confidence, finding.possible


def check(each: Release, cripples: Iterable[tuple[tuple[Need, ...], Release]], judge: bool = True) -> None:
    """Hold the findings on crippled releases, and the gates that look at them, against those on the whole one."""
    full = {finding.about: finding for finding in assess(each)}
    of_full = gates(each, full.values()) if judge else {}
    for needs, less in cripples:
        found = assess(less)
        for finding in found:
            place = f"{each.id}: {finding.about} without {needs}"
            declared = OF[finding.about].sees
            if finding.status is Status.SILENT and finding.licence is None:
                assert declared.isdisjoint(needs), place
            if finding.status is not Status.UNKNOWN:
                assert answer(finding) == answer(full[finding.about]), place
                if finding.licence is not None:
                    assert finding.licence == full[finding.about].licence, place
        if judge and any(decides(finding) != decides(full[finding.about]) for finding in found):
            for gate, state in gates(less, found).items():
                assert state in (GateState.OPEN, of_full[gate]), f"{each.id}: {gate} without {needs}"


def test_nothing_is_certain_of_a_made_up_release_that_the_missing_fact_may_change() -> None:
    reason = Reason.UNREACHABLE
    for each in made_up():
        cripples = [((need,), crippled(each, need, reason)) for need in EMPTY]
        check(each, [*cripples, ((Need.FILE_LIST, Need.CARD, Need.LICENCE_TEXT), unlisted(each, reason))])


@pytest.mark.parametrize("reason", REASONS[1:])
def test_no_reason_makes_a_difference(reason: Reason) -> None:
    for each in made_up():
        check(each, [((need,), crippled(each, need, reason)) for need in EMPTY], judge=False)


def test_nothing_is_certain_that_two_missing_facts_may_change() -> None:
    reason = Reason.MALFORMED
    pairs = [(one, other) for one in EMPTY for other in EMPTY if one < other]
    for each in made_up():
        check(each, [(pair, crippled(crippled(each, pair[0], reason), pair[1], reason)) for pair in pairs], judge=False)


def test_nothing_is_certain_of_a_real_release_that_the_missing_fact_may_change(real: list[Release]) -> None:
    assert len(real) >= 200
    for number, each in enumerate(real):
        reason = REASONS[number % len(REASONS)]
        cripples: list[tuple[tuple[Need, ...], Release]] = []
        cripples += [((need,), crippled(each, need, reason)) for need in EMPTY]
        cripples.append(((Need.FILE_LIST, Need.CARD, Need.LICENCE_TEXT), unlisted(each, reason)))
        check(each, cripples, judge=number % 3 == 0)  # to judge takes ten times as long as to look


@pytest.mark.parametrize("reason", REASONS)
def test_the_reason_of_a_missing_fact_is_told(reason: Reason) -> None:
    less = crippled(written("# Tale\n", ("README.md",)), Need.CARD_METADATA, reason)
    metadata = next(finding for finding in assess(less) if finding.about == "model-metadata")
    assert metadata.missing == Unread(reason, "crippled")


# ---- what is not declared is not there


def asks(helper: Shared[int]) -> Any:
    """The body of a probe that asks a helper and finds nothing."""

    def body(view: View) -> list[Finding]:
        helper(view)
        return []

    return body


def touches(*kinds: str) -> Any:
    """The body of a probe that touches kinds of fact and finds nothing."""

    def body(view: View) -> list[Finding]:
        for kind in kinds:
            getattr(view, kind)
        return []

    return body


def a_probe(body: Any, *needs: Need, uses: tuple[Shared[Any], ...] = ()) -> Probe:
    return Probe("curious", ("intended-use",), needs, (), uses, (), body, frozenset(needs))


@pytest.mark.parametrize("need", KINDS)
def test_touching_what_is_not_declared_raises_in_tests_and_is_unknown_in_production(
    need: Need, monkeypatch: pytest.MonkeyPatch
) -> None:
    curious = a_probe(touches(KINDS[need]))
    reading = Reading(written(RICH))
    with pytest.raises(Undeclared, match=f"curious does not declare .* {KINDS[need]}"):
        runner.run_one(curious, reading)
    monkeypatch.setattr(runner, "strict", False)
    [finding] = runner.run_one(curious, reading)
    assert finding.missing is not None
    assert finding.missing.reason is Reason.PROBE_ERROR
    assert "Undeclared" in finding.missing.detail


def test_what_is_declared_is_there() -> None:
    curious = a_probe(touches(*KINDS.values()), *KINDS)
    assert runner.run_one(curious, Reading(replace(written(RICH), missing={})))[0].status is Status.SILENT


def test_a_view_has_no_way_round_to_the_release() -> None:
    view = View(Reading(written(RICH)), "curious", frozenset())
    with pytest.raises(AttributeError):
        view.release  # noqa: B018  (the attribute is what is tried)
    with pytest.raises(Undeclared):
        view.sees(Need.CARD)
    assert (view.id, view.name, view.account) == ("lab/tale-7b-instruct", "tale-7b-instruct", "lab")


@shared(Need.FILE_LIST)
def _count(view: View) -> int:
    return len(view.files.paths)


@shared(uses=(_count,))
def _twice(view: View) -> int:
    return 2 * _count(view)


def test_a_helper_is_declared_like_a_fact_and_runs_once_with_a_view_of_its_own() -> None:
    reading = Reading(written(RICH))
    with pytest.raises(Undeclared, match="uses _count"):
        runner.run_one(a_probe(asks(_count)), reading)
    for _ in range(2):
        runner.run_one(a_probe(asks(_twice), uses=(_twice,)), reading)
    assert {helper: answer.value for helper, answer in reading.answers.items()} == {
        _count: len(FILES),
        _twice: 2 * len(FILES),
    }


def test_what_a_helper_could_not_see_keeps_those_that_asked_it_from_silence() -> None:
    asking = a_probe(asks(_twice), uses=(_twice,))
    idle = a_probe(touches(), uses=(_twice,))
    less = Reading(crippled(written(RICH), Need.FILE_LIST, Reason.GATED))
    assert runner.run_one(asking, less)[0].missing == Unread(Reason.GATED, "crippled")
    assert runner.run_one(idle, less)[0].status is Status.SILENT
    assert runner.run_one(asking, Reading(written(RICH)))[0].status is Status.SILENT


def test_the_places_of_a_probe_are_told_with_those_of_its_helpers() -> None:
    assert places(PROBES["governance"]) == [
        "the card's metadata",
        "the licence files",
        "the model card",
        "the file list",
    ]


# ---- what is not understood is not absent


WEIGHTS = "model-parameters-final"


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("model.zst5", None),
        ("model.weights-v2", 20_000_000),
        ("weights.zip", 3_000_000_000),
        ("all.tar.gz", None),
        ("all.7z", None),
        ("weights", None),
        ("features.pkl", None),
        ("safetensors", None),
        ("big.model", 90_000_000),
    ],
)
def test_a_file_of_a_format_that_is_not_known_may_hold_weights(path: str, size: int | None) -> None:
    siblings = [{"rfilename": "README.md"}, {"rfilename": path, "size": size}]
    finding = findings("# Tale", siblings=siblings)[WEIGHTS]
    assert finding.status is Status.UNKNOWN
    assert finding.missing is not None
    assert path in finding.missing.detail


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("tool.xyz", 2_000),
        ("weights.zip", 40_000),
        ("train.parquet", 3_000_000_000),
        ("film.mp4", 90_000_000),
        ("spiece.model", None),
        ("tokenizer.json", 17_000_000),
        ("LICENSE-MODEL", None),
        (".gitattributes", None),
        ("optimizer.pt", 90_000_000),
    ],
)
def test_a_file_that_is_known_to_hold_none_does_not(path: str, size: int | None) -> None:
    siblings = [{"rfilename": "README.md"}, {"rfilename": path, "size": size}]
    assert findings("# Tale", siblings=siblings)[WEIGHTS].status is Status.SILENT


def test_recognised_weights_stand_beside_a_file_that_is_not_understood() -> None:
    assert findings("# Tale", ("README.md", "model.safetensors", "extra.zip"))[WEIGHTS].status is Status.RELEASED


def test_whether_weights_are_elsewhere_is_open_where_a_file_is_not_understood() -> None:
    access = findings("# Tale\nGet it by magnet:?xt=urn:btih:01.", ("README.md", "all.zip"), gated=False)["access"]
    assert access.status is Status.UNKNOWN
    assert access.possible == (Status.RELEASED,)


@pytest.mark.parametrize(
    ("field", "abouts"),
    [
        ("license: {a: b}", ("licence", "licence-conflict", "governance")),
        ("license: true", ("licence",)),
        ("datasets: 5", ("datasets", "data-card", "data-kind", "data-terms")),
        ("datasets: {a: b}", ("datasets", "data-card", "data-kind", "data-terms")),
        ("base_model: true", ("lineage", "lineage-terms")),
        ("base_model: {a: b}", ("lineage", "lineage-terms")),
        ("model-index: 7", ("evaluation-results", "evaluation-data")),
        ("widget: yes", ("sample-model-outputs",)),
        ("arxiv: soon", ("research-paper",)),
    ],
)
def test_a_field_of_a_wrong_type_is_not_understood(field: str, abouts: tuple[str, ...]) -> None:
    found = findings(f"---\n{field}\n---\n# Tale\n", ("README.md", "model.safetensors"))
    for about in abouts:
        assert found[about].status is Status.UNKNOWN, about
        missing = found[about].missing
        assert missing is not None
        assert missing.reason is Reason.MALFORMED
        assert field.split(":")[0] in missing.detail


def test_what_is_found_elsewhere_stands_beside_a_field_that_is_not_understood() -> None:
    card = "---\narxiv: soon\nmodel-index: 7\n---\n# Tale\nSee [our paper](https://arxiv.org/abs/2401.00001).\n"
    assert findings(card)["research-paper"].status is Status.RELEASED
    licensed = written("---\nlicense: {a: b}\n---\n# Tale\n")
    licence = next(finding for finding in assess(licensed) if finding.about == "licence")
    assert licence.licence is not None
    assert licence.licence.id == "MIT"


def test_a_licence_whose_name_is_not_known_is_not_absent() -> None:
    licence = findings("---\nlicense: other\nlicense_name: the-tale-terms\n---\n# Tale\n")["licence"]
    assert licence.status is Status.RELEASED
    assert licence.licence is not None
    assert licence.licence.name == "the-tale-terms"
    assert licence.value == "unknown"


# ---- the licence, by what was seen of it


def licence_of(each: Release) -> Finding:
    return next(finding for finding in assess(each) if finding.about == "licence")


def test_a_tag_does_not_decide_beside_a_licence_file_that_was_not_read() -> None:
    less = crippled(written("---\nlicense: apache-2.0\n---\n# Tale\n"), Need.LICENCE_TEXT, Reason.UNREACHABLE)
    licence = licence_of(less)
    assert licence.status is Status.UNKNOWN
    assert licence.missing == Unread(Reason.UNREACHABLE, "crippled")
    assert licence.possible == (Status.RELEASED,)
    assert licence.evidence[0].quote == "apache-2.0"
    assert "Apache" in licence.note


def test_a_tag_decides_where_the_repository_holds_no_licence_file() -> None:
    licence = licence_of(written("---\nlicense: apache-2.0\n---\n# Tale\n", ("README.md", "model.safetensors")))
    assert licence.licence is not None
    assert licence.licence.id == "Apache-2.0"


def test_a_licence_in_a_file_that_is_no_text_is_not_read() -> None:
    licence = licence_of(written("---\nlicense: apache-2.0\n---\n# Tale\n", ("README.md", "LICENSE.pdf")))
    assert licence.missing is not None
    assert "LICENSE.pdf" in licence.missing.detail


def test_an_open_licence_in_a_file_waits_for_a_tag_that_was_not_read() -> None:
    """The tag may name a narrower one: then the plain LICENSE is often the code's alone."""
    less = crippled(written("# Tale\n"), Need.CARD_METADATA, Reason.MALFORMED)
    assert licence_of(less).status is Status.UNKNOWN
    assert licence_of(written("# Tale\n")).status is Status.RELEASED


def test_a_file_named_after_the_model_that_was_not_read_leaves_the_plain_one_undecided() -> None:
    both = written("# Tale\n", ("README.md", "LICENSE", "MODEL_LICENSE"))
    less = replace(
        both, missing={**both.missing, Need.LICENCE_TEXT: Unread(Reason.UNREACHABLE, "MODEL_LICENSE: HTTP 503")}
    )
    assert licence_of(less).missing == Unread(Reason.UNREACHABLE, "MODEL_LICENSE: HTTP 503")
    code = written("# Tale\n", ("README.md", "LICENSE", "LICENSE_CODE"))
    less = replace(
        code, missing={**code.missing, Need.LICENCE_TEXT: Unread(Reason.UNREACHABLE, "LICENSE_CODE: HTTP 503")}
    )
    assert licence_of(less).status is Status.RELEASED


def test_no_claim_is_not_concluded_from_a_card_whose_end_was_not_read() -> None:
    card = "# Tale\nA model of tales.\n"
    assert findings(card)["openness-claim"].value == "none"
    assert findings(card, truncated=True)["openness-claim"].status is Status.UNKNOWN


def test_a_size_alone_makes_no_weights() -> None:
    listed = replace(written("# Tale\n", ("README.md",)), files=(File("README.md", 90_000_000),))
    assert next(each for each in assess(listed) if each.about == WEIGHTS).status is Status.SILENT


def test_a_licence_that_the_catalogue_records_is_no_mere_tag() -> None:
    licence = licence_of(catalogue.load("EleutherAI/pythia-12b", "pythia-12b"))
    assert licence.licence is not None
    assert licence.licence.id == "Apache-2.0"
    assert "licence text was not read" in licence.note
