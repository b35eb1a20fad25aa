"""Counts of annotations become the stretches of the ruler."""

from annotations.core.ruler import Bin, Count, bins_of
from annotations.core.states import AnnotationState

OPEN, DISPUTED, SIGNED_OFF = AnnotationState.OPEN, AnnotationState.DISPUTED, AnnotationState.SIGNED_OFF


def test_counts_of_one_stretch_come_together_and_lead_to_the_first_annotation() -> None:
    counts = [Count(10, SIGNED_OFF, 1, 260), Count(3, DISPUTED, 1, 75), Count(10, OPEN, 2, 250)]

    assert bins_of(counts) == [
        Bin(3, 75, ((DISPUTED, 1),)),
        Bin(10, 250, ((OPEN, 2), (SIGNED_OFF, 1))),
    ]


def test_stretch_says_what_lies_where_and_marks_a_track_for_each_kind_of_state() -> None:
    found = Bin(10, 250, ((OPEN, 2), (SIGNED_OFF, 1)))

    assert found.name == "2 open, 1 signed off at 25 %"
    assert found.tracks == [0, 2]
