"""The real client against the loopback Hub: when the client moves, the replica fails first.

Every row of the wire study's error table (2.6), and the calls that `openness` and its users make.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

import httpx2
import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    BadRequestError,
    DisabledRepoError,
    FileMetadataError,
    GatedRepoError,
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from tests.hub.loopback import LFS, OMIT, LoopbackHub

ROOT = Path(__file__).parents[2]
CARD = (
    "---\nlicense: mit\nbase_model: base/one\ndatasets: [squad]\npipeline_tag: text-generation\n---\n# Title\n"
    "See https://arxiv.org/abs/1706.03762\n"
)
FILES: dict[str, Any] = {
    "README.md": CARD,
    "LICENSE": "MIT License\n",
    ".gitattributes": "*.bin filter=lfs\n",
    "config.json": '{"a": 1}',
    "sub/deep/model.safetensors": LFS(size=1000),
}
GOOD, OTHER, BAD = "hf_good", "hf_other", "hf_bad"


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with LoopbackHub() as hub:
        hub.add_model("org/open", FILES)
        hub.add_model("org/gated", FILES, gated="manual")
        hub.add_model("org/hidden", FILES, private=True)
        hub.add_model("org/off", FILES, disabled=True)
        hub.tokens = {GOOD: {"org/gated", "org/hidden"}, OTHER: set()}
        yield hub


def api_of(hub: LoopbackHub, token: str | bool = False) -> HfApi:
    return HfApi(endpoint=hub.url, token=token)


def get(hub: LoopbackHub, path: str, method: str = "GET", follow: bool = False, **headers: str) -> httpx2.Response:
    with httpx2.Client(trust_env=False, follow_redirects=follow) as client:
        return client.request(method, hub.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})


# ---- errors (2.6)


def test_missing_repository_without_a_token(hub: LoopbackHub) -> None:
    for id in ("org/none", "org/hidden", "none"):
        with pytest.raises(RepositoryNotFoundError) as caught:
            api_of(hub).model_info(id)
        assert caught.value.response.status_code == 401
        assert caught.value.response.headers["x-error-message"] == "Invalid username or password."
        assert caught.value.response.json() == {"error": "Invalid username or password."}


def test_missing_repository_with_a_token(hub: LoopbackHub) -> None:
    for id in ("org/none", "org/hidden"):
        with pytest.raises(RepositoryNotFoundError) as caught:
            api_of(hub, OTHER).model_info(id)
        assert (caught.value.response.status_code, hub.log[-1].error_code) == (404, "RepoNotFound")
    assert api_of(hub, GOOD).model_info("org/hidden").private is True


def test_gated_info_and_licence_are_open(hub: LoopbackHub, tmp_path: Path) -> None:
    info = api_of(hub).model_info("org/gated", files_metadata=True)
    assert info.gated == "manual"
    assert info.siblings
    assert "MIT" in Path(api_of(hub).hf_hub_download("org/gated", "LICENSE", cache_dir=tmp_path)).read_text()


@pytest.mark.parametrize(("token", "status"), [(False, 401), (OTHER, 403)])
def test_gated_files_and_commits_are_shut(hub: LoopbackHub, tmp_path: Path, token: str | bool, status: int) -> None:
    api = api_of(hub, token)
    calls: list[Callable[[], object]] = [
        lambda: api.hf_hub_download("org/gated", "README.md", cache_dir=tmp_path),
        lambda: api.hf_hub_download("org/gated", ".gitattributes", cache_dir=tmp_path),
        lambda: api.hf_hub_download("org/gated", "sub/deep/model.safetensors", cache_dir=tmp_path),
        lambda: api.list_repo_commits("org/gated"),
        lambda: api.auth_check("org/gated"),
    ]
    for call in calls:
        with pytest.raises((GatedRepoError, LocalEntryNotFoundError)):
            call()
        assert (hub.log[-1].status, hub.log[-1].error_code) == (status, "GatedRepo")


def test_gated_files_open_for_who_was_let_in(hub: LoopbackHub, tmp_path: Path) -> None:
    api = api_of(hub, GOOD)
    assert Path(api.hf_hub_download("org/gated", "README.md", cache_dir=tmp_path)).read_text() == CARD
    assert len(api.list_repo_commits("org/gated")) == 1
    api.auth_check("org/gated")


def test_gated_readme_is_open_by_switch(hub: LoopbackHub) -> None:
    hub.repository("org/gated").readme_open = True
    assert get(hub, "/org/gated/resolve/main/README.md", follow=True).text == CARD
    assert get(hub, "/org/gated/resolve/main/config.json").status_code == 401


def test_missing_revision(hub: LoopbackHub, tmp_path: Path) -> None:
    api = api_of(hub)
    for call in (
        lambda: api.model_info("org/open", revision="nope"),
        lambda: api.list_repo_commits("org/open", revision="nope"),
        lambda: list(api.list_repo_tree("org/open", revision="f" * 40)),
        lambda: api.hf_hub_download("org/open", "README.md", revision="nope", cache_dir=tmp_path),
    ):
        with pytest.raises(RevisionNotFoundError):
            call()


def test_missing_entry(hub: LoopbackHub, tmp_path: Path) -> None:
    api = api_of(hub)
    with pytest.raises(RemoteEntryNotFoundError) as caught:
        api.hf_hub_download("org/open", "nope.txt", cache_dir=tmp_path)
    sha = api.model_info("org/open").sha
    assert caught.value.response.headers["x-repo-commit"] == sha
    assert (tmp_path / "models--org--open" / ".no_exist" / str(sha) / "nope.txt").exists()
    with pytest.raises(RemoteEntryNotFoundError):
        list(api.list_repo_tree("org/open", "no/such/folder"))


def test_disabled(hub: LoopbackHub) -> None:
    assert api_of(hub).model_info("org/off").disabled is True
    with pytest.raises(GatedRepoError):
        api_of(hub).list_repo_commits("org/off")
    with pytest.raises(DisabledRepoError):
        api_of(hub, OTHER).list_repo_commits("org/off")
    with pytest.raises(DisabledRepoError):
        api_of(hub).get_hf_file_metadata(url=f"{hub.url}/org/off/resolve/main/README.md")
    assert get(hub, "/org/off/resolve/main/README.md").status_code == 403


def test_bad_token(hub: LoopbackHub) -> None:
    with pytest.raises(HfHubHTTPError, match="Invalid credentials") as caught:
        api_of(hub, BAD).model_info("org/open")
    assert not isinstance(caught.value, RepositoryNotFoundError)
    assert caught.value.response.status_code == 401


def test_unknown_expand_names_the_choices(hub: LoopbackHub) -> None:
    for name in ("nonsense", "_id", "cardData.license"):
        with pytest.raises(BadRequestError, match="childrenModelCount"):
            api_of(hub).model_info("org/open", expand=[name])  # type: ignore[list-item]
    with pytest.raises(BadRequestError):
        list(api_of(hub).list_models(expand=["nonsense"]))  # type: ignore[list-item]
    assert get(hub, "/api/models/org/open?expand=gated&blobs=true").status_code == 400


def test_forbidden_and_missing_without_a_code(hub: LoopbackHub) -> None:
    hub.fault("/api/models/org/open", kind="status", code=403, times=1)
    with pytest.raises(HfHubHTTPError) as caught:
        api_of(hub).model_info("org/open")
    assert type(caught.value) is HfHubHTTPError
    hub.fault("/api/models/org/open", kind="status", code=404, times=1)
    with pytest.raises(HfHubHTTPError) as caught:
        api_of(hub).model_info("org/open")
    assert type(caught.value) is HfHubHTTPError
    assert get(hub, "/api/models/org/open/nonsense").status_code == 404


def test_html_with_200(hub: LoopbackHub) -> None:
    hub.fault("/api/models", kind="html200")
    with pytest.raises(json.JSONDecodeError):
        api_of(hub).model_info("org/open")


def test_malformed_id_makes_no_request(hub: LoopbackHub) -> None:
    with pytest.raises(HFValidationError):
        api_of(hub).model_info("a/b/c")
    assert hub.log == []


def test_offline_switch_and_empty_cache(hub: LoopbackHub, tmp_path: Path) -> None:
    with pytest.raises(LocalEntryNotFoundError):
        api_of(hub).hf_hub_download("org/open", "README.md", cache_dir=tmp_path, local_files_only=True)
    assert hub.log == []
    answers = in_a_process(hub, {"info": "api.model_info('org/open')"}, HF_HUB_OFFLINE="1")
    assert answers == {"info": "OfflineModeIsEnabled"}
    assert hub.log == []


def test_a_download_needs_both_commit_and_etag(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.fault("/api/resolve-cache", kind="headers", drop=("x-repo-commit",))
    with pytest.raises(LocalEntryNotFoundError) as caught:
        api_of(hub).hf_hub_download("org/open", "README.md", cache_dir=tmp_path)
    assert isinstance(caught.value.__cause__, FileMetadataError)


PROGRAM = """
import json, sys
from huggingface_hub import HfApi
calls = json.loads(sys.argv[2])
names = {"api": HfApi(endpoint=sys.argv[1], token=False), "cache": sys.argv[3]}
names |= {name: HfApi(endpoint=sys.argv[1], token="hf_" + name) for name in ("good", "other", "bad")}
answers = {}
for name, call in calls.items():
    try:
        answers[name] = str(eval(call, names))
    except Exception as error:
        answers[name] = type(error).__name__
