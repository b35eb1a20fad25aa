"""What a reader gives for a file, made exact, in the shape of `outgoing.core`."""

import io
from typing import Any

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument, IncomingSpan
from annotations.formats.readers import READERS
from annotations.formats.spans import resolved


def documents(format: str, data: bytes) -> list[IncomingDocument]:
    """The documents of a file, with ranges in code points and quotes compared."""
    return [resolved(each) for each in READERS[format](io.BytesIO(data))]


CODES = ("malformed", "bad_document", "bad_spans")


def refusal(format: str, data: bytes) -> DomainError | None:
    """Why a file is refused; None when it is read."""
    try:
        documents(format, data)
    except DomainError as error:
        return error
    return None


def core(span: IncomingSpan) -> tuple[Any, ...]:
    """What `outgoing.core` says of the row that the span was."""
    labels = tuple(sorted(span.labels))
    lists = (list(span.attributions), list(span.evidence))
    return (span.start, span.end, span.fragments, labels, span.claim, span.note, *lists, span.verdict)


def links(document: IncomingDocument) -> list[tuple[str, int, int]]:
    """Kind, and the numbers of the spans from 1."""
    numbers = {span.ref: span.number for span in document.spans}
    return [(each.kind, numbers[each.source], numbers[each.target]) for each in document.relations]
