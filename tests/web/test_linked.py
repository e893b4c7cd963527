"""Links followed: what each kind of place shows, what is kept, and what stays unknown."""

from __future__ import annotations

import datetime
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openness.core.release import Card, Gating, Link, Linked, Need, Provenance, Reason, Release, Unread
from openness.sources import linked, repositories, shown
from openness.sources.cache import Cache
from openness.sources.codec import decode, encode
from openness.sources.linked import follow
from openness.sources.places import title_of
from openness.sources.targets import choose
from tests.hostile.corpus import STRINGS
from tests.hub.wire import Outgoing
from tests.web.loopback import LoopbackWeb, as_json, moved, page

UNFOLLOWED = {Need.LINKED: Unread(Reason.NOT_FOLLOWED, "linked repositories were not followed")}
CODE = "https://github.com/org/code"


def release(*links: str, **fields: Any) -> Release:
    card = Card("README.md", "", "", (), tuple(Link(url, "", line) for line, url in enumerate(links, 1)))
    given: dict[str, Any] = {"card": card, "missing": UNFOLLOWED} | fields
    return Release("org/name", "org/name", Provenance("hub", "2026-01-01"), **given)


def one(*links: str, **options: Any) -> Linked:
    seen = follow(release(*links), Cache(), **options)
    assert len(seen.linked) == 1
    return seen.linked[0]


# ---- each kind of place


def test_a_repository_of_github(followed: LoopbackWeb) -> None:
    files = {"train.py": "x", "src/model.py": "y", "README.md": "# Code\nHow to train.", "LICENSE": "MIT License …"}
    followed.github("org/code", files)
    seen = follow(release(CODE), Cache())
    assert Need.LINKED not in seen.missing
    assert seen.notices == ()
    [place] = seen.linked
    assert (place.kind, place.exists, place.title, place.line, place.links) == ("code", True, "org/code", 1, (CODE,))
    assert [file.path for file in place.files] == ["LICENSE", "README.md", "src/model.py", "train.py"]
    assert place.readme == "# Code\nHow to train."
    assert place.licence_text
    assert place.licence_text.text == "MIT License …"
    assert place.missing is None
    assert place.revision is None
    assert len(followed.asked("api.github.com")) == 1, "60 an hour are free: one request for a repository"
    assert len(followed.log) == 3


def test_a_linked_folder_and_a_pinned_commit(followed: LoopbackWeb) -> None:
    files = {"train.py": "", "own/run.py": "", "own/README.md": "own", "README.md": "all", "LICENSE": "MIT License"}
    followed.github("org/code", files)
    place = one(f"{CODE}/tree/main/own")
    assert [file.path for file in place.files] == ["own/README.md", "own/run.py"]
    assert place.readme == "own"
    sha = "0123456789abcdef0123456789abcdef01234567"
    followed.github("org/code", {"a.py": ""}, ref=sha)
    place = one(f"{CODE}/blob/{sha}/a.py")
    assert place.revision == sha
    assert place.files_at == f"{CODE}/blob/{sha}/"
    gone = one(f"{CODE}/tree/main/no/such")
    assert gone.exists
    assert gone.missing
    assert gone.missing.reason is Reason.NOT_RECORDED


def test_a_renamed_repository(followed: LoopbackWeb) -> None:
    followed.github("org/new", {"train.py": ""})
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = moved(
        "https://api.github.com/repositories/5/git/trees/HEAD?recursive=1", 301
    )
    followed.pages["api.github.com/repositories/5/git/trees/HEAD"] = followed.pages[
        "api.github.com/repos/org/new/git/trees/HEAD"
    ]
    assert [file.path for file in one(CODE).files] == ["train.py"]


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_dead_link_is_a_fact(followed: LoopbackWeb, status: int) -> None:
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = page("", status)
    seen = follow(release(CODE), Cache())
    assert seen.linked[0].exists is False
    assert seen.linked[0].missing is None
    assert Need.LINKED not in seen.missing
    assert seen.notices == (f"Linked but not there: {CODE}.",)


def test_an_empty_repository(followed: LoopbackWeb) -> None:
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = as_json(
        {"message": "Git Repository is empty."}, 409
    )
    place = one(CODE)
    assert (place.exists, place.files, place.missing) == (True, (), None)


