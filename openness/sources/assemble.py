"""A `Release` from the facts that are kept of it. Nothing is asked or read here."""

from __future__ import annotations

from openness.core.record import record
from openness.core.release import Card, Need, Provenance, ReadText, Reason, Release, Unread
from openness.sources import ancestry
from openness.sources.answer import is_odd, strings
from openness.sources.cards import read_card
from openness.sources.facts import Fields, HubFacts, HubInfo, malformed
from openness.sources.reference import Reference, endpoint
from openness.sources.texts import card_path, licence_files, unread_licences

_NOT_ASKED = {
    Need.REVISIONS: Unread(Reason.NOT_FOLLOWED, "branches and tags were not asked for"),
    Need.LINKED: Unread(Reason.NOT_FOLLOWED, "linked repositories were not followed"),
}


@record(frozen=True, slots=True)
class _CardFacts:
    """A card with its metadata, and why either could not be read."""

    card: Card | None
    metadata: Fields
    card_unread: Unread | None = None
    metadata_unread: Unread | None = None
    notice: str = ""


def build(reference: Reference, facts: HubFacts, source: str) -> Release:
    """The release that the facts show; `source` is `hub`, `cache` or `folder`.

    `Release.missing` names every need that the facts leave unmet:

    * FILE_LIST where the list is absent, odd or incomplete (the files that could be read are in the release all the same);
    * CARD where the card is listed and could not be read, or the list that would name it is incomplete;
    * CARD_METADATA where neither the card's front matter nor the Hub's reading of it could be read;
    * LICENCE_TEXT where a licence file could not be read, or the list that would name it is incomplete (`sources.texts`);
    * GATING where `gated` is absent or malformed, or `private` or `disabled` is malformed;
    * HUB_INFO where `tags`, `private` or `disabled` is malformed;
    * LINEAGE where `baseModels` or the card's `base_model` is malformed, or neither could be seen;
    * REVISIONS and LINKED always: other sources look at those.
    """
    info = facts.info
    card = _card(facts)
    bases = info.bases.ids if _hub_named_bases(info) else strings(card.metadata.get("base_model"))
    wanted = licence_files(info.files.paths)
    read = [facts.texts.get(path) for path in wanted]
    texts = tuple(text for text in read if isinstance(text, ReadText))
    unmet = {
        Need.FILE_LIST: info.files.unread,
        Need.CARD: card.card_unread,
        Need.CARD_METADATA: card.metadata_unread,
        Need.LICENCE_TEXT: _licences_unread(facts, wanted, texts),
        Need.GATING: _gating_unread(info),
        Need.HUB_INFO: _info_unread(info),
        Need.LINEAGE: _lineage_unread(info, card),
        **_NOT_ASKED,
    }
    relation = info.bases.relation or card.metadata.get("base_model_relation")
    days = {"createdAt": info.created, "lastModified": info.modified}
    return Release(
        id=info.id,
        asked=reference.asked,
        revision=info.sha,
        name=info.id.rsplit("/", 1)[-1],
        publisher=(info.author if isinstance(info.author, str) else "") or info.id.partition("/")[0],
        url=f"{endpoint()}/{info.id}",
        provenance=Provenance(source, facts.seen_on, endpoint()),
        gated=None if isinstance(info.gated, Unread) else info.gated,
        private=None if isinstance(info.private, Unread) else info.private,
        disabled=None if isinstance(info.disabled, Unread) else info.disabled,
        metadata=card.metadata,
        tags=info.tags.names,
        files=info.files.files,
        card=card.card,
        texts=texts,
        base_models=bases,
        base_relation=relation if isinstance(relation, str) and len(relation) < 40 else None,
        ancestors=ancestry.ancestors(bases, card.metadata, facts.ancestors, facts.seen_on),
        missing={need: why for need, why in unmet.items() if why},
        notices=_notices(reference, facts, card),
        dates={name: day[:10] for name, day in days.items() if isinstance(day, str)},
    )


def _card(facts: HubFacts) -> _CardFacts:
    """The card and its metadata.

    The card's own front matter is preferred, read without YAML's guesses. The Hub's reading of it stands in where the card
    could not be read or its front matter is malformed; an empty reading does not, for the Hub reads malformed ones as empty.
    """
    info = facts.info
    hub: Fields = {} if isinstance(info.metadata, Unread) else info.metadata
    odd = malformed(info.metadata)
    path = card_path(info.files.paths)
    if path is None:  # an incomplete list may hide a card
        return _CardFacts(None, hub, info.files.unread, None if hub else odd or info.files.unread)
    text = facts.texts.get(path) or Unread(Reason.NOT_RECORDED, f"{path} was not read")
    if isinstance(text, Unread):
        return _CardFacts(None, hub, text, None if hub else odd or text)
    card, own = read_card(path, text.text, text.truncated, facts.front_matter)
    if isinstance(own, Unread):
        notice = f"The card's metadata are malformed ({own.detail})."
        return _CardFacts(card, hub, None, None if hub else own, notice)
    return _CardFacts(card, own or hub, None, None if own else odd)


def _hub_named_bases(info: HubInfo) -> bool:
    """Whether the Hub's `baseModels` names the base models, as far as it could be read."""
    return info.bases.unread is None or bool(info.bases.ids)


def _licences_unread(facts: HubFacts, wanted: list[str], read: tuple[ReadText, ...]) -> Unread | None:
    listed = facts.info.files
    if listed.unread:
        return listed.unread
    for path in wanted:
        text = facts.texts.get(path)
        if not isinstance(text, ReadText):
            return text or Unread(Reason.NOT_RECORDED, f"{path} was not read")
    return unread_licences(listed.paths, read)


def _gating_unread(info: HubInfo) -> Unread | None:
    """Why it is not known who gets in; of a repository that is private or disabled the gate does not matter."""
    if True in (info.private, info.disabled):
        return None
    return info.gated if isinstance(info.gated, Unread) else malformed(info.private) or malformed(info.disabled)


def _info_unread(info: HubInfo) -> Unread | None:
    fields = (info.tags.unread, info.private, info.disabled)
    return next((why for why in map(malformed, fields) if why), None)


def _lineage_unread(info: HubInfo, card: _CardFacts) -> Unread | None:
    why = malformed(info.bases.unread)
    if why or _hub_named_bases(info):
        return why
    if is_odd(card.metadata.get("base_model")):
        return Unread(Reason.MALFORMED, "the card's base_model is neither a name nor a list of names")
    return card.metadata_unread


def _notices(reference: Reference, facts: HubFacts, card: _CardFacts) -> tuple[str, ...]:
    info = facts.info
    notices = [card.notice] if card.notice else []
    if info.id != reference.id:
        notices.append(f"{reference.id} is now {info.id}.")
    shown = (malformed(each) for each in (info.author, info.created, info.modified))
    notices += [f"Left out: {why.detail}." for why in shown if why]
    texts = [text for _, text in sorted(facts.texts.items()) if isinstance(text, ReadText)]
    notices += [f"{text.path} {text.notice}." for text in texts if text.notice]
    notices += [
        f"{text.path} is too large to be read whole; only its beginning was read." for text in texts if text.truncated
    ]
    return tuple(notices)
