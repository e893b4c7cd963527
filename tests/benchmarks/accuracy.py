"""What the probes find, measured against what people found: `python -m tests.benchmarks.accuracy [--help]`.

Labels are the Model Openness Tool's records (Open Source AI Index: a table of its own). Both are noisy: a human said that a
component belongs to the release, with or without a licence.

**Present** is a finding `released` or `partial`; for documents `described` too, as what describes a release is itself the
document. In the **main** figure every `unknown` counts as absent. The **stated** figure counts as present an `unknown` that the
publisher's words and link leave no way to be absent (its possible statuses are all of released, partial, described: "the
training code is at …", with the link not followed; the corpus holds no linked repository). The **decided** figure leaves every
`unknown` out and prints its coverage. With `--clones` links to code hosts are followed in git clones on this machine (see
`clones`), and every figure is printed again; whatever has no clone stays unknown.

Only releases with a full card are measured, and of them per component those whose facts the component's probe needs were
recorded. A component without both kinds of label measures nothing: its MCC is 0 in the macro figures, its balanced accuracy
is the accuracy on the kind it has.

The corpus is in two halves, split by family (a hash of its name): rules are developed on `dev`, `test` is only reported.

Floors (exit code 1 when one is missed): macro-MCC 0.30, macro balanced accuracy 0.65, 300 releases a second on one core with
the card's parsing, no crash, and no `silent` where a place to look at was not seen.
"""

from __future__ import annotations

import argparse
import gc
import math
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from openness.core.components import COMPONENTS, Kind
from openness.core.finding import AT_LEAST_DESCRIBED, Finding, Status
from openness.core.release import Need, Reason, Release
from openness.probes import assess
from openness.probes.base import PROBES
from tests.benchmarks.clones import followed
from tests.benchmarks.releases import CORPUS, MOF, Recorded, family, half, labels_mot, labels_osai, releases

FLOOR_MCC, FLOOR_BALANCED, FLOOR_SPEED = 0.30, 0.65, 300
GOAL_MCC, GOAL_BALANCED = 0.45, 0.72
COMMONEST = (
    "model-architecture",
    "model-parameters-final",
    "research-paper",
    "model-card",
    "evaluation-results",
    "technical-report",
)
"""The six components that the Model Openness Tool's records hold most often."""

_CARD = frozenset({Need.CARD})
_BOTH = frozenset({Need.CARD, Need.FILE_LIST})
_DATA = frozenset({Need.CARD, Need.CARD_METADATA})
SILENCE = (
    dict.fromkeys(MOF, _CARD)
    | dict.fromkeys((id for id in MOF if COMPONENTS[id].kind is Kind.CODE), _BOTH)
    | dict.fromkeys(("model-parameters-final", "model-parameters-intermediate"), frozenset({Need.FILE_LIST}))
    | dict.fromkeys(("datasets", "evaluation-data", "evaluation-results"), _DATA)
    | {"model-metadata": frozenset({Need.CARD_METADATA})}
)
"""What must have been seen before a component may be called silent, whatever its probe declares."""


@dataclass(slots=True)
class Table:
    """Counts of a yes-or-no question (weights may be fractions)."""

    tp: float = 0.0
    fp: float = 0.0
    fn: float = 0.0
    tn: float = 0.0

    def add(self, said: bool, true: bool, weight: float = 1.0) -> None:
        """One answer."""
        cell = ("t" if said is true else "f") + ("p" if said else "n")
        setattr(self, cell, getattr(self, cell) + weight)

    @property
    def total(self) -> float:
        """How many answers."""
        return self.tp + self.fp + self.fn + self.tn

    @property
    def precision(self) -> float:
        """Of what was said to be present, how much is."""
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Of what is present, how much was found."""
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def mcc(self) -> float:
        """Matthews' correlation; 0 where a row or column is empty."""
        below = (self.tp + self.fp) * (self.tp + self.fn) * (self.tn + self.fp) * (self.tn + self.fn)
        return (self.tp * self.tn - self.fp * self.fn) / math.sqrt(below) if below > 0 else 0.0

    @property
    def balanced(self) -> float:
        """Mean of the recalls of present and absent; one of them where the other has no label."""
        parts = [
            _ratio(right, right + wrong) for right, wrong in ((self.tp, self.fn), (self.tn, self.fp)) if right + wrong
        ]
        return sum(parts) / len(parts) if parts else 0.0

    @property
    def measures(self) -> bool:
        """Whether both kinds of label are there."""
        return bool(self.tp + self.fn) and bool(self.tn + self.fp)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """A finding beside its label."""

    id: str
    finding: Finding
    true: bool

    @property
    def decided(self) -> bool:
        """Whether the probe said anything but `unknown`."""
        return self.finding.status is not Status.UNKNOWN


