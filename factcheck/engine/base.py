"""Django's engine for PostgreSQL, 15 or later, which starts the embedded server when its settings name a folder."""

import select
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
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
        self.connection.prepare_threshold = 1
        return self._prepare_cursor(psycopg.Cursor(self.connection))  # type: ignore[attr-defined]


def check_idle(connection: psycopg.Connection[Any]) -> None:
    """Raises an error when an idle connection is of no more use.

    A server that goes away says so, or its kernel does: then there is something to read where there should be silence.
    Asking it costs a round trip before every request.
    """
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
