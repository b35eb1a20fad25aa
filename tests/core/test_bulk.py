"""Bulk orders: what they need to know, how many annotations they take, what labels come out."""

from uuid import uuid4

import pytest

from annotations.core.bulk import MOST, BulkAction, Chosen, Order, check_order, terms_after
from annotations.core.errors import DomainError


def chosen(number: int) -> list[Chosen]:
    return [Chosen(uuid4(), 1) for _ in range(number)]


@pytest.mark.parametrize(
    ("action", "pointer"),
    [
        ("assign", "/username"),
        ("add_term", "/term"),
        ("remove_term", "/term"),
        ("return", "/reason"),
        ("withdraw", "/reason"),
    ],
)
def test_order_says_what_it_lacks(action: str, pointer: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_order(Order(BulkAction(action), reason=" "), chosen(1))

    assert [(each.pointer, each.code) for each in refused.value.errors] == [(pointer, "missing")]


@pytest.mark.parametrize("action", ["release", "approve"])
def test_order_that_needs_nothing_is_complete(action: str) -> None:
    check_order(Order(BulkAction(action)), chosen(MOST))


def test_too_many_none_and_the_same_twice_are_refused() -> None:
    one = chosen(1)
    cases = {"nothing_chosen": [], "too_many": chosen(MOST + 1), "chosen_twice": one + one}

    for code, these in cases.items():
        with pytest.raises(DomainError) as refused:
            check_order(Order(BulkAction.APPROVE), these)
        assert refused.value.code == code


def test_term_is_added_once_and_taken_away() -> None:
    adding, removing = Order(BulkAction.ADD_TERM, term="b"), Order(BulkAction.REMOVE_TERM, term="b")

    assert terms_after(adding, ["a"]) == ["a", "b"]
    assert terms_after(adding, ["b", "a"]) == ["b", "a"]
    assert terms_after(removing, ["a", "b", "c"]) == ["a", "c"]
    assert terms_after(removing, ["a"]) == ["a"]
