"""Papers and reports about the release: whose they are, by the words around them.

A card links to many papers, most of them about what it is built on (an attention, a data set, a calculator of emissions). A
paper is the release's own where the card says so: "our paper", "[paper](…)", an `arxiv` key, a citation under a heading that
asks for it, a paper named after the model. Any other link says nothing until it is followed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from openness.core.finding import Confidence, Finding, Status
from openness.core.hosts import PAPER_PLACES
from openness.core.record import record
from openness.core.release import Need
from openness.probes.base import Findings, probe
from openness.probes.card import CardSentence
from openness.probes.reading import View, shared
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
    "modified from",
    "adapted from",
    "training dataset, see",
    "; see [code]",
    "(see [paper]",
)
_REPORTS = phrases(
    "technical report | tech report | technical paper | whitepaper | white paper | system card | model report | "
    "report on arxiv"
)
_BLOGS = phrases(
    "technical blog | tech blog | release blog | announcement blog | announcement post | blog post: | blogpost: | "
    "blog: | our blog | [blog | release post | technical post | >blog< | our release | blog post detailing | "
    "blog post describing | blog post on | blog post summarizing"
)
_ENTRY = re.compile(
    r"@(?:article|inproceedings|misc|techreport|conference|proceedings|report|preprint|online|unpublished|software)\s{0,4}\{"
)
_TITLE = re.compile(r"\btitle\s{0,20}=\s{0,20}[{\"]{1,3}([^\n]{1,300})")
_PUBLISHED = ("eprint", "arxiv", "journal", "booktitle", "doi", "aclanthology", "openreview", "biorxiv")
_CARDS = ("model card", "system card")
_HOSTS_BLOG = "//huggingface.co/blog/"
"""The Hub's own posts: about other people's releases."""
_WORD = re.compile(r"[a-z]{3,}")
_SIZED = re.compile(r"([a-z0-9._ -]*?[a-z0-9])[-_ ]\d+(?:\.\d+)?[bm](?:[-_ ](.*))?\Z")
_KINDS = frozenset(
    phrases("base | chat | instruct | hf | it | sft | dpo | rl | gguf | gptq | awq | deduped | multi | mono")
)
_MADE_FROM = phrases(
    "finetune | fine-tune | finetuned | fine-tuned | based on | built on | trained on top of | derived from"
)
_PAPER_OF = re.compile(r"([\w.+-]+)\s+papers?\b")
_ANY_PAPER = frozenset(
    phrases(
        "our | this | the | a | an | research | original | official | accompanying | associated | corresponding | technical | "
        "full | arxiv | following | preprint | conference | workshop | journal | acl | emnlp | naacl | eacl | neurips | iclr | "
        "icml | cvpr | iccv | eccv | aaai | interspeech | icassp | nature | science | model | scientific | short | long | "
        "and | in | see | to | of | with | each | paper | read | main | new | latest | published | updated | s"
    )
)
"""Words before `paper` that name no work."""
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
        "open",
        "stable",
        "deep",
        "code",
    }
)
_MAX_ENTRY = 3_000


@shared(Need.CARD)
def _paper_sentences(reading: View) -> list[CardSentence]:
    """The sentences in which an address of a paper stands, written out with or without its scheme."""
    sentences: dict[int, CardSentence] = {}
    for place in PAPER_PLACES:
        for position in reading.card.positions(place, reading.card.plain):
            sentence = reading.card.sentence_at(position, position + len(place))
            if _BOILERPLATE not in sentence.lower:
                sentences.setdefault(sentence.start, sentence)
            if len(sentences) >= 60:
                break
    return [sentences[start] for start in sorted(sentences)]


def _stems(reading: View) -> tuple[str, ...]:
    """The release's name as prose writes it: its first word, without and with its version, and its first two."""
    parts = re.findall(r"[a-z]+[0-9]*(?:\.[0-9]+)?", reading.name.lower())
    line = parts[0].rstrip("0123456789.") if parts else ""
    stems = {line, *parts[:1], " ".join(parts[:2]), "-".join(parts[:2]), "".join(parts[:2])}
    return tuple(sorted(stem for stem in stems if len(stem) >= 3 and stem not in _COMMON_PARTS))


def _name_parts(reading: View) -> tuple[str, ...]:
    """Words of the release's name and its publisher's that a title may hold."""
    words = re.findall(r"[a-z][a-z0-9]{2,}", f"{reading.id} {reading.name}".lower())
    return tuple({word for word in words if word not in _COMMON_PARTS})


