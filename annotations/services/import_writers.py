"""Several writers for one import: while the database works for some of them, another makes the rows of its batch."""

import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from contextvars import copy_context
from threading import BoundedSemaphore, Lock
from typing import Final, Generic, TypeVar

from django.db import connection, connections

from annotations.services.imported_batches import Batch

T = TypeVar("T")

Given = tuple[Batch, Future[T], list[Future[T]]]
"""A batch, what will become of it, and what must be known before it may be written."""

OTHERS: Final = 2
"""Writers of an import beside its caller."""

SPARE: Final = BoundedSemaphore(2)
"""So many connections beside their own may all imports of a process hold: the pool has four to spare."""


TURN: Final = 0.0005
"""Seconds for which a thread that computes keeps others waiting while an import is written. By itself Python takes ten
times as long, during which the database waits for whoever has its answer."""


@contextmanager
def writing(batches: Generator[Batch], take: Callable[[Batch], T]) -> Iterator["Work[T]"]:
    """Each batch is written in a transaction of its own, over the caller's connection or another, whichever is free.

    Two that share a text come one after the other, so that the later one finds what the earlier one stored. Inside of a
    transaction, or when others hold all other connections, the caller writes alone.
    """
    with closing(batches), _other_writers() as others, _short_turns:
        work = Work(batches, take, others)
        try:
            yield work
        finally:
            work.stop()


class Work(Generic[T]):
    """The batches of one import, given out one by one, and what became of those given out: in their order."""

    def __init__(
        self, batches: Iterator[Batch], take: Callable[[Batch], T], others: Sequence[ThreadPoolExecutor] = ()
    ) -> None:
        self._batches, self._take, self._others = batches, take, others
        self._lock, self._is_over = Lock(), False
        self._given: deque[tuple[Batch, Future[T]]] = deque()

    def begin(self) -> None:
        """Let the others write while the caller does something else. A single batch is not worth their connections."""
        for other in self._others:
            other.submit(copy_context().run, self._all)
        self._others = ()

    def results(self) -> Iterator[tuple[Batch, T]]:
        """What became of each batch, in their order. The caller writes as well."""
        mine = self._next()
        if mine:
            self.begin()
        while mine:
            self._write(*mine)
            yield from self._known()
            mine = self._next()
        yield from self._known(wait=True)

    def stop(self) -> None:
        """Give out no more batches."""
        self._is_over = True

    def _all(self) -> None:
        while given := self._next():
            self._write(*given)

    def _next(self) -> Given[T] | None:
        """None when there is nothing more to write."""
        with self._lock:
            batch = None if self._is_over else next(self._batches, None)
            if batch is None:
                self._is_over = True
                return None
            before = [future for other, future in self._given if not future.done() and _share_a_text(batch, other)]
            self._given.append((batch, Future()))
            return (*self._given[-1], before)

    def _write(self, batch: Batch, future: Future[T], before: list[Future[T]]) -> None:
        """What goes wrong is raised where somebody asks what became of the batch."""
        for each in before:
            each.exception()
        try:
            future.set_result(self._take(batch))
        except BaseException as error:
            self.stop()
            future.set_exception(error)

    def _known(self, *, wait: bool = False) -> Iterator[tuple[Batch, T]]:
        """Of the first ones, up to one that is still being written. Raises what went wrong."""
        while self._given and (wait or self._given[0][1].done()):
            batch, future = self._given[0]
            result = future.result()
            self._given.popleft()
            yield batch, result


@contextmanager
def _other_writers() -> Iterator[list[ThreadPoolExecutor]]:
    """Threads with a connection each, which is given back at the end."""
    with ExitStack() as stack:
        count = 0 if connection.in_atomic_block else OTHERS
        yield [stack.enter_context(_writer()) for _ in range(count) if SPARE.acquire(blocking=False)]


@contextmanager
def _writer() -> Iterator[ThreadPoolExecutor]:
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="import writer") as pool:
            try:
                yield pool
            finally:
                pool.submit(connections.close_all).result()
    finally:
        SPARE.release()


class _ShortTurns:
    """Of all threads of the process, as long as any import is written. For many small requests they cost too much."""

    def __init__(self) -> None:
        self._lock, self._imports, self._usual = Lock(), 0, sys.getswitchinterval()

    def __enter__(self) -> None:
        with self._lock:
            self._imports += 1
            sys.setswitchinterval(TURN)

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._imports -= 1
            if not self._imports:
                sys.setswitchinterval(self._usual)


_short_turns = _ShortTurns()


def _share_a_text(one: Batch, other: Batch) -> bool:
    return not {each.text for each in one.documents}.isdisjoint(each.text for each in other.documents)
