"""The hosts that the tool knows, each once: where code, data sets and papers live, and which hosts are asked for links.

A *place* is the beginning of an address without its scheme (`github.com/`); a *host* is a host name.
"""

from __future__ import annotations

HUB = "huggingface.co"
HUB_HOSTS = frozenset({HUB, "www.huggingface.co", "hf.co"})
"""Host names of the public Hugging Face Hub."""

CODE_HOSTS = ("github.com/", "gitlab.com/", "codeberg.org/", "bitbucket.org/", "gitee.com/")
"""Places where repositories of code live."""

DATASET_PLACES = (
    "huggingface.co/datasets/",
    "hf.co/datasets/",
    "zenodo.org/",
    "kaggle.com/datasets/",
    "commoncrawl.org",
)
"""Places where data sets live."""

PAPER_PLACES = (
    "arxiv.org/",
    "aclanthology.org/",
    "openreview.net/",
    "doi.org/",
    "huggingface.co/papers/",
    "hf.co/papers/",
    "biorxiv.org/",
    "proceedings.",
    "openaccess.thecvf.com/",
)
"""Places where papers live; `proceedings.` begins the host names of many conferences."""

FOLLOWED_HOSTS = frozenset(
    {
        "github.com",
        "api.github.com",
        "raw.githubusercontent.com",
        "gitlab.com",
        "codeberg.org",
        HUB,
        "arxiv.org",
        "aclanthology.org",
        "openreview.net",
        "doi.org",
        "zenodo.org",
    }
)
"""Every host that is asked because a card links to it. The Hub that HF_ENDPOINT names is asked besides: the user chose it."""

SAME_HOSTS = {
    "hf.co": HUB,
    "dx.doi.org": "doi.org",
    "export.arxiv.org": "arxiv.org",
    "ar5iv.org": "arxiv.org",
    "alphaxiv.org": "arxiv.org",
}
"""Other names of followed hosts, and mirrors of them, each with the host that is asked instead."""
