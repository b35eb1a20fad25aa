"""What the test runner needs of the database beyond Django's own: leftovers dropped, and tables that can be emptied."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import psycopg
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

from factcheck.embedded.cluster import SUPERUSER

KEPT = (ContentType, Permission)  # made with the tables, and changed by no test
MAY_SILENCE = "SELECT has_parameter_privilege('factcheck', 'session_replication_role', 'SET')"
ALLOW_SILENCE = "GRANT SET ON PARAMETER session_replication_role TO factcheck"


def drop_leftover_databases() -> None:
    """A run that was killed leaves its database (test_factcheck_PID...) on the embedded server."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_factcheck_[0-9]'")
        for (name,) in cursor.fetchall():
            pid = re.match(r"test_factcheck_(\d+)", name)
            if pid and not psutil.pid_exists(int(pid[1])):
                cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


def allow_silent_triggers() -> None:
    """On the embedded server, whose superuser is at hand: the tests may write past all triggers."""
    parameters = connection.get_connection_params() | {"user": SUPERUSER, "dbname": "postgres"}
    of_server = {name: parameters[name] for name in ("host", "port", "user", "dbname") if name in parameters}
    with psycopg.connect(**of_server) as superuser:
        superuser.execute("SELECT pg_advisory_xact_lock(1)")  # two workers do not change one row of the catalogue
        if not superuser.execute(MAY_SILENCE).fetchone()[0]:  # type: ignore[index]
            superuser.execute(ALLOW_SILENCE)


@contextmanager
def emptied_tables() -> Iterator[None]:
    """Let TransactionTestCase empty the tables, which append-only triggers refuse to everybody else.

    It deletes rows where there are some: TRUNCATE makes every table and index anew, for a hundredfold of the time.
    """
    own = TransactionTestCase._fixture_teardown

    def _fixture_teardown(self: TransactionTestCase) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            tables = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in _tables())
            cursor.execute(tables)
            filled = [name for (name,) in cursor.fetchall()]
            if filled:
                _delete(cursor, filled)

    TransactionTestCase._fixture_teardown = _fixture_teardown  # type: ignore[method-assign]
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = own  # type: ignore[method-assign]


def _tables() -> list[str]:
    models = [each for each in apps.get_models(include_auto_created=True) if each._meta.managed and each not in KEPT]
    return [connection.ops.quote_name(each._meta.db_table) for each in models]


def _delete(cursor: CursorWrapper, tables: list[str]) -> None:
    """All in one statement, so that no foreign key is looked at before the end."""
    cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
    silent = cursor.fetchone()[0]
    if silent:
        cursor.execute("SET LOCAL session_replication_role = replica")
    guarded = [] if silent else [each for each in tables if _has_triggers(cursor, each)]
    for table in guarded:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    parts = ", ".join(f"t{number} AS (DELETE FROM {table})" for number, table in enumerate(tables))
    cursor.execute(f"WITH {parts} SELECT")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
    for table in guarded:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _has_triggers(cursor: CursorWrapper, table: str) -> bool:
    cursor.execute("SELECT FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
    return cursor.fetchone() is not None
