"""A licence's terms in plain words (what you may, must and may not do), and two licences side by side.

The sentences say what the register says, each with the key of its term, so that a page can show the clause beside it.
This is no legal advice; whoever prints the sentences says that once.
"""

from __future__ import annotations

from openness.core.licence import TERMS, Licence, Sentence, Summary, Term


def summarise(licence: Licence) -> Summary:
    """What the terms of a licence let one do; a term that is not stated gives no sentence."""
    said: dict[str, list[Sentence]] = {"may": [], "must": [], "may not": [], "know": []}
    for key in TERMS:
        term = licence.terms.get(key)
        if term is None:
            continue
        told = _sentence(key, term.value, licence)
        if told is not None:
            kind, text = told
            said[kind].append(Sentence(text, key, term.section))
    return Summary(licence.id, licence.name, *map(tuple, said.values()))


def _sentence(key: str, value: str, licence: Licence) -> tuple[str, str] | None:
    """The kind and text of the sentence for one term, or None when it says nothing that a user must know."""
    plain = {
        ("commercial-use", "yes"): ("may", "use it commercially"),
        ("commercial-use", "threshold"): ("may", "use it commercially, below the limit that the licence sets"),
        ("commercial-use", "no"): ("may not", "use it commercially"),
        ("commercial-use", "on-request"): ("may not", "use it commercially before the publisher has agreed"),
        ("commercial-use", "unknown"): ("know", "the licence does not say whether commercial use is allowed"),
        ("research-only", "yes"): ("may not", "use it for anything but research"),
        ("redistribution", "yes"): ("may", "pass it on, changed or unchanged"),
        ("redistribution", "conditions"): ("may", "pass it on, on conditions"),
        ("redistribution", "no"): ("may not", "pass it on"),
        ("field-of-use", "no"): ("may", "use it in every field"),
        ("adaptation", "no"): ("may not", "share what you change or build from it"),
    }
    if (key, value) in plain:
        return plain[key, value]
    if key in {
        "field-of-use",
        "research-only",
        "copyleft",
        "attribution",
        "remote-restriction",
        "update-duty",
    } and value.startswith("no"):
        return None
    if key == "field-of-use":
        policy = licence.terms.get("use-policy")
        return "may not", "use it in the ways that are excluded" + (f" ({policy.value})" if policy else "")
    if key == "outputs-may-train-others":
        return (
            "may" if value.startswith(("yes", "with")) else "may not"
        ), f"train other models with its outputs ({value})"
    phrases = {
        "threshold": ("know", "the limit is: {}"),
        "pass-on": ("must", "{} when you pass it on"),
        "naming": ("must", "name what you build: {}"),
        "display": ("must", "show: {}"),
        "attribution": ("must", "keep the notices and name the source"),
        "territory": ("may not", "use it in: {}"),
        "revocation": ("know", "how it ends: {}"),
        "unilateral-change": ("know", "the publisher may change it: {}"),
        "remote-restriction": ("know", "the publisher may restrict your use from afar"),
        "update-duty": ("must", "make efforts to use the latest version"),
        "patent-termination": ("know", "if you sue over patents or rights you lose: {}"),
        "copyleft": ("must", "share what you build on it under the same licence"),
        "governing-law": ("know", "the law that governs it: {}"),
        "click-acceptance": ("know", "a click, or use itself, accepts it"),
    }
    if key not in phrases:
        return None
    kind, text = phrases[key]
    if key == "display" and value.startswith(("encouraged", "asked")):
        kind, text = "know", "{}"
    return kind, text.format(value.removeprefix("must "))


def side_by_side(one: Licence, other: Licence) -> tuple[tuple[str, Term | None, Term | None], ...]:
    """The terms that either licence states, in order: the key, what the one says, what the other says."""
    keys = [key for key in TERMS if key in one.terms or key in other.terms]
    return tuple((key, one.terms.get(key), other.terms.get(key)) for key in keys)
