"""From overlapping ranges to a flat sequence of segments, and to the lanes of their underlines. The one place for both.

Units are code points, end exclusive, counted from the start of whatever text the caller lays out (an article, a block).
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from annotations.core.errors import DomainError
from annotations.core.wording import _

Id = TypeVar("Id", bound=Hashable)

LANES: Final = 4
"""Underlines that can be told apart on one line; lane 4 means "more"."""


class Span(NamedTuple, Generic[Id]):
    """A range of the annotation `id`; a discontinuous annotation gives several."""

    id: Id
    start: int
    end: int


class Segment(NamedTuple, Generic[Id]):
    """A stretch that the same annotations cover throughout: `ids`, the shortest annotation first."""

    start: int
    end: int
    ids: tuple[Id, ...]


def segments_of(text_length: int, anchors: Sequence[Span[Id]]) -> list[Segment[Id]]:
    """The text from 0 to `text_length` as segments in order, without gap or overlap; none for an empty text.

    An annotation's length is that of its envelope; of equally long ones the first given comes first.
    Raises "range_outside_text", "range_empty", "range_reversed".
    """
    _check(text_length, anchors)
    ranked = _shortest_first(anchors)
    rank = {one: place for place, one in enumerate(ranked)}
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for id, begin, end in anchors:
        begins[begin].append(rank[id])
        ends[end].append(rank[id])
    segments: list[Segment[Id]] = []
    covering: list[int] = []  # sorted; an annotation stands here once for each of its spans
    start = 0
    for position in sorted({*begins, *ends, text_length}):
        if position > start:
            ids = tuple([ranked[place] for place in dict.fromkeys(covering)])
            segments.append(Segment(start, position, ids))
            start = position
        for place in ends.get(position, ()):
            del covering[bisect_left(covering, place)]
        for place in begins.get(position, ()):
            insort(covering, place)
    return segments


def lanes_of(spans_in_block: Iterable[Span[Id]]) -> dict[Id, int]:
    """The lane of each annotation: the lowest that is free over all of its spans, in the order given; 4 means "more".

    Give the oldest first: an annotation added at the end never moves those before it, so that nothing jumps.
    """
    spans: dict[Id, list[Span[Id]]] = {}
    for span in spans_in_block:
        spans.setdefault(span.id, []).append(span)
    taken: list[list[tuple[int, int]]] = [[] for _ in range(LANES)]
    return {one: _take_lane(taken, parts) for one, parts in spans.items()}


def _check(text_length: int, anchors: Iterable[Span[Id]]) -> None:
    for span in anchors:
        if span.start >= span.end:
            sentence = _("The range {start}–{end} holds no character. Select at least one.")
            raise DomainError(
                "range_empty" if span.start == span.end else "range_reversed",
                sentence.format(start=span.start, end=span.end),
            )
        if span.start < 0 or span.end > text_length:
            raise DomainError(
                "range_outside_text",
                _("The range {start}–{end} is not inside the text ({length} code points).").format(
                    start=span.start, end=span.end, length=text_length
                ),
            )


def _shortest_first(anchors: Iterable[Span[Id]]) -> list[Id]:
    envelopes: dict[Id, tuple[int, int]] = {}
    for id, begin, end in anchors:
        if id in envelopes:
            first, last = envelopes[id]
            begin, end = min(begin, first), max(end, last)
        envelopes[id] = begin, end
    lengths = {id: end - begin for id, (begin, end) in envelopes.items()}
    # The sort is stable: equally long annotations stay in the order given.
    return sorted(lengths, key=lengths.__getitem__)


def _take_lane(taken: Sequence[list[tuple[int, int]]], parts: Iterable[Span[Id]]) -> int:
    ranges = [(start, end) for _, start, end in parts]
    for lane, ranges_in_lane in enumerate(taken):
        for start, end in ranges:
            # Ranges in a lane are disjoint and sorted: only the last that begins before `end` can be in the way.
            following = bisect_left(ranges_in_lane, (end,))
            if following and ranges_in_lane[following - 1][1] > start:
                break
        else:
            for each in ranges:
                insort(ranges_in_lane, each)
            return lane
    return LANES