def test_without_the_api_readme_and_licence_are_read_and_the_files_stay_unknown(followed: LoopbackWeb) -> None:
    followed.github("org/code", {"README.md": "python train.py", "LICENSE": "MIT License", "train.py": ""})
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = page("", 403, X_RateLimit_Remaining="0")
    seen = follow(release(CODE), Cache())
    [place] = seen.linked
    assert (place.exists, place.files, place.readme) == (True, (), "python train.py")
    assert place.missing
    assert place.missing.reason is Reason.RATE_LIMITED
    assert seen.missing[Need.LINKED].reason is Reason.RATE_LIMITED
    assert Cache().entries()[0] == 0, "what a retry may cure is not kept"
    del followed.pages["raw.githubusercontent.com/org/code/HEAD/README.md"]
    assert one(CODE).exists is True
    del followed.pages["github.com/org/code"]
    assert one(CODE).exists is False


def test_a_cut_list_of_files_is_told(followed: LoopbackWeb) -> None:
    followed.github("org/code", {"train.py": ""}, truncated=True)
    place = one(CODE)
    assert [file.path for file in place.files] == ["train.py"]
    assert place.missing
    assert place.missing.reason is Reason.TOO_LARGE


def test_gitlab_and_codeberg(followed: LoopbackWeb) -> None:
    files = {"train.py": "", "README.md": "hello", "LICENSE": "text"}
    followed.gitlab("group/sub/code", files, license={"key": "apache-2.0"})
    place = one("https://gitlab.com/group/sub/code")
    assert (place.exists, place.licence, place.readme, len(place.files)) == (True, "apache-2.0", "hello", 3)
    followed.codeberg("org/code", files, branch="trunk")
    place = one("https://codeberg.org/org/code")
    assert (place.exists, place.readme, len(place.files)) == (True, "hello", 3)
    assert place.files_at == "https://codeberg.org/org/code/src/branch/trunk/"
    followed.codeberg("org/empty", {})
    assert one("https://codeberg.org/org/empty").files == ()
    assert one("https://gitlab.com/group/none").exists is False
    assert one("https://codeberg.org/org/none").exists is False


def test_a_data_set_of_the_hub(followed: LoopbackWeb) -> None:
    files = {"README.md": "---\nlicense: odc-by\n---\n# Data", "data/train.parquet": ""}
    followed.hub("org/set", files, gated="auto", cardData={"license": "odc-by"})
    seen = follow(release(metadata={"datasets": ["org/set"]}), Cache())
    [place] = seen.linked
    assert (place.kind, place.exists, place.licence, place.gated) == ("dataset", True, "odc-by", Gating.AUTO)
    assert (place.line, place.links, place.revision) == (None, ("org/set",), "a" * 40)
    assert place.readme.endswith("# Data")
    assert [file.path for file in place.files] == ["README.md", "data/train.parquet"]


@pytest.mark.parametrize(
    "answer",
    [
        as_json({"error": "Repository not found"}, 404, X_Error_Code="RepoNotFound"),
        as_json({"error": "x"}, 401, X_Error_Message="Invalid username or password."),
        as_json({"id": "org/set", "sha": "a" * 40, "disabled": True}),
    ],
)
def test_a_data_set_that_is_not_there_for_everybody(followed: LoopbackWeb, answer: Outgoing) -> None:
    followed.pages["huggingface.co/api/datasets/org/set"] = answer
    seen = follow(release(metadata={"datasets": "org/set"}), Cache())
    assert seen.linked[0].exists is False
    assert seen.notices == ("Linked but not there: org/set.",)


def test_a_hub_that_asks_everybody_to_log_in_says_nothing(followed: LoopbackWeb) -> None:
    followed.pages["huggingface.co/api/datasets/org/set"] = page("log in", 401)
    seen = follow(release(metadata={"datasets": "org/set"}), Cache())
    assert seen.linked[0].exists is None
    assert seen.missing[Need.LINKED].reason is Reason.GATED


def test_papers_and_pages(followed: LoopbackWeb) -> None:
    followed.arxiv("2310.06825", "Mistral &amp; 7B:  a\n model")
    assert one("https://arxiv.org/abs/2310.06825").title == "Mistral & 7B: a model"
    followed.pages["openreview.net/forum"] = page("<TITLE>On &lt;Names&gt;\n| OpenReview</TITLE>")
    assert one("https://openreview.net/forum?id=abc").title == "On <Names> | OpenReview"
    followed.pages["doi.org/api/handles/10.1145/1.2"] = as_json({"responseCode": 1})
    assert one("https://doi.org/10.1145/1.2").exists is True
    followed.pages["doi.org/api/handles/10.1145/1.3"] = as_json({"responseCode": 100}, 404)
    assert one("https://doi.org/10.1145/1.3").exists is False
    followed.pages["aclanthology.org/2022.acl-long.1/"] = moved("https://evil.example/")
    place = one("https://aclanthology.org/2022.acl-long.1")
    assert (place.exists, place.missing and place.missing.reason) == (None, Reason.NOT_FOLLOWED)
    followed.pages["arxiv.org/abs/2310.00001"] = page("robot?", 403)
    assert one("https://arxiv.org/abs/2310.00001").exists is None


