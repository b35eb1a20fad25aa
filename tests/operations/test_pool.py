"""The pool of the server: a restart of the database costs nobody an error, and a living connection is not asked."""

from collections.abc import Iterator
from typing import Any, cast

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool


@pytest.fixture
def pool(db: None) -> Iterator[ConnectionPool[Any]]:
    """That of a connection like the site's own."""
    pooled = cast(Any, connection).copy(alias="pooled")
    pooled.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 2}
    pooled.pool.open()
    yield pooled.pool
    pooled.close_pool()


def test_connection_that_the_server_ended_is_replaced_unseen(pool: ConnectionPool[Any]) -> None:
    with pool.connection() as used:
        ended = used.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])

    with pool.connection() as fresh:
        assert fresh.info.backend_pid != ended
        assert fresh.execute("SELECT 1").fetchone() == (1,)


def test_living_connection_is_not_asked(pool: ConnectionPool[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[psycopg.Connection[Any]] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(asked.append))

    with pool.connection() as used:
        used.execute("SELECT 1")
    with pool.connection() as used:
        used.execute("SELECT 1")

    assert asked == []
