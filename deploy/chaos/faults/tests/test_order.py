"""The order of faults is a function of the seed and nothing else."""

from collections import Counter
from itertools import chain, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.chaos.faults.catalogue import KINDS, OFTEN_NINE, SELDOM_TWO, AtOnce, Strike, strikes


def first(seed: int, broker: str, count: int = 60, *, at_once: AtOnce = SELDOM_TWO) -> list[Strike]:
    return list(islice(strikes(seed, broker, at_once=at_once), count))


@given(st.integers(min_value=0), st.sampled_from(["embedded", "kafka"]))
def test_the_same_seed_brings_the_same_faults(seed: int, broker: str) -> None:
    assert first(seed, broker) == first(seed, broker)


def test_another_seed_brings_another_order() -> None:
    assert first(1, "embedded") != first(2, "embedded")


@given(st.integers(min_value=0))
def test_every_kind_comes_once_before_any_comes_twice(seed: int) -> None:
    kinds = [planned.kind for planned in chain.from_iterable(first(seed, "kafka"))]
    assert Counter(kinds[: len(KINDS)]) == Counter(list(KINDS))


@given(st.integers(min_value=0), st.sampled_from([SELDOM_TWO, OFTEN_NINE]))
def test_those_at_once_are_of_different_kinds_and_each_has_a_target_and_bounded_seconds(
    seed: int, at_once: AtOnce
) -> None:
    for strike in first(seed, "embedded", at_once=at_once):
        assert len({planned.kind for planned in strike}) == len(strike) <= at_once.most
        for planned in strike:
            fault = KINDS[planned.kind]
            assert planned.target in fault.targets
            assert fault.shortest_seconds <= planned.seconds <= fault.longest_seconds <= 10


@pytest.mark.parametrize(("at_once", "sizes"), [(SELDOM_TWO, {1, 2}), (OFTEN_NINE, set(range(1, 10)))])
def test_at_times_several_come_at_once(at_once: AtOnce, sizes: set[int]) -> None:
    assert Counter(map(len, first(5, "embedded", 200, at_once=at_once))).keys() == sizes


@given(st.integers(min_value=0))
def test_those_at_once_do_not_keep_each_other_from_biting(seed: int) -> None:
    for strike in first(seed, "kafka", at_once=OFTEN_NINE):
        turns = [KINDS[planned.kind].turn for planned in strike]
        assert turns == sorted(turns)
