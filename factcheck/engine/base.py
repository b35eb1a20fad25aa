"""Django's engine for PostgreSQL, 15 or later, which starts the embedded server when its settings name a folder."""

import select
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.utils import debug_transaction
from django.db.utils import OperationalError
from psycopg_pool import ConnectionPool

from factcheck.embedded.server import running_server
from factcheck.embedded.system import EmbeddedError


class DatabaseFeatures(PostgresFeatures):
    minimum_database_version = (15,)  # Django refuses an older server when the first connection opens


class DatabaseOperations(PostgresOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Also of prepared statements, whose cursors keep a text without values."""
        if isinstance(cursor, psycopg.ClientCursor):
            return super().last_executed_query(cursor, sql, params)
        return self.compose_sql(sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """OPTIONS may have `folder` (the embedded cluster's files) and `durable` (False only in tests)."""

    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept_back: list[tuple[str, Sequence[Any]]] = []

    @property
    def pool(self) -> ConnectionPool | None:
        """As Django's own, but idle connections are looked at without a question to the server."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if self.alias == NO_DB_ALIAS or not options:
            return None
        pools: dict[str, ConnectionPool] = self._connection_pools  # type: ignore[attr-defined]
        if self.alias not in pools:
            made = ConnectionPool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=self._configure_connection,  # type: ignore[attr-defined]
                check=check_idle,
                **options,
            )
            pools.setdefault(self.alias, made)  # two threads may come here at once; one pool is kept
        return pools[self.alias]

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        folder, durable = params.pop("folder", None), params.pop("durable", True)
        if folder is None:
            return params
        try:
            server = running_server(Path(folder), durable=durable)
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
        return {**params, "host": str(server.socket_folder)}

    def prepared_cursor(self) -> Any:
        """A cursor whose statements PostgreSQL keeps prepared; for the same few statements with changing values.

        Django's own cursors put the values into the text, so that PostgreSQL plans every statement anew.
        """
        self.ensure_connection()
        return self._prepare_cursor(self._cursor_that_prepares())

    def execute_last(self, sql: str, params: Sequence[Any]) -> None:
        """Run a prepared statement whose rows nobody wants, together with the COMMIT; before whatever comes first.

        For a statement that takes a lock which many wait for: it is then held while PostgreSQL works, and not while
        this process is on its way back to it.
        """
        if not self.in_atomic_block:
            with self.prepared_cursor() as cursor:
                cursor.execute(sql, params)
            return
        self._kept_back.append((sql, params))

    def _cursor_that_prepares(self) -> psycopg.Cursor[Any]:
        self.connection.prepare_threshold = 1
        return psycopg.Cursor(self.connection)

    def _prepare_cursor(self, cursor: Any) -> Any:
        """Every statement of Django comes by here."""
        self._run_kept_back()
        return super()._prepare_cursor(cursor)  # type: ignore[misc]

    def _run_kept_back(self) -> None:
        statements, self._kept_back = self._kept_back, []
        for sql, params in statements:
            with super()._prepare_cursor(self._cursor_that_prepares()) as cursor:  # type: ignore[misc]
                cursor.execute(sql, params)

    def _commit(self) -> None:
        if not self._kept_back or not psycopg.Pipeline.is_supported():
            self._run_kept_back()
            super()._commit()  # type: ignore[misc]
            return
        with debug_transaction(self, "COMMIT"), self.wrap_database_errors, self.connection.pipeline():
            self._run_kept_back()
            self.connection.commit()

    def _rollback(self) -> None:
        self._kept_back = []
        super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        self._kept_back = []  # none is older than the savepoint: to make one was a statement, too
        super()._savepoint_rollback(sid)  # type: ignore[misc]

    def close(self) -> None:
        self._kept_back = []
        super().close()


def check_idle(connection: psycopg.Connection[Any]) -> None:
    """Raises an error when an idle connection is of no more use.

    A server that goes away says so, or its kernel does: then there is something to read where there should be silence.
    Asking it costs a round trip before every request.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
