"""Facts kept on disk: checksummed and written atomically. Every failure of the cache is a miss."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORMAT = 1


def cache_directory() -> Path:
    """The directory of the cache: OPENNESS_CACHE, else the platform's cache directory."""
    own = os.environ.get("OPENNESS_CACHE")
    if own:
        return Path(own)
    from platformdirs import user_cache_path

    return user_cache_path("openness", appauthor=False)


class Cache:
    """A store of JSON values under keys made of strings; `warnings` holds each failure once."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directory = directory or cache_directory()
        self.warnings: list[str] = []

    def _path(self, key: tuple[str, ...]) -> Path:
        name = hashlib.sha256("\x1f".join((str(FORMAT), *key)).encode("utf-8", "surrogatepass")).hexdigest()
        return self.directory / f"v{FORMAT}" / name[:2] / f"{name}.json"

    def get(self, *key: str) -> object:
        """The value under `key`; None where there is no entry or the entry is damaged."""
        try:
            raw = self._path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._warn(f"the cache could not be read ({error.strerror})")
            return None
        checksum, _, body = raw.partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            self._warn("a damaged cache entry was ignored")
            return None
        try:
            value: object = json.loads(body)
        except (ValueError, RecursionError):
            return None
        return value

    def put(self, value: object, *key: str) -> None:
        """Keep `value` under `key`, whole or not at all; a failure becomes a warning."""
        path = self._path(key)
        body = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, hashlib.sha256(body).hexdigest().encode() + b"\n" + body, durable=False)
        except OSError as error:
            self._warn(f"the cache could not be written ({error.strerror})")

    def entries(self) -> tuple[int, int]:
        """Number of entries, and their size in bytes."""
        sizes = [path.stat().st_size for path in self.directory.glob("v*/*/*.json")]
        return len(sizes), sum(sizes)

    def clear(self) -> int:
        """Remove every entry and nothing else. Returns the number of entries removed."""
        removed = 0
        for path in self.directory.glob("v*/*/*.json"):
            path.unlink(missing_ok=True)
            removed += 1
        for folder in sorted(self.directory.glob("v*/*"), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
        return removed

    def _warn(self, text: str) -> None:
        if text not in self.warnings:
            self.warnings.append(text)


def remember(make: Callable[[], Any], *key: str) -> Any:
    """The JSON value under `key`, made by `make` where the cache does not have it: the project's own files are parsed once."""
    store = Cache()
    value = store.get(*key)
    if value is None:
        value = make()
        store.put(value, *key)
    return value


def write_atomically(path: Path, content: bytes, mode: int = 0o600, *, durable: bool = True) -> None:
    """Write a file so that a reader sees the old content or the new, never a part of it. Raises OSError.

    A file that is not `durable` may be lost or damaged when the machine stops; a cache entry's checksum reveals that.
    """
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
