"""A licence's terms in plain words (what you may, must and may not do), and two licences side by side.

The sentences say what the register says, each with the key of its term, so that a page can show the clause beside it.
This is no legal advice; whoever prints the sentences says that once.
"""

from __future__ import annotations

from openness.core.licence import TERMS, Licence, Summary, Term, TermSentence


def summarise(licence: Licence) -> Summary:
    """What the terms of a licence let one do; a term that is not stated gives no sentence."""
    said: dict[str, list[TermSentence]] = {"may": [], "must": [], "may not": [], "know": []}
    for key in TERMS:
        term = licence.terms.get(key)
        if term is None:
            continue
        told = _sentence(key, term.value, licence)
        if told is not None:
            kind, text = told
            for short, full in _SHORT.items():
                text = text.replace(short, full)
            said[kind].append(TermSentence(text, key, term.section))
    return Summary(licence.id, licence.name, *map(tuple, said.values()))


_PLAIN = {
    ("commercial-use", "yes"): ("may", "use it commercially"),
    ("commercial-use", "threshold"): ("may", "use it commercially, below the limit that the licence sets"),
    ("commercial-use", "no"): ("may not", "use it commercially"),
    ("commercial-use", "on-request"): ("may not", "use it commercially before the publisher has agreed"),
    ("commercial-use", "unknown"): ("know", "the licence does not say whether commercial use is allowed"),
    ("research-only", "yes"): ("may not", "use it for anything but research"),
    ("redistribution", "yes"): ("may", "pass it on, changed or unchanged"),
    ("redistribution", "conditions"): ("may", "pass it on, on conditions"),
    ("redistribution", "no"): ("may not", "pass it on"),
    ("adaptation", "no"): ("may not", "share what you change or build from it"),
    ("field-of-use", "no"): ("may", "use it in every field"),
    ("attribution", "yes"): ("must", "keep its notices and name the source"),
    ("attribution", "yes (keep the notice)"): ("must", "keep its copyright and licence notices"),
    ("attribution", "no (retain notices)"): ("must", "keep its notices"),
    ("attribution", "yes (state the source)"): ("must", "state the source"),
    ("attribution", "yes (attribution in publications)"): ("must", "name it in publications"),
    ("attribution", "acknowledge in publications"): ("must", "name it in publications"),
    ("outputs-may-train-others", "with naming"): (
        "may",
        "train other models with its outputs, under the duty of naming",
    ),
    ("outputs-may-train-others", "with display"): (
        "may",
        "train other models with its outputs, under the duty to show it",
    ),
    ("outputs-may-train-others", "not for competing models"): ("may not", "train competing models with its outputs"),
    ("revocation", "on breach"): ("know", "your rights can be ended on breach"),
    ("revocation", "ends automatically on breach"): ("know", "your rights end by themselves on breach"),
    ("revocation", "on breach; grant revocable"): (
        "know",
        "your rights can be ended on breach, and the grant be revoked",
    ),
    ("revocation", "grant revocable"): ("know", "the grant can be revoked"),
    ("revocation", "grant irrevocable; patent clause excepted"): (
        "know",
        "what is granted cannot be revoked, its patent clause excepted",
    ),
    ("unilateral-change", "use policy only"): ("know", "the publisher may change its use policy alone"),
    ("patent-termination", "patent licences"): ("know", "you lose its patent licences if you sue over patents"),
    ("patent-termination", "patent licences only"): ("know", "you lose its patent licences if you sue over patents"),
}
"""What a term says when its value is one of a few words."""

_BEGINS = (
    ("field-of-use", "yes", "may not", "use it in the ways that are excluded{policy}"),
    ("pass-on", "", "must", "{passed}"),
    ("threshold", "", "know", "a limit applies: {value}"),
    ("naming", "name must begin with", "must", "begin the name of what you build with{rest}"),
    ("naming", "", "must", "name what you build: {value}"),
    ("display", "encouraged only:", "know", "you are encouraged to show{rest}"),
    ("display", "asked for", "know", "it is {value}"),
    ("display", "statement", "must", "show the statement{rest}"),
    ("display", "", "must", "show {value}"),
    (
        "outputs-may-train-others",
        "only same family",
        "may not",
        "train other models with its outputs, save its own family{rest}",
    ),
    ("outputs-may-train-others", "yes", "may", "train other models with its outputs{rest}"),
    ("outputs-may-train-others", "no; ", "may not", "train other models with its outputs: {rest}"),
    ("outputs-may-train-others", "", "know", "its outputs: {value}"),
    ("territory", "", "may not", "use it where it is excluded: {value}"),
    ("revocation", "", "know", "how it ends: {value}"),
    ("unilateral-change", "yes, ", "know", "the publisher may change the terms alone: {rest}"),
    ("unilateral-change", "", "know", "changes to its terms: {value}"),
    ("remote-restriction", "yes", "know", "the publisher may restrict your use from afar"),
    ("update-duty", "yes", "must", "make reasonable efforts to use the latest version"),
    ("patent-termination", "", "know", "you lose rights if you sue: {value}"),
    ("copyleft", "yes", "must", "pass on what you build on it under the same licence"),
    ("copyleft", "no, but", "must", "keep derivatives under this licence"),
    ("governing-law", "", "know", "governing law: {value}"),
    ("click-acceptance", "yes", "know", "a click, or use itself, accepts it"),
)
"""Term, how its value begins, whether one may, must, may not or should know, and the words. The first that fits counts."""


_SHORT = {"MAU": "monthly active users", "AUP": "acceptable-use policy"}


def _sentence(key: str, value: str, licence: Licence) -> tuple[str, str] | None:
    """The kind and text of the sentence for one term, or None when it says nothing that a user must know."""
    plain = _PLAIN.get((key, value))
    if plain:
        return plain
    for term, begin, kind, words in _BEGINS:
        if term == key and value.startswith(begin):
            rest = value[len(begin) :]
            return kind, words.format(value=value, rest=rest, policy=_policy(licence), passed=_passed(value))
    return None


def _policy(licence: Licence) -> str:
    """Where the excluded uses are listed, or which they are."""
    policy = licence.terms.get("use-policy")
    if policy is None or policy.value == "in text":
        return ""
    return f": {policy.value.removeprefix('in text').strip(' :()')}"


def _passed(value: str) -> str:
    """`must pass on terms; only inside …` with the object and the recipient put in."""
    what, mark, more = value.removeprefix("must ").partition(";")
    what, comma, less = what.partition(",")
    return f"{what.replace('pass on ', 'pass on its ')} to whoever gets it from you{comma}{less}{mark}{more}"


def side_by_side(one: Licence, other: Licence) -> tuple[tuple[str, Term | None, Term | None], ...]:
    """The terms that either licence states, in order: the key, what the one says, what the other says."""
    keys = [key for key in TERMS if key in one.terms or key in other.terms]
    return tuple((key, one.terms.get(key), other.terms.get(key)) for key in keys)
