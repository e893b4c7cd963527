"""Papers and reports about the release: whose they are, by the words around them.

A card links to many papers, most of them about what it is built on (an attention, a data set, a calculator of emissions). A
paper is the release's own where the card says so: "our paper", "[paper](…)", an `arxiv` key, a citation under a heading that
asks for it, a paper named after the model. Any other link says nothing until it is followed.
"""

from __future__ import annotations

import re

from openness.core.finding import Confidence, Finding, Status
from openness.core.release import Need
from openness.probes.base import Found, found, probe
from openness.probes.reading import PAPER_PLACES, Reading, Sentence
from openness.probes.words import foreign, phrases, promises, refuses

_BOILERPLATE = "1910.09700"
"""The paper of the CO2 calculator that the Hub's card template cites; no paper about any model."""
_OWN = phrases(
    "our paper | our technical report | our preprint | our publication | our arxiv | our manuscript | [paper | paper: | "
    "paper:** | paper** | paper link | paper] | paper</a | >paper< | paper</ | research paper | this paper | in the paper | "
    "the paper | accompanying paper | associated paper | original paper | official paper | preprint: | [preprint | "
    "manuscript | arxiv: | [arxiv | >arxiv< | technical report | tech report | publication: | published in | "
    "read the paper | paper and | the following paper | paper(s)"
)
_INTRODUCED = phrases(
    "introduced in | was introduced | presented in | proposed in | was proposed | described in | released in | "
    "official implementation | official repository | official code | first released | official pytorch | details in"
)
_IT = ("it was", "model", "this repo", "implementation", "official", "we ")
_ABOUT_OTHERS = (
    "emission",
    "co2",
    "carbon",
    "dataset card",
    "calculat",
    "datasheet",
    "data card",
    "embedding (",
    "attention",
    "dataset paper",
    "about the dataset",
    "dataset and annotation",
    "parent model",
    "base model:",
    "zenodo",
)
_REPORTS = phrases(
    "technical report | tech report | technical paper | whitepaper | white paper | system card | model report"
)
_BLOGS = phrases(
    "technical blog | release blog | announcement blog | announcement post | blog post: | blogpost: | blog: | our blog | "
    "[blog | release post | technical post | >blog< | our release"
)
_ENTRY = re.compile(
    r"@(?:article|inproceedings|misc|techreport|conference|proceedings|report|preprint|online|unpublished)\s{0,4}\{"
)
_TITLE = re.compile(r"\btitle\s{0,20}=\s{0,20}[{\"]{1,3}([^\n]{1,300})")
_PUBLISHED = ("eprint", "arxiv", "journal", "booktitle", "doi", "aclanthology", "openreview", "biorxiv")
_NO_PAPER = ("model card", "system card")
_NUMBER = re.compile(r"\b\d{4}\.\d{4,5}\b")
_ASKED = (
    "our ",
    "cite us",
    "this model",
    "this work",
    "the paper",
    "the following",
    "cite as",
    "this paper",
    "find it useful",
)
_COMMON_PARTS = frozenset(
    {
        "base",
        "large",
        "small",
        "tiny",
        "chat",
        "instruct",
        "model",
        "models",
        "the",
        "research",
        "lab",
        "language",
        "text",
        "hub",
    }
)
_MAX_ENTRY = 3_000


def _paper_sentences(reading: Reading) -> list[Sentence]:
    """The sentences in which an address of a paper stands, written out with or without its scheme."""
    known = reading.shared.get("papers")
    if isinstance(known, list):
        return known
    sentences: dict[int, Sentence] = {}
    for place in PAPER_PLACES:
        for position in reading.positions(place, reading.plain):
            sentence = reading.sentence_at(position, position + len(place))
            if _BOILERPLATE not in sentence.lower:
                sentences.setdefault(sentence.start, sentence)
            if len(sentences) >= 60:
                break
    ordered = [sentences[start] for start in sorted(sentences)]
    reading.shared["papers"] = ordered
    return ordered


def _stems(reading: Reading) -> tuple[str, ...]:
    """The release's name as prose writes it: its first word, and its first two."""
    parts = re.findall(r"[a-z]+[0-9]*(?:\.[0-9]+)?", reading.release.name.lower())
    return tuple(stem for stem in {*parts[:1], " ".join(parts[:2]), "-".join(parts[:2])} if len(stem) >= 3)


def _name_parts(reading: Reading) -> tuple[str, ...]:
    """Words of the release's name and its publisher's that a title may hold."""
    words = re.findall(r"[a-z][a-z0-9]{2,}", f"{reading.release.id} {reading.release.name}".lower())
    return tuple({word for word in words if word not in _COMMON_PARTS})


def _own_paper(reading: Reading) -> Finding | None:
    stems = _stems(reading)
    for sentence in _paper_sentences(reading):
        said = sentence.lower
        if any(word in said for word in _ABOUT_OTHERS) or promises(said) or foreign(said):
            continue
        if "dataset](" in said and any(word in said for word in ("evaluate", "trained on", "tuned on")):
            continue
        own = any(word in said for word in _OWN)
        introduced = any(word in said for word in _INTRODUCED) and any(word in said for word in _IT)
        badge = "badge" in said and "arxiv" in said
        named = any(f"[{stem}" in said or f"{stem} paper" in said or f"{stem}: " in said for stem in stems)
        if own or introduced or badge or named:
            sure = Confidence.HIGH if own or badge else Confidence.MEDIUM
            return found("research-paper", Status.RELEASED, evidence=(reading.quote(sentence),), confidence=sure)
    return None


