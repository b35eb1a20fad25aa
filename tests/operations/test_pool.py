"""The pool of the server: a restart of the database costs nobody an error, and a living connection is not asked."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection, connections
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


@pytest.fixture
def keeping(db: None) -> Iterator[Any]:
    """A thread's access to the database, with a pool, that keeps its connection from one request to the next."""
    keeping = cast(Any, connection).copy(alias="keeping")
    keeping.settings_dict["CONN_MAX_AGE"] = 60
    keeping.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 2}
    connections["keeping"] = keeping
    yield keeping
    keeping.close()
    keeping.close_pool()
    del connections["keeping"]


def backend(access: Any) -> int:
    return int(access.run_prepared(("SELECT pg_backend_pid()", ()))[0][0][0])


def test_thread_keeps_its_connection_between_requests(keeping: Any) -> None:
    first = backend(keeping)
    kept = keeping.connection

    keeping.close_if_unusable_or_obsolete()  # the end of a request

    assert keeping.connection is kept
    assert backend(keeping) == first


def test_kept_connection_that_the_server_ended_is_replaced_unseen(keeping: Any) -> None:
    ended = backend(keeping)
    keeping.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])

    assert backend(keeping) != ended


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-26 20:05:00+00", dt.datetime(2026, 11, 26, 20, 5, tzinfo=dt.UTC)),
        ("2026-11-26 20:05:00.000001+00", dt.datetime(2026, 11, 26, 20, 5, 0, 1, tzinfo=dt.UTC)),
        ("2026-11-26 20:05:00.5+02", dt.datetime(2026, 11, 26, 18, 5, 0, 500_000, tzinfo=dt.UTC)),
        ("0001-01-01 00:00:00+00", dt.datetime(1, 1, 1, tzinfo=dt.UTC)),
    ],
)
def test_moments_are_read_as_they_were(db: None, written: str, moment: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [written])
        [found] = cursor.fetchone()

    assert (found, found.tzinfo) == (moment, dt.UTC)


@pytest.mark.parametrize("kind", ["timestamptz", "date"])
@pytest.mark.parametrize(
    ("written", "year"),
    [("0044-03-15 12:00:00+00 BC", 1), ("-infinity", 1), ("10000-01-01 00:00:00+00", 9999), ("infinity", 9999)],
)
def test_what_lies_beyond_python_is_the_nearest_that_it_knows(db: None, kind: str, written: str, year: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{kind}, %s::{kind}", [written, "2026-11-26"])
        found, usual = cursor.fetchone()

    assert (found.year, usual.year) == (year, 2026)
    if kind == "timestamptz":
        assert all(found.astimezone(ZoneInfo(zone)).year == year for zone in ("Pacific/Kiritimati", "Pacific/Niue"))
