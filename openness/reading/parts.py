"""Which part of a release a sentence speaks of, and where the words on one part end and those on another begin.

"The code is under Apache-2.0; the weights are under CC BY-NC 4.0." has two clauses, one on the code and one on the
weights. A clause that names no part takes it from the clause before it ("they may not be sold"), from its heading, or
from its place in a table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from openness.core.record import record
from openness.reading.passages import Passage, masked, passages, sentences
from openness.reading.statement import Part

__all__ = ["Clause", "clause_at", "clauses", "clauses_of", "parts_at", "parts_of", "split"]

_WORDS = (
    (
        Part.DOCS,
        r"documentation|docs|(?:this|the) document|(?:this|the|our) papers?"
        r"|model cards?|data ?sheets?|read-?me|tutorials?|文档|模型卡",
    ),
    (
        Part.OUTPUTS,
        r"(?:the |its |all |any )?(?:generated|synthesi[sz]ed) (?:images?|outputs?|content|audio|videos?|texts?|voices?|samples?)"
        r"|(?:model(?:['’]s)? )?outputs?|生成的?(?:内容|图像|图片|结果)|输出(?:内容|结果)",
    ),
    (
        Part.CODE,
        r"(?:model(?:l?ing)?[ -]|source[ -]|training[ -]|inference[ -]|evaluation[ -]|example[ -]|open[ -]source )?"
        r"(?:codes|code ?base|code)"
        r"(?! of conduct|[ -](?:generation|model|llm|interpreter|completion|of ethics|understanding|search))"
        r"|scripts?|notebooks?|源代码|代码|源码",
    ),
    (
        Part.DATA,
        r"(?:(?:training|evaluation|fine-?tuning|instruction|test|preference|annotated) )?(?:data-? ?sets?|data|corpus|corpora)"
        r"(?! (?:scientists?|science|cent(?:er|re)s?|protection|processing|privacy|subjects?))|(?:训练)?数据集?|语料库?",
    ),
    (
        Part.WEIGHTS,
        r"(?:model |pre-?trained |trained |released |fine-?tuned |our |the )?"
        r"(?:weights?|check-?points?)(?! (?:decay|&|and biases))"
        r"|model parameters|lora adapters?|adapters?|(?:[\w-]{1,60}\.)?safetensors|ggufs?|(?:模型)?权重|模型参数",
    ),
    (
        Part.ALL,
        r"everything (?:here|in (?:this|the) \w+)"
        r"|all (?:the |of the |our |other )?(?:files|contents?|materials?|assets?|artifacts|artefacts|resources)"
        r"|(?:this|the|our) (?:whole |entire )?(?:repository|repo|project|work|release(?! of\b)|package|distribution)"
        r"|(?:the |these |its )?research materials|本(?:项目|仓库|作品)|所有(?:内容|文件|资源)",
    ),
)
"""The words for each part; a longer name stands before the word that it holds ("model card" before "model")."""
_MODEL = (
    r"(?:language |base |foundation |diffusion |chat |pre-?trained |fine-?tuned )?models?"
    r"(?! (?:licen[sc]e )?(?:hub|zoo|id|name|type)\b)|模型"
)

_PART = re.compile(
    "|".join(
        rf"(?P<{part}>(?<![A-Za-z0-9_/.])(?:{words})(?![A-Za-z0-9_]))"
        for part, words in (*_WORDS, ("model", _MODEL), ("software", "software"))
    ),
    re.I,
)
_JOINED = re.compile(
    r"(?:[\s,*_`'\"()\[\]&/+、和与及以或]|\b(?:and|or|as well as|associated|accompanying|corresponding|related|the|its|our"
    r"|all|both|any|parameters|also|plus|along|with|together|model|models|pre-?trained|trained|their|of|this|these|well|as)\b){0,12}"
)
"""What stands between two parts that are named together: "the code and the model weights"."""
_RELATIVE = re.compile(r"\b(?:that|which)(?=\s+(?:is|are|was|were|has|have|may|can|must)\b)", re.I)
_CUT = re.compile(
    r"[，,]|\b(?:while|whereas|whilst|but|however|although|though|except)\b|\band\b|(?:而|但是?|然而|不过|其中)", re.I
)
_FIRM = re.compile(r"，|while|whereas|whilst|but|however|except|然而|不过|而|但", re.I)
_SAYS = re.compile(
    r"\b(?:under|licen[sc]\w*|is|are|released|available|distributed|provided|free|cc|mit|apache|gpl\w*|for|may|can|must)\b"
    r"|许可|协议|遵循|采用|授权|可|用于|[:：]",
    re.I,
)
_STATES = re.compile(
    r"\b(?:under|licen[sc]\w*|is|are|has|have|comes?|released|distributed|may|can|cannot|must|follows?|uses?)\b|许可|协议|遵循|采用|授权|可|用于|[:：]",
    re.I,
)
_OWN = re.compile(
    r"^[\s*_`(\[]*"
    r"(?:and |while |the |our |its |all |these |this |any |model |other |both |for |associated |accompanying )*$",
    re.I,
)
_FOR = re.compile(r"(?:\bfor (?:the |our |its |all )*|\(\s*(?:the |our |for |for the )?)$", re.I)
_TITLED = re.compile(r"Code [A-Z](?!icen|ICEN|IT\b|PL\b)")
_AFTER = re.compile(
    r"[\s\"'”*_`)\]]{0,4}(?:(?:[-\s]?licen[sc]ed?|for|of|on|to|in|by|the|our|its|all|any|these|this|covers?|governs?|applies|apply|with"
    r"|use|usage|purposes|和|对|于)[\s*_`\"'(\[:]{0,3}){0,6}[\s(\[*_`:–-]{0,4}"
)
_PRONOUN = re.compile(r"^[\W_]*(?:it|they|them|these|both|this|its|their|其|它们?|均)\b", re.I)
_OTHERS = re.compile(r"\b(?:about|details?|card|description|overview|zoo|summary|index|usage|family)\b", re.I)


@record(frozen=True, slots=True)
class Clause:
    """A stretch of text that speaks of one set of parts; half-open offsets.

    `parts` is empty where neither the clause nor what stands around it says. `inherited` says that the parts come from
    `context`: the clause before, the row or column, or the heading. `ordered` marks "the code and weights are under A and
    B respectively": which name goes with which part is then told by order alone.
    """

    start: int
    end: int
    parts: frozenset[Part]
    inherited: bool = False
    ordered: bool = False
    context: frozenset[Part] = frozenset()


def _named(words: str, start: int, end: int) -> list[tuple[int, int, Part | None, str]]:
    """The parts named between two offsets: where, which, and the name of its group.

    "Software" with a capital names all that a licence covers: it is kept, as None.
    """
    found: list[tuple[int, int, Part | None, str]] = []
    for match in _PART.finditer(words, start, end):
        group = match.lastgroup or ""
        if group == "software":
            found.append((match.start(), match.end(), Part.CODE if match[0] == "software" else None, group))
        elif _TITLED.match(words, match.start(), min(end, match.end() + 4)):
            continue  # "Code Llama": a name
        else:
            found.append((match.start(), match.end(), Part.WEIGHTS if group == "model" else Part(group), group))
    return found


def parts_of(words: str, start: int = 0, end: int | None = None) -> frozenset[Part]:
    """The parts that a clause is about: the first it names, with those that are named together with it.

    "The data set used to train the model" is about data; "code and model weights" about both.
    """
    named = _named(words, start, len(words) if end is None else end)
    if not named:
        return frozenset()
    parts = {named[0][2]}
    for before, after in pairwise(named):
        between = words[before[1] : after[0]]
        if len(between) > 60 or not _JOINED.fullmatch(between):
            break
        parts.add(after[2])
    return frozenset() if None in parts else frozenset(part for part in parts if part)


def split(words: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence where the words on one part end and those on another begin; half-open offsets.

    It is cut at "while", "but" and their like, and at Chinese commas; at commas and at "and" only where both
    sides say something, each of parts that it names.
    """
    cuts = []
    left = start
    for found in _CUT.finditer(words, start, end):
        firm = _FIRM.match(found[0]) is not None
        here = found.start()
        if firm or (_apart(words, left, here) and _begins(words, found.end(), end)):
            cuts.append(here)
            left = here
    for found in _RELATIVE.finditer(words, start, end):
        if _named(words, start, found.start()):
            cuts.append(found.start())
    places = [start, *sorted(set(cuts)), end]
    return [(first, after) for first, after in pairwise(places) if after > first]


