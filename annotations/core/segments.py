"""From overlapping ranges to a flat sequence of segments, and to the lanes of their underlines. The one place for both.

Units are code points, end exclusive, counted from the start of whatever text the caller lays out (an article, a block).
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from annotations.core.errors import DomainError
from annotations.core.wording import _

Id = TypeVar("Id", bound=Hashable)

LANES: Final = 4
"""Underlines that can be told apart on one line; lane 4 means "more"."""


@dataclass(frozen=True, slots=True)
class Span(Generic[Id]):
    """A range of the annotation `id`; a discontinuous annotation gives several."""

    id: Id
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Segment(Generic[Id]):
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
    changes: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for span in anchors:
        changes[span.start].append((rank[span.id], 1))
        changes[span.end].append((rank[span.id], -1))
    segments: list[Segment[Id]] = []
    depth: Counter[int] = Counter()
    covering: list[int] = []
    start = 0
    for position in sorted({*changes, text_length}):
        if position > start:
            segments.append(Segment(start, position, tuple([ranked[place] for place in covering])))
            start = position
        _turn(covering, depth, changes.get(position, ()))
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
    for span in anchors:
        start, end = envelopes.get(span.id, (span.start, span.end))
        envelopes[span.id] = min(start, span.start), max(end, span.end)
    # The sort is stable: equally long annotations stay in the order given.
    return sorted(envelopes, key=lambda one: envelopes[one][1] - envelopes[one][0])


def _turn(covering: list[int], depth: Counter[int], changes: Iterable[tuple[int, int]]) -> None:
    """Let spans begin and end at one position; `covering` stays sorted. Spans of one annotation may touch."""
    for place, change in changes:
        before, after = depth[place], depth[place] + change
        depth[place] = after
        if before == 0 and after > 0:
            insort(covering, place)
        elif before > 0 and after == 0:
            del covering[bisect_left(covering, place)]


def _take_lane(taken: Sequence[list[tuple[int, int]]], parts: Iterable[Span[Id]]) -> int:
    ranges = [(span.start, span.end) for span in parts]
    for lane, ranges_in_lane in enumerate(taken):
        if all(_is_free(ranges_in_lane, start, end) for start, end in ranges):
            for each in ranges:
                insort(ranges_in_lane, each)
            return lane
    return LANES


def _is_free(ranges_in_lane: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Ranges in a lane are disjoint and sorted, so only the last that begins before `end` can be in the way."""
    following = bisect_left(ranges_in_lane, (end,))
    return following == 0 or ranges_in_lane[following - 1][1] <= start
