"""The coverage ledger."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.coverage import Seen, ledger, unseen
from annotations.core.sentences import Sentence

SENTENCES = [Sentence(0, 10), Sentence(11, 20), Sentence(22, 30)]
RANGES = st.lists(st.tuples(st.integers(0, 35), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1])))


def seen(annotated: list[tuple[int, int]], marked: list[tuple[int, int]]) -> list[Seen]:
    return [row.seen for row in ledger(SENTENCES, annotated, marked)]


def test_touching_one_character_is_annotating() -> None:
    assert seen([(9, 12)], []) == [Seen.ANNOTATED, Seen.ANNOTATED, Seen.UNSEEN]


def test_white_space_between_sentences_touches_none() -> None:
    assert seen([(10, 11), (20, 22)], []) == [Seen.UNSEEN] * 3


def test_a_mark_counts_only_for_exactly_its_sentence() -> None:
    assert seen([], [(0, 10), (11, 19), (0, 30)]) == [Seen.NOTHING_TO_CHECK, Seen.UNSEEN, Seen.UNSEEN]


def test_an_annotation_wins_over_a_mark() -> None:
    assert seen([(0, 1)], [(0, 10)])[0] is Seen.ANNOTATED


@settings(deadline=None, max_examples=100)
@given(RANGES, RANGES)
def test_a_sentence_is_annotated_exactly_when_a_range_shares_a_character(
    annotated: list[tuple[int, int]], marked: list[tuple[int, int]]
) -> None:
    rows = ledger(SENTENCES, annotated, marked)

    for row in rows:
        characters = set(range(row.start, row.end))
        touched = any(characters & set(range(start, end)) for start, end in annotated)
        assert (row.seen is Seen.ANNOTATED) == touched
    assert [row.number for row in unseen(rows)] == [row.number for row in rows if row.seen is Seen.UNSEEN]
