"""The bars of the licence room, measured: `python tests/benchmarks/licences.py [--quick] [--show]`.

Reads the corpus of licence texts from `$OPENNESS_CORPUS` (else `../shared/corpus` beside the repository). The corpus is where
the register's fingerprints come from, so the clean row shows that nothing is lost; the perturbed rows show robustness. What
a version of a text is called that the register does not hold is measured by leaving each text out of the index in turn.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from openness.core.licence import LicenceClass, TextMatch  # noqa: E402
from openness.licences import fingerprints, identify, identify_text, load, lookup  # noqa: E402

CORPUS = Path(os.environ.get("OPENNESS_CORPUS") or ROOT.parent / "shared" / "corpus") / "licences"
OPEN = (LicenceClass.OPEN_SOURCE, LicenceClass.OPEN_CONTENT, LicenceClass.SHARE_ALIKE)
HEADERS = (
    "This repository contains model weights.\nThey are distributed on the terms below.\n\n",
    "# License\n\nCopyright 2025 Example Laboratory and contributors\n\n---\n\n",
    "Example-7B\n==========\nThe following licence covers the files in this folder.\n\n",
)


def rewrapped(text: str, seed: int) -> str:
    """Every paragraph filled to another width."""
    width = random.Random(seed).choice((50, 66, 100, 140))
    return "\n\n".join(textwrap.fill(part, width) for part in re.split(r"\n\s*\n", text))


def headed(text: str, seed: int) -> str:
    """A harmless heading in front."""
    return HEADERS[seed % len(HEADERS)] + text


def dropped(text: str, seed: int) -> str:
    """3% of the words taken out at random."""
    dice = random.Random(seed)
    return re.sub(r"\S+", lambda found: "" if dice.random() < 0.03 else found[0], text)


def appendix_cut(text: str, _: int) -> str:
    """What follows the last appendix heading cut off, else the last tenth."""
    found = [
        m.start()
        for m in re.finditer(r"(?im)^\W*(?:attachment|exhibit|appendix|annex|schedule|end of terms)\b.*$", text)
    ]
    cut = next((start for start in found if start > len(text) * 0.6), int(len(text) * 0.9))
    return text[:cut]


def html(text: str, _: int) -> str:
    """The text as it is left when a web page's tags are stripped carelessly: entities stay, paragraphs are tagged."""
    body = text.replace("&", "&amp;").replace('"', "&quot;").replace("“", "&ldquo;").replace("’", "&#8217;")
    return "".join(f"<p>{part}</p>\n" for part in re.split(r"\n\s*\n", body))


def tags_stripped(text: str, _: int) -> str:
    """Everything on few lines, marks of lists lost."""
    return re.sub(r"(?m)^[ \t]*(?:\d+\.|\(?[a-z]\)|[-*#]+)[ \t]+", "", text).replace("\n", " ")


PERTURBED: dict[str, Callable[[str, int], str]] = {
    "re-wrapped": rewrapped,
    "header added": headed,
    "3% of words dropped": dropped,
    "appendix cut": appendix_cut,
    "HTML": html,
    "HTML-stripped": tags_stripped,
}


def texts() -> dict[str, str]:
    """The corpus, by slug."""
    return {path.stem: path.read_text("utf-8", "replace") for path in sorted(CORPUS.glob("*.txt"))}


def ids_by_slug() -> dict[str, str]:
    """Which entry of the register a text belongs to."""
    return {text.slug: text.licence for text in fingerprints.fingerprints().texts}


def named(match: TextMatch) -> str | None:
    """The licence that a match names first: the licence itself, or what it is based on."""
    licence = match.licence if match.kind == "identified" else match.based_on
    return licence.id if licence else None


def row(what: str, value: str, floor: str, fine: bool) -> bool:
    """One line of the report."""
    print(f"  {what:<52} {value:>16}   floor {floor:<10} {'ok' if fine else 'BELOW'}")
    return fine


def identification(corpus: dict[str, str], show: bool, quick: bool) -> Iterable[bool]:
    """Clean and perturbed texts."""
    expected = ids_by_slug()
    clean = {slug: identify_text(text) for slug, text in corpus.items()}
    right = sum(match.kind == "identified" and named(match) == expected.get(slug) for slug, match in clean.items())
    if show:
        for slug, match in clean.items():
            if named(match) != expected.get(slug) or match.kind != "identified":
                print("   clean", slug, match.kind, named(match), match.note)
    yield row("clean texts identified", f"{right}/{len(clean)}", "99%", right >= 0.99 * len(clean))
    top = sure = total = 0
    for name, change in PERTURBED.items():
        ok = identified = 0
        for number, (slug, text) in enumerate(corpus.items()):
            match = identify_text(change(text, number))
            good = named(match) == expected.get(slug)
            ok += good
            identified += good and match.kind == "identified"
            if show and not (good and match.kind == "identified"):
                print(
                    f"   {name:<20} {slug:<36} {match.kind} {named(match)} {match.score} {match.note} | {match.leftover[:60]!r}"
                )
        top, sure, total = top + ok, sure + identified, total + len(corpus)
        row(
            f"{name}: best match right (identified outright)",
            f"{ok} ({identified})/{len(corpus)}",
            "97%",
            ok >= 0.97 * len(corpus),
        )
        if quick and name == "3% of words dropped":
            break
    yield row("perturbed texts, best match right", f"{top / total:.1%}", "97%", top >= 0.97 * total)
    row("perturbed texts, identified outright", f"{sure / total:.1%}", "(told)", True)


