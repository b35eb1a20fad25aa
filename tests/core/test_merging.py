"""Merging by field: what one side changed counts, what both changed differently is for a person to choose."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.core.merging import merge

WORDS = st.sampled_from(["", "a", "b", "c", None, ("false", "why")])
SETS = st.frozensets(st.sampled_from("abcd"))
STATES = st.fixed_dictionaries({"claim": WORDS, "note": WORDS, "labels": SETS})
State = dict[str, Any]


def test_each_side_changed_another_field() -> None:
    base = {"claim": "a", "note": "x", "labels": frozenset("pq")}
    mine = {**base, "claim": "b", "labels": frozenset("p")}
    theirs = {**base, "note": "y", "labels": frozenset("pqr")}

    merged = merge(base, mine, theirs)

    assert merged.values == {"claim": "b", "note": "y", "labels": frozenset("pr")}
    assert (merged.conflicts, merged.mine, merged.theirs) == ((), ("claim", "labels"), ("note", "labels"))


def test_both_changed_one_field_differently() -> None:
    merged = merge({"claim": "a", "note": ""}, {"claim": "b", "note": "n"}, {"claim": "c", "note": "n"})

    assert merged.conflicts == ("claim",)
    assert merged.values == {"claim": "b", "note": "n"}


@given(STATES, STATES)
def test_side_that_changed_nothing_leaves_the_other_as_it_is(base: State, other: State) -> None:
    assert (merge(base, base, other).values, merge(base, base, other).conflicts) == (other, ())
    assert (merge(base, other, base).values, merge(base, other, base).conflicts) == (other, ())
    assert (merge(base, other, other).values, merge(base, other, other).conflicts) == (other, ())


@given(STATES, STATES, STATES)
def test_sides_are_equal_but_for_who_is_shown_first(base: State, mine: State, theirs: State) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)

    assert one.conflicts == other.conflicts
    assert (one.mine, one.theirs) == (other.theirs, other.mine)
    for name in base:
        if name in one.conflicts:
            assert (one.values[name], other.values[name]) == (mine[name], theirs[name])
            assert len({base[name], mine[name], theirs[name]}) == 3
        else:
            assert one.values[name] == other.values[name]


@given(STATES, STATES, STATES)
def test_nothing_that_either_side_did_to_the_labels_is_lost(base: State, mine: State, theirs: State) -> None:
    labels, merged = "labels", merge(base, mine, theirs).values["labels"]

    assert merged >= (mine[labels] - base[labels]) | (theirs[labels] - base[labels])
    assert not merged & (base[labels] - mine[labels])
    assert not merged & (base[labels] - theirs[labels])
    assert merged <= base[labels] | mine[labels] | theirs[labels]


@given(STATES, STATES, STATES)
def test_second_try_on_top_of_theirs_has_no_conflict(base: State, mine: State, theirs: State) -> None:
    """What the person chose after a conflict was made looking at theirs, which is its base then."""
    first = merge(base, mine, theirs)

    again = merge(theirs, first.values, theirs)

    assert (again.values, again.conflicts) == (first.values, ())
