"""A file before anything is stored: whether all of it is right, its spans exact, its texts read. Knows no database."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from annotations import ingest
from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument
from annotations.formats.plain_spans import PlainSpans, plain_spans
from annotations.formats.spans import quotes_fit, resolved
from annotations.formats.units import Unit
from annotations.ingest import IncomingArticle

Documents = Callable[[], Iterator[IncomingDocument]]
"""Those of a file, from its beginning."""

KEPT, SPAN = 20_000_000, 200
"""Documents are kept in memory between two readings of a file up to so many characters; for how many a span counts."""

AHEAD: Final = 2_000_000
"""So much, in the same measure, is made ready before the rest of the file is looked at: what all writers begin with."""

TOGETHER: Final = 30_000
"""What is made ready at once, in the same measure."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document in code points and compared; as the file says it where that is refused.

    `article`: what ingest says of its text, None where it refuses; whoever stores it is told.
    """

    document: IncomingDocument
    refusal: DomainError | None = None
    article: IncomingArticle | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The end of a look: how many documents and spans the file has, and its unit where it is declared or quotes tell.

    `is_right`: all documents are in one unit, and their quotes stand at their ranges; otherwise the look ended there.
    """

    is_right: bool
    total: int = 0
    spans: int = 0
    unit: Unit | None = None


class NotAsideError(Exception):
    """Another process cannot do it: a document names an article instead of bringing its text, or the process ended."""


class Long:
    """The file is longer than what is kept of it: the end of the look may be far."""


Step = Sequence[Prepared] | Seen | Long


def looked_at(documents: Documents, declared: Unit | None) -> Generator[Step]:
    """The first documents made ready, then the end of the look at all of them, then the others made ready.

    `declared`: a unit that holds whatever the file says; no quotes are compared beforehand then. After a look that was
    not right nothing follows. Raises what the reader raises.
    """
    tally, kept, ready = _Tally(declared), deque[IncomingDocument](), 0
    for document in documents():
        if not tally.fits(document):
            yield Seen(is_right=False)
            return
        document = document if declared else _compared(document)
        if tally.weight <= AHEAD:
            yield [_prepared(document, declared)]
            ready += 1
        elif tally.weight <= KEPT:
            kept.append(document)
        elif ready + len(kept) == tally.total - 1:
            yield Long()
    yield Seen(True, tally.total, tally.spans, tally.unit)
    count = ready + len(kept)
    yield from made_ready((kept.popleft() for _ in range(len(kept))), declared)
    if count < tally.total:
        yield from made_ready(islice(documents(), count, None), declared)


def made_ready(documents: Iterable[IncomingDocument], unit: Unit | None) -> Iterator[Sequence[Prepared]]:
    """Some at a time, in this unit, or each in its own where that is None."""
    group, weight = [], 0
    for document in documents:
        group.append(_prepared(document, unit))
        weight += _weight_of(document)
        if weight > TOGETHER:
            yield group
            group, weight = [], 0
    if group:
        yield group


class _Tally:
    """What was seen of a file so far."""

    def __init__(self, declared: Unit | None) -> None:
        self.total = self.spans = self.weight = 0
        self._declared, self._said, self._is_quoted = declared, declared, False

    @property
    def unit(self) -> Unit | None:
        return self._said if self._is_quoted else self._declared

    def fits(self, document: IncomingDocument) -> bool:
        """Whether it is in the unit of those before, and its quotes stand there."""
        self.total += 1
        self.spans += len(document.spans)
        self.weight += _weight_of(document)
        if self._declared:
            return True
        self._said = self._said or document.unit
        self._is_quoted = self._is_quoted or any(span.exact is not None for span in document.spans)
        return document.unit is self._said and quotes_fit(document, document.unit)


def _compared(document: IncomingDocument) -> IncomingDocument:
    """A document whose quotes fit: where they are columns of code points, they are not compared again."""
    if document.unit is not Unit.CODE_POINTS or not isinstance(document.spans, PlainSpans):
        return document
    return replace(document, spans=replace(document.spans, quotes=None))


def _prepared(document: IncomingDocument, unit: Unit | None) -> Prepared:
    try:
        exact = resolved(replace(document, unit=unit) if unit and unit is not document.unit else document)
    except DomainError as error:
        return Prepared(document, error)
    if plain := plain_spans(exact):
        exact = replace(exact, spans=plain)
    with suppress(DomainError):
        return Prepared(exact, article=ingest.read_text(exact.text))
    return Prepared(exact)


def _weight_of(document: IncomingDocument) -> int:
    return len(document.text) + SPAN * len(document.spans)
