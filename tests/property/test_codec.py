"""The cache's codec: what is written is read back as it was, and nothing else is read as a record."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openness.core.release import File, Gating, Linked, ReadText, Reason, Unread
from openness.sources.codec import decode, encode
from openness.sources.facts import BaseModels, FileList, HubFacts, HubInfo, Tags

texts = st.text(st.characters(), max_size=20)  # surrogates too: JSON can spell them
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
fields = st.dictionaries(texts, values, max_size=4)
unread = st.builds(Unread, st.sampled_from(Reason), texts)
read = st.builds(ReadText, texts, texts, st.booleans(), texts)
files = st.lists(st.builds(File, texts, st.none() | st.integers(0)), max_size=3).map(tuple)
names = st.lists(texts, max_size=3).map(tuple)
info = st.builds(
    HubInfo,
    texts,
    st.none() | texts,
    texts | unread,
    st.sampled_from(Gating) | unread,
    st.booleans() | unread,
    st.booleans() | unread,
    fields | unread,
    st.builds(Tags, names, st.none() | unread),
    st.builds(FileList, files, st.none() | unread),
    st.builds(BaseModels, names, st.none() | texts, st.none() | unread),
    texts | unread,
    texts | unread,
)
facts = st.builds(
    HubFacts,
    info,
    st.dictionaries(texts, read | unread, max_size=3),
    st.none() | fields | unread,
    st.dictionaries(texts, fields | unread, max_size=3),
    texts,
)
linked = st.builds(
    Linked,
    texts,
    texts,
    names,
    st.none() | st.integers(),
    st.none() | st.booleans(),
    texts,
    st.none() | texts,
    st.none() | read,
    files,
    texts,
    texts,
    st.none() | st.sampled_from(Gating),
    st.none() | texts,
    texts,
    st.none() | unread,
)


def through_the_cache(value: object) -> Any:
    """A record as JSON, written and read."""
    return json.loads(json.dumps(encode(value), ensure_ascii=True))


@given(facts)
def test_facts_come_back_as_they_were(kept: HubFacts) -> None:
    assert decode(HubFacts, through_the_cache(kept)) == kept


@given(linked)
def test_linked_places_come_back_as_they_were(kept: Linked) -> None:
    assert decode(Linked, through_the_cache(kept)) == kept


@given(values)
def test_other_json_is_a_miss(value: Any) -> None:
    assert decode(HubFacts, value) is None
    assert decode(Linked, value) is None


@given(facts, st.data())
def test_a_value_of_another_type_makes_the_entry_a_miss(kept: HubFacts, data: st.DataObject) -> None:
    written = through_the_cache(kept)
    place = data.draw(st.integers(0, len(written) - 1))
    written[place] = data.draw(st.sampled_from([5, 1.5, True, ["Pin", "a", "b"], [[]]]))
    assert decode(HubFacts, written) is None


def test_front_matter_that_looks_like_a_record_is_front_matter() -> None:
    front: dict[str, object] = {"Unread": ["gated", ""], "reason": "gated", "detail": ""}
    kept = HubFacts(HubInfo("org/name", None), front_matter=front)
    assert decode(HubFacts, through_the_cache(kept)) == kept
