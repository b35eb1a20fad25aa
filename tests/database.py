"""What the test runner needs of the database beyond Django's own: leftovers dropped, and tables that can be emptied."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from django.db import connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

TABLES_WITH_TRIGGERS = """
    SELECT DISTINCT quote_ident(relname) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace ORDER BY 1
"""


def drop_leftover_databases() -> None:
    """A run that was killed leaves its database (test_factcheck_PID...) on the embedded server."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_factcheck_[0-9]'")
        for (name,) in cursor.fetchall():
            pid = re.match(r"test_factcheck_(\d+)", name)
            if pid and not psutil.pid_exists(int(pid[1])):
                cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


@contextmanager
def flush_allowed() -> Iterator[None]:
    """Let TransactionTestCase empty the tables, which append-only triggers refuse to everybody else."""
    refused = DatabaseOperations.execute_sql_flush

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
            cursor.execute(TABLES_WITH_TRIGGERS)
            tables = [name for (name,) in cursor.fetchall()]
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            refused(self, sql_list)
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

    DatabaseOperations.execute_sql_flush = execute_sql_flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        DatabaseOperations.execute_sql_flush = refused  # type: ignore[method-assign]