def test_a_record_of_zenodo(followed: LoopbackWeb) -> None:
    record = {
        "metadata": {
            "title": "Data",
            "license": {"id": "cc-by-4.0"},
            "resource_type": {"type": "dataset"},
            "access_right": "open",
            "description": "<p>What it <b>is</b></p>",
        },
        "files": [{"key": "data.zip", "size": 10}],
    }
    followed.pages["zenodo.org/api/records/12"] = as_json(record)
    place = one("https://doi.org/10.5281/zenodo.12")
    assert (place.kind, place.title, place.licence, place.gated) == ("dataset", "Data", "cc-by-4.0", Gating.NONE)
    assert place.files[0].path == "data.zip"
    assert place.readme.split() == ["What", "it", "is"]


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [({"gated": 5}, Reason.MALFORMED), ({"siblings": {}}, Reason.MALFORMED), ({"siblings": None}, Reason.NOT_RECORDED)],
)
def test_a_data_set_with_a_field_of_a_wrong_type(followed: LoopbackWeb, spoilt: dict[str, Any], reason: Reason) -> None:
    followed.hub("org/set", {"README.md": "# Data"}, **spoilt)
    seen = follow(release(metadata={"datasets": ["org/set"]}), Cache())
    assert seen.linked[0].exists is True
    assert seen.missing[Need.LINKED].reason is reason


@pytest.mark.parametrize("name", ["README.md", "LICENSE"])
def test_a_listed_text_that_is_not_shown_is_told(followed: LoopbackWeb, name: str) -> None:
    followed.github("org/code", {"train.py": "", "README.md": "# Code", "LICENSE": "MIT License"})
    del followed.pages[f"raw.githubusercontent.com/org/code/HEAD/{name}"]
    place = one(CODE)
    assert place.missing == Unread(Reason.UNREACHABLE, f"{name} is not shown (HTTP 404)")
    assert len(place.files) == 3


def test_names_that_cannot_be_printed_count_as_files(followed: LoopbackWeb) -> None:
    followed.github("org/code", {"train.py": "", "Icon\r": ""})
    place = one(CODE)
    assert [file.path for file in place.files] == ["Icon\ufffd", "train.py"]
    assert place.missing is None


# ---- hostile answers


@pytest.mark.parametrize(
    "body", [b"<html>", b"[" * 200_000, b"null", b"[]", b'"x"', b"9" * 9_000, b'{"tree": {"a": 1}}']
)
@pytest.mark.parametrize(
    ("link", "asked"),
    [
        (CODE, "api.github.com/repos/org/code/git/trees/HEAD"),
        ("https://gitlab.com/org/code", "gitlab.com/api/v4/projects/org%2Fcode"),
        ("https://codeberg.org/org/code", "codeberg.org/api/v1/repos/org/code"),
        ("https://huggingface.co/datasets/org/set", "huggingface.co/api/datasets/org/set"),
        ("https://zenodo.org/records/1", "zenodo.org/api/records/1"),
        ("https://doi.org/10.1145/1", "doi.org/api/handles/10.1145/1"),
        ("https://arxiv.org/abs/2310.06825", "arxiv.org/abs/2310.06825"),
    ],
)
def test_no_answer_of_any_shape_ends_the_score(followed: LoopbackWeb, link: str, asked: str, body: bytes) -> None:
    followed.pages[asked] = page(body)
    place = one(link)
    assert place.missing is None or place.missing.reason is not Reason.PROBE_ERROR


WRONG: list[Any] = [None, 5, "x" * 100_000, ["x"], {"a": {"b": []}}, True, 10**400]


