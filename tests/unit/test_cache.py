"""The cache: whole or not at all, and a failure is a miss."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from openness.sources.cache import Cache, write_atomically


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "kept")


def only_file(cache: Cache) -> Path:
    (path,) = cache.directory.glob("v*/*/*.json")
    return path


def test_what_is_put_is_got(cache: Cache) -> None:
    cache.put({"text": "\ud800 ✓"}, "facts", "org/name", "sha")
    assert cache.get("facts", "org/name", "sha") == {"text": "\ud800 ✓"}
    assert cache.get("facts", "org/name", "other") is None
    assert cache.entries()[0] == 1
    assert cache.clear() == 1
    assert cache.get("facts", "org/name", "sha") is None


def test_names_of_repositories_never_become_paths(cache: Cache) -> None:
    for name in ("../../x", "/etc/x", "C:\\x", "CON", "x" * 4_000, "a\x00b"):
        cache.put(1, "facts", name)
        assert cache.get("facts", name) == 1
    assert {path.parent.parent.parent for path in cache.directory.glob("v*/*/*.json")} == {cache.directory}


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_damage_is_a_miss_with_one_warning(cache: Cache, damage: bytes | None) -> None:
    cache.put([1, 2, 3], "key")
    path = only_file(cache)
    raw = bytearray(path.read_bytes())
    if damage is None:
        raw[-2] ^= 1
        path.write_bytes(bytes(raw))
    else:
        path.write_bytes(damage)
    assert cache.get("key") is None
    assert cache.get("key") is None
    assert cache.warnings == ["a damaged cache entry was ignored"]


def test_a_full_disk_is_a_warning(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    cache.put(1, "key")
    assert cache.warnings == ["the cache could not be written (No space left on device)"]
    assert cache.get("key") is None
    assert not list(cache.directory.rglob(".*"))


def test_a_place_that_cannot_be_made_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "below")
    cache.put(1, "key")
    assert cache.get("key") is None
    assert cache.warnings


def test_an_interrupted_write_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.md"
    target.write_text("old")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["page.md"]
