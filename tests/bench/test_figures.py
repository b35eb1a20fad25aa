"""The arithmetic of the bench's table: medians, spreads, ratios, targets, exponents, the exit code."""

import json
import math

import pytest

from bench.__main__ import exit_code
from bench.figures import Row, exponent, growth, measured, summary, table


def test_figure_is_the_median_and_the_spread_is_least_to_most() -> None:
    row = measured("read", "100", "ms", [9.0, 1.0, 2.0, 4.0, 3.0])

    assert (row.ours, row.spread) == (3.0, (1.0, 9.0))


def test_median_of_an_even_number_of_runs_lies_between_the_middle_two() -> None:
    assert measured("read", "100", "ms", [1.0, 2.0, 4.0, 100.0]).ours == 3.0


@pytest.mark.parametrize(
    ("target", "passed"),
    [
        ({"most": 10}, True),
        ({"most": 9.9}, False),
        ({"least": 10}, True),
        ({"least": 10.1}, False),
        ({"ratio_most": 0.5}, True),
        ({"ratio_most": 0.49}, False),
        ({"ratio_least": 0.5}, True),
        ({"ratio_least": 0.51}, False),
        ({"most": 10, "ratio_most": 0.49}, False),
        ({}, None),
    ],
)
def test_target_is_met_at_its_edge_and_missed_beyond_it(target: dict[str, float], passed: bool | None) -> None:
    assert measured("read", "", "ms", [10.0], reference=20.0, **target).passed is passed


def test_target_against_a_missing_reference_is_neither_met_nor_missed() -> None:
    row = measured("read", "", "ms", [10.0], ratio_most=0.5, note="doccano is not installed")

    assert (row.ratio, row.passed) == (None, None)
    assert "doccano is not installed" in table([row])


def test_row_that_was_not_measured_is_neither_met_nor_missed_and_is_still_json() -> None:
    row = measured("open", "", "ms", [], most=500, note="no Chromium")

    assert math.isnan(row.ours)
    assert row.passed is None
    assert json.loads(json.dumps(row.as_json(), allow_nan=False))["ours"] is None


def test_json_has_every_run() -> None:
    found = measured("read", "100", "ms", [1.0, 2.0, 4.0], most=3).as_json()

    assert found["runs"] == (1.0, 2.0, 4.0)
    assert (found["ours"], found["target"], found["passed"]) == (2.0, "<= 3 ms", True)


@pytest.mark.parametrize(("power", "factor"), [(0, 7), (0.5, 3), (1, 0.01), (2, 5)])
def test_exponent_is_that_of_the_power_law_behind_the_points(power: float, factor: float) -> None:
    assert exponent((size, factor * size**power) for size in (10, 100, 1_000)) == pytest.approx(power)


def test_growth_has_an_exponent_for_each_run() -> None:
    rows = [measured("x", "", "ms", [1.0, 1.0]), measured("x", "", "ms", [10.0, 100.0])]

    row = growth("x", [10, 100], rows, most=1.1)

    assert row.runs == pytest.approx((1.0, 2.0))
    assert (row.size, row.passed) == ("10 to 100", False)


def test_growth_of_a_rate_is_that_of_the_time_behind_it() -> None:
    rows = [measured("x", "", "spans/s", [1_000.0]), measured("x", "", "spans/s", [1_000.0])]

    assert growth("x", [100, 10_000], rows).ours == pytest.approx(1.0)


def test_growth_counts_nothing_held_as_one() -> None:
    rows = [measured("x", "", "ms", [5.0]), measured("x", "", "ms", [5.0]), measured("x", "", "ms", [5.0])]

    assert growth("x", [0, 100, 10_000], rows).ours == pytest.approx(0.0)


MISSED = measured("slow", "", "ms", [2.0], most=1)
MET = measured("quick", "", "ms", [1.0], most=1)
UNSEEN = measured("unseen", "", "ms", [], most=1)


@pytest.mark.parametrize(
    ("rows", "strict", "code"),
    [([MET, MISSED], True, 1), ([MET, MISSED], False, 0), ([MET, UNSEEN], True, 0), ([], True, 0)],
)
def test_strict_bench_fails_only_for_a_missed_target(rows: list[Row], strict: bool, code: int) -> None:
    assert exit_code(rows, strict=strict) == code


def test_table_says_which_rows_failed_and_how_many() -> None:
    lines = table([MET, MISSED, UNSEEN]).splitlines()

    assert [line.split("|")[-2].strip() for line in lines[2:]] == ["passed", "FAILED", ""]
    assert summary([MET, MISSED, UNSEEN, measured("free", "", "ms", [1.0])]) == (
        "1 targets met, 1 missed, 1 not looked at."
    )
