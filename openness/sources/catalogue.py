"""The bundled catalogue as a source: its entries (`sources.entries`), and the release that an entry makes."""

from __future__ import annotations

from openness.core.release import File, Need, Provenance, Reason, Release, Unread
from openness.sources import ancestry
from openness.sources.answer import strings
from openness.sources.entries import AUTHOR, FOLDER, CatalogueEntry, entry, find, ids, references, stamp
from openness.sources.reference import endpoint

__all__ = ["AUTHOR", "FOLDER", "CatalogueEntry", "entry", "find", "ids", "load", "references", "stamp"]

_NEVER_HELD = {
    Need.CARD: "cards",
    Need.LICENCE_TEXT: "licence texts",
    Need.REVISIONS: "branches and tags",
    Need.LINKED: "linked repositories",
}


def load(name: str, asked: str, why: str = "") -> Release:
    """A catalogued release by its id. What its entry does not record is missing, never absent. Raises KeyError."""
    held = entry(name)
    metadata = held.facts.metadata if held.facts else {}
    bases, relation = strings(metadata.get("base_model")), metadata.get("base_model_relation")
    files = (held.facts.files if held.facts else None) or ()
    return Release(
        id=held.id,
        asked=asked,
        revision=held.facts.revision if held.facts else None,
        name=held.name,
        publisher=held.publisher,
        url=f"{endpoint()}/{held.id}" if held.on_hub else "",
        on_hub=held.on_hub,
        provenance=Provenance("catalogue", held.captured, why),
        gated=held.facts.gated if held.facts else None,
        metadata=metadata,
        files=tuple(File(path) for path in files),
        base_models=bases,
        base_relation=relation if isinstance(relation, str) else None,
        ancestors=ancestry.ancestors(bases, metadata, {}, held.captured),
        missing=_missing(held),
        attested=held.findings,
        dates={"released": held.released} if held.released else {},
    )


def _missing(held: CatalogueEntry) -> dict[Need, Unread]:
    """The needs that the entry does not meet."""
    missing = {
        need: Unread(Reason.NOT_RECORDED, f"the catalogue does not hold {what}") for need, what in _NEVER_HELD.items()
    }
    if held.facts is None or held.facts.files is None:
        missing[Need.FILE_LIST] = Unread(Reason.NOT_RECORDED, "the catalogue has no file list of this release")
    if held.facts is None or held.facts.gated is None:
        missing[Need.GATING] = Unread(Reason.NOT_RECORDED, "the catalogue does not say whether access is gated")
    if held.facts is None:
        nowhere = Unread(Reason.NOT_RECORDED, "the release has no page on the Hub")
        missing |= {Need.HUB_INFO: nowhere, Need.CARD_METADATA: nowhere, Need.LINEAGE: nowhere}
    return missing
