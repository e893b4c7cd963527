"""What a gate says: its prompt, its fields and its switches as statements (https://huggingface.co/docs/hub/models-gated)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openness.core.text import cut_quote
from openness.reading.lexicon import field_words
from openness.reading.limits import limits
from openness.reading.phrases import read_words
from openness.reading.statement import Act, Confidence, Part, Stance, Statement, Whose
from openness.reading.whose import NO_NAMES, Names

__all__ = ["GATE_TEXTS", "gate_statements"]

GATE_TEXTS = ("extra_gated_heading", "extra_gated_prompt", "extra_gated_description")
"""Fields of a card's metadata that hold the gate's words."""
_KINDS = {"country": "country", "ip_location": "country", "date_picker": "birth"}
"""What a field of some types asks for, whatever its label says."""


def gate_statements(metadata: Mapping[str, object], text: str = "", names: Names = NO_NAMES) -> tuple[Statement, ...]:
    """The limits and questions of a gate, from a card's metadata.

    A limit in the prompt or on a box to tick is one of the release's terms (`Act.LIMITED`). A field that asks who the
    reader is gives the value "identity", with what is asked in `detail`; another question "answer"; a box without a limit
    "agreement" (all `Act.ASKED`, of "access"). `text` is the card, by which lines are found; (1, 1) where they are not.
    """
    lines = text.split("\n") if text else []
    found: list[Statement] = []
    for key in GATE_TEXTS:
        value = metadata.get(key)
        if isinstance(value, str):
            found += [_placed(each, key, lines) for each in limits(value, 1, names)]
    fields = metadata.get("extra_gated_fields")
    if isinstance(fields, Mapping):
        for label, kind in fields.items():
            found += _field(str(label), kind, lines, names)
    if str(metadata.get("extra_gated_eu_disallowed")).strip().lower() in ("true", "yes", "on"):
        found.append(_europe(lines))
    return tuple(found)


def _field(label: str, kind: object, lines: list[str], names: Names) -> Iterator[Statement]:
    """What one field of the form asks or makes the reader promise."""
    if isinstance(kind, Mapping):
        kind = kind.get("type", "text")
    found = limits(label, 1, names)
    if found and kind == "checkbox":
        for each in found:
            yield _placed(each, label, lines)
        return
    value, detail = ("agreement", "") if kind == "checkbox" else ("answer", "")
    asked = _KINDS.get(str(kind), "") if kind != "checkbox" else ""
    if not asked and kind != "checkbox":
        words = f" {' '.join(read_words(label))} "
        asked = next((what for what, known in field_words().items() if any(f" {each} " in words for each in known)), "")
    if asked == "purpose":
        detail = asked
    elif asked:
        value, detail = "identity", asked
    yield Statement(
        whose=Whose.THIS,
        stance=Stance.ASSERTED,
        act=Act.ASKED,
        of="access",
        value=value,
        lines=_lines(label, lines),
        quote=cut_quote(label),
        confidence=Confidence.HIGH,
        parts=frozenset({Part.ALL}),
        detail=detail,
    )


def _europe(lines: list[str]) -> Statement:
    key = "extra_gated_eu_disallowed"
    where = _lines(key, lines)
    quote = lines[where[0] - 1].strip() if lines and key in lines[where[0] - 1] else f"{key}: true"
    return Statement(
        whose=Whose.THIS,
        stance=Stance.ASSERTED,
        act=Act.LIMITED,
        of="access",
        value="territory",
        lines=where,
        quote=quote,
        confidence=Confidence.HIGH,
        parts=frozenset({Part.ALL}),
        detail="European Union",
    )


def _placed(statement: Statement, key: str, lines: list[str]) -> Statement:
    """The statement on the card's own lines: that of its words, else that of its field; of access where no part is named."""
    head = statement.quote.split("\n")[0][:40]
    where = next((number for number, line in enumerate(lines, 1) if head and head in line), 0) if lines else 0
    return Statement(
        whose=statement.whose,
        stance=statement.stance,
        act=statement.act,
        of=statement.of,
        value=statement.value,
        lines=(where, where) if where else _lines(key, lines),
        quote=statement.quote,
        confidence=statement.confidence,
        parts=statement.parts or frozenset({Part.ALL}),
        detail=statement.detail,
        trigger=statement.trigger,
    )


def _lines(words: str, lines: list[str]) -> tuple[int, int]:
    """The first line that holds some words; (1, 1) where none does."""
    number = next((number for number, line in enumerate(lines, 1) if words in line), 1)
    return number, number