def _linked_words(reading: Reading) -> Finding | None:
    """`[this paper](…)`, wherever the address leads."""
    for link in reading.links:
        words = link.text.lower()
        if "paper" in words and len(words) <= 80 and "white" not in words and "newspaper" not in words:
            sentence = reading.around(link)
            if not (any(word in sentence.lower for word in _ABOUT_OTHERS) or promises(sentence.lower)):
                return found("research-paper", Status.RELEASED, evidence=(reading.link(link, link.text),))
    return None


def _entries(reading: Reading) -> list[tuple[int, int, str]]:
    """The card's BibTeX entries: offsets and text, in lower case."""
    if "@" not in reading.lower:
        return []
    entries = []
    starts = [match.start() for match in _ENTRY.finditer(reading.lower)][:40]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(reading.lower)
        text = reading.lower[start : min(end, start + _MAX_ENTRY)]
        fence = text.find("```")
        text = text[:fence] if fence >= 0 else text
        entries.append((start, start + len(text), text))
    return entries


def _cited(reading: Reading) -> tuple[Finding | None, Finding | None]:
    """Paper and report, from the citations that the card asks for."""
    paper = report = None
    parts = _name_parts(reading)
    for start, end, text in _entries(reading):
        if not any(word in text for word in _PUBLISHED) or _BOILERPLATE in text:
            continue
        title = _TITLE.search(text)
        named = title[1] if title else ""
        sentence = Sentence(start, end, text)
        quote = (reading.quote(sentence, "a citation that the card asks for"),)
        if report is None and any(word in named for word in (*_REPORTS, *_NO_PAPER)):
            report = found("technical-report", Status.RELEASED, evidence=quote, confidence=Confidence.HIGH)
        if not any(word in named for word in _NO_PAPER) and (paper is None or paper.status is Status.DESCRIBED):
            asked = reading.lower[max(0, start - 300) : start]
            own = any(part in named for part in parts) or any(word in asked for word in _ASKED)
            if own:
                paper = found("research-paper", Status.RELEASED, evidence=quote)
            elif paper is None:
                note = "whether the citation is about this release is not said"
                paper = found("research-paper", Status.DESCRIBED, evidence=quote, confidence=Confidence.LOW, note=note)
    return paper, report


def _mentioned(reading: Reading) -> Finding | None:
    """`See the … paper`, without its address."""
    stems = _stems(reading)
    for sentence in reading.sentences(("paper$",)):
        place = sentence.lower.find("paper")
        before = sentence.lower[max(0, place - 24) : place]
        if any(stem in before for stem in stems) and not foreign(sentence.lower):
            evidence = (reading.quote(sentence),)
            return found("research-paper", Status.DESCRIBED, evidence=evidence, confidence=Confidence.MEDIUM)
    for sentence in reading.sentences(phrases("our paper$ | research paper$ | our preprint")):
        if not (promises(sentence.lower) or refuses(sentence.lower)):
            return found(
                "research-paper", Status.DESCRIBED, evidence=(reading.quote(sentence),), confidence=Confidence.LOW
            )
    return None


def _own_report(reading: Reading) -> Finding | None:
    described = None
    for sentence in reading.sentences(_REPORTS):
        said = sentence.lower
        if promises(said) or refuses(said):
            continue
        if foreign(said):
            continue
        if "http" in said or "](" in said or "][" in said or "arxiv" in said or "href" in said:
            return found(
                "technical-report", Status.RELEASED, evidence=(reading.quote(sentence),), confidence=Confidence.HIGH
            )
        described = described or sentence
    if described:
        return found(
            "technical-report", Status.DESCRIBED, evidence=(reading.quote(described),), confidence=Confidence.LOW
        )
    return None


def _blog(reading: Reading) -> Finding | None:
    """A post about the release that the card sends its readers to: a part of a report."""
    for sentence in reading.sentences(_BLOGS):
        said = sentence.lower
        if ("http" in said or "](" in said) and not promises(said):
            return found(
                "technical-report",
                Status.PARTIAL,
                evidence=(reading.quote(sentence),),
                confidence=Confidence.LOW,
                note="a post, not a report",
            )
    return None


@probe("papers", finds=("research-paper", "technical-report"), also=(Need.CARD,))
def papers(reading: Reading) -> Found:
    """Whether a paper or report about this release can be read.

    A paper is the release's own by an `arxiv` key in the metadata, by the words around its address, by the citation that the
    card asks for. A document that calls itself a technical report, system card or model card is a report; a post is a part
    of one. Other links to papers are no evidence: what they are about is unknown until they are followed.
    """
    key = reading.release.metadata.get("arxiv")
    number = _NUMBER.search(str(key)) if key else None
    cited, report = _cited(reading)
    if number:
        yield found(
            "research-paper",
            Status.RELEASED,
            evidence=(reading.field("cardData.arxiv", number[0]),),
            confidence=Confidence.HIGH,
        )
    else:
        paper = _own_paper(reading) or cited or _linked_words(reading) or _mentioned(reading)
        if paper:
            yield paper
    written = report or _own_report(reading) or _blog(reading)
    if written:
        yield written
