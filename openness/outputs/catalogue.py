"""The list of the bundled releases."""

from __future__ import annotations

from collections.abc import Sequence

from openness.core.record import record
from openness.outputs.blocks import Block, Column, Grid
from openness.outputs.saved import plain

SCHEMA_VERSION = "1.0"
"""The version of the JSON document; it grows as that of scorecards does."""


@record(frozen=True, slots=True)
class CatalogueLine:
    """A bundled release: its id, the day on which its facts were captured (ISO 8601), its name, and other names for it."""

    id: str
    captured: str
    name: str
    aliases: tuple[str, ...]


def blocks(lines: Sequence[CatalogueLine]) -> list[Block]:
    """A row for each release."""
    columns = (
        Column("Id", whole=True),
        Column("Seen on", whole=True),
        Column("Name"),
        Column("Also called", named=True),
    )
    return [Grid(columns, [(each.id, each.captured, each.name, ", ".join(each.aliases)) for each in lines], tight=True)]


def document(lines: Sequence[CatalogueLine]) -> dict[str, object]:
    """The list for JSON."""
    return {"schema_version": SCHEMA_VERSION, "releases": plain(tuple(lines))}


BLOCKS = {"catalogue": blocks}
DOCUMENTS = {"catalogue": document}