def left_out(corpus: dict[str, str], show: bool) -> Iterable[bool]:
    """Every text asked for while the index does not know it: none may be called an open licence."""
    full = fingerprints.fingerprints()
    expected = ids_by_slug()
    false_open, wrong = [], []
    for slug, text in corpus.items():
        for match in (identify.identify_without(text, slug), identify.identify_without(dropped(text, 7), slug)):
            if match.kind == "identified" and match.licence is not None and match.licence.id != expected[slug]:
                wrong.append((slug, match.licence.id, match.score, match.note))
                if match.licence.licence_class in OPEN:
                    false_open.append(slug)
    if show:
        for each in wrong:
            print("   left out", *each)
    assert full is fingerprints.fingerprints()
    row("unknown text identified as another licence", f"{len(wrong)}/{2 * len(corpus)}", "(told)", True)
    yield row("unknown text identified as an open licence", f"{len(false_open)}", "0", not false_open)


TERMS = {
    "commercial-use": "commercial_use",
    "threshold": "threshold",
    "field-of-use": "field_of_use_restrictions",
    "research-only": "research_only",
    "redistribution": "redistribution",
    "naming": "derivative_naming",
    "display": "display_duty",
    "attribution": "attribution_notice_text",
    "outputs-may-train-others": "outputs_may_train_others",
    "territory": "territorial_exclusion",
    "revocation": "termination",
    "patent-termination": "litigation_termination",
    "unilateral-change": "publisher_may_change_terms",
    "governing-law": "governing_law",
    "copyleft": "copyleft",
}
"""Our terms, and the columns of terms.csv that say the same (its `remote_restriction_or_update` is two terms of ours)."""


def says(term: str, told: str) -> str:
    """The value of our term that a cell of terms.csv amounts to."""
    if told == "not stated":
        return ""
    if term == "commercial-use":
        if told.startswith("allowed"):
            return "threshold" if "threshold" in told and "display" not in told else "yes"
        return {"forbidden": "no", "not stated (no commercial clause in this text)": "unknown"}.get(told, "on-request")
    if term in {"field-of-use", "research-only"}:
        return "yes" if told.startswith("yes") else "no"
    if term == "redistribution":
        return "no" if told.startswith("forbidden") else "yes" if told.startswith("free") else "conditions"
    return told


def terms(show: bool) -> Iterable[bool]:
    """Every cell of terms.csv against the register."""
    expected = ids_by_slug()
    agree = total = 0
    with (CORPUS / "terms.csv").open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines):
            licence = load(expected[cells["slug"]])
            assert licence is not None
            for term, column in TERMS.items():
                ours = licence.terms[term].value if term in licence.terms else ""
                total += 1
                if ours == says(term, cells[column].strip()):
                    agree += 1
                elif show:
                    print(f"   terms {cells['slug']} {term}: {ours!r}, terms.csv {cells[column]!r}")
    yield row("terms in agreement with terms.csv", f"{agree}/{total}", "97%", agree >= 0.97 * total)


