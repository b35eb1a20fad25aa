"""Spans that say nothing but place and labels, as most do: in columns, quick to compare and small between processes."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, overload

from annotations.formats.documents import IncomingDocument, IncomingSpan

Labels = tuple[str, ...]

FIELDS: Final = 4
"""Of a row that says what most say: start, end, exact, terms."""


@dataclass(frozen=True, slots=True)
class PlainSpans(Sequence[IncomingSpan]):
    """Numbered from 1 in their order; `starts`, `ends` in the document's unit, end exclusive.

    `quotes`: what the file says that they quote; None once each is known to quote what stands at its place in `text`,
    in code points.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"
    labels: Sequence[Labels]
    quotes: Sequence[str] | None = None

    def __len__(self) -> int:
        return len(self.labels)

    def places(self) -> Iterator[tuple[int, int, Labels]]:
        """Start, end and labels of each."""
        return zip(self.starts, self.ends, self.labels, strict=True)

    def stand(self) -> bool:
        """Whether all of them are in code points as they are, and quote what stands there."""
        text, starts, ends = self.text, self.starts, self.ends
        if self.quotes is None or not self.labels:
            return True
        if min(starts) < 0 or max(ends) > len(text) or any(map(int.__ge__, starts, ends)):
            return False
        return [text[start:end] for start, end in zip(starts, ends, strict=True)] == self.quotes

    @overload
    def __getitem__(self, at: int) -> IncomingSpan: ...
    @overload
    def __getitem__(self, at: slice) -> list[IncomingSpan]: ...
    def __getitem__(self, at: int | slice) -> IncomingSpan | list[IncomingSpan]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        start, end = self.starts[at], self.ends[at]
        quote = self.text[start:end] if self.quotes is None else self.quotes[at]
        return IncomingSpan(at % len(self) + 1, start, end, quote, labels=self.labels[at])

    def __reduce__(self) -> tuple[object, ...]:
        return PlainSpans, (self.text, self.starts, self.ends, self.labels, self.quotes)


def columns_of(text: str, rows: Any) -> PlainSpans | None:
    """Rows of JSON that say start, end, exact and one term each, and nothing else; None of others.

    Their texts must be known to be such as can be stored.
    """
    if type(rows) is not list or _types(rows) != {dict} or set(map(len, rows)) != {FIELDS}:
        return None
    try:
        starts, ends, quotes, terms = ([row[name] for row in rows] for name in ("start", "end", "exact", "terms"))
    except KeyError:
        return None
    if _types(starts + ends) != {int} or _types(quotes) != {str} or _types(terms) != {list}:
        return None
    if set(map(len, terms)) != {1} or _types(keys := [key for [key] in terms]) != {str}:
        return None
    known: Mapping[str, Labels] = {key: (key,) for key in set(keys)}
    try:
        return PlainSpans(text, array("i", starts), array("i", ends), [known[key] for key in keys], quotes)
    except OverflowError:
        return None


def plain_spans(document: IncomingDocument) -> PlainSpans | None:
    """The spans of a document that is in code points and compared; None when one of them says more, or is tied."""
    if document.relations:
        return None
    if isinstance(document.spans, PlainSpans):
        return replace(document.spans, quotes=None)
    for number, span in enumerate(document.spans, 1):
        if span.number != number or span.claim or span.note or span.fragments or span.attributes:
            return None
        if span.attributions or span.evidence or span.verdict:
            return None
    starts = array("i", [span.start for span in document.spans])
    ends = array("i", [span.end for span in document.spans])
    return PlainSpans(document.text, starts, ends, [span.labels for span in document.spans])


def _types(values: Sequence[object]) -> set[type]:
    return set(map(type, values))
