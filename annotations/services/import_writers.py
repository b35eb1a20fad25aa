"""Two writers for one import: while the database works for one of them, the other makes the rows of its batch."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from itertools import chain, pairwise
from threading import BoundedSemaphore
from typing import Final, TypeVar

from django.db import connection, connections

from annotations.services.imported_batches import Batch

T = TypeVar("T")

SPARE: Final = BoundedSemaphore(2)
"""So many imports of a process may hold a second connection at once: the pool has four more than there are threads."""


def taken(batches: Iterator[Batch], take: Callable[[Batch], T]) -> Iterator[tuple[Batch, T]]:
    """What `take` says of each batch, in their order.

    Each is written in a transaction of its own, the caller's or a second connection's, whichever is free; two that
    share a text come one after the other, so that the later one finds what the earlier one stored. Inside of a
    transaction, or when others hold all second connections, the caller writes alone.
    """
    waiting: deque[tuple[Batch, Future[T]]] = deque()
    beside: Future[T] | None = None
    with _second_writer() as second:
        for batch, following in pairwise(chain(batches, [None])):
            assert batch is not None  # noqa: S101 (only the last of all is none)
            if second and following and (beside is None or beside.done()):
                done = beside = second.submit(copy_context().run, take, batch)
            else:
                if beside and not beside.done() and _share_a_text(batch, waiting[0][0]):
                    beside.exception()
                done = _known(take(batch))
            waiting.append((batch, done))
            while waiting and waiting[0][1].done():
                yield waiting[0][0], waiting.popleft()[1].result()
        for batch, done in waiting:
            yield batch, done.result()


@contextmanager
def _second_writer() -> Iterator[ThreadPoolExecutor | None]:
    """A thread with a connection of its own, which is given back at the end."""
    if connection.in_atomic_block or not SPARE.acquire(blocking=False):
        yield None
        return
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="import writer") as pool:
            try:
                yield pool
            finally:
                pool.submit(connections.close_all).result()
    finally:
        SPARE.release()


def _share_a_text(one: Batch, other: Batch) -> bool:
    return not {each.text for each in one.documents}.isdisjoint(each.text for each in other.documents)


def _known(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future
