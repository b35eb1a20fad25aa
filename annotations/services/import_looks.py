"""The first reading of a file: how many documents, in which unit. They are made ready for writing while it goes on."""

from collections.abc import Callable, Iterator
from itertools import islice
from queue import SimpleQueue
from threading import Event

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument
from annotations.formats.spans import Proposal, quotes_fit
from annotations.formats.units import Unit

Documents = Callable[[], Iterator[IncomingDocument]]

KEPT, SPAN = 20_000_000, 200
"""Documents are kept in memory between two readings of a file up to so many characters; for how many a span counts."""


class PostponedError(Exception):
    """What was written ahead may not be stored yet, or never: leave the transaction, then ask `Look.is_right`."""


class Look:
    """Reads all of a file, while others write its beginning in transactions that are open until the look is over.

    They hold no lock that anybody else may want for long.
    """

    def __init__(self, reading: Documents, declared: Unit | None) -> None:
        """`declared`: a unit that holds whatever the file says; None: the one in which all quotes fit."""
        self.reading, self.declared = reading, declared
        self.total, self.unit = 0, declared
        self._kept: SimpleQueue[IncomingDocument | None] = SimpleQueue()
        self._kept_count = self._weight = 0
        self._is_right, self._is_over, self._is_over_or_long = False, Event(), Event()

    def run(self, seen: Callable[[int, int], None]) -> None:
        """`seen` is told how many documents and spans there were so far. Raises what concerns the whole file.

        If it is not right in the end, the file is to be read anew, in `unit`, or each document's own if that is None.
        """
        try:
            self._is_right = self._read(seen)
        finally:
            self._is_over.set()
            self._is_over_or_long.set()
            self._kept.put(None)
        if not self._is_right:
            self.total, self.unit = _proposed(self.reading())

    def documents(self) -> Iterator[IncomingDocument]:
        """All, from when they are first read; none any more after a look that was wrong. For another thread."""
        while (document := self._kept.get()) is not None and not self.is_wrong:
            yield document
        if not self.is_wrong and self._kept_count < self.total:
            yield from islice(self.reading(), self._kept_count, None)

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

    def _read(self, seen: Callable[[int, int], None]) -> bool:
        spans, is_quoted, unit = 0, False, None
        for document in self.reading():
            if self.declared is None:
                unit = unit or document.unit
                if document.unit is not unit or not quotes_fit(document, unit):
                    return False
                is_quoted = is_quoted or any(span.exact is not None for span in document.spans)
            self._keep(document)
            spans += len(document.spans)
            seen(self.total, spans)
        if is_quoted:
            self.unit = unit
        return True

    def _keep(self, document: IncomingDocument) -> None:
        self.total += 1
        self._weight += len(document.text) + SPAN * len(document.spans)
        if self._weight <= KEPT:
            self._kept_count += 1
            self._kept.put(document)
        else:
            self._is_over_or_long.set()


def _proposed(documents: Iterator[IncomingDocument]) -> tuple[int, Unit | None]:
    """How many, and the unit in which all quotes fit. None leaves each its own, where the misfits are named."""
    made, count = Proposal(), 0
    for document in documents:
        made.look_at(document)
        count += 1
    try:
        return count, made.unit
    except DomainError:
        return count, None