def present(finding: Finding) -> bool:
    """Whether a finding counts as present in the stated figure (the module's docstring says when)."""
    if finding.status is Status.UNKNOWN:
        return bool(finding.possible) and set(finding.possible) <= set(AT_LEAST_DESCRIBED)
    return there(finding)


def there(finding: Finding) -> bool:
    """Whether a finding is present by its status alone."""
    if finding.status is Status.DESCRIBED:
        return COMPONENTS[finding.about].kind is Kind.DOCUMENT
    return finding.status in (Status.RELEASED, Status.PARTIAL)


Cases = Mapping[str, list[Case]]
Rule = Callable[[Case], bool]


Found = dict[str, tuple[Release, Mapping[str, Finding]]]
"""Releases by id, each with its findings by subject."""


def judged(found: Found, labels: Mapping[str, Mapping[str, bool]]) -> dict[str, list[Case]]:
    """Per component, the findings of the releases that have a label and the facts that its probe needs."""
    needs = {about: probe.needs for probe in PROBES.values() for about in probe.finds}
    cases: dict[str, list[Case]] = {component: [] for component in MOF}
    for id, (release, findings) in found.items():
        for component, true in labels.get(id, {}).items():
            if not any(need in release.missing for need in needs[component]):
                cases[component].append(Case(id, findings[component], true))
    return cases


def table(cases: Iterable[Case], said: Rule, by_family: bool = False) -> Table:
    """The cases counted; `by_family` gives every family the weight of one release."""
    cases = list(cases)
    sizes: dict[str, int] = defaultdict(int)
    for case in cases:
        sizes[family(case.id)] += 1
    counted = Table()
    for case in cases:
        counted.add(said(case), case.true, 1 / sizes[family(case.id)] if by_family else 1.0)
    return counted


def macro(cases: Cases, said: Rule, *, decided: bool = False, by_family: bool = False) -> tuple[float, float, float]:
    """Macro MCC, balanced accuracy and F1 over the components that have any case."""
    tables = [
        table((case for case in held if case.decided or not decided), said, by_family)
        for held in cases.values()
        if held
    ]
    return (
        _ratio(sum(each.mcc for each in tables), len(tables)),
        _ratio(sum(each.balanced for each in tables), len(tables)),
        _ratio(sum(each.f1 for each in tables), len(tables)),
    )


def stated_rule(case: Case) -> bool:
    """Present in the stated figure."""
    return present(case.finding)


def main_rule(case: Case) -> bool:
    """Present in the main figure, where every unknown is absent."""
    return there(case.finding)


def print_components(cases: Cases) -> None:
    """One row per component."""
    print(
        f"  {'component':<31}  prec   rec    F1    MCC   bal |   n  yes   tp  fp  fn  tn |   main  decided MCC (cover)"
    )
    for component, held in cases.items():
        if not held:
            print(f"  {component:<31}  (no release with a label and its facts)")
            continue
        each, decided = table(held, stated_rule), [case for case in held if case.decided]
        print(
            f"  {component:<31} {each.precision:5.2f} {each.recall:5.2f} {each.f1:5.2f} {each.mcc:6.2f} {each.balanced:5.2f} |"
            f" {each.total:3.0f}  {each.tp + each.fn:3.0f}  {each.tp:3.0f} {each.fp:3.0f} {each.fn:3.0f} {each.tn:3.0f} |"
            f" {table(held, main_rule).mcc:6.2f}  {table(decided, stated_rule).mcc:11.2f} ({len(decided) / len(held):4.0%})"
            f"{'' if each.measures else '  one kind of label only'}"
        )


