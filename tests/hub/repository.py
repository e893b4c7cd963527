"""Repositories of the loopback Hub: real git object ids over files that exist in memory only."""

from __future__ import annotations

import calendar
import hashlib
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

EPOCH = calendar.timegm((2024, 1, 1, 0, 0, 0))
"""Creation time of the first repository; everything after it is counted on from here, so that ids never vary."""

_SHA = re.compile(r"[0-9a-f]{40}\Z")
_SHORT_SHA = re.compile(r"[0-9a-f]{7,39}\Z")


def iso(seconds: float) -> str:
    """A time in the Hub's spelling: `2024-01-01T00:00:00.000Z`."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(seconds))


def git_sha(kind: str, data: bytes) -> str:
    """Object id that git gives to `data`."""
    return hashlib.sha1(b"%s %d\0" % (kind.encode(), len(data)) + data, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class LFS:
    """A file in large-file storage. Without `content` its bytes are made up as they are sent, so any size is cheap."""

    size: int = 10
    content: bytes | None = None
    seed: str = ""

    @property
    def length(self) -> int:
        """Size in bytes of the file itself."""
        return self.size if self.content is None else len(self.content)

    @property
    def sha256(self) -> str:
        """Object id in large-file storage: true for what is at most 1 MiB, made up (but stable) above."""
        if self.content is not None:
            return hashlib.sha256(self.content).hexdigest()
        if self.size <= 1 << 20:
            return hashlib.sha256(self.read(0, self.size)).hexdigest()
        return hashlib.sha256(f"{self.seed}:{self.size}".encode()).hexdigest()

    def read(self, start: int, stop: int) -> bytes:
        """The bytes from `start` to `stop`."""
        if self.content is not None:
            return self.content[start:stop]
        pattern = hashlib.sha256(self.seed.encode()).digest()
        first = start % len(pattern)
        count = stop - start
        return (pattern * (count // len(pattern) + 2))[first : first + count]


Content = str | bytes | LFS
"""What a file may be given as; text is stored as UTF-8."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A stored file: `stored` is what git holds (the pointer, for large-file storage)."""

    stored: bytes
    oid: str
    lfs: LFS | None = None
    sha256: str = ""

    @classmethod
    def of(cls, content: Content) -> Blob:
        """A blob from text, bytes or a large file."""
        if isinstance(content, LFS):
            sha256 = content.sha256
            pointer = (
                f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {content.length}\n".encode()
            )
            return cls(pointer, git_sha("blob", pointer), content, sha256)
        data = content.encode() if isinstance(content, str) else content
        return cls(data, git_sha("blob", data))

    @property
    def size(self) -> int:
        """Size in bytes of the file itself."""
        return self.lfs.length if self.lfs else len(self.stored)

    @property
    def etag(self) -> str:
        """What the Hub gives as X-Linked-Etag: git's id, or sha256 for a large file."""
        return self.sha256 or self.oid

    @property
    def xet_hash(self) -> str:
        """A stand-in for the hash of the Xet storage; '' for a file of git."""
        return hashlib.sha256(b"xet" + self.sha256.encode()).hexdigest() if self.lfs else ""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit with its whole tree."""

    sha: str
    title: str
    message: str
    author: str
    date: float
    files: Mapping[str, Blob]
    trees: Mapping[str, str]
    """Object id of every folder by path; '' is the root."""
    parent: Commit | None = None

    def history(self) -> Iterator[Commit]:
        """This commit and those before it, newest first."""
        commit: Commit | None = self
        while commit is not None:
            yield commit
            commit = commit.parent

    def last_change(self, path: str) -> Commit:
        """The commit that last changed a file or folder."""
        for commit in self.history():
            before = commit.parent
            if before is None or before.object_id(path) != commit.object_id(path):
                return commit
        raise AssertionError("a history ends with a commit that has no parent")

    def object_id(self, path: str) -> str | None:
        """Git's id of a file or folder; None where there is none."""
        blob = self.files.get(path)
        return blob.oid if blob else self.trees.get(path)


