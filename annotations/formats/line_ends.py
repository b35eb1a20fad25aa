"""Texts with CRLF, CR or a byte order mark in the one form that is stored, and the ranges on them moved along."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from annotations.core.errors import DomainError
from annotations.core.text import canonical
from annotations.core.wording import _
from annotations.formats.documents import BadSpan, IncomingDocument, IncomingSpan, bad_document

DROPPED: Final = re.compile("\\A\ufeff|\r(?=\n)")
"""What the stored form does not have. A CR alone becomes LF, which moves nothing."""

RANGES: Final = ("source_range", "cue_range")


def with_line_feeds(document: IncomingDocument) -> IncomingDocument:
    """A document in code points, its quotes compared already. Raises "bad_spans", "bad_document"."""
    if "\r" not in document.text and not document.text.startswith("\ufeff"):
        return document
    try:
        text = canonical(document.text)
    except DomainError as error:
        raise bad_document(document.key, error.message, code="bad_document") from error
    dropped = [match.start() for match in DROPPED.finditer(document.text)]

    def moved(offset: int) -> int:
        return offset - bisect_left(dropped, offset)

    spans = [_moved(text, span, moved) for span in document.spans]
    if bad := [span for span in spans if isinstance(span, BadSpan)]:
        raise bad_document(
            document.key,
            _("Span {number}: {reason}").format(number=bad[0].number, reason=bad[0].reason),
            code="bad_spans",
            spans=bad,
        )
    return replace(document, text=text, spans=[span for span in spans if isinstance(span, IncomingSpan)])


def _moved(text: str, span: IncomingSpan, moved: Callable[[int], int]) -> IncomingSpan | BadSpan:
    start, end = moved(span.start), moved(span.end)
    fragments = tuple((moved(first), moved(last)) for first, last in span.fragments)
    if any(first == last for first, last in fragments or ((start, end),)):
        return BadSpan(
            span.number, "bad_range", _("It covers nothing but a CR or a byte order mark, which are not kept.")
        )
    attributions = tuple(_attribution(row, moved) for row in span.attributions)
    exact = text[start:end]
    return replace(span, start=start, end=end, fragments=fragments, exact=exact, attributions=attributions)


def _attribution(row: Mapping[str, Any], moved: Callable[[int], int]) -> Mapping[str, Any]:
    ranges = {name: {edge: moved(at) for edge, at in row[name].items()} for name in RANGES if row.get(name)}
    return {**row, **ranges}
