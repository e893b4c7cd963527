"""The statement: what one sentence, table row or field says, and of whom (`docs/design.md`, section Words)."""

from __future__ import annotations

from enum import StrEnum

from openness.core.finding import Confidence
from openness.core.record import record

__all__ = ["Act", "Confidence", "Part", "Stance", "Statement", "Whose", "named_parts"]


class Whose(StrEnum):
    """Whose matter a sentence speaks of. Only what is said of this release makes a finding of this release.

    * `THIS`: this release, or the family it is released with when the sentence speaks of all of it.
    * `BASE`: the model it was made from, or its teacher. It counts for lineage alone.
    * `ANOTHER`: another model, library, data set, service or paper.
    * `READER`: what the reader can, should or must do with something of their own.
    * `NOBODY`: nobody's; a definition, or a heading alone.
    """

    THIS = "this"
    BASE = "base"
    ANOTHER = "another"
    READER = "reader"
    NOBODY = "nobody"


class Stance(StrEnum):
    """Whether a sentence says that it is so. Only `ASSERTED` and `DENIED` are facts.

    * `ASSERTED`: it is said to be so.
    * `DENIED`: it is said not to be so ("has not been", "without").
    * `PROMISED`: it is said that it will be so ("will", "soon").
    * `ADVISED`: it is recommended or intended ("we recommend", "is intended for").
    * `POSSIBLE`: it can or may be so ("can be fine-tuned").
    * `CITED`: it is quoted: a title, somebody else's words, a row of a list.
    """

    ASSERTED = "asserted"
    DENIED = "denied"
    PROMISED = "promised"
    ADVISED = "advised"
    POSSIBLE = "possible"
    CITED = "cited"


class Act(StrEnum):
    """What is said to be done with the component or aspect.

    * `RELEASED`: released here. `LINKED`: released at a linked place. `WITHHELD`: kept back.
    * `DESCRIBED`: described. `NAMED`: named and no more.
    * `USED`: used to make the release. `EVALUATED`: measured.
    * `LICENSED`: put under a licence that is named. `LIMITED`: put under a limit in plain words.
    * `ASKED`: asked of the reader before access (a name, an affiliation, a promise).
    """

    RELEASED = "released"
    LINKED = "linked"
    WITHHELD = "withheld"
    DESCRIBED = "described"
    NAMED = "named"
    USED = "used"
    EVALUATED = "evaluated"
    LICENSED = "licensed"
    LIMITED = "limited"
    ASKED = "asked"


class Part(StrEnum):
    """A part of a release that can be under terms of its own. A set of parts that is empty means: not said.

    * `WEIGHTS`: the model, its weights, checkpoints or adapters.
    * `CODE`: source code, scripts, notebooks.
    * `DATA`: data sets, whoever made them.
    * `DOCS`: documentation, the card, the paper.
    * `OUTPUTS`: what the model generates.
    * `ALL`: everything that is released ("this repository", "all materials").
    """

    WEIGHTS = "weights"
    CODE = "code"
    DATA = "data"
    DOCS = "docs"
    OUTPUTS = "outputs"
    ALL = "all"


@record(frozen=True, slots=True)
class Statement:
    """What one sentence, table row or field says.

    `of` is the component or aspect (an id of `openness.core.components`, or "licence" and "access" here) and `parts` the
    parts of the release that it speaks of, empty where it does not say. `value` narrows it: for a limit its kind, such as
    "non-commercial"; `detail` narrows it further, such as the territory. `lines` are 1-based and inclusive. `quote` is a
    verbatim slice of at most 280 characters. `trigger` is the phrase of the lexicon that matched, '' for a field.
    """

    whose: Whose
    stance: Stance
    act: Act
    of: str
    value: str
    lines: tuple[int, int]
    quote: str
    confidence: Confidence
    parts: frozenset[Part] = frozenset()
    detail: str = ""
    trigger: str = ""

    @property
    def certain(self) -> bool:
        """Whether the publisher says this of this release, in words that leave no doubt."""
        return self.whose is Whose.THIS and self.stance is Stance.ASSERTED and self.confidence is Confidence.HIGH


def named_parts(statement: Statement) -> str:
    """The parts of a statement in a fixed order, for people: "code, weights"; "" where it does not say."""
    return ", ".join(sorted(statement.parts))
