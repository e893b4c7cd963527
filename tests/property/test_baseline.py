"""A baseline never tolerates an outcome that is worse than the one that was written down."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from openness.core.gate import FoundState
from openness.core.kleene import Truth
from openness.core.licence import LicenceClass
from openness.core.scorecard import GateState
from openness.policy.baseline import BEST_CLASS_FIRST, no_worse

_ORDER = {each: place for place, each in enumerate(BEST_CLASS_FIRST)}
_RANK = {"pass": (1, 1), "fail": (0, 0), "open": (0, 1)}


def ranges(most: int) -> st.SearchStrategy[tuple[int, int]]:
    """Two whole numbers, the lower first."""
    return st.tuples(st.integers(0, most), st.integers(0, most)).map(lambda pair: (min(pair), max(pair)))


states = st.builds(
    FoundState,
    st.just("retort abc"),
    ranges(4),
    ranges(10_000),
    st.sampled_from(["MIT", "Apache-2.0", "CC-BY-NC-4.0", "unknown"]),
    st.sampled_from([each.value for each in LicenceClass]),
    st.tuples(*(st.tuples(st.just(name), st.sampled_from([each.value for each in GateState])) for name in "ab")),
)


@given(states, states)
def test_what_is_worse_in_anything_is_never_tolerated(then: FoundState, now: FoundState) -> None:
    held = no_worse(then, now)
    assert then.score
    assert now.score
    pairs = [(then.classes, now.classes), (then.score, now.score)]
    pairs += [(_RANK[old], _RANK[new]) for (_, old), (_, new) in zip(then.gates, now.gates, strict=True)]
    if any(new[0] < old[0] or new[1] < old[1] for old, new in pairs):
        assert held is not Truth.TRUE
    if any(new[1] < old[0] for old, new in pairs):
        assert held is Truth.FALSE
    if (then.licence, then.licence_class) != (now.licence, now.licence_class) and held is Truth.TRUE:
        assert _ORDER[LicenceClass(now.licence_class)] < _ORDER[LicenceClass(then.licence_class)]


@given(states)
def test_the_same_is_tolerated(state: FoundState) -> None:
    assert no_worse(state, state) is Truth.TRUE


def test_every_class_licence_and_gate_against_every_other() -> None:
    licences = [(each.value, each.value) for each in LicenceClass]
    every = [
        FoundState("r d", (place, place), (5_000, 5_000), name, kind, (("gate", gate.value),))
        for place, (name, kind), gate in product(range(3), licences, GateState)
    ]
    for then, now in product(every, every):
        worse_class = now.classes < then.classes
        worse_gate = _RANK[now.gates[0][1]] < _RANK[then.gates[0][1]]
        before, after = LicenceClass(then.licence_class), LicenceClass(now.licence_class)
        worse_licence = before is not after and not (
            before in _ORDER and after in _ORDER and _ORDER[after] < _ORDER[before]
        )
        if worse_class or worse_gate or worse_licence:
            assert no_worse(then, now) is not Truth.TRUE


def test_another_rubric_or_other_gates_are_never_tolerated() -> None:
    then = FoundState("r d", (1, 1), None, "MIT", "open-source", (("gate", "pass"),))
    assert no_worse(then, FoundState("r e", (1, 1), None, "MIT", "open-source", (("gate", "pass"),))) is Truth.FALSE
    assert no_worse(then, FoundState("r d", (1, 1), None, "MIT", "open-source", ())) is Truth.FALSE
    assert no_worse(then, FoundState("r d", (1, 1), (1, 1), "MIT", "open-source", then.gates)) is Truth.FALSE
