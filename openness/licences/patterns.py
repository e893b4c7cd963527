"""Regular expressions of this room, compiled when they are first used: all together they take more than 10 ms."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once. Flags stand in it (`(?i)`)."""
    return re.compile(pattern)
