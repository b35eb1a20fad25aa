"""Threads that answer requests. Whoever was busy last is asked first, so that what it works with is still warm.

A thread keeps a connection, and PostgreSQL a process for that with caches of its own. `ThreadPoolExecutor` asks its
threads in turn: after a busy minute one person's requests would go round all of them, each time to the coldest.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

Call = Callable[[], Any]
Work = tuple[Call, "asyncio.Future[Any]"]


class Threads:
    """`most` calls run at once; more of them wait, and are taken in the order in which they came."""

    def __init__(self, most: int) -> None:
        self._most, self._made = most, 0
        self._lock = Lock()
        self._idle: list[SimpleQueue[Work]] = []
        self._waiting: deque[Work] = deque()

    async def run(self, call: Call) -> Any:
        """What `call` returns or raises, in one of the threads."""
        answer = asyncio.get_running_loop().create_future()
        self._give((call, answer))
        return await answer

    def _give(self, work: Work) -> None:
        with self._lock:
            inbox = self._idle.pop() if self._idle else None
            is_full = self._made >= self._most
            if inbox is None and is_full:
                self._waiting.append(work)
                return
            self._made += inbox is None
        if inbox is None:
            # A daemon: the server waits for its requests by itself, and ends without those that do not end.
            Thread(target=self._work, args=(work,), name=f"web-{self._made}", daemon=True).start()
        else:
            inbox.put(work)

    def _work(self, work: Work) -> None:
        inbox: SimpleQueue[Work] = SimpleQueue()
        while True:
            call, answer = work
            found, failure = None, None
            try:
                found = call()
            except BaseException as raised:  # of the caller's concern, whatever it is
                failure = raised
            self._free(inbox)  # first: who has the answer may ask again at once, and is to find this thread
            _tell(answer, found, failure)
            del work, call, answer, found, failure  # nothing of a request outlives it
            work = inbox.get()

    def _free(self, inbox: "SimpleQueue[Work]") -> None:
        with self._lock:
            if self._waiting:
                inbox.put(self._waiting.popleft())
            else:
                self._idle.append(inbox)


def _tell(answer: "asyncio.Future[Any]", found: Any, failure: BaseException | None) -> None:
    with suppress(RuntimeError):  # the event loop is gone, and with it whoever waited
        answer.get_loop().call_soon_threadsafe(_settle, answer, found, failure)


def _settle(answer: "asyncio.Future[Any]", found: Any, failure: BaseException | None) -> None:
    if answer.cancelled():
        return
    if failure is None:
        answer.set_result(found)
    else:
        answer.set_exception(failure)