print(json.dumps(answers))
"""


def in_a_process(hub: LoopbackHub, calls: dict[str, str], cache: str = "", **environment: str) -> dict[str, str]:
    """What the client answers, or raises, in a process of its own: its settings are read at import."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING", "TRANSFORMERS"))
    }
    environment |= {
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HOME": cache or "/nonexistent",
    }
    if hub.ca_file:
        environment["SSL_CERT_FILE"] = str(hub.ca_file)
    command = [sys.executable, "-c", PROGRAM, hub.url, json.dumps(calls), cache]
    done = subprocess.run(command, env=kept | environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_every_error_over_https(tmp_path: Path) -> None:
    rows = {
        "open": ("api.model_info('org/open').id", "org/open"),
        "missing": ("api.model_info('org/none')", "RepositoryNotFoundError"),
        "private": ("api.model_info('org/hidden')", "RepositoryNotFoundError"),
        "missing with token": ("other.model_info('org/none')", "RepositoryNotFoundError"),
        "private with token": ("good.model_info('org/hidden').id", "org/hidden"),
        "gated info": ("api.model_info('org/gated').gated", "auto"),
        "gated commits": ("api.list_repo_commits('org/gated')", "GatedRepoError"),
        "gated commits, not let in": ("other.list_repo_commits('org/gated')", "GatedRepoError"),
        "gated file": (
            "api.get_hf_file_metadata(url=api.endpoint + '/org/gated/resolve/main/README.md')",
            "GatedRepoError",
        ),
        "revision": ("api.model_info('org/open', revision='nope')", "RevisionNotFoundError"),
        "entry": ("api.hf_hub_download('org/open', 'nope', cache_dir=cache)", "RemoteEntryNotFoundError"),
        "disabled info": ("api.model_info('org/off').disabled", "True"),
        "disabled commits": ("api.list_repo_commits('org/off')", "GatedRepoError"),
        "disabled file": (
            "api.get_hf_file_metadata(url=api.endpoint + '/org/off/resolve/main/README.md')",
            "DisabledRepoError",
        ),
        "bad token": ("bad.model_info('org/open')", "HfHubHTTPError"),
        "bad expand": ("api.model_info('org/open', expand=['nonsense'])", "BadRequestError"),
        "other 403": ("api.model_info('org/forbidden')", "HfHubHTTPError"),
        "other 404": ("api.model_info('org/uncoded')", "HfHubHTTPError"),
        "html": ("api.model_info('org/portal')", "JSONDecodeError"),
        "malformed": ("api.model_info('a/b/c')", "HFValidationError"),
        "nothing cached": (
            "api.hf_hub_download('org/open', 'LICENSE', cache_dir=cache, local_files_only=True)",
            "LocalEntryNotFoundError",
        ),
        "renamed": ("api.model_info('old/name').id", "org/open"),
        "small file": ("open(api.hf_hub_download('org/open', 'LICENSE', cache_dir=cache)).read()", "MIT License\n"),
        "large file": ("good.hf_hub_download('org/gated', 'sub/deep/model.safetensors', cache_dir=cache)[-17:]", None),
    }
    with LoopbackHub(https=True) as hub:
        hub.add_model("org/open", FILES)
        hub.add_model("org/gated", FILES, gated="auto")
        hub.add_model("org/hidden", FILES, private=True)
        hub.add_model("org/off", FILES, disabled=True)
        hub.rename("old/name", "org/open")
        hub.tokens = {GOOD: {"org/gated", "org/hidden"}, OTHER: set()}
        hub.fault("/api/models/org/forbidden", kind="status", code=403)
        hub.fault("/api/models/org/uncoded", kind="status", code=404)
        hub.fault("/api/models/org/portal", kind="html200")
        found = in_a_process(hub, {name: call for name, (call, _) in rows.items()}, str(tmp_path))
        bare = [request for request in hub.log if request.path == "/api/models/org/none" and request.status == 401]
    assert found == {name: answer or "model.safetensors" for name, (_, answer) in rows.items()}
    assert [request.error_code for request in bare] == [""]
    assert not any(request.authorised for request in hub.log if request.origin == "storage")


# ---- info and lists (2.1, 2.2)


def test_default_info_lacks_what_needs_expand(hub: LoopbackHub) -> None:
    raw = get(hub, "/api/models/org/open").json()
    assert {"_id", "id", "modelId", "sha", "gated", "cardData", "siblings", "tags"} <= raw.keys()
    assert not {"baseModels", "childrenModelCount", "downloadsAllTime", "trendingScore", "evalResults"} & raw.keys()
    assert raw["siblings"][0] == {"rfilename": ".gitattributes"}
    assert raw["cardData"]["license"] == "mit"
    assert {"license:mit", "base_model:finetune:base/one", "dataset:squad", "arxiv:1706.03762", "region:us"} <= set(
        raw["tags"]
    )


def test_expand_answers_strictly_what_was_named(hub: LoopbackHub) -> None:
    for query in ("expand=gated&expand=baseModels", "expand[]=gated&expand[]=baseModels"):
        raw = get(hub, f"/api/models/org/open?{query}").json()
        assert list(raw) == ["_id", "id", "gated", "baseModels"]
        assert raw["baseModels"]["relation"] == "finetune"
        assert raw["baseModels"]["models"][0]["id"] == "base/one"
    hub.add_model("base/one", {})
    info = api_of(hub).model_info("base/one", expand=["childrenModelCount", "baseModels"])
    assert info.children_model_count == {"adapter": 0, "merge": 0, "quantized": 0, "finetune": 4}
    assert info.base_models is None


def test_blobs_and_security(hub: LoopbackHub) -> None:
    info = api_of(hub).model_info("org/open", files_metadata=True, securityStatus=True)
    assert info.security_repo_status is not None
    by_name = {sibling.rfilename: sibling for sibling in info.siblings or []}
    assert by_name["LICENSE"].blob_id == hashlib.sha1(b"blob 12\0MIT License\n").hexdigest()
    large = by_name["sub/deep/model.safetensors"]
    assert large.lfs is not None
    assert (large.size, large.lfs["sha256"]) == (1000, hashlib.sha256(LFS(size=1000).read(0, 1000)).hexdigest())


def test_revisions_and_their_spelling(hub: LoopbackHub, tmp_path: Path) -> None:
    api = api_of(hub)
    first = api.model_info("org/open").sha
    second = hub.commit("org/open", {"README.md": "---\nlicense: apache-2.0\n---\n", "LICENSE": None})
    hub.branch("org/open", "v1", first)
    hub.branch("org/open", "refs/pr/1", first)
    hub.tag("org/open", "release/1.0", first)
    assert api.model_info("org/open").sha == second != first
    for revision in ("v1", "refs/pr/1", "release/1.0", first):
        info = api.model_info("org/open", revision=revision)
        assert (info.sha, info.card_data["license"]) == (first, "mit")  # type: ignore[index]
        assert api.hf_hub_download("org/open", "LICENSE", revision=revision, cache_dir=tmp_path)
    assert any("refs%2Fpr%2F1" in request.raw_path for request in hub.log)
    references = api.list_repo_refs("org/open", include_pull_requests=True)
    assert {branch.name: branch.target_commit for branch in references.branches} == {"main": second, "v1": first}
    assert [tag.ref for tag in references.tags] == ["refs/tags/release/1.0"]
    assert [pull.ref for pull in references.pull_requests or []] == ["refs/pr/1"]


def test_fields_may_be_replaced_or_left_out(hub: LoopbackHub) -> None:
    hub.add_model("org/odd", {"README.md": "---\n: [\n---\n"}, gated=OMIT, downloads=7, model_index=[1], invented="yes")
    raw = get(hub, "/api/models/org/odd").json()
    assert "gated" not in raw
    assert (raw["downloads"], raw["model-index"], raw["invented"], raw["cardData"]) == (7, [1], "yes", {})
    assert "cardData" not in get(hub, "/api/models/none-at-all").json()


def test_datasets(hub: LoopbackHub, tmp_path: Path) -> None:
    sha = hub.add_dataset("org/data", {"README.md": "---\nlicense: cc0-1.0\n---\n", "a/b.csv": "x\n"}, gated="auto")
    api = api_of(hub)
    info = api.dataset_info("org/data", files_metadata=True)
    assert (info.sha, info.gated, info.card_data["license"]) == (sha, "auto", "cc0-1.0")  # type: ignore[index]
    with pytest.raises(GatedRepoError):
        api.list_repo_commits("org/data", repo_type="dataset")
    hub.repository("org/data", "dataset").gated = False
    assert (
        Path(api.hf_hub_download("org/data", "a/b.csv", repo_type="dataset", cache_dir=tmp_path)).read_text() == "x\n"
    )
    assert [item.id for item in api.list_datasets(author="org")] == ["org/data"]


def test_listing_pages_and_filters(hub: LoopbackHub) -> None:
    for number in range(7):
        hub.add_model(f"many/m{number}", {"README.md": CARD}, likes=number % 3, gated="auto" if number == 4 else False)
    hub.list_page = 3
    api = api_of(hub)
    found = [item.id for item in api.list_models(author="many")]
    assert found == [f"many/m{number}" for number in reversed(range(7))]
    assert len(hub.log) == 3
    assert [request.query for request in hub.log][1].startswith("author=many&cursor=")
    assert [item.likes for item in api.list_models(author="many", sort="likes", limit=4)] == [2, 2, 1, 1]
    assert [item.id for item in api.list_models(author="many", gated=True)] == ["many/m4"]
    assert len(list(api.list_models(filter=["license:mit"], search="M1"))) == 1
    item = next(iter(api.list_models(author="many", expand=["gated", "cardData"], limit=1)))
    assert (item.gated, item.card_data["license"], item.sha) == (False, "mit", None)  # type: ignore[index]
    full = next(iter(api.list_models(author="many", full=True, limit=1)))
    assert full.siblings
    assert full.sha
    assert "org/hidden" not in [item.id for item in api.list_models(author="org")]


def test_tree_pages(hub: LoopbackHub) -> None:
    hub.add_model("org/big", {f"part-{number:04d}.bin": "x" for number in range(1050)} | {"sub/one.txt": "1"})
    api = api_of(hub)
    assert len(list(api.list_repo_tree("org/big", recursive=True))) == 1052
    assert len(hub.log) == 2
    hub.clear_log()
    tree = list(api.list_repo_tree("org/big", expand=True))
    assert len(tree) == 1051
    assert len(hub.log) == 22
    assert [item.path for item in api.list_repo_tree("org/big", "sub")] == ["sub/one.txt"]
    found = api.get_paths_info("org/big", ["sub", "part-0001.bin", "nowhere"], expand=True)
    assert [item.path for item in found] == ["sub", "part-0001.bin"]
    assert found[0].last_commit is not None


def test_tree_shape_of_a_large_file(hub: LoopbackHub) -> None:
    items = get(hub, "/api/models/org/open/tree/main/sub%2Fdeep").json()
    sha256 = LFS(size=1000).sha256
    assert items[0]["lfs"] == {"oid": sha256, "size": 1000, "pointerSize": len(f"{sha256}1000") + 61}
    assert "version https://git-lfs" in get(hub, "/org/open/raw/main/sub/deep/model.safetensors").text


def test_commits_in_pages(hub: LoopbackHub) -> None:
    for number in range(60):
        hub.commit("org/open", {"n.txt": str(number)}, title=f"change {number}")
    commits = api_of(hub).list_repo_commits("org/open", formatted=True)
    assert (len(commits), len(hub.log)) == (61, 2)
    assert (commits[0].title, commits[-1].title) == ("change 59", "initial commit")
    answer = get(hub, "/api/models/org/open/commits/main?limit=5&p=12")
    assert (answer.headers["x-total-count"], len(answer.json()), "link" in answer.headers) == ("61", 1, False)


def test_owners(hub: LoopbackHub) -> None:
    hub.add_owner("org", fullname="The Org", isVerified=True)
    assert get(hub, "/api/organizations/org/overview").json()["fullname"] == "The Org"
    assert get(hub, "/api/users/org/overview").status_code == 404
    assert api_of(hub).get_organization_overview("org").name == "org"


# ---- files (2.3) and renames (2.5)


def test_small_file_takes_two_hops(hub: LoopbackHub, tmp_path: Path) -> None:
    api = api_of(hub)
    path = api.hf_hub_download("org/open", "README.md", cache_dir=tmp_path)
    assert Path(path).read_text() == CARD
    assert [(request.method, request.status) for request in hub.log] == [("HEAD", 307), ("HEAD", 200), ("GET", 200)]
    assert hub.log[1].redirected_from is hub.log[0]
    assert [request.method for request in hub.requests()] == ["HEAD", "GET"]
    hop = get(hub, "/org/open/resolve/main/README.md")
    assert hop.headers["location"].startswith("/api/resolve-cache/models/org/open/")
    assert hop.headers["x-linked-size"] == str(len(CARD))
    hub.clear_log()
    api.hf_hub_download("org/open", "README.md", cache_dir=tmp_path)
    assert [request.method for request in hub.log] == ["HEAD", "HEAD"]
    hub.clear_log()
    sha = hub.repository("org/open").head.sha
    assert api.hf_hub_download("org/open", "README.md", revision=sha, cache_dir=tmp_path) == path
    assert hub.log == []


def test_small_file_without_redirects(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.small_file_redirects = False
    api_of(hub).hf_hub_download("org/open", "README.md", cache_dir=tmp_path)
    assert [(request.method, request.status) for request in hub.log] == [("HEAD", 200), ("GET", 200)]


def test_resolve_cache_wants_a_commit(hub: LoopbackHub) -> None:
    assert get(hub, "/api/resolve-cache/models/org/open/main/README.md").status_code == 400
    assert get(hub, f"/api/resolve-cache/models/org/open/{'a' * 40}/README.md").status_code == 404
    sha = hub.repository("org/gated").head.sha
    assert get(hub, f"/api/resolve-cache/models/org/gated/{sha}/README.md").status_code == 401


def test_token_stays_with_the_hub(hub: LoopbackHub, tmp_path: Path) -> None:
    name = "sub/deep/model.safetensors"
    path = api_of(hub, GOOD).hf_hub_download("org/gated", name, cache_dir=tmp_path)
    assert Path(path).read_bytes() == LFS(size=1000).read(0, 1000)
    storage = [request for request in hub.log if request.origin == "storage"]
    assert [(request.method, request.authorised, request.token) for request in storage] == [("GET", False, None)]
    assert all(request.authorised and request.token == GOOD for request in hub.log if request.origin == "hub")
    hop = get(hub, f"/org/open/resolve/main/{name}", "HEAD")
    assert (hop.status_code, hop.headers["x-linked-etag"]) == (302, f'"{LFS(size=1000).sha256}"')
    assert hop.headers["location"].startswith(f"{hub.storage_url}/")
    stored = get(hub, f"/org/open/resolve/main/{name}", follow=True)
    assert stored.headers["etag"] != hop.headers["x-linked-etag"]
    assert hub.log[-1].redirected_from is hub.log[-2]


def test_a_leaked_token_would_be_seen(hub: LoopbackHub) -> None:
    with httpx2.Client(trust_env=False) as client:
        client.get(f"{hub.storage_url}/repos/x/y", headers={"Authorization": f"Bearer {GOOD}"})
    assert (hub.log[-1].origin, hub.log[-1].authorised, hub.log[-1].token) == ("storage", True, GOOD)


def test_ranges_and_conditions(hub: LoopbackHub) -> None:
    path = "/org/open/resolve/main/README.md"
    part = get(hub, path, follow=True, Range="bytes=4-10")
    assert (part.status_code, part.text) == (206, CARD[4:11])
    assert part.headers["content-range"] == f"bytes 4-10/{len(CARD)}"
    assert get(hub, path, follow=True, Range="bytes=-5").text == CARD[-5:]
    assert get(hub, path, follow=True, Range="bytes=9999-").status_code == 416
    large = get(hub, "/org/open/resolve/main/sub/deep/model.safetensors", follow=True, Range="bytes=990-")
    assert (large.status_code, large.content) == (206, LFS(size=1000).read(990, 1000))
    etag = get(hub, path, follow=True).headers["etag"]
    assert etag == f'"{hub.repository("org/open").head.files["README.md"].oid}"'
    assert get(hub, path, follow=True, If_None_Match=etag).status_code == 304
    info = get(hub, "/api/models/org/open")
    assert info.headers["etag"].startswith('W/"')
    again = get(hub, "/api/models/org/open", If_None_Match=info.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


def test_huge_files_cost_nothing(hub: LoopbackHub) -> None:
    hub.add_model("org/huge", {"model.safetensors": LFS(size=20 << 30)})
    url = "/org/huge/resolve/main/model.safetensors"
    assert get(hub, url, "HEAD").headers["x-linked-size"] == str(20 << 30)
    assert len(get(hub, url, follow=True, Range=f"bytes={(20 << 30) - 100}-").content) == 100


def test_renames_are_followed(hub: LoopbackHub, tmp_path: Path) -> None:
    before = hub.add_model("gpt2", FILES)
    hub.rename("gpt2", "openai-community/gpt2")
    api = api_of(hub)
    info = api.model_info("gpt2", expand=["sha"])
    assert (info.id, info.sha) == ("openai-community/gpt2", before)
    assert [request.status for request in hub.log] == [307, 200]
    assert hub.log[0].query == hub.log[1].query == "expand=sha"
    assert len(hub.requests()) == 1
    hop = get(hub, "/api/models/gpt2/tree/main?recursive=true")
    assert hop.headers["location"] == "/api/models/openai-community/gpt2/tree/main?recursive=true"
    assert len(api.list_repo_commits("gpt2")) == 1
    assert Path(api.hf_hub_download("gpt2", "README.md", cache_dir=tmp_path)).read_text() == CARD
    assert get(hub, "/ORG/Open/resolve/main/a%20b?download=true").headers["location"] == (
        "/org/open/resolve/main/a%20b?download=true"
    )
    assert api.model_info("ORG/Open").id == "org/open"


def test_a_rename_may_land_on_another_repository(hub: LoopbackHub) -> None:
    hub.add_model("first/model", FILES)
    old = get(hub, "/api/models/first/model").json()["_id"]
    hub.remove("first/model")
    hub.add_model("second/model", FILES)
    hub.rename("first/model", "second/model")
    answer = get(hub, "/api/models/first/model", follow=True).json()
    assert answer["id"] == "second/model"
    assert answer["_id"] != old


def test_identities_are_stable() -> None:
    def build() -> tuple[str, str]:
        with LoopbackHub() as hub:
            return hub.add_model("org/open", FILES), get(hub, "/api/models/org/open").json()["_id"]

    assert build() == build()


# ---- limits (2.7), log, faults


def test_every_answer_tells_the_limits(hub: LoopbackHub) -> None:
    first = get(hub, "/api/models/org/open")
    assert first.headers["ratelimit"].startswith('"api";r=499;t=')
    assert first.headers["ratelimit-policy"] == '"fixed window";"api";q=500;w=300'
    assert get(hub, "/api/models/org/none").headers["ratelimit"].startswith('"api";r=498')
    assert (
        get(hub, "/org/open/resolve/main/README.md", follow=True).headers["ratelimit"].startswith('"resolvers";r=2998')
    )
    member = get(hub, "/api/models/org/open", Authorization=f"Bearer {GOOD}")
    assert member.headers["ratelimit-policy"] == '"fixed window";"api";q=1000;w=300'


def test_spent_quota(hub: LoopbackHub) -> None:
    hub.set_quotas(api=2)
    api = api_of(hub)
    api.model_info("org/open")
    api.model_info("org/open")
    with pytest.raises(HfHubHTTPError, match="'api' rate limit") as caught:
        api.model_info("org/open")
    assert caught.value.response.status_code == 429
    assert get(hub, "/org/open/resolve/main/LICENSE").status_code == 307
    later = time.monotonic() + 301
    hub.limiter.clock = lambda: later
    assert api.model_info("org/open").id == "org/open"


def test_client_waits_for_the_window(hub: LoopbackHub) -> None:
    hub.fault("/api/models", kind="status", code=429, times=1, headers={"RateLimit": '"api";r=0;t=0'})
    assert [item.id for item in api_of(hub).list_models(author="org")]
    assert [request.status for request in hub.log] == [429, 200]


def test_lists_retry_but_info_does_not(hub: LoopbackHub) -> None:
    hub.fault("/api/models", kind="status", code=503, times=1)
    assert list(api_of(hub).list_models(author="org"))
    assert len(hub.log) == 2
    hub.fault("/api/models", kind="status", code=503, times=1)
    with pytest.raises(HfHubHTTPError):
        api_of(hub).model_info("org/open")


def test_log_and_depth(hub: LoopbackHub) -> None:
    hub.latency = 0.05
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda name: get(hub, f"/org/open/resolve/main/{name}", follow=True), ("LICENSE", "README.md")))
    assert (len(hub.log), len(hub.requests()), hub.depth()) == (4, 2, 1)
    get(hub, "/api/models/org/open", Authorization=f"Bearer {GOOD}")
    get(hub, "/api/agent-harnesses")
    assert (len(hub.requests()), len(hub.requests(counted=False)), hub.depth()) == (3, 6, 2)
    last = hub.requests()[-1]
    assert (last.method, last.bucket, last.authorised, last.token, last.status) == ("GET", "api", True, GOOD, 200)
    assert last.ended is not None
    assert last.ended - last.started >= 0.05
    hub.clear_log()
    assert hub.depth() == 0


def test_keep_alive_without_stalls(hub: LoopbackHub) -> None:
    began = time.perf_counter()
    with httpx2.Client(trust_env=False) as client:
        for _ in range(50):
            client.get(f"{hub.url}/api/models/org/open").raise_for_status()
    assert time.perf_counter() - began < 1.5


def spoil(
    hub: LoopbackHub, kind: str, timeout: float = 5, path: str = "/api/models/org/open", **arguments: Any
) -> bytes:
    fault = hub.fault(path, kind, times=1, **arguments)
    try:
        with httpx2.Client(trust_env=False, follow_redirects=True, timeout=timeout) as client:
            return client.get(hub.url + path).content
    finally:
        assert fault.hits == 1


def test_faults_that_break_the_connection(hub: LoopbackHub) -> None:
    for kind, arguments in (
        ("reset", {}),
        ("reset", {"before": True}),
        ("reset", {"after": 0}),
        ("truncated", {}),
        ("truncated", {"path": "/org/open/resolve/main/sub/deep/model.safetensors"}),
        ("wrong_length", {"delta": 7}),
    ):
        with pytest.raises((httpx2.NetworkError, httpx2.RemoteProtocolError)):
            spoil(hub, kind, **arguments)
    assert spoil(hub, "wrong_length", delta=-5)[-1:] != b"}"
    assert get(hub, "/api/models/org/open").status_code == 200


@pytest.mark.parametrize("mode", ["silent", "headers", "drip"])
def test_stall(hub: LoopbackHub, mode: str) -> None:
    if mode == "drip":
        hub.fault("/api/models/org/open", "stall", mode=mode, every=0.01)
        with httpx2.Client(trust_env=False) as client, client.stream("GET", f"{hub.url}/api/models/org/open") as answer:
            pieces = answer.iter_raw()
            assert b"".join(next(pieces) for _ in range(5)).startswith(b'{"_id')
    else:
        with pytest.raises(httpx2.ReadTimeout):
            spoil(hub, "stall", timeout=0.1, mode=mode)


def test_closing_ends_a_stall() -> None:
    with ThreadPoolExecutor(1) as pool:
        with LoopbackHub() as hub:
            hub.fault("/", "stall")
            waiting = pool.submit(get, hub, "/api/models")
            while not hub.log:
                time.sleep(0.005)
            began = time.perf_counter()
        assert time.perf_counter() - began < 1
        with pytest.raises(httpx2.HTTPError):
            waiting.result(5)


def test_faults_that_spoil_the_body(hub: LoopbackHub) -> None:
    card = "/org/open/resolve/main/README.md"
    assert spoil(hub, "body", path=card, body="other") == b"other"
    assert b"Sign in" in spoil(hub, "html200")
    with pytest.raises(UnicodeDecodeError):
        spoil(hub, "non_utf8").decode()
    assert len(spoil(hub, "gzip_bomb", size=3 << 20)) == 3 << 20
    assert len(spoil(hub, "endless", limit=1 << 20)) >= 1 << 20
    hub.fault(card, "endless")
    with httpx2.Client(trust_env=False) as client, client.stream("GET", hub.url + card) as answer:
        read = 0
        for piece in answer.iter_bytes():
            read += len(piece)
            if read > 4 << 20:
                break


def test_redirect_faults(hub: LoopbackHub) -> None:
    with pytest.raises(httpx2.TooManyRedirects):
        with httpx2.Client(trust_env=False, follow_redirects=True) as client:
            hub.fault("/api/models/org/open", "redirect_loop")
            client.get(f"{hub.url}/api/models/org/open")
    assert len(hub.log) == 21
    assert len(hub.requests()) == 1
    hub.clear_faults()
    spoil(hub, "redirect_off_host")
    assert [request.origin for request in hub.log[-2:]] == ["hub", "storage"]
    assert hub.log[-1].redirected_from is hub.log[-2]


def test_retry_after(hub: LoopbackHub) -> None:
    hub.fault("/api/models/org/open", "retry_after", value="date", seconds=30, times=1)
    assert get(hub, "/api/models/org/open").headers["retry-after"].endswith("GMT")
    hub.fault("/api/models/org/open", "retry_after", value=99999, times=1)
    answer = get(hub, "/api/models/org/open")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "99999")


def test_fault_matching_and_seeds(hub: LoopbackHub) -> None:
    with pytest.raises(ValueError, match="no fault"):
        hub.fault("/", "nonsense")
    hub.add_model("org/open2", FILES)
    hub.fault("/api/models/org/open", "status", code=500)
    hub.fault("^/api/models/.*expand=gated", "status", code=502)
    hub.fault("/org/open", "latency", seconds=0.1)
    seen = [
        get(hub, f"/api/models/org/{tail}").status_code for tail in ("open", "open/refs", "open2", "open2?expand=gated")
    ]
    assert seen == [500, 500, 200, 502]
    began = time.perf_counter()
    assert get(hub, "/org/open/resolve/main/LICENSE").status_code == 307
    assert time.perf_counter() - began >= 0.1
    hub.clear_faults()

    def storm() -> list[int]:
        hub.chaos(seed=7, rate=0.5)
        return [get(hub, f"/api/models/org/{quote('open')}").status_code for _ in range(12)]

    first = storm()
    assert set(first) > {200}
    assert first == storm()
