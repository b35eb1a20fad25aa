"""Django's engine for PostgreSQL, 15 or later, which starts the embedded server when its settings name a folder."""

import datetime as dt
import select
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from django.db.backends.postgresql.features import DatabaseFeatures as PostgresFeatures
from django.db.backends.utils import debug_transaction
from django.db.utils import OperationalError
from psycopg import pq
from psycopg_pool import ConnectionPool

from factcheck.embedded.server import running_server
from factcheck.embedded.system import EmbeddedError
from factcheck.engine.moments import read_quickly
from factcheck.engine.prepared import Prepared, Statement

BEGIN: Final[Statement] = ("BEGIN", ())
COMMIT: Final[Statement] = ("COMMIT", ())
PREPARED: Final = "factcheck_prepared"
"""Under this name a connection of psycopg has its prepared statements: they live and end with it."""


class DatabaseFeatures(PostgresFeatures):
    minimum_database_version = (15,)  # Django refuses an older server when the first connection opens


class DatabaseWrapper(base.DatabaseWrapper):
    """OPTIONS may have `folder` (the embedded cluster's files) and `durable` (False only in tests)."""

    features_class = DatabaseFeatures

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.health_check_done = False
        self._kept_back: list[Statement] = []

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
        if self.timezone is dt.UTC:
            read_quickly(params["context"])
        folder, durable = params.pop("folder", None), params.pop("durable", True)
        if folder is None:
            return params
        try:
            server = running_server(Path(folder), durable=durable)
        except EmbeddedError as error:
            raise OperationalError(str(error)) from error
        return {**params, "host": str(server.socket_folder)}

    def close_if_health_check_failed(self) -> None:
        """Before the first statement of a request on a connection that the thread has kept from the one before."""
        if self.connection is None or self.health_check_done:
            return
        self.health_check_done = True
        try:
            check_idle(self.connection)
        except psycopg.Error:
            self.close()

    def run_prepared(self, *statements: Statement) -> list[list[tuple[Any, ...]]]:
        """The rows of each; all travel together, and the BEGIN that is due with them.

        For the same few statements with changing values, which PostgreSQL keeps prepared: Django's own cursors put the
        values into the text, so that every statement is planned anew.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_no_broken_transaction()
        first = [BEGIN] if self._has_to_begin() else []
        return self._run_behind_kept_back(first, statements)[len(first) :]

    def execute_last(self, statement: Statement) -> None:
        """Run a prepared statement whose rows nobody wants, together with the COMMIT; before whatever comes first.

        For a statement that takes a lock which many wait for: it is then held while PostgreSQL works, and not while
        this process is on its way back to it.
        """
        if self.in_atomic_block:
            self._kept_back.append(statement)
        else:
            self.run_prepared(statement)

    def _has_to_begin(self) -> bool:
        idle = self.connection.pgconn.transaction_status == pq.TransactionStatus.IDLE
        return idle and not self.connection.autocommit

    def _prepare_cursor(self, cursor: Any) -> Any:
        """Every statement of Django comes by here."""
        if self._kept_back:
            self.run_prepared()
        return super()._prepare_cursor(cursor)  # type: ignore[misc]

    def _run_behind_kept_back(
        self, first: Sequence[Statement], statements: Sequence[Statement]
    ) -> list[list[tuple[Any, ...]]]:
        kept, self._kept_back = self._kept_back, []
        began = time.monotonic()
        with self.wrap_database_errors:
            prepared = vars(self.connection).get(PREPARED) or self._prepared_anew()
            try:
                found = prepared.run([*first, *kept, *statements])
            finally:
                if self.queries_logged:
                    self._log([*kept, *statements], time.monotonic() - began)
        return found[: len(first)] + found[len(first) + len(kept) :]

    def _prepared_anew(self) -> Prepared:
        made = vars(self.connection)[PREPARED] = Prepared(self.connection)
        return made

    def _log(self, statements: Sequence[Statement], seconds: float) -> None:
        for sql, params in statements:
            self.queries_log.append(
                {"sql": self.ops.compose_sql(sql, params), "time": f"{seconds / len(statements):.3f}"}
            )

    def _commit(self) -> None:
        if not self._kept_back:
            super()._commit()  # type: ignore[misc]
            return
        with debug_transaction(self, "COMMIT"):
            self._run_behind_kept_back([BEGIN] if self._has_to_begin() else [], [COMMIT])

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
    if connection.closed:
        raise psycopg.OperationalError("The connection is closed.")
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    if waiting.poll(0):
        ConnectionPool.check_connection(connection)
