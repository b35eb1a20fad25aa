"""What was made before, kept in memory for the next time, up to a size. No rule here says how long it is true."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """What was put in or asked for last, up to `most` of what its sizes are altogether.

    Found by the hash of its key, which takes longer than all else where the key is large. Of two keys with the same
    hash the later one is kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[int, tuple[K, V, int]] = OrderedDict()
        self._total = 0
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        place = hash(key)
        with self._lock:
            found = self._found.get(place)
            if found is None or found[0] != key:
                return None
            self._found.move_to_end(place)
            return found[1]

    def put(self, key: K, value: V, size: int = 1) -> None:
        """In place of what was there under this key. What is too large for all of it is not kept."""
        place = hash(key)
        with self._lock:
            self._total -= self._found.pop(place, (key, value, 0))[2]
            if size > self._most:
                return
            self._found[place] = (key, value, size)
            self._total += size
            while self._total > self._most:
                self._total -= self._found.popitem(last=False)[1][2]


class Kept(Generic[K, V]):
    """`kept(key)` is `make(key)`, which is never None; what was used last is kept, up to `most` of what `size` counts.

    Nothing stale is ever found: `make` must look at nothing but its key.
    """

    def __init__(self, make: Callable[[K], V], *, size: Callable[[K, V], int], most: int) -> None:
        self._make = make
        self._size = size
        self._recent = Recent[K, V](most)

    def __call__(self, key: K) -> V:
        value = self._recent.get(key)
        if value is None:
            value = self._make(key)
            self._recent.put(key, value, self._size(key, value))
        return value
