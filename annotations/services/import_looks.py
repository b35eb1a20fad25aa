"""The first reading of a file: how many documents, in which unit. What is ready of them is written meanwhile."""

from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Event

from annotations.formats.units import Unit
from annotations.services.prepared_documents import Long, Prepared, Seen, Step


class PostponedError(Exception):
    """What was written ahead may not be stored yet, or never: leave the transaction, then ask `Look.is_right`."""


class Look:
    """Waits until all of a file was looked at, while others write its beginning in transactions that stay open.

    They hold no lock that anybody else may want for long.
    """

    def __init__(self, steps: Iterator[Step]) -> None:
        """`steps` of `looked_at`."""
        self.total, self.spans = 0, 0
        self.unit: Unit | None = None
        self._steps = steps
        self._ready: SimpleQueue[Prepared | None] = SimpleQueue()
        self._is_right, self._is_over, self._is_over_or_long = False, Event(), Event()

    def run(self, seen: Callable[[int, int], None]) -> None:
        """`seen` is told how many documents and spans are ready so far. Raises what concerns the whole file."""
        try:
            self._follow(seen)
        finally:
            self._is_over.set()
            self._is_over_or_long.set()
            self._ready.put(None)

    def documents(self) -> Iterator[Prepared]:
        """All, as soon as they are ready; none any more after a look that was wrong. For another thread."""
        while (each := self._ready.get()) is not None and not self.is_wrong:
            yield each
        for step in self._steps if not self.is_wrong else ():
            assert not isinstance(step, Seen | Long)  # noqa: S101 (the look is over)
            yield from step

    @property
    def is_wrong(self) -> bool:
        return self._is_over.is_set() and not self._is_right

    def is_right(self) -> bool:
        """Waits for the end of the look."""
        self._is_over.wait()
        return self._is_right

    def hold(self, *, is_wanted: bool = False) -> None:
        """Before something is stored: wait for the end of the look.

        Raises PostponedError when it was wrong, or takes long; or at once, when it is not over and what the caller has
        locked `is_wanted` by others.
        """
        if not is_wanted:
            self._is_over_or_long.wait()
        if not self._is_over.is_set() or not self._is_right:
            raise PostponedError

    def _follow(self, seen: Callable[[int, int], None]) -> None:
        """Up to the end of the look; what comes after it is for the writers."""
        documents = spans = 0
        for step in self._steps:
            if isinstance(step, Seen):
                self._is_right, self.total, self.spans, self.unit = step.is_right, step.total, step.spans, step.unit
                if step.is_right:
                    return
            elif isinstance(step, Long):
                self._is_over_or_long.set()
            else:
                for each in step:
                    documents, spans = documents + 1, spans + len(each.document.spans)
                    self._ready.put(each)
                seen(documents, spans)
