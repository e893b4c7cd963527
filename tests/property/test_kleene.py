"""Kleene's laws, and that what is decided stays decided when more is known."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from openness.core import kleene
from openness.core.kleene import Truth

truths = st.sampled_from(list(Truth))
lists = st.lists(truths, max_size=5)


def completions(values: list[Truth]) -> list[tuple[Truth, ...]]:
    return list(product(*[[value] if value is not Truth.UNKNOWN else [Truth.FALSE, Truth.TRUE] for value in values]))


@given(lists)
def test_de_morgan(values: list[Truth]) -> None:
    assert kleene.negated(kleene.all_of(values)) is kleene.any_of([kleene.negated(value) for value in values])


@given(lists, st.integers(1, 5))
def test_a_decided_truth_holds_in_every_completion(values: list[Truth], count: int) -> None:
    for operator in (kleene.all_of, kleene.any_of, lambda each: kleene.at_least(count, each)):
        truth = operator(values)
        outcomes = {operator(completion) for completion in completions(values)}
        if truth is Truth.UNKNOWN:
            assert outcomes == {Truth.TRUE, Truth.FALSE}
        else:
            assert outcomes == {truth}


@given(truths)
def test_double_negation(value: Truth) -> None:
    assert kleene.negated(kleene.negated(value)) is value


@given(lists)
def test_at_least_all_is_all_and_at_least_one_is_any(values: list[Truth]) -> None:
    if values:
        assert kleene.at_least(len(values), values) is kleene.all_of(values)
        assert kleene.at_least(1, values) is kleene.any_of(values)


@given(st.lists(truths, min_size=1, max_size=5))
def test_alternatives_are_certain_only_together(values: list[Truth]) -> None:
    assert kleene.over(values) is (values[0] if len(set(values)) == 1 else Truth.UNKNOWN)
