"""Which links are followed, and that nothing a card hides in an address reaches the network."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openness.core.hosts import FOLLOWED_HOSTS
from openness.core.release import Card, Link, Provenance, Release
from openness.sources.targets import MAX_TARGETS, choose, target_of
from tests.hostile.corpus import STRINGS

SHA = "0123456789abcdef0123456789abcdef01234567"


def release(*links: str, **fields: object) -> Release:
    card = Card("README.md", "", "", (), tuple(Link(url, "", line) for line, url in enumerate(links, 1)))
    return Release("org/name", "org/name", Provenance("hub", "2026-01-01"), card=card, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "kind", "url"),
    [
        ("https://github.com/org/code", "code", "https://github.com/org/code"),
        ("http://www.github.com/org/code.git", "code", "https://github.com/org/code"),
        ("https://GitHub.com/org/code/tree/main/train#readme", "code", "https://github.com/org/code"),
        (f"https://github.com/org/code/tree/{SHA}", "code", f"https://github.com/org/code/tree/{SHA}"),
        ("https://raw.githubusercontent.com/org/code/main/a/b.py", "code", "https://github.com/org/code"),
        ("https://github.com/org/code/releases/tag/v1", "code", "https://github.com/org/code"),
        ("https://github.com/org/code/issues/3", "code", "https://github.com/org/code"),
        ("https://gitlab.com/group", "page", "https://gitlab.com/group"),
        ("https://github.com/org", "page", "https://github.com/org"),
        ("https://gitlab.com/group/sub/project/-/tree/main", "code", "https://gitlab.com/group/sub/project"),
        ("https://codeberg.org/org/code/src/branch/main/x", "code", "https://codeberg.org/org/code"),
        ("https://huggingface.co/datasets/org/set", "dataset", "https://huggingface.co/datasets/org/set"),
        ("https://hf.co/datasets/squad/viewer/x", "dataset", "https://huggingface.co/datasets/squad"),
        ("http://127.0.0.1:9/datasets/org/set", "dataset", "https://huggingface.co/datasets/org/set"),
        ("https://huggingface.co/org/other/tree/main", "model", "https://huggingface.co/org/other"),
        ("https://huggingface.co/spaces/org/demo", "page", "https://huggingface.co/spaces/org/demo"),
        ("https://huggingface.co/papers/2310.06825", "paper", "https://arxiv.org/abs/2310.06825"),
        ("https://arxiv.org/pdf/2310.06825v2.pdf", "paper", "https://arxiv.org/abs/2310.06825"),
        ("https://arxiv.org/abs/cs/0112017", "paper", "https://arxiv.org/abs/cs/0112017"),
        ("https://export.arxiv.org/abs/2310.06825", "paper", "https://arxiv.org/abs/2310.06825"),
        ("https://doi.org/10.48550/arXiv.2310.06825", "paper", "https://arxiv.org/abs/2310.06825"),
        ("https://dx.doi.org/10.1145/3442188.3445922", "paper", "https://doi.org/10.1145/3442188.3445922"),
        ("https://doi.org/10.5281/zenodo.123", "dataset", "https://zenodo.org/records/123"),
        ("https://zenodo.org/record/123/files/a.zip", "dataset", "https://zenodo.org/records/123"),
        ("https://aclanthology.org/2022.acl-long.1.pdf", "paper", "https://aclanthology.org/2022.acl-long.1/"),
        ("https://openreview.net/pdf?id=abc_-1", "paper", "https://openreview.net/forum?id=abc_-1"),
    ],
)
def test_where_an_address_leads(address: str, kind: str, url: str) -> None:
    target = target_of(address)
    assert target
    assert (target.kind, target.url) == (kind, url)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/org/code/actions/workflows/ci.yml/badge.svg",
        "https://github.com/org/code/raw/main/logo.png",
        "https://arxiv.org/abs/1910.09700",
        "https://example.com/github.com/org/code",
        "https://user@github.com/org/code",
        "https://github.com@evil.example/org/code",
        "https://evil.example\\@github.com/org/code",
        "https://github.com:8080/org/code",
        "https://github.com:x/org/code",
        "https://github.com/org/..",
        "https://github.com/../org/code",
        "https://github.com/org/%2e%2e/code",
        "https://github.com/org/co%2fde",
        "https://github.com/org/%00",
        "https://huggingface.co/docs/transformers",
        "https://huggingface.co/datasets/../models",
        "https://doi.org/javascript:alert(1)",
        "https://openreview.net/forum?id=../x",
        "https://zenodo.org/records/../../x",
        "https://[::1]/org/code",
        "https://[::1",
        "ftp://github.com/org/code",
        "github.com/org/code",
        "",
    ],
)
def test_what_is_not_followed(address: str) -> None:
    assert target_of(address) is None


addresses = st.one_of(
    st.text(max_size=60),
    st.builds(
        "{}://{}/{}".format,
        st.sampled_from(["http", "https"]),
        st.sampled_from(
            [*sorted(FOLLOWED_HOSTS), "hf.co", "user@github.com", "github.com:443", "github.com.evil.example"]
        ),
        st.text(max_size=80),
    ),
    st.builds(
        "https://{}/{}".format,
        st.sampled_from(sorted(FOLLOWED_HOSTS)),
        st.lists(
            st.sampled_from(["..", "a", "%2e%2e", "tree", "-", "datasets", "?x=1", "#", "@", "\\", *STRINGS.values()])
        ).map("/".join),
    ),
)


@given(addresses)
def test_what_is_asked_is_built_from_checked_parts(address: str) -> None:
    target = target_of(address)
    if target is None:
        return
    parts = urlsplit(target.url)
    assert parts.scheme == "https"
    assert parts.netloc in FOLLOWED_HOSTS
    assert not parts.fragment
    assert ".." not in parts.path.split("/")
    assert target.url.isascii()
    assert target.url.isprintable()
    assert len(target.url) < 1_500


def test_each_place_once_with_all_that_leads_there() -> None:
    targets, beyond = choose(
        release(
            "https://github.com/org/code/tree/main/a",
            "https://github.com/Org/Code/blob/main/b/c.py",
            "https://huggingface.co/org/name/blob/main/LICENSE",
            "https://huggingface.co/datasets/org/set",
            metadata={"datasets": ["org/set", "my private data", "", 3]},
            tags=("arxiv:2310.06825", "arxiv:1910.09700", "arxiv:../x", "license:mit"),
        )
    )
    assert beyond == 0
    data, code, paper = targets
    assert code.links == ("https://github.com/org/code/tree/main/a", "https://github.com/Org/Code/blob/main/b/c.py")
    assert code.folders == ("a", "b")
    assert code.line == 1
    assert data.links == ("org/set", "https://huggingface.co/datasets/org/set")
    assert data.line == 4
    assert (paper.links, paper.line) == (("arxiv:2310.06825",), None)


def test_a_link_to_the_whole_outweighs_one_to_a_folder() -> None:
    [target], _ = choose(release("https://github.com/org/code/tree/main/a", "https://github.com/org/code"))
    assert target.folders == ()


def test_no_kind_of_link_starves_the_others() -> None:
    links = [f"https://github.com/org/code{i}" for i in range(40)]
    links += [f"https://arxiv.org/abs/2310.0{i:04}" for i in range(10)]
    targets, beyond = choose(release(*links, metadata={"datasets": [f"org/set{i}" for i in range(40)]}))
    kinds = [target.kind for target in targets]
    assert len(targets) == MAX_TARGETS
    assert beyond == 90 - MAX_TARGETS
    assert min(kinds.count(kind) for kind in ("code", "dataset", "paper")) >= 4
