"""Segments are flat, complete and in order; lanes keep still when annotations are added."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.errors import DomainError
from annotations.core.segments import LANES, Segment, Span, lanes_of, segments_of

LENGTH = 30
RANGES = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 12)).map(lambda r: (r[0], min(LENGTH, r[0] + r[1])))


def apart(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of one annotation's ranges those that leave the earlier ones alone, as parts of an annotation do."""
    kept: list[tuple[int, int]] = []
    for start, end in ranges:
        if all(end <= first or last <= start for first, last in kept):
            kept.append((start, end))
    return kept


SPANS = st.lists(st.lists(RANGES, min_size=1, max_size=3).map(apart), max_size=12).map(
    lambda annotations: [Span(n, start, end) for n, parts in enumerate(annotations) for start, end in parts]
)


def test_overlapping_ranges_become_flat_segments():
    assert segments_of(9, [Span("a", 0, 4), Span("b", 2, 6)]) == [
        Segment(0, 2, ("a",)),
        Segment(2, 4, ("a", "b")),
        Segment(4, 6, ("b",)),
        Segment(6, 9, ()),
    ]


def test_the_shortest_annotation_comes_first_and_equal_ones_as_given():
    spans = [Span("long", 0, 9), Span("first", 3, 6), Span("short", 4, 5), Span("second", 3, 6)]

    assert segments_of(9, spans) == [
        Segment(0, 3, ("long",)),
        Segment(3, 4, ("first", "second", "long")),
        Segment(4, 5, ("short", "first", "second", "long")),
        Segment(5, 6, ("first", "second", "long")),
        Segment(6, 9, ("long",)),
    ]


def test_a_discontinuous_annotation_is_as_long_as_its_envelope_and_leaves_its_gap_alone():
    spans = [Span("split", 0, 2), Span("whole", 0, 6), Span("split", 7, 9)]

    assert segments_of(9, spans) == [
        Segment(0, 2, ("whole", "split")),
        Segment(2, 6, ("whole",)),
        Segment(6, 7, ()),
        Segment(7, 9, ("split",)),
    ]


def test_no_spans_give_one_segment_and_no_text_gives_none():
    assert segments_of(5, []) == [Segment(0, 5, ())]
    assert segments_of(0, []) == []


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [(2, 2, "range_empty"), (3, 2, "range_reversed"), (-1, 2, "range_outside_text"), (2, 6, "range_outside_text")],
)
def test_a_span_that_is_no_range_of_the_text_is_refused(start: int, end: int, code: str):
    with pytest.raises(DomainError) as refused:
        segments_of(5, [Span("a", start, end)])

    assert refused.value.code == code


@settings(deadline=None, max_examples=100)
@given(SPANS)
def test_segments_join_back_to_the_text_and_name_exactly_the_covering_annotations(spans: list[Span[int]]):
    text = "".join(chr(0x1F600 + n) for n in range(LENGTH))
    envelope = {
        one: max(s.end for s in spans if s.id == one) - min(s.start for s in spans if s.id == one)
        for one in {s.id for s in spans}
    }

    segments = segments_of(LENGTH, spans)

    assert "".join(text[each.start : each.end] for each in segments) == text
    for each in segments:
        for position in range(each.start, each.end):
            covering = {span.id for span in spans if span.start <= position < span.end}
            assert list(each.ids) == sorted(covering, key=lambda one: (envelope[one], one))


def test_ten_thousand_spans_on_two_million_characters_are_cut_whole():
    chance = random.Random(1)
    starts = [chance.randrange(0, 1_999_000) for _ in range(10_000)]
    spans = [Span(n, start, start + chance.randrange(1, 300)) for n, start in enumerate(starts)]

    segments = segments_of(2_000_000, spans)

    assert len(lanes_of(spans)) == 10_000
    assert sum(each.end - each.start for each in segments) == 2_000_000


def test_lanes_are_the_lowest_free_ones():
    spans = [Span("a", 0, 5), Span("b", 3, 8), Span("c", 5, 9), Span("d", 4, 6), Span("e", 8, 9)]

    assert lanes_of(spans) == {"a": 0, "b": 1, "c": 0, "d": 2, "e": 1}


def test_the_fifth_annotation_on_one_spot_is_one_of_more():
    assert lanes_of([Span(n, 0, 5) for n in range(7)]) == {0: 0, 1: 1, 2: 2, 3: 3, 4: LANES, 5: LANES, 6: LANES}


def test_a_discontinuous_annotation_has_one_lane_that_is_free_over_all_its_parts():
    spans = [Span("a", 6, 9), Span("split", 0, 2), Span("split", 7, 9), Span("gap", 3, 5)]

    assert lanes_of(spans) == {"a": 0, "split": 1, "gap": 0}


@settings(deadline=None, max_examples=100)
@given(SPANS)
def test_annotations_in_one_lane_never_overlap(spans: list[Span[int]]):
    lanes = lanes_of(spans)

    for lane in range(LANES):
        positions = [n for span in spans if lanes[span.id] == lane for n in range(span.start, span.end)]
        assert len(positions) == len(set(positions))


@settings(deadline=None, max_examples=100)
@given(SPANS, RANGES)
def test_an_added_annotation_never_moves_older_ones(spans: list[Span[int]], added: tuple[int, int]):
    before = lanes_of(spans)

    after = lanes_of([*spans, Span(1_000, *added)])

    assert {one: lane for one, lane in after.items() if one != 1_000} == before
