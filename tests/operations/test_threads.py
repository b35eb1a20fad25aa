"""Threads of the server: who was busy last is asked first, nobody is forgotten, failures reach who waits."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from factcheck.threads import Threads


def on_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: in this one the browser tests' event loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def meeting(count: int) -> Callable[[], str]:
    """A call that ends when so many of it run at once; gives the name of its thread."""
    barrier = threading.Barrier(count)

    def call() -> str:
        barrier.wait(60)
        return threading.current_thread().name

    return call


def test_calls_one_after_the_other_stay_in_the_thread_that_was_busy_last() -> None:
    async def work() -> tuple[list[str], list[str]]:
        threads = Threads(8)
        call = meeting(4)
        together = await asyncio.gather(*(threads.run(call) for _ in range(4)))
        return together, [await threads.run(lambda: threading.current_thread().name) for _ in range(12)]

    together, alone = on_a_loop(work())

    assert len(set(together)) == 4
    assert set(alone) <= set(together)
    assert len(set(alone)) == 1


def test_what_waits_is_taken_in_its_order() -> None:
    begun: list[int] = []
    gate = threading.Event()

    async def work() -> None:
        threads = Threads(1)
        calls = [threads.run(partial(gate.wait, 60))] + [threads.run(partial(begun.append, n)) for n in range(5)]
        waiting = [asyncio.ensure_future(call) for call in calls]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*waiting)

    on_a_loop(work())

    assert begun == [0, 1, 2, 3, 4]


def test_failure_reaches_who_waits_and_the_thread_goes_on() -> None:
    async def work() -> int:
        threads = Threads(1)
        with pytest.raises(ZeroDivisionError):
            await threads.run(lambda: 1 // 0)
        found: int = await threads.run(lambda: 1)
        return found

    assert on_a_loop(work()) == 1