def hash_trees(files: Mapping[str, Blob]) -> dict[str, str]:
    """Object ids of all folders, as git computes them."""
    folders: dict[str, dict[str, tuple[bytes, str]]] = {"": {}}
    for path, blob in files.items():
        parent, _, name = path.rpartition("/")
        folders.setdefault(parent, {})[name] = (b"100644", blob.oid)
        while parent:
            parent = parent.rpartition("/")[0]
            folders.setdefault(parent, {})
    ids: dict[str, str] = {}
    for folder in sorted(folders, key=lambda path: path.count("/") if path else -1, reverse=True):
        entries = folders[folder]
        ordered = sorted(entries, key=lambda name: name + "/" if entries[name][0] == b"40000" else name)
        data = b"".join(
            b"%s %s\0" % (entries[name][0], name.encode("utf-8", "surrogatepass")) + bytes.fromhex(entries[name][1])
            for name in ordered
        )
        ids[folder] = git_sha("tree", data)
        if folder:
            parent, _, name = folder.rpartition("/")
            folders[parent][name] = (b"40000", ids[folder])
    return ids


@dataclass(slots=True)
class Repository:
    """A repository; `kind` is model, dataset or space."""

    kind: str
    id: str
    created: float
    gated: Any = False
    private: bool = False
    disabled: bool = False
    readme_open: bool = False
    card_data: Any = None
    info: dict[str, Any] = field(default_factory=dict)
    """Fields that replace what the Hub would derive; see `describe.OMIT`."""
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    converts: dict[str, str] = field(default_factory=dict)
    pull_requests: dict[str, str] = field(default_factory=dict)
    mongo_id: str = ""

    def __post_init__(self) -> None:
        if not self.mongo_id:
            tail = hashlib.sha1(f"{self.kind}:{self.id}".encode(), usedforsecurity=False).hexdigest()[:16]
            self.mongo_id = f"{int(self.created):08x}{tail}"

    @property
    def head(self) -> Commit:
        """The newest commit of the default branch."""
        return self.commits[self.branches["main"]]

    def resolve(self, revision: str) -> Commit | None:
        """The commit that a branch, tag, pull request, converted branch or commit id names."""
        name = revision
        for prefix, refs in (
            ("refs/heads/", self.branches),
            ("refs/tags/", self.tags),
            ("refs/convert/", self.converts),
            ("refs/pr/", self.pull_requests),
        ):
            if name.startswith(prefix):
                sha = refs.get(name.removeprefix(prefix))
                return self.commits[sha] if sha else None
        sha = self.branches.get(name) or self.tags.get(name)
        if sha:
            return self.commits[sha]
        if _SHA.match(name):
            return self.commits.get(name)
        if _SHORT_SHA.match(name):
            found = [commit for known, commit in self.commits.items() if known.startswith(name)]
            return found[0] if len(found) == 1 else None
        return None

    def point(self, reference: str, sha: str) -> None:
        """Let a reference (`main`, `refs/pr/1`, `refs/convert/parquet`, `refs/tags/v1`) name a commit."""
        for prefix, refs in (
            ("refs/tags/", self.tags),
            ("refs/convert/", self.converts),
            ("refs/pr/", self.pull_requests),
        ):
            if reference.startswith(prefix):
                refs[reference.removeprefix(prefix)] = sha
                return
        self.branches[reference.removeprefix("refs/heads/")] = sha

    def commit(
        self,
        files: Mapping[str, Content | None],
        title: str = "",
        message: str = "",
        reference: str = "main",
        author: str = "loopback",
        replace: bool = False,
        date: float | None = None,
    ) -> Commit:
        """Put `files` on top of a reference (None deletes; `replace` drops what is not named)."""
        parent = self.resolve(reference) or (self.resolve("main") if self.branches else None)
        tree: dict[str, Blob] = {} if parent is None or replace else dict(parent.files)
        for path, content in files.items():
            if content is None:
                tree.pop(path, None)
            else:
                tree[path] = Blob.of(content)
        tree = dict(sorted(tree.items()))
        when = date if date is not None else (self.created if parent is None else parent.date + 3600)
        title = title or ("initial commit" if parent is None else f"Update {', '.join(files) or 'nothing'}"[:72])
        trees = hash_trees(tree)
        lines = [f"tree {trees['']}"] + ([f"parent {parent.sha}"] if parent else [])
        who = f"{author} <{author}@users.noreply.huggingface.co> {int(when)} +0000"
        lines += [f"author {who}", f"committer {who}", "", title, *(["", message] if message else [])]
        data = "\n".join(lines).encode()
        # Two repositories with the same files must not share commit ids, as two real ones would not.
        sha = git_sha("commit", data + f"\n\n{self.kind} {self.id}\n".encode())
        commit = Commit(sha, title, message, author, when, tree, trees, parent)
        self.commits[sha] = commit
        self.point(reference, sha)
        return commit