def print_macro(name: str, cases: Cases) -> tuple[float, float, float, float]:
    """The summary rows; MCC and balanced accuracy of the main figure and of the stated one are given back."""
    coverage = _ratio(sum(case.decided for held in cases.values() for case in held), sum(map(len, cases.values())))
    main, stated = macro(cases, main_rule), macro(cases, stated_rule)
    rows = {
        "main (unknown is absent)": main,
        "stated (and linked, not followed)": stated,
        f"decided only (coverage {coverage:.0%})": macro(cases, stated_rule, decided=True),
        "stated, each family counted once": macro(cases, stated_rule, by_family=True),
        "stated, where both kinds of label are": macro(
            {component: held for component, held in cases.items() if table(held, stated_rule).measures}, stated_rule
        ),
        "everything present": macro(cases, lambda case: True),
        "the six commonest present": macro(cases, lambda case: case.finding.about in COMMONEST),
    }
    measuring = sum(table(held, stated_rule).measures for held in cases.values())
    print(f"  {name}: macro over {sum(1 for held in cases.values() if held)} ({measuring} with both kinds of label)")
    for what, (mcc, balanced, f1) in rows.items():
        print(f"    {what:<36} MCC {mcc:5.2f}   balanced accuracy {balanced:4.2f}   F1 {f1:4.2f}")
    return *main[:2], *stated[:2]


def print_families(cases: Cases) -> None:
    """How often the answer is the label's, per family, over all components."""
    counted: dict[str, Table] = defaultdict(Table)
    members: dict[str, set[str]] = defaultdict(set)
    for held in cases.values():
        for case in held:
            counted[family(case.id)].add(stated_rule(case), case.true)
            members[family(case.id)].add(case.id)
    print("  family                              releases  accuracy  balanced    MCC")
    for name, each in sorted(counted.items()):
        print(
            f"  {name:<36}{len(members[name]):7}{(each.tp + each.tn) / each.total:10.2f}{each.balanced:10.2f}{each.mcc:7.2f}"
        )


def print_reliability(cases: Cases) -> None:
    """Stated confidence against truth: of the findings with an answer, how many agree with the label."""
    buckets: dict[tuple[str, str], Table] = defaultdict(Table)
    for held in cases.values():
        for case in held:
            finding = case.finding
            kind = "present" if present(finding) else "unknown" if not case.decided else "absent"
            if kind == "present" and not case.decided:
                kind = "present (link not followed)"
            sure = finding.confidence.value if kind != "unknown" else "-"
            if finding.status is Status.SILENT:
                sure = "silent"
            buckets[kind, sure].add(kind.startswith("present"), case.true)
    print("  answer                        confidence      n  agrees with the label")
    for (kind, sure), each in sorted(buckets.items()):
        print(f"  {kind:<30}{sure:<10}{each.total:7.0f}  {(each.tp + each.tn) / each.total:.2f}")


def show(component: str, cases: Cases) -> None:
    """Every disagreement on a component, with the evidence."""
    for case in sorted(cases[component], key=lambda case: case.id):
        said = stated_rule(case)
        mark = "  " if said is case.true else "FP" if said else "FN"
        finding = case.finding
        quotes = " · ".join(f"{each.path}:{each.quote or each.note}"[:110] for each in finding.evidence[:2])
        print(f"  {mark} {case.id:<44} {finding.status}{'+' if finding.possible else ''} {finding.probe} | {quotes!r}")


def wrong_certainties(release: Release, findings: Mapping[str, Finding]) -> list[str]:
    """Components called silent although a place where they would be was not seen, or not to its end."""
    wrong = []
    cut = release.card is not None and release.card.truncated
    for component, places in SILENCE.items():
        unseen = any(need in release.missing for need in places) or (cut and Need.CARD in places)
        if findings[component].status is Status.SILENT and unseen:
            wrong.append(component)
    return wrong


def look_again(found: Found, clones: Path) -> Found:
    """The same releases and their findings, with links to code hosts followed."""
    releases = followed((release for release, _ in found.values()), clones)
    return {release.id: (release, {each.about: each for each in assess(release)}) for release in releases}


def run(recorded: Iterable[Recorded]) -> tuple[Found, list[str]]:
    """Every release and its findings; and what crashed."""
    found: Found = {}
    crashed: list[str] = []
    for each in recorded:
        try:
            release = each.release()
            findings = assess(release)
        except Exception as error:  # a crash is a result here
            crashed.append(f"{each.id}: {type(error).__name__}: {error}")
            continue
        crashed += [
            f"{each.id}: {finding.missing.detail}"
            for finding in findings
            if finding.missing and finding.missing.reason is Reason.PROBE_ERROR
        ]
        found[each.id] = (release, {finding.about: finding for finding in findings})
    return found, crashed