def identifiers() -> Iterable[bool]:
    """Every identifier of the Hub's list: it resolves, and OSI's answer is the list's."""
    bad = []
    with (CORPUS / "hub-identifiers.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for cells in rows:
        licence = lookup(cells["hub_id"])
        flag = {"yes": True, "no": False, "family: no": False, "family: yes": True}.get(cells["osi_approved"])
        if licence.osi is not flag or (cells["spdx_id"] and licence.spdx != cells["spdx_id"]):
            bad.append((cells["hub_id"], licence.id, licence.osi, flag))
    for each in bad:
        print("   identifier", *each)
    yield row("Hub identifiers resolved as listed", f"{len(rows) - len(bad)}/{len(rows)}", "all", not bad)


def timed(action: Callable[[], object], times: int = 5) -> float:
    """The median of some runs, in milliseconds."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)[times // 2]


def fresh(code: str) -> float:
    """Milliseconds that `code` takes in a process of its own, beyond the start of Python and the core types."""
    script = (
        "import time, json, re, enum, dataclasses, pathlib, functools, html, unicodedata, hashlib, zlib, array\n"
        "import openness.core.licence\ns = time.perf_counter()\n" + code + "\nprint((time.perf_counter() - s) * 1000)"
    )
    runs = [
        float(
            subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        )
        for _ in range(5)
    ]
    return sorted(runs)[2]


def speed(corpus: dict[str, str]) -> Iterable[bool]:
    """Loading, ten kilobytes, and hostile texts."""
    value = fresh("from openness.licences import lookup; lookup('apache-2.0')")
    yield row("import and first look-up", f"{value:.1f} ms", "20 ms", value < 20)
    value = fresh("from openness.licences.fingerprints import fingerprints; fingerprints()")
    yield row("fingerprints loaded", f"{value:.1f} ms", "30 ms", value < 30)
    ten = corpus["apple-amlr"][:5000] + corpus["llama-3"][:5240]
    whole = corpus["qwen-2024"] + " one more word"
    for name, text in (("10 KB of two licences", ten), ("a changed licence of 7 KB", whole)):

        def identify_afresh(text: str = text) -> None:
            identify.forget()
            identify_text(text)

        value = timed(identify_afresh)
        yield row(f"{name} identified", f"{value:.1f} ms", "20 ms", value < 20)
    dice = random.Random(1)
    garbage = "".join(dice.choices("abcdefghij klmnopq\nrstuvwxyz <>&;.()", k=5_000_000))
    hostile = {
        "5 MB of garbage": garbage,
        "one line of 1 MB": "a" * 1_000_000,
        "one line of 1 MB of words": "licence " * 125_000,
        "binary": os.urandom(2_000_000).decode("latin-1"),
        "UTF-16 read as it is": corpus["std-mit"].encode("utf-16").decode("latin-1") * 300,
        "repeated clauses": corpus["std-mit"] * 3000,
        "nested tags": "<" * 500_000 + "<p" * 200_000,
        "spaces": " " * 3_000_000,
        "copyright lines": "copyright (c) " * 200_000,
        "entities": "&amp;" * 600_000,
        "markers": "\n1.1.1.1.1.1" * 200_000,
    }
    for name, text in hostile.items():
        start = time.perf_counter()
        match = identify_text(text)
        value = (time.perf_counter() - start) * 1000
        yield row(
            f"hostile: {name} ({match.kind})", f"{value:.0f} ms", "1000 ms", value < 1000 and match.kind != "identified"
        )


PUBLIC = "spdx-matcher==0.1.4"
"""The fastest public matcher that was measured (`shared/licences.md`: 4 ms for 10 KB); it knows SPDX's licences only."""

THEIRS = """
import json, sys, time
from spdx_matcher import analyse_license_text
def timed(text):
    spent = []
    for _ in range(7):
        start = time.perf_counter()
        found, _ = analyse_license_text(text)
        spent.append(time.perf_counter() - start)
    return sorted(spent)[3] * 1000, sorted(found["licenses"])
start = time.perf_counter()
analyse_license_text("warm up")
print(json.dumps([(time.perf_counter() - start) * 1000, *(timed(text) for text in json.load(sys.stdin))]))
"""


def beside_a_public_one(corpus: dict[str, str], python: str) -> Iterable[bool]:
    """The same texts for the fastest public matcher, in the same run: time as a ratio, and what either says."""
    texts_of = {name: corpus[name] for name in ("std-apache-2.0", "std-mpl-2.0", "kimi-modified-mit") if name in corpus}
    with tempfile.TemporaryDirectory() as folder:
        if not python:
            python = f"{folder}/bin/python"
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            made = subprocess.run([python, "-m", "pip", "install", "--quiet", PUBLIC], capture_output=True, check=False)
            if made.returncode:
                print(f"  {PUBLIC} could not be installed here; name a Python that has it with --matcher-python")
                return
        ran = subprocess.run(
            [python, "-c", THEIRS],
            input=json.dumps(list(texts_of.values())),
            capture_output=True,
            text=True,
            check=True,
        )
    loading, *theirs = json.loads(ran.stdout)
    ours = fresh("from openness.licences.fingerprints import fingerprints; fingerprints()")
    yield row(f"loading, ours to {PUBLIC}", f"{ours / loading:.2f} ×", "(told)", True)
    for (name, text), (their_time, said) in zip(texts_of.items(), theirs, strict=True):
        match = identify_text(text)
        ratio = timed(partial(identify_text, text), 7) / their_time
        found = match.licence.id if match.kind == "identified" and match.licence else match.kind
        yield row(f"{name}: ours {found}, theirs {', '.join(said) or 'nothing'}", f"{ratio:.2f} ×", "(told)", True)


def main() -> int:
    """Measure and print; exit 1 when a figure is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer perturbations, nothing left out")
    parser.add_argument("--show", action="store_true", help="name every text and term that is not right")
    parser.add_argument(
        "--matcher-python", default="", help=f"a Python that has {PUBLIC}; else one is made for the run"
    )
    options = parser.parse_args()
    corpus = texts()
    if not corpus:
        print(f"no corpus at {CORPUS}")
        return 0
    print(f"licences, {len(corpus)} texts of {CORPUS}, {len(fingerprints.fingerprints().texts)} known")
    results = [
        *identification(corpus, options.show, options.quick),
        *identifiers(),
        *terms(options.show),
        *speed(corpus),
        *beside_a_public_one(corpus, options.matcher_python),
    ]
    if not options.quick:
        results += left_out(corpus, options.show)
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
