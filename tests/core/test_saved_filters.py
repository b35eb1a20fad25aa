"""Saved filters: what still means something is kept in order, the rest is told."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.saved_filters import LONGEST, sorted_out

NAMES = st.sampled_from(["q", "state", "term", "page"])
VALUES = st.lists(st.sampled_from(["open", "returned", "x", " ", "", "a\0"]), max_size=4)


def test_what_nobody_knows_is_dropped_and_told() -> None:
    allowed = {"q": None, "state": frozenset({"open", "returned"})}

    kept, dropped = sorted_out(
        {"state": ["returned", "gone", "open", "open"], "q": ["  ", "troops"], "page": ["2"], "x": [""]}, allowed
    )

    assert kept == {"state": ["returned", "open"], "q": ["troops"]}
    assert dropped == [("state", "gone"), ("page", "2")]


def test_words_have_an_end() -> None:
    assert sorted_out({"q": ["a" * LONGEST]}, {"q": None})[1] == []
    assert sorted_out({"q": ["a" * (LONGEST + 1)]}, {"q": None})[0] == {}


@given(st.dictionaries(NAMES, VALUES))
def test_sorting_out_what_was_kept_drops_nothing_more(parameters: dict[str, list[str]]) -> None:
    allowed = {"q": None, "state": frozenset({"open"}), "term": frozenset[str]()}

    kept, dropped = sorted_out(parameters, allowed)

    assert sorted_out(kept, allowed) == (kept, [])
    told = {value for values in kept.values() for value in values} | {value for _, value in dropped}
    assert told == {value for values in parameters.values() for value in values if value.strip()}