def _apart(words: str, start: int, end: int) -> bool:
    """Whether a stretch names a part and then says something of it, or first a term and then the part it is for."""
    named = _named(words, start, end)
    if not named:
        return False
    first, last = named[0], named[-1]
    return (
        _SAYS.search(words, first[1], end) is not None
        or _FOR.search(words, max(start, last[0] - 24), last[0]) is not None
    )


def _begins(words: str, start: int, end: int) -> bool:
    """Whether what follows opens with a part of its own, or names one after "for" or in brackets, before the next comma."""
    stop = min(end, start + 160)
    named = _named(words, start, stop)
    if not named:
        return False
    first = named[0]
    before = words[start : first[0]]
    if _OWN.match(before):
        return _STATES.search(words, first[1], min(end, first[1] + 120)) is not None
    return "," not in before and _FOR.search(before) is not None


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order, headings and code between fences left out, with the parts that each speaks of.

    `text` is what `hidden.visible` leaves of a card, or a licence file, or a NOTICE.
    """
    words = masked(text)
    found: list[Clause] = []
    for passage in passages(text):
        found += clauses_of(words, passage)
    return tuple(found)


def clauses_of(words: str, passage: Passage) -> list[Clause]:
    """The clauses of one passage; `words` is the masked text that it stands in."""
    around = _around(passage)
    found: list[Clause] = []
    for first, last in sentences(words, passage.start, passage.end):
        before: frozenset[Part] = found[-1].parts if found and _PRONOUN.match(words[first:last][:30]) else frozenset()
        ordered = "respectively" in words[first:last] or "分别" in words[first:last]
        for start, end in [(first, last)] if ordered else split(words, first, last):
            parts = parts_of(words, start, end)
            if _RELATIVE.match(words, start):
                parts = _nearest(words, first, start) or parts
            context = before or around
            found.append(Clause(start, end, parts or context, not parts, ordered, context))
            before = parts or context
    return found


def _nearest(words: str, start: int, end: int) -> frozenset[Part]:
    named = _named(words, start, end)
    return frozenset({named[-1][2]} - {None}) if named else frozenset()  # type: ignore[arg-type]  # None is taken out


def _around(passage: Passage) -> frozenset[Part]:
    """The parts that a passage's place names: its row, its column, else the nearest heading that does."""
    for words in (passage.row, passage.column):
        parts = parts_of(words) if words else frozenset()
        if parts:
            return parts
    for title in reversed(passage.heading[1:] if len(passage.heading) > 1 else passage.heading):
        if len(title) <= 60 and not _OTHERS.search(title):
            named = _named(title, 0, len(title))
            if any(group != "model" for _, _, _, group in named) or ("icen" in title and named) or "许可" in title:
                return parts_of(title)
    return frozenset()


def clause_at(found: Sequence[Clause], offset: int) -> Clause | None:
    """The clause that holds an offset; None where none does (a heading, code)."""
    place = bisect_right([clause.start for clause in found], offset) - 1
    return found[place] if place >= 0 and offset < found[place].end else None


def parts_at(words: str, clause: Clause, begin: int, end: int) -> frozenset[Part]:
    """The parts that something found in a clause is said of: a licence's name, a limit; half-open offsets of it.

    They are the clause's subject where one stands before it; else what follows it closely ("MIT for the code",
    "no commercial use of the weights"); else the clause's context. In "Released under MIT and trained on public data" the
    name is not said of data.
    """
    if words.startswith(("that ", "which "), clause.start) and not clause.inherited:
        return clause.parts
    before = parts_of(words, clause.start, begin)
    if before:
        return before
    close = _AFTER.match(words, end, clause.end)
    following = _named(words, end, clause.end)
    if close and following and following[0][0] <= close.end():
        return parts_of(words, end, clause.end)
    inside = parts_of(words, begin, end)
    return inside or clause.context
