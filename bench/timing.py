"""How work is timed: in rounds, medians of rounds, and never while something else keeps the machine busy."""

import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterable

from bench.processes import busy_share

ROUNDS = 5
QUIET = 0.3  # cores that may be busy before a measurement begins
PATIENCE = 20  # looks at the load, half a second each, before measuring all the same


def settle() -> None:
    """Wait a while for other work on this machine to end."""
    for _ in range(PATIENCE):
        if busy_share() < QUIET:
            return


def milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def rounds_of(call: Callable[[], object], each: int, rounds: int = ROUNDS) -> list[list[float]]:
    """Milliseconds of single calls, by round."""
    settle()
    return [[milliseconds(call) for _ in range(each)] for _ in range(rounds)]


def medians(rounds: Iterable[list[float]]) -> list[float]:
    return [statistics.median(times) for times in rounds]


def percentiles95(rounds: Iterable[list[float]]) -> list[float]:
    return [statistics.quantiles(times, n=20, method="inclusive")[-1] for times in rounds]


def per_second(calls: list[Callable[[], object]], total: int) -> float:
    """Calls a second when one thread for each of `calls` calls it until all together made `total`."""
    numbers = itertools.count()
    lock = threading.Lock()

    def work(call: Callable[[], object]) -> None:
        while True:
            with lock:
                if next(numbers) >= total:
                    return
            call()

    threads = [threading.Thread(target=work, args=(call,)) for call in calls]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return total / (time.perf_counter() - began)
