"""The version, in a module of its own: every room may name it without importing the public API."""

from __future__ import annotations

__version__ = "0.1.0"