@pytest.mark.parametrize("value", WRONG, ids=lambda value: type(value).__name__)
def test_fields_of_any_type(followed: LoopbackWeb, value: Any) -> None:
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = as_json(
        {"tree": [value, {"path": value, "type": value, "size": value}, {"path": "ok.py", "size": value}]}
    )
    followed.gitlab("org/code", {}, license={"key": value}, default_branch=value)
    followed.codeberg("org/code", {})
    followed.pages["codeberg.org/api/v1/repos/org/code"] = as_json({"default_branch": value, "empty": value})
    fields = {"cardData": {"license": value, "license_name": value}, "gated": value, "siblings": value}
    followed.hub("org/set", {}, **fields)
    about = {"title": value, "license": value, "resource_type": {"type": value}, "description": value}
    followed.pages["zenodo.org/api/records/1"] = as_json({"metadata": about | {"access_right": value}, "files": value})
    links = [CODE, "https://gitlab.com/org/code", "https://codeberg.org/org/code", "https://zenodo.org/records/1"]
    seen = follow(release(*links, "https://huggingface.co/datasets/org/set"), Cache())
    assert all(place.missing is None or place.missing.reason is not Reason.PROBE_ERROR for place in seen.linked)
    again = follow(release(*links, "https://huggingface.co/datasets/org/set"), Cache())
    assert [place.exists for place in again.linked] == [place.exists for place in seen.linked]


def test_names_that_lead_elsewhere_are_neither_kept_nor_asked(followed: LoopbackWeb) -> None:
    names = [
        "../../x/LICENSE",
        "/etc/LICENSE",
        "a/../LICENSE",
        "..",
        "C:/x",
        "x\x00/LICENSE",
        "LICENSE\r\nX: y",
        "./README.md",
    ]
    tree = [{"path": path, "type": "blob"} for path in (*names, *STRINGS.values(), "ok.py")]
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = as_json({"tree": tree})
    place = one(CODE)
    kept = [file.path for file in place.files]
    assert "ok.py" in kept
    assert not any(".." in path.split("/") or path.startswith("/") or not path.isprintable() for path in kept)
    assert all(target.startswith("/org/code/HEAD/") for target in followed.asked("raw.githubusercontent.com"))


def test_a_huge_list_of_files_is_bounded(followed: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repositories, "LIST_LIMIT", 100_000)
    tree = [{"path": f"f{i}.py", "type": "blob"} for i in range(30_000)]
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = as_json({"tree": tree})
    followed.pages["raw.githubusercontent.com/org/code/HEAD/README.md"] = page("x" * 1_000_000)
    place = one(CODE)
    assert place.missing
    assert place.missing.reason is Reason.TOO_LARGE
    assert len(place.readme) == shown.README_LIMIT
    monkeypatch.setattr(repositories, "LIST_LIMIT", 16 << 20)
    place = one(CODE, refresh=True)
    assert len(place.files) == shown.MAX_LISTED
    assert place.missing
    assert place.missing.reason is Reason.TOO_LARGE


def test_a_title_of_a_hostile_page_is_read_in_linear_time() -> None:
    for text in (
        "<title" * 40_000,
        '"citation_title"' * 16_000,
        "<" * 250_000,
        '<meta name="citation_title" content="' + "x" * 250_000,
    ):
        began = time.perf_counter()
        assert len(title_of(text)) <= 300
        assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize("setting", ["http://[", "https://x:y", "nonsense", "file:///etc"])
