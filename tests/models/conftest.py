"""How the tests of the database's guards go round the application."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

Refused = Callable[..., str]


def execute(sql: str, params: Sequence[Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what the test wrote before is checked first
        cursor.execute(sql, params)


@pytest.fixture
def refused(db: None) -> Refused:
    """Run SQL and give the name of the guard that refuses it."""

    def run(sql: str, *params: Any) -> str:
        with pytest.raises(DatabaseError) as caught:
            execute(sql, params)
        cause = caught.value.__cause__
        assert cause is not None
        return str(cause.diag.constraint_name)  # type: ignore[attr-defined]

    return run
