"""The second look: what findings become once the card's links were followed. Names here are made up."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from openness import probes
from openness.core.finding import AT_LEAST_DESCRIBED, Confidence, Evidence, Finding, Method, Status
from openness.core.release import File, Gating, Linked, Need, Provenance, ReadText, Reason, Release, Unread
from openness.probes import holdings
from openness.probes.base import SECOND_LOOKS
from openness.probes.reading import Reading, View
from openness.sources.cards import read_card

CODE = "https://github.com/makers/zubat"
OTHER = "https://github.com/strangers/toolbox"
DATA = "https://huggingface.co/datasets/makers/set"
PAPER = "https://arxiv.org/abs/2310.06825"
SEEN = "2026-01-02"
INTRO = "# Zubat\n\nZubat is a language model for research on text.\n\n"


def place(url: str, kind: str = "code", *files: str, **fields: Any) -> Linked:
    given: dict[str, Any] = {"exists": True, "title": url.partition(".com/")[2], "links": (url,), "line": 5}
    given |= {"files": tuple(map(File, files)), "files_at": f"{url}/blob/HEAD/", "seen_on": SEEN}
    return Linked(url, kind, **(given | fields))


def release(text: str, *linked: Linked, metadata: dict[str, Any] | None = None, **fields: Any) -> Release:
    card, _ = read_card("README.md", INTRO + text)
    given: dict[str, Any] = {"revision": "a" * 40, "url": "https://huggingface.co/makers/zubat-7b", "card": card}
    given |= {"name": "zubat-7b", "publisher": "makers", "metadata": metadata or {}, "linked": linked}
    return Release("makers/zubat-7b", "makers/zubat-7b", Provenance("hub", SEEN), **(given | fields))


def finding(about: str, of: Release) -> Finding:
    return next(each for each in probes.assess(of) if each.about == about)


def looked_again(first: Finding, of: Release) -> Finding:
    """A finding after the second look, whatever the probes themselves would have said."""
    look = SECOND_LOOKS[first.about]
    return look.body(View(Reading(of), first.probe, look.sees, look.uses), first)


def said(about: str, status: Status, quote: str, line: int = 5, **fields: Any) -> Finding:
    """What a probe finds by a sentence of the card."""
    where = Evidence(Method.CARD_SECTION, "", "README.md", (line, line), quote)
    return Finding(about, status, "probe", evidence=(where,), **fields)


def waiting(about: str, quote: str) -> Finding:
    """What a probe finds of a link that was not followed."""
    why = Unread(Reason.NOT_FOLLOWED, "the link was not followed")
    return said(about, Status.UNKNOWN, quote, missing=why, possible=AT_LEAST_DESCRIBED)


TRAIN = f"The training code is at {CODE} for everybody.\n"
UNSEEN = Unread(Reason.RATE_LIMITED, "api.github.com asks for patience (HTTP 429)")
LINKED_MISSING = {Need.LINKED: Unread(Reason.NOT_FOLLOWED, "linked repositories were not followed")}


# ---- code


def test_unfollowed_it_is_at_least_described() -> None:
    found = finding("training-code", release(TRAIN, missing=LINKED_MISSING))
    assert (found.status, found.missing and found.missing.reason) == (Status.UNKNOWN, Reason.NOT_FOLLOWED)
    assert found.possible == (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)


def test_a_training_script_in_the_linked_repository() -> None:
    found = finding(
        "training-code", release(TRAIN, place(CODE, "code", "README.md", "zubat/train.py", "tests/test_train.py"))
    )
    assert (found.status, found.confidence) == (Status.RELEASED, Confidence.MEDIUM)
    first, said = found.evidence[:2]
    assert (first.method, first.path, first.seen_on) == (Method.LINKED_REPOSITORY, "zubat/train.py", SEEN)
    assert first.url == f"{CODE}/blob/HEAD/zubat/train.py"
    assert first.pinned is False
    assert said.quote.startswith("The training code is at")
    assert found.missing is None
    assert found.possible == ()


def test_its_licence_by_text_and_by_identifier() -> None:
    by_id = finding("training-code", release(TRAIN, place(CODE, "code", "train.py", licence="apache-2.0")))
    assert by_id.licence
    assert by_id.licence.id == "Apache-2.0"
    text = ReadText("LICENSE", "no licence that anybody knows")
    unknown = finding("training-code", release(TRAIN, place(CODE, "code", "train.py", licence_text=text)))
    assert unknown.licence is None


def test_a_claim_of_release_with_a_dead_link_is_a_description() -> None:
    found = finding("training-code", release(TRAIN, place(CODE, exists=False)))
    assert found.status is Status.DESCRIBED
    assert found.note.endswith("the link is dead")
    assert found.evidence[0].quote
    assert found.evidence[-1].note == "the link is dead"


def test_a_claim_of_release_with_an_empty_repository_is_a_description() -> None:
    found = finding("training-code", release(TRAIN, place(CODE, "code", "README.md")))
    assert (found.status, found.note) == (Status.DESCRIBED, "the linked repository holds nothing of the kind")


def test_code_of_another_name_where_the_card_says_it_is() -> None:
    found = finding("training-code", release(TRAIN, place(CODE, "code", "main.py", "lib/net.py")))
    assert (found.status, found.confidence) == (Status.RELEASED, Confidence.LOW)


def test_a_place_that_could_not_be_asked_stays_unknown_for_its_own_reason() -> None:
    unseen = place(CODE, exists=None, missing=UNSEEN)
    found = finding("training-code", release(TRAIN, unseen, missing={Need.LINKED: UNSEEN}))
    assert (found.status, found.missing) == (Status.UNKNOWN, UNSEEN)
    assert Status.SILENT not in found.possible
    silent = finding(
        "data-preprocessing-code", release(f"See {CODE} for more.\n", unseen, missing={Need.LINKED: UNSEEN})
    )
    assert (silent.status, silent.missing) == (Status.UNKNOWN, UNSEEN)


def test_a_readme_alone_shows_the_command() -> None:
    half = place(CODE, readme="Run `torchrun x.py` to train", missing=UNSEEN)
    found = finding("training-code", release(TRAIN, half))
    assert (found.status, found.confidence) == (Status.RELEASED, Confidence.LOW)


def test_code_for_tuning_is_part_of_a_base_models_and_all_of_a_tuned_ones() -> None:
    tools = place(CODE, "code", "scripts/finetune_lora.py")
    assert finding("training-code", release(TRAIN, tools)).status is Status.PARTIAL
    tuned = release(TRAIN, tools, base_models=("others/base",))
    assert finding("training-code", tuned).status is Status.RELEASED


def test_the_releases_own_repository_counts_without_a_sentence() -> None:
    own = place(CODE, "code", "pretrain/run.sh", "eval/mmlu.py", "prepare_data.py", "generate.py", "pyproject.toml")
    seen = release(f"Code: {CODE}\n", own)
    for about in ("training-code", "evaluation-code", "data-preprocessing-code", "supporting-libraries-and-tools"):
        assert finding(about, seen).status is Status.RELEASED, about


def test_a_strangers_repository_does_not_train_this_release() -> None:
    stranger = place(OTHER, "code", "train.py", "evaluate.py")
    found = finding("training-code", release(f"Runs with {OTHER} too.\n", stranger))
    assert found.status is Status.SILENT
    told = finding("evaluation-code", release(f"The evaluation code we used is {OTHER}.\n", stranger))
    assert told.status is Status.RELEASED


def test_silence_names_the_repositories_that_were_looked_at() -> None:
    found = finding("training-code", release(f"Code: {CODE}\n", place(CODE, "code", "README.md", "a.md")))
    assert found.status is Status.SILENT
    assert found.evidence[-1].note == "the 2 files of makers/zubat"


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://github.com/makers/zubat", True),
        ("https://github.com/makers/zubat-data-prep", True),
        ("https://github.com/makers/analysis", True),
        ("https://github.com/Makers-Lab/zubat-eval", True),
        ("https://github.com/makers/golbat", False),
        ("https://github.com/makers/zubat-recipes", False),
        ("https://github.com/someone/zubat", True),
        ("https://github.com/someone/zubat-training", True),
        ("https://github.com/someone/zubat.cpp", False),
        ("https://github.com/someone/awesome-llm", False),
        ("https://github.com/someone/7b", False),
    ],
)
def test_whose_a_repository_is(url: str, own: bool) -> None:
    assert holdings.belongs(place(url), release("")) is own
    assert holdings.belongs(place(url, readme="[w](https://huggingface.co/makers/zubat-7b)"), release(""))


@pytest.mark.parametrize(
    ("about", "path", "there"),
    [
        ("training-code", "train.py", True),
        ("training-code", "src/pretrain_zubat.sh", True),
        ("training-code", "training/run.py", True),
        ("training-code", "trained_models.py", False),
        ("training-code", "tests/train.py", False),
        ("training-code", "test_train.py", False),
        ("training-code", "third_party/x/train.py", False),
        ("training-code", "train.md", False),
        ("training-code", "constraint.py", False),
        ("training-code", "scripts/train_tokenizer.py", False),
        ("training-code", "ptuning/train.sh", False),
        ("training-code", "finetune/train.py", False),
        ("evaluation-code", "run_eval.py", True),
        ("evaluation-code", "retrieval.py", False),
        ("evaluation-code", "inference/benchmark_latency.py", False),
        ("supporting-libraries-and-tools", "setup.py", True),
        ("supporting-libraries-and-tools", "requirements.txt", False),
        ("data-preprocessing-code", "tools/preprocess_data.py", True),
        ("data-preprocessing-code", "dedup/minhash.rs", True),
        ("data-preprocessing-code", "data.py", False),
        ("inference-code", "inference/server.py", True),
    ],
)
def test_what_a_files_name_says(about: str, path: str, there: bool) -> None:
    seen = place(CODE, "code", path)
    assert bool(holdings.code_in(seen, holdings.code_files(seen), about, False, False)) is there


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("- Library: {0}", Status.RELEASED),
        ("It was trained with {0}.", Status.RELEASED),
        ("Chat with {0}.", Status.SILENT),
    ],
)
def test_what_its_publisher_made_it_with_is_its_own(words: str, status: Status) -> None:
    tool = "https://github.com/makers/golbat"
    seen = release(words.format(tool) + "\n", place(tool, "code", "prepare_data.py", "a.py"))
    assert finding("data-preprocessing-code", seen).status is status


@pytest.mark.parametrize(
    ("named", "tuned", "status"),
    [(True, True, Status.RELEASED), (True, False, Status.PARTIAL), (False, True, None), (False, False, None)],
)
def test_code_for_tuning_counts_where_the_card_says_that_it_is_the_training_code(
    named: bool, tuned: bool, status: Status | None
) -> None:
    seen = place(CODE, "code", "finetune/run_sft.py")
    hit = holdings.code_in(seen, holdings.code_files(seen), "training-code", named, tuned)
    assert (hit[0] if hit else None) is status


def test_the_address_in_the_sentence_outweighs_one_nearby() -> None:
    gone = "https://github.com/strangers/gone"
    text = f"Code: {OTHER}-two\n\nThe training code is at {OTHER}\n\nsee {gone} as well\n"
    near = [place(f"{OTHER}-two", "code", "train.py"), place(OTHER, exists=False), place(gone, "code", "train.py")]
    found = finding("training-code", release(text, *near))
    assert (found.status, found.evidence[-1].url) == (Status.DESCRIBED, OTHER)


def test_twenty_four_huge_repositories_are_read_in_time() -> None:
    names = [f"src/some_package/sub_{i % 50}/a_module_of_a_constraint_{i}.py" for i in range(10_000)]
    links = [f"https://github.com/makers/zubat-{chr(97 + i)}" for i in range(24)]
    big = release("\n".join(links), *(place(link, "code", *names) for link in links))
    began = time.perf_counter()
    assert finding("training-code", big).status is Status.SILENT
    assert time.perf_counter() - began < 5.0


# ---- data

NAMED = {"datasets": ["makers/set"]}


def data(*files: str, **fields: Any) -> Linked:
    return place(DATA, "dataset", *files, **({"links": ("makers/set",), "line": None} | fields))


@pytest.mark.parametrize(
    ("seen", "status", "note"),
    [
        (data("README.md", "data/a.parquet"), Status.RELEASED, "data files are there"),
        (data("README.md", "data/a.parquet", gated=Gating.AUTO), Status.PARTIAL, "behind a gate"),
        (data("README.md", "set.py", "dataset_infos.json"), Status.DESCRIBED, "a loading script only"),
        (data("README.md", ".gitattributes"), Status.DESCRIBED, "no data files"),
    ],
)
def test_a_data_set_of_the_metadata(seen: Linked, status: Status, note: str) -> None:
    found = finding("datasets", release("", seen, metadata=NAMED))
    assert (found.status, found.note) == (status, note)
    assert found.evidence[0].method is Method.LINKED_REPOSITORY
    assert found.value == ("named" if status is Status.DESCRIBED else None)


def test_a_dead_data_set_is_a_name() -> None:
    found = finding("datasets", release("", data(exists=False), metadata=NAMED))
    assert (found.status, found.value) == (Status.DESCRIBED, "named")
    assert found.note.endswith("the link is dead")


def test_several_data_sets() -> None:
    two = {"datasets": ["makers/set", "makers/gone"]}
    gone = place("https://huggingface.co/datasets/makers/gone", "dataset", exists=False, links=("makers/gone",))
    found = finding("datasets", release("", data("a.csv"), gone, metadata=two))
    assert (found.status, found.note) == (Status.PARTIAL, "1 of 2: the link is dead, 1 of 2: data files are there")
    found = finding("datasets", release("", data("a.csv"), replace(gone, exists=None, missing=UNSEEN), metadata=two))
    assert (found.status, found.missing) == (Status.UNKNOWN, UNSEEN)


def test_a_named_set_that_nobody_asked_for_keeps_it_open() -> None:
    named = {"datasets": ["makers/set", "our own crawl"]}
    found = finding("datasets", release("", data("a.csv"), metadata=named))
    assert found.status is Status.UNKNOWN
    assert found.possible == (Status.RELEASED, Status.PARTIAL)
    found = finding("datasets", release("", data(exists=False), metadata=named))
    assert found.possible == (Status.RELEASED, Status.PARTIAL, Status.DESCRIBED)


def test_the_licence_of_the_only_data_set() -> None:
    found = finding("datasets", release("", data("a.csv", licence="cc-by-4.0"), metadata=NAMED))
    assert found.licence
    assert found.licence.id == "CC-BY-4.0"


def test_the_data_sets_own_card() -> None:
    words = "These texts were gathered by hand from public libraries and read by two people each. " * 6
    silent = said("data-card", Status.SILENT, "")
    full = data("a.csv", "README.md", readme=f"---\nx: y\n---\n{words}")
    assert looked_again(silent, release("", full, metadata=NAMED)).status is Status.RELEASED
    bare = data("a.csv", "README.md", readme="# Set")
    assert looked_again(silent, release("", bare, metadata=NAMED)).status is Status.SILENT
    two = {"datasets": ["makers/set", "makers/bare"]}
    other = place(f"{DATA}-2", "dataset", "README.md", links=("makers/bare",))
    assert looked_again(silent, release("", full, other, metadata=two)).status is Status.PARTIAL


def test_preference_data_and_a_reward_model() -> None:
    text = f"\nThe preference data are at {DATA} now.\n"
    there = place(DATA, "dataset", "a.parquet")
    assert finding("safety-data", release(text, there)).status is Status.RELEASED
    assert finding("safety-data", release(text, replace(there, exists=False))).status is Status.DESCRIBED


# ---- papers

SEE = waiting("research-paper", PAPER)
OURS = said("research-paper", Status.RELEASED, PAPER)
NONE = said("research-paper", Status.SILENT, "")


@pytest.mark.parametrize(
    ("first", "title", "exists", "status"),
    [
        (SEE, "Zubat: Flying in the Dark", True, Status.RELEASED),
        (SEE, "A Method for Everything", True, Status.DESCRIBED),
        (SEE, "", True, Status.UNKNOWN),
        (SEE, "", False, Status.DESCRIBED),
        (SEE, "", None, Status.UNKNOWN),
        (OURS, "A Method for Everything", True, Status.RELEASED),
        (OURS, "", False, Status.DESCRIBED),
        (OURS, "", None, Status.RELEASED),
        (NONE, "Zubat: Flying in the Dark", True, Status.RELEASED),
        (NONE, "A Method for Everything", True, Status.SILENT),
        (NONE, "", None, Status.UNKNOWN),
        (said("research-paper", Status.WITHHELD, PAPER), "", False, Status.WITHHELD),
    ],
)
def test_a_linked_paper(first: Finding, title: str, exists: bool | None, status: Status) -> None:
    missing = UNSEEN if exists is None else None
    of = release(f"See {PAPER} for more.\n", place(PAPER, "paper", title=title, exists=exists, missing=missing))
    found = looked_again(first, of)
    assert found.status is status
    assert (found.missing is None) == (status is not Status.UNKNOWN)


def test_the_title_of_a_paper_is_quoted() -> None:
    title = "Zubat: Flying in the Dark"
    found = finding("research-paper", release(f"See {PAPER}.\n", place(PAPER, "paper", title=title)))
    assert (found.evidence[0].quote, found.confidence) == (title, Confidence.HIGH)
    assert (
        finding("technical-report", release(f"See {PAPER}.\n", place(PAPER, "paper", title=title))).status
        is not Status.RELEASED
    )
    report = place(PAPER, "paper", title="Zubat Technical Report")
    assert finding("technical-report", release(f"See {PAPER}.\n", report)).status is Status.RELEASED


# ---- whatever else


def test_a_place_that_is_never_followed_is_unknown_and_not_silent() -> None:
    """The hosts that are followed are a list; code may stand elsewhere."""
    found = finding("training-code", release("Code: https://gitee.com/makers/zubat\n"))
    assert (found.status, found.missing and found.missing.reason) == (Status.UNKNOWN, Reason.NOT_FOLLOWED)
    own = place(CODE, "code", "README.md")
    found = finding("training-code", release(f"Code: {CODE} and https://gitee.com/makers/zubat\n", own))
    assert found.status is Status.UNKNOWN


def test_nothing_changes_where_no_link_was_followed() -> None:
    text = TRAIN + f"See {PAPER}.\n"
    before = probes.assess(release(text, missing=LINKED_MISSING))
    assert all(each.method is not Method.LINKED_REPOSITORY for one in before for each in one.evidence)


def test_a_withheld_component_stays_withheld() -> None:
    first = said("training-code", Status.WITHHELD, f"We do not release the training code ({CODE}).")
    assert looked_again(first, release(TRAIN, place(CODE, "code", "train.py"))) == first


def test_words_alone_never_rise_above_description() -> None:
    """Architecture 5.16: a card that *says* all is released, over links that lead nowhere."""
    text = (
        f"The training code is released at {CODE}.\n\nThe evaluation code is at {CODE} too.\n\n"
        f"It was trained on the data at {DATA}.\n\nThe preference data are at {DATA}.\n\nRead our paper: {PAPER}\n"
    )
    dead = [place(url, kind, exists=False) for url, kind in ((CODE, "code"), (DATA, "dataset"), (PAPER, "paper"))]
    for each in probes.assess(release(text, *dead)):
        if each.about in ("training-code", "evaluation-code", "datasets", "safety-data", "research-paper"):
            assert each.status is Status.DESCRIBED, each.about
            assert "the link is dead" in each.note
