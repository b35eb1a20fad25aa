"""Statements that are always the same, prepared once on a connection and sent together in one round trip.

Through libpq's own calls, as psycopg.pq gives them: a cursor of psycopg for each costs more than PostgreSQL's answer.
What belongs to psycopg stays psycopg's: how values travel and rows are read, connections, transactions, errors.
"""

import re
import select
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import psycopg
from psycopg import errors, pq
from psycopg.adapt import PyFormat, Transformer

MOST: Final = 200
"""Prepared statements of a connection; beyond it all begin anew."""

PLACES: Final = re.compile(r"%(?:(%)|(?:\((\w+)\))?s)")
AUTO: Final = PyFormat.AUTO
DONE: Final = (int(pq.ExecStatus.COMMAND_OK), int(pq.ExecStatus.TUPLES_OK))
Statement = tuple[str, Sequence[Any] | Mapping[str, Any]]
"""A text with %s for each value or %(name)s for each use of one (a %% in it is a single one), and the values."""

Key = tuple[str, tuple[int, ...]]
"""A statement and the types of its values."""


class Bound(NamedTuple):
    """A statement with its values as they travel."""

    key: Key
    values: Sequence[Any]
    formats: Sequence[pq.Format] | None


class Prepared:
    """The prepared statements of one connection."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection.pgconn
        self._transformer = Transformer(connection)
        self._names: dict[Key, bytes] = {}
        self._made = 0

    def run(self, statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
        """The rows of each. All travel at once; nothing is done after the first that fails, whose error is raised."""
        if len(self._names) > MOST:
            self._checked(self._connection.exec_(b"DEALLOCATE ALL"))
            self._names.clear()
        bound = [self._bound(each) for each in statements]
        if len(bound) == 1 and (name := self._names.get(bound[0].key)):
            return [self._rows(self._connection.exec_prepared(name, bound[0].values, bound[0].formats))]
        self._connection.enter_pipeline_mode()
        try:
            new = [self._sent(each) for each in bound]
            self._connection.pipeline_sync()
            results = iter(_received(self._connection))
        finally:
            self._connection.exit_pipeline_mode()
        return [self._answered(each.key, name, results) for each, name in zip(bound, new, strict=True)]

    def _bound(self, statement: Statement) -> Bound:
        sql, params = statement
        if not params:
            return Bound((sql, ()), (), None)
        if isinstance(params, Mapping):
            params = [params[name] for name in _numbered(sql)[1]]
        values = self._transformer.dump_sequence(params, [AUTO] * len(params))
        return Bound((sql, self._transformer.types or ()), values, self._transformer.formats)

    def _sent(self, bound: Bound) -> bytes:
        """The name it is to have from now on; empty when it has one."""
        if name := self._names.get(bound.key):
            self._connection.send_query_prepared(name, bound.values, bound.formats)
            return b""
        self._made += 1
        name = b"factcheck_%d" % self._made
        self._connection.send_prepare(name, _numbered(bound.key[0])[0], bound.key[1])
        self._connection.send_query_prepared(name, bound.values, bound.formats)
        return name

    def _answered(self, key: Key, new_name: bytes, results: Iterator[Any]) -> list[tuple[Any, ...]]:
        if new_name:
            self._checked(next(results))
            self._names[key] = new_name
        return self._rows(next(results))

    def _rows(self, result: Any) -> list[tuple[Any, ...]]:
        self._checked(result)
        if not result.ntuples:
            return []
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)

    def _checked(self, result: Any) -> None:
        if result.status not in DONE:
            if self._connection.status != pq.ConnStatus.OK:
                raise psycopg.OperationalError(self._connection.get_error_message())
            raise errors.error_from_result(result)


def _received(connection: Any) -> list[Any]:
    """All results up to the end of what was sent. Sends on while the server answers: both may have much to say."""
    results: list[Any] = []
    server, unsent = select.poll(), connection.flush()
    while True:
        server.register(connection.socket, select.POLLIN | (select.POLLOUT if unsent else 0))
        server.poll()
        connection.consume_input()
        unsent = unsent and connection.flush()
        while not connection.is_busy():
            result = connection.get_result()
            if result is None:
                if connection.status != pq.ConnStatus.OK:
                    raise psycopg.OperationalError(connection.get_error_message())
            elif result.status == pq.ExecStatus.PIPELINE_SYNC:
                return results
            else:
                results.append(result)


@cache
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """With $1, $2 in the places of the values; and the names of the values, in this order."""
    numbers: dict[str, int] = {}

    def place(found: re.Match[str]) -> str:
        if found[1]:
            return "%"
        return f"${numbers.setdefault(found[2] or f'%{len(numbers)}', len(numbers) + 1)}"

    return PLACES.sub(place, sql).encode(), tuple(numbers)
