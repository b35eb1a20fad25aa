"""Results of pure functions, kept for the next time. Nothing stale is ever found: they are looked up by everything they
were made from."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """`kept(key)` is `make(key)`; what was used last is kept, up to `most` of what `size` counts altogether.

    `make` must look at nothing but its key.
    """

    def __init__(self, make: Callable[[K], V], *, size: Callable[[K, V], int], most: int) -> None:
        self._make = make
        self._size = size
        self._most = most
        self._found: OrderedDict[K, V] = OrderedDict()
        self._total = 0
        self._lock = Lock()

    def __call__(self, key: K) -> V:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        value = self._make(key)
        with self._lock:
            if key not in self._found:
                self._found[key] = value
                self._total += self._size(key, value)
            while self._total > self._most:
                self._total -= self._size(*self._found.popitem(last=False))
        return value
