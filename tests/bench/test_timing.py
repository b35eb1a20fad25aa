"""How the bench repeats work: rounds after a warm-up, percentiles, work by several at once."""

import itertools

import pytest

from bench.timing import Plan, medians, per_second, percentiles95


def test_rounds_come_after_a_warm_up_that_does_not_count() -> None:
    calls = itertools.count()

    rounds = Plan(quick=True).rounds_of(lambda: next(calls), 16, warm=3)

    assert [len(times) for times in rounds] == [2, 2]
    assert next(calls) == 7


def test_full_bench_has_five_rounds_and_a_quick_one_says_so() -> None:
    assert (Plan().rounds, Plan().calls(16), Plan().of("all", "few")) == (5, 16, "all")
    assert (Plan(quick=True).rounds, Plan(quick=True).calls(16), Plan(quick=True).of("all", "few")) == (2, 2, "few")


def test_median_and_95th_percentile_are_taken_round_by_round() -> None:
    rounds = [[float(each) for each in range(1, 102)], [7.0, 7.0, 7.0]]

    assert medians(rounds) == [51.0, 7.0]
    assert percentiles95(rounds) == [96.0, 7.0]


def test_several_at_once_make_exactly_the_total() -> None:
    calls = itertools.count()

    assert per_second([lambda: next(calls)] * 8, 100) > 0
    assert next(calls) == 100


def test_failure_of_one_of_several_is_raised() -> None:
    def fail() -> None:
        raise RuntimeError("The server refused.")

    with pytest.raises(RuntimeError, match="The server refused"):
        per_second([fail, lambda: None], 10)
