"""Files that jobs write: whole or not at all, and an error that says what to do."""

from __future__ import annotations

from pathlib import Path

from openness.core.errors import UsageError
from openness.sources.cache import write_atomically


def place(output: str) -> Path:
    """The file to write. Raises `UsageError` where it is a folder, or would stand in a folder that does not exist."""
    path = Path(output)
    if path.is_dir():
        raise UsageError(f"{output} is a folder", "name the file to write")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} does not exist", "make it first")
    return path


def put(path: Path, content: bytes, *, durable: bool = True) -> bool:
    """Write a file unless it holds just that already; returns whether it was written. Raises `UsageError`.

    A file that is not `durable` may be lost when the machine itself stops.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(exist_ok=True)
        write_atomically(path, content, 0o644, durable=durable)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})", "choose another place") from None
    return True
