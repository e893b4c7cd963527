"""The real client reads from the loopback Hub: info, lists, trees, commits, files and renames."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub.errors import GatedRepoError

from tests.hub.loopback import LFS, OMIT, LoopbackHub
from tests.hub.sample import CARD, FILES, GOOD, LARGE, api_of, client, get, sample_hub


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with sample_hub() as hub:
        yield hub


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
    assert vars(info)["children_model_count"] == {"adapter": 0, "merge": 0, "quantized": 0, "finetune": 4}
    assert info.base_models is None


def test_blobs_and_security(hub: LoopbackHub) -> None:
    info = api_of(hub).model_info("org/open", files_metadata=True, securityStatus=True)
    assert info.security_repo_status is not None
    by_name = {sibling.rfilename: sibling for sibling in info.siblings or []}
    assert by_name["LICENSE"].blob_id == hashlib.sha1(b"blob 12\0MIT License\n").hexdigest()
    large = by_name[LARGE]
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
    name = LARGE
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
    with client() as session:
        session.get(f"{hub.storage_url}/repos/x/y", headers={"Authorization": f"Bearer {GOOD}"})
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
