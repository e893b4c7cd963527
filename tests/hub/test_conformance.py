"""The real client against the loopback Hub, over its table of errors (`docs/design.md`, The Hub).

When the client moves, the replica fails first: here, in `test_reads` and in `test_faults`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
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

from tests.hub.loopback import LoopbackHub
from tests.hub.sample import BAD, CARD, GOOD, OTHER, api_of, get, in_a_process, sample_hub


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with sample_hub() as hub:
        yield hub


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


def test_every_error_over_https(tmp_path: Path) -> None:
    rows = {
        "open": ("api.model_info('org/open').id", "org/open"),
        "missing": ("api.model_info('org/none')", "RepositoryNotFoundError"),
        "private": ("api.model_info('org/hidden')", "RepositoryNotFoundError"),
        "missing with token": ("other.model_info('org/none')", "RepositoryNotFoundError"),
        "private with token": ("good.model_info('org/hidden').id", "org/hidden"),
        "gated info": ("api.model_info('org/gated').gated", "manual"),
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
    with sample_hub(https=True) as hub:
        hub.rename("old/name", "org/open")
        hub.fault("/api/models/org/forbidden", kind="status", code=403)
        hub.fault("/api/models/org/uncoded", kind="status", code=404)
        hub.fault("/api/models/org/portal", kind="html200")
        found = in_a_process(hub, {name: call for name, (call, _) in rows.items()}, str(tmp_path))
        bare = [request for request in hub.log if request.path == "/api/models/org/none" and request.status == 401]
    assert found == {name: answer or "model.safetensors" for name, (_, answer) in rows.items()}
    assert [request.error_code for request in bare] == [""]
    assert not any(request.authorised for request in hub.log if request.origin == "storage")
