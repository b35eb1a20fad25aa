"""One moment of the database for everything that a file needs, and a second connection that sees the same moment.

PostgreSQL uses one processor for each connection, so half of a long export is read by a second one. What the two
read must not depend on which of them did.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

T = TypeVar("T")
Read = Callable[[Any], Iterator[T]]
"""What to read, given a cursor."""

AHEAD: Final = 40
"""Items that the second connection may be ahead with, so that memory stays constant."""

WAIT: Final = 0.5
"""Seconds after which a thread that is too far ahead looks whether it is still wanted."""

ISOLATION: Final = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
INTERPRETED: Final = "SET LOCAL jit = off"
"""The batches of an export are short, and their cost is estimated far too high: compiling each would take longer."""

logger = logging.getLogger(__name__)


@contextmanager
def snapshot(database: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Everything read inside from this database is one moment of it. It must be the outermost transaction."""
    with transaction.atomic(using=database), connections[database].cursor() as cursor:
        cursor.execute(ISOLATION)
        cursor.execute(INTERPRETED)
        yield


@contextmanager
def helper(database: str) -> Iterator["Helper[Any]"]:
    """A second connection to the moment of the `snapshot` around it, with a thread of its own."""
    with connections[database].cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        made: Helper[Any] = Helper(database, cursor.fetchone()[0])
    made.thread.start()
    try:
        yield made
    finally:
        made.dismiss()


class Helper(Generic[T]):
    """Reads what it is asked for, one thing at a time. It never becomes ready when there is no connection left."""

    def __init__(self, database: str, moment: str) -> None:
        self.database, self.moment = database, moment
        self.ready, self.unwanted = threading.Event(), threading.Event()
        self.asked: queue.Queue[Read[T] | None] = queue.Queue()
        self.found: queue.Queue[T | BaseException | None] = queue.Queue(AHEAD)
        self.thread = threading.Thread(target=self._work, name="export", daemon=True)

    def ask(self, read: Read[T]) -> None:
        """Begin to read. Only when `ready`, and not before the former `answer` came to its end."""
        self.asked.put(read)

    def answer(self) -> Iterator[T]:
        """What was asked for, in its order. Raises what reading it raised."""
        while (item := self.found.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def dismiss(self) -> None:
        """Nothing more is wanted. A thread that still waits for a connection is not waited for."""
        self.unwanted.set()
        self.asked.put(None)
        if self.ready.is_set():
            self.thread.join()

    def _work(self) -> None:
        try:
            with transaction.atomic(using=self.database), connections[self.database].cursor() as cursor:
                cursor.execute(ISOLATION)
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [self.moment])
                cursor.execute(INTERPRETED)
                self.ready.set()
                while (read := self.asked.get()) is not None:
                    self._read(read, cursor)
        except DatabaseError as error:
            if not self.unwanted.is_set():
                logger.warning("An export goes on with one connection: %s", error)
        finally:
            connections[self.database].close()

    def _read(self, read: Read[T], cursor: Any) -> None:
        try:
            for item in read(cursor):
                if not self._hand_on(item):
                    return
            self._hand_on(None)
        except Exception as error:  # noqa: BLE001 (it is raised where the answer is read)
            self._hand_on(error)

    def _hand_on(self, item: T | BaseException | None) -> bool:
        """False when nobody wants it any more."""
        while not self.unwanted.is_set():
            try:
                self.found.put(item, timeout=WAIT)
            except queue.Full:
                continue
            return True
        return False
