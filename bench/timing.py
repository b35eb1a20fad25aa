"""How work is timed: in rounds, medians of rounds, and never while something else keeps the machine busy."""

import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from bench.processes import busy_share

QUIET = 0.3  # cores that may be busy before a measurement begins
PATIENCE = 20  # looks at the load, half a second each, before measuring all the same
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. A quick bench tries every row at small sizes; its figures are not to be quoted."""

    quick: bool = False

    @property
    def rounds(self) -> int:
        return 2 if self.quick else 5

    def of(self, full: T, quick: T) -> T:
        return quick if self.quick else full

    def calls(self, count: int) -> int:
        """How many calls of a round are made of `count`."""
        return max(2, count // 8) if self.quick else count

    def settle(self) -> None:
        """Wait a while for other work on this machine to end; a quick bench does not wait."""
        for _ in range(0 if self.quick else PATIENCE):
            if busy_share() < QUIET:
                return

    def rounds_of(self, call: Callable[[], object], each: int, *, warm: int = 1) -> list[list[float]]:
        """Milliseconds of single calls, by round, after `warm` calls that do not count."""
        for _ in range(warm):
            call()
        self.settle()
        return [[milliseconds(call) for _ in range(self.calls(each))] for _ in range(self.rounds)]

    def medians(self, call: Callable[[], object], each: int, *, warm: int = 1) -> list[float]:
        return medians(self.rounds_of(call, each, warm=warm))

    def runs_of(self, call: Callable[[], T]) -> list[T]:
        """What `call` says of itself, once a round."""
        self.settle()
        return [call() for _ in range(self.rounds)]


def milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def medians(rounds: Iterable[list[float]]) -> list[float]:
    return [statistics.median(times) for times in rounds]


def percentiles95(rounds: Iterable[list[float]]) -> list[float]:
    return [statistics.quantiles(times, n=20, method="inclusive")[-1] for times in rounds]


def per_second(calls: list[Callable[[], object]], total: int) -> float:
    """Calls a second when one thread for each of `calls` calls it until all together made `total`.

    Raises what a call raised: a rate with failures in it is none.
    """
    numbers, lock, failures = itertools.count(), threading.Lock(), list[Exception]()

    def work(call: Callable[[], object]) -> None:
        try:
            while not failures:
                with lock:
                    if next(numbers) >= total:
                        return
                call()
        except Exception as failure:  # a thread cannot raise it to anybody
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(call,)) for call in calls]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    if failures:
        raise failures[0]
    return total / took
