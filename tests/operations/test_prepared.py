"""Prepared statements that travel together: answers in order, errors where they belong, large values both ways."""

from typing import Any, cast

import pytest
from django.db import DatabaseError, DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.models import User
from annotations.services.rows import insert_last
from factcheck.engine import prepared

pytestmark = pytest.mark.django_db(transaction=True)
LARGE = "ї" * 4_000_000
TWICE = "SELECT %s::int * 2"


def run(*statements: tuple[str, list[Any]]) -> Any:
    return cast(Any, connection).run_prepared(*statements)


def test_each_gets_its_answer_in_order() -> None:
    for _ in range(2):
        assert run((TWICE, [1]), ("SELECT 'a%%', %s", ["b%s"]), (TWICE, [2])) == [[(2,)], [("a%", "b%s")], [(4,)]]


def test_values_of_other_kinds_are_read_as_what_they_are() -> None:
    query = "SELECT %s"

    assert [run((query, [value])) for value in (1, 40_000, 5_000_000_000, "ї", None, True)] == [
        [[(value,)]] for value in (1, 40_000, 5_000_000_000, "ї", None, True)
    ]


def test_large_values_pass_each_other() -> None:
    found = run(*[("SELECT %s::text", [LARGE])] * 3)

    assert found == [[(LARGE,)]] * 3


def test_nothing_is_done_after_the_first_that_fails_and_all_goes_on_afterwards() -> None:
    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
        run((TWICE, [1]), ("SELECT 1 / %s::int", [0]), ("SELECT pg_advisory_lock(%s)", [4711]))

    assert run((TWICE, [3]), ("SELECT count(*) FROM pg_locks WHERE objid = %s", [4711])) == [[(6,)], [(0,)]]


def test_what_waits_for_the_commit_is_stored_all_or_not_at_all() -> None:
    waiting = [User(username=name, password="!") for name in ("one", "two")]

    @transaction.atomic
    def store(user: User, divisor: int) -> None:
        insert_last([user])
        cast(Any, connection).execute_last(("SELECT 1 / %s::int", [divisor]))

    with pytest.raises(DataError):
        store(waiting[0], 0)
    store(waiting[1], 1)

    assert list(User.objects.filter(username__in=("one", "two"))) == [waiting[1]]


def test_the_transaction_begins_with_the_first_of_them() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        [[(first,)], [(second,)]] = run(*[("SELECT pg_current_xact_id()::text", [])] * 2)

    assert first == second
    assert len(captured) == 2


def test_statements_beyond_the_most_that_are_kept_are_prepared_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "MOST", 3)

    for number in range(20):
        assert run((f"SELECT {number} + %s::int", [1]), (TWICE, [number])) == [[(number + 1,)], [(2 * number,)]]