def speed(recorded: list[Recorded]) -> float:
    """Releases a second on one core, from recorded texts to findings, the best of three runs over the corpus."""
    best = math.inf
    gc.collect()
    gc.freeze()  # the corpus that the benchmark holds is none of the probes' garbage
    for _ in range(3):
        started = time.process_time()
        for each in recorded:
            assess(each.release())
        best = min(best, time.process_time() - started)
    return len(recorded) / best


def floor(what: str, value: float, least: float, goal: float | None = None) -> bool:
    """One floor, printed."""
    fine = value >= least
    reached = "" if goal is None else f", goal {goal:g}{' reached' if value >= goal else ''}"
    print(f"  {what:<52} {value:8.2f}   floor {least:g}{reached}  {'ok' if fine else 'BELOW'}")
    return fine


def main() -> int:
    """Measure, print, and say whether the floors hold."""
    parser = argparse.ArgumentParser(description="The probes against human labels.")
    parser.add_argument("--show", metavar="COMPONENT", help="list every case of a component (of the development half)")
    parser.add_argument("--dev", action="store_true", help="the development half only, without speed")
    parser.add_argument("--clones", metavar="DIR", type=Path, help="git clones named OWNER+NAME, to follow links in")
    asked = parser.parse_args()
    if not (CORPUS / "releases").is_dir():
        print(f"no corpus at {CORPUS}; set OPENNESS_CORPUS")
        return 1
    recorded = releases()
    found, crashed = run(recorded)
    full = {each.id for each in recorded if each.full}
    measured = {id: value for id, value in found.items() if id in full}
    labels = labels_mot()
    if asked.clones:
        measured = look_again({id: value for id, value in measured.items() if id in labels}, asked.clones)
    mot, osai = judged(measured, labels), judged(measured, labels_osai())
    halves = {
        name: {component: [case for case in held if half(case.id) == name] for component, held in mot.items()}
        for name in ("dev", "test")
    }
    if asked.show:
        show(asked.show, halves["dev"])
        return 0
    names = {case.id for held in mot.values() for case in held}
    print(f"probes against the Model Openness Tool's records: {len(names)} releases of {len(recorded)} in {CORPUS}")
    for name in ("dev",) if asked.dev else ("dev", "test"):
        print(f"\n{name} half ({sum(half(id) == name for id in names)} releases)")
        print_components(halves[name])
        print_macro(name, halves[name])
    if asked.dev:
        return 0
    print("\nboth halves")
    print_components(mot)
    mcc, balanced, *stated = print_macro("both", mot)
    cards = {id for id, (release, _) in measured.items() if Need.CARD_METADATA not in release.missing}
    print_macro(
        "cards of the Hub only (no README of other places)",
        {component: [case for case in held if case.id in cards] for component, held in mot.items()},
    )
    print()
    print_families(mot)
    print()
    print_reliability(mot)
    print("\nprobes against the Open Source AI Index, where a dimension maps")
    print_components({component: held for component, held in osai.items() if held})
    wrong = [f"{id}: {component}" for id, value in found.items() for component in wrong_certainties(*value)]
    print("\nfloors")
    held = [
        floor("macro-MCC, main", mcc, FLOOR_MCC, GOAL_MCC),
        floor("macro balanced accuracy, main", balanced, FLOOR_BALANCED, GOAL_BALANCED),
        floor("macro-MCC, stated", stated[0], FLOOR_MCC, GOAL_MCC),
        floor("macro balanced accuracy, stated", stated[1], FLOOR_BALANCED, GOAL_BALANCED),
        floor("releases a second, one core, parsing included", speed(recorded), FLOOR_SPEED),
        floor("releases without a crash, share", 1 - len({line.split(":")[0] for line in crashed}) / len(recorded), 1),
        floor("silence only where every place was seen, share", 1 - len(wrong) / len(found) / len(MOF), 1),
    ]
    for line in [*crashed, *wrong][:20]:
        print(f"  {line}")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
