"""Links to code hosts followed without a network: the real client's questions, answered from git clones on this machine.

A folder holds one clone (bare or not) for each repository, named OWNER+NAME, in `OWNER+NAME` itself or its `repo`. What is in
no clone is not looked at, and stays unknown; so is a page, a paper, a data set. A clone shows the repository as it was when it
was made, not as it was when somebody labelled the release.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from openness.core.release import Reason, Release
from openness.sources import linked
from openness.sources.cache import Cache
from openness.sources.connections import Unseen
from openness.sources.http import WebPage

_TREE = re.compile(r"https://api\.github\.com/repos/([^/]+/[^/]+)/git/trees/([^?]+)\?recursive=1\Z")
_RAW = re.compile(r"https://raw\.githubusercontent\.com/([^/]+/[^/]+)/([^/]+)/(.+)\Z")


class Clones:
    """In the place of `openness.sources.http.Web`: what github.com would answer, taken from clones."""

    def __init__(self, folder: Path) -> None:
        places = {path.name.lower().replace("+", "/"): path for path in folder.iterdir() if "+" in path.name}
        self._places = {name: next(filter(_is_git, (path / "repo", path)), path) for name, path in places.items()}

    def get(self, url: str, limit: int, accept: str = "") -> WebPage:
        """The answer to a question that the client asks. Raises `Unseen` where no clone has it."""
        for pattern, answer in ((_TREE, self._tree), (_RAW, self._raw)):
            found = pattern.match(url)
            place = self._places.get(found[1].lower()) if found else None
            if found and place:
                body = answer(place, *found.groups()[1:])
                status = 404 if body is None else 200
                return WebPage(url, status, {}, (body or b"")[:limit], len(body or b"") > limit)
        raise Unseen(Reason.NOT_RECORDED, "there is no clone of it here")

    def close(self) -> None:
        """Nothing to close."""

    def _tree(self, place: Path, ref: str) -> bytes | None:
        listed = _git(place, "ls-tree", "-r", "-z", "--name-only", ref)
        if listed is None:
            raise Unseen(Reason.NOT_RECORDED, "the clone does not hold this revision")
        paths = listed.decode("utf-8", "replace").split("\0")
        return json.dumps({"tree": [{"path": path, "type": "blob"} for path in paths if path]}).encode()

    def _raw(self, place: Path, ref: str, path: str) -> bytes | None:
        return _git(place, "show", f"{ref}:{unquote(path)}")


def _is_git(path: Path) -> bool:
    return (path / "HEAD").is_file() or (path / ".git").exists()


def _git(place: Path, *words: str) -> bytes | None:
    done = subprocess.run(["git", "-C", str(place), *words], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


@contextmanager
def following(folder: Path) -> Iterator[Clones]:
    """While it holds, the client of `openness.sources.linked` asks these clones."""
    clones, before = Clones(folder), linked.open_web
    linked.open_web = lambda timeout: clones  # type: ignore[assignment,return-value]
    try:
        yield clones
    finally:
        linked.open_web = before


def followed(releases: Iterable[Release], folder: Path) -> Iterator[Release]:
    """The releases, each with what its links to code hosts lead to."""
    with following(folder), TemporaryDirectory() as kept:
        cache = Cache(Path(kept))
        for release in releases:
            yield linked.follow(release, cache)