def _own_paper(reading: View) -> Finding | None:
    stems = _stems(reading)
    for sentence in _paper_sentences(reading):
        said = sentence.lower
        if any(word in said for word in _ABOUT_OTHERS) or promises(said) or foreign(said) or _ENTRY.search(said):
            continue
        if _of_another(said, stems, reading):
            continue
        if "dataset](" in said and any(word in said for word in ("evaluate", "trained on", "tuned on")):
            continue
        own = any(word in said for word in _OWN)
        introduced = any(word in said for word in _INTRODUCED) and any(word in said for word in _IT)
        badge = "badge" in said and "arxiv" in said
        named = any(f"[{stem}" in said or f"{stem} paper" in said or f"{stem}: " in said for stem in stems)
        if own or introduced or badge or named:
            sure = Confidence.HIGH if own or badge else Confidence.MEDIUM
            return reading.found(
                "research-paper", Status.RELEASED, evidence=(reading.card.quote(sentence),), confidence=sure
            )
    return None


def _bases(reading: View) -> frozenset[str]:
    """Words of the release's name that are the name of what somebody else made it from: a paper so titled is not its own.

    They stand in the name of a base of another publisher; or at the front of a name that goes on behind the size
    (`base-7b-own`), where the card says that it was made from it.
    """
    name = reading.name.lower()
    account = reading.account.lower()
    lent = {
        word
        for base in reading.lineage.base_models
        if base.partition("/")[0].lower() != account
        for word in _WORD.findall(base.partition("/")[2].lower())
    }
    sized = _SIZED.match(name)
    if sized and any(word not in _COMMON_PARTS and word not in _KINDS for word in _WORD.findall(sized[2] or "")):
        line = sized[1].strip("-_ .0123456789")
        if any(line in sentence.lower for sentence in reading.card.sentences(_MADE_FROM)):
            lent.add(line)
    return frozenset(lent & set(_WORD.findall(name)))


def _of_another(said: str, stems: tuple[str, ...], reading: View) -> bool:
    """Whether the only papers that a sentence names bear another work's name: `the Heap paper`."""
    named = [word.strip(".-+") for word in _PAPER_OF.findall(said)] if "paper" in said else []
    if not named:
        return False
    own = _name_parts(reading)
    return not any(
        word in _ANY_PAPER or word.isdigit() or any(part in word for part in (*own, *stems)) for word in named
    )


def _linked_words(reading: View) -> Finding | None:
    """A link on the words `this paper`, wherever its address leads."""
    stems = _stems(reading)
    for link in reading.card.links:
        words = link.text.lower()
        if "paper" in words and len(words) <= 80 and "white" not in words and "newspaper" not in words:
            sentence = reading.card.around(link)
            said = sentence.lower
            others = any(word in said for word in _ABOUT_OTHERS) or _of_another(words, stems, reading)
            if not (others or promises(said)):
                return reading.found("research-paper", Status.RELEASED, evidence=(reading.card.link(link, link.text),))
    return None


@record(frozen=True, slots=True)
class Citation:
    """A BibTeX entry of a publication: the first or a later one of the card, its text and title in lower case."""

    first: bool
    entry: CardSentence
    title: str


@shared(Need.CARD)
def _citations(reading: View) -> list[Citation]:
    """The publications that the card's BibTeX entries cite."""
    lower = reading.card.lower
    starts = [match.start() for match in _ENTRY.finditer(lower)][:40] if "@" in lower else []
    citations = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(lower)
        text = lower[start : min(end, start + _MAX_ENTRY)].partition("```")[0]
        if not any(word in text for word in _PUBLISHED) or _BOILERPLATE in text or text.startswith("@software"):
            continue
        title = _TITLE.search(text)
        named = title[1].replace("{", "").replace("}", "") if title else ""
        citations.append(Citation(number == 0, CardSentence(start, start + len(text), text), named))
    return citations


def _cited_report(reading: View) -> Finding | None:
    for each in _citations(reading):
        if any(word in each.title for word in (*_REPORTS, *_CARDS)):
            quote = (reading.card.quote(each.entry, "a citation that the card asks for"),)
            return reading.found("technical-report", Status.RELEASED, evidence=quote, confidence=Confidence.HIGH)
    return None