def test_a_setting_that_is_no_address(followed: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", setting)
    monkeypatch.setattr(linked, "open_web", lambda timeout: followed.client(timeout, 5, setting))
    seen = follow(release(CODE, metadata={"datasets": ["org/set"]}), Cache())
    assert all(place.exists is not True for place in seen.linked)
    assert seen.missing[Need.LINKED].reason is not Reason.PROBE_ERROR


# ---- many, late, kept


def test_eight_at_once_and_four_for_one_host(followed: LoopbackWeb) -> None:
    followed.latency = 0.1
    links = [f"https://gitlab.com/org/p{i}" for i in range(8)] + [
        f"https://arxiv.org/abs/2310.0{i:04}" for i in range(8)
    ]
    seen = follow(release(*links), Cache())
    assert len(seen.linked) == 16
    assert 4 < followed.most_at_once <= 8


def test_no_more_than_24_places_and_the_rest_is_unknown(followed: LoopbackWeb) -> None:
    seen = follow(release(*(f"https://arxiv.org/abs/2310.0{i:04}" for i in range(30))), Cache())
    assert len(followed.log) == 24
    assert seen.missing[Need.LINKED] == Unread(Reason.NOT_FOLLOWED, "6 more links were not followed")


def test_a_host_that_never_answers_costs_bounded_time(followed: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    followed.latency = 30.0
    monkeypatch.setattr(linked, "BUDGET", 1.0)
    began = time.monotonic()
    seen = follow(release(*(f"https://arxiv.org/abs/2310.0{i:04}" for i in range(12))), Cache(), timeout=0.3)
    assert time.monotonic() - began < 4.0
    assert seen.missing[Need.LINKED].reason is Reason.TIMEOUT
    assert all(place.exists is None for place in seen.linked)


def test_a_resolver_that_hangs_is_left_behind(followed: LoopbackWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    monkeypatch.setattr(linked, "BUDGET", 0.3)
    monkeypatch.setattr(linked, "open_web", lambda timeout: followed.client(timeout, 0.3, resolve=hang))
    began = time.monotonic()
    seen = follow(release(CODE), Cache(), timeout=0.2)
    assert time.monotonic() - began < 2.5
    assert seen.missing[Need.LINKED].reason is Reason.TIMEOUT


def aged(days: int) -> None:
    """Make every kept place older."""
    store = Cache()
    [target], _ = choose(release(CODE))
    kept = decode(Linked, store.get(*linked._key(target)))
    assert kept
    day = datetime.date.fromisoformat(kept.seen_on) - datetime.timedelta(days=days)
    store.put(encode(replace(kept, seen_on=day.isoformat())), *linked._key(target))


def test_what_was_seen_is_kept_for_a_week(followed: LoopbackWeb) -> None:
    followed.github("org/code", {"train.py": ""})
    first = one(CODE)
    asked = len(followed.log)
    assert one(CODE) == first
    assert len(followed.log) == asked, "kept"
    one(CODE, refresh=True)
    assert len(followed.log) == 2 * asked, "asked again by --refresh"
    aged(7)
    one(CODE)
    assert len(followed.log) == 2 * asked
    aged(1)
    assert one(CODE).seen_on == first.seen_on
    assert len(followed.log) == 3 * asked, "a linked place changes: after a week it is asked again"
    aged(9)
    followed.pages["api.github.com/repos/org/code/git/trees/HEAD"] = page("", 503)
    followed.pages["raw.githubusercontent.com/org/code/HEAD/README.md"] = page("", 503)
    old = one(CODE)
    assert old.exists
    assert old.seen_on < first.seen_on, "what was seen before stands, with its day, where nobody answers"


def test_a_dead_link_is_kept_too(followed: LoopbackWeb) -> None:
    assert one(CODE).exists is False
    asked = len(followed.log)
    assert one(CODE).exists is False
    assert len(followed.log) == asked


def test_offline_asks_nobody(followed: LoopbackWeb) -> None:
    followed.github("org/code", {"train.py": ""})
    seen = follow(release(CODE), Cache(), offline=True)
    assert followed.log == []
    assert seen.linked[0].exists is None
    assert seen.missing[Need.LINKED].reason is Reason.OFFLINE
    fresh = one(CODE)
    aged(100)
    asked = len(followed.log)
    kept = one(CODE, offline=True)
    assert kept.exists
    assert kept.seen_on < fresh.seen_on
    assert len(followed.log) == asked


def test_a_damaged_cache_entry_is_a_miss(followed: LoopbackWeb, tmp_path: Path) -> None:
    followed.github("org/code", {"train.py": ""})
    one(CODE)
    for path in (tmp_path / "cache").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:-3])
    store = Cache()
    assert follow(release(CODE), store).linked[0].exists
    assert store.warnings == ["a damaged cache entry was ignored"]


def test_a_card_that_was_not_seen_leaves_the_links_unknown(followed: LoopbackWeb) -> None:
    followed.hub("org/set", {"a.parquet": ""})
    gated = Unread(Reason.GATED, "README.md is behind the gate")
    seen = follow(
        release(card=None, missing=UNFOLLOWED | {Need.CARD: gated}, metadata={"datasets": ["org/set"]}), Cache()
    )
    assert [place.exists for place in seen.linked] == [True]
    assert seen.missing[Need.LINKED].reason is Reason.GATED


def test_a_card_without_links(followed: LoopbackWeb) -> None:
    seen = follow(release("https://example.com/"), Cache())
    assert (seen.linked, seen.missing) == ((), {})
    assert followed.log == []


def test_what_is_kept_is_plain_json_without_secrets(
    followed: LoopbackWeb, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_canarycanary")
    followed.github("org/code", {"train.py": ""})
    one(CODE)
    [path] = (tmp_path / "cache").rglob("*.json")
    body = path.read_bytes().partition(b"\n")[2]
    place = decode(Linked, json.loads(body))
    assert place
    assert place.exists is True
    assert b"canary" not in body