def _cited_paper(reading: View) -> Finding | None:
    """The first citation that the card asks for as its own, else its first one, of which that is not said."""
    citations = [
        each for each in _citations(reading) if not any(word in each.title for word in (*_CARDS, " dataset", " corpus"))
    ]
    if not citations:
        return None
    lent = _bases(reading)
    parts = tuple(part for part in _name_parts(reading) if part not in lent)
    stems = tuple(stem for stem in _stems(reading) if not lent.intersection(_WORD.findall(stem)))
    for each in citations:
        asked = reading.card.lower[max(0, each.entry.start - 300) : each.entry.start] if each.first else ""
        named = any(part in each.title for part in (parts if each.first else stems))
        if named or any(word in asked for word in _ASKED):
            quote = (reading.card.quote(each.entry, "a citation that the card asks for"),)
            return reading.found("research-paper", Status.RELEASED, evidence=quote)
    if citations[0].first and lent.isdisjoint(_WORD.findall(citations[0].title)):
        quote = (reading.card.quote(citations[0].entry, "a citation that the card asks for"),)
        note = "whether the citation is about this release is not said"
        return reading.found("research-paper", Status.DESCRIBED, evidence=quote, confidence=Confidence.LOW, note=note)
    return None


def _mentioned(reading: View) -> Finding | None:
    """`See the … paper`, without its address."""
    stems = _stems(reading)
    for sentence in reading.card.sentences(("paper$",)):
        place = sentence.lower.find("paper")
        before = sentence.lower[max(0, place - 24) : place]
        if any(stem in before for stem in stems) and not foreign(sentence.lower):
            evidence = (reading.card.quote(sentence),)
            return reading.found("research-paper", Status.DESCRIBED, evidence=evidence, confidence=Confidence.MEDIUM)
    for sentence in reading.card.sentences(phrases("our paper$ | research paper$ | our preprint | paper or resources")):
        if not (promises(sentence.lower) or refuses(sentence.lower)):
            return reading.found(
                "research-paper", Status.DESCRIBED, evidence=(reading.card.quote(sentence),), confidence=Confidence.LOW
            )
    return None


def _own_report(reading: View) -> Finding | None:
    described = None
    for sentence in reading.card.sentences(_REPORTS):
        said = sentence.lower
        if promises(said) or refuses(said):
            continue
        if foreign(said):
            continue
        if "http" in said or "](" in said or "][" in said or "arxiv" in said or "href" in said:
            return reading.found(
                "technical-report",
                Status.RELEASED,
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.HIGH,
            )
        described = described or (None if "white" in said else sentence)
    if described:
        return reading.found(
            "technical-report", Status.DESCRIBED, evidence=(reading.card.quote(described),), confidence=Confidence.LOW
        )
    return None


def _blog(reading: View) -> Finding | None:
    """A post about the release that the card sends its readers to: a part of a report."""
    for sentence in reading.card.sentences(_BLOGS):
        said = sentence.lower
        if ("http" in said or "](" in said) and _HOSTS_BLOG not in said and not promises(said):
            return reading.found(
                "technical-report",
                Status.PARTIAL,
                evidence=(reading.card.quote(sentence),),
                confidence=Confidence.LOW,
                note="a post, not a report",
            )
    return None


def _stands_with_papers(report: Finding) -> bool:
    return any(place in report.evidence[0].quote.lower() for place in PAPER_PLACES)


@probe(
    "papers",
    finds=("research-paper",),
    also=(Need.CARD, Need.CARD_METADATA, Need.LINEAGE),
    uses=(_paper_sentences, _citations),
)
def papers(reading: View) -> Findings:
    """Whether a paper about this release can be read.

    A paper is the release's own by an `arxiv` key in the metadata, by the words around its address, by the citation that the
    card asks for. A report that is kept where papers are is a paper too. Other links to papers are no evidence: what they are
    about is unknown until they are followed.
    """
    key = reading.metadata.fields.get("arxiv")
    number = _NUMBER.search(str(key)) if key else None
    if number:
        evidence = (reading.field("cardData.arxiv", number[0]),)
        yield reading.found("research-paper", Status.RELEASED, evidence=evidence, confidence=Confidence.HIGH)
        return
    if key:
        reading.misread("the card's field arxiv holds no number of a paper")
    cited = _cited_paper(reading)
    paper = _own_paper(reading) or cited or _linked_words(reading) or _mentioned(reading)
    unseen = reading.unseen(Need.LINEAGE)
    if paper and paper is cited and unseen:  # the citation may ask for the paper of what it was made from
        paper = reading.unknown("research-paper", unseen, evidence=paper.evidence)
    if paper is None and _cited_report(reading) is None:
        report = _own_report(reading)
        paper = replace(report, about="research-paper") if report and _stands_with_papers(report) else None
    if paper:
        yield reading.at_least(paper, Need.CARD_METADATA)


@probe("reports", finds=("technical-report",), also=(Need.CARD,), uses=(_citations,))
def reports(reading: View) -> Findings:
    """Whether a report about this release can be read.

    A document that calls itself a technical report, system card or model card is one; a post is a part of one.
    """
    report = _cited_report(reading) or _own_report(reading) or _blog(reading)
    if report:
        yield report
