"""The coverage ledger: which sentences a person has dealt with. Pure; ranges are code points, end exclusive."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotations.core.sentences import Sentence


class Seen(StrEnum):
    ANNOTATED = "annotated"
    NOTHING_TO_CHECK = "nothing_to_check"
    UNSEEN = "unseen"


class Mark(StrEnum):
    """What a person can say of a sentence; that it is annotated, only annotations say."""

    NOTHING_TO_CHECK = Seen.NOTHING_TO_CHECK.value
    UNSEEN = Seen.UNSEEN.value


@dataclass(frozen=True, slots=True)
class Covered:
    """One sentence of the ledger, `number` counted from 0 in text order."""

    number: int
    start: int
    end: int
    seen: Seen


def ledger(
    sentences: Sequence[Sentence], annotated: Iterable[tuple[int, int]], marked: Iterable[tuple[int, int]]
) -> list[Covered]:
    """What of each sentence is known.

    `annotated`: the parts of live annotations; a sentence that one of them touches is annotated. `marked`: ranges that
    a person marked "nothing to check"; they count only for sentences that are exactly one of them, so that a mark never
    spreads to words nobody looked at.
    """
    touched = _touched(sentences, annotated)
    exact = set(marked)
    return [
        Covered(number, sentence.start, sentence.end, _seen(number in touched, (sentence.start, sentence.end) in exact))
        for number, sentence in enumerate(sentences)
    ]


def unseen(rows: Iterable[Covered]) -> list[Covered]:
    """The sentences that nobody has dealt with yet, in text order."""
    return [row for row in rows if row.seen is Seen.UNSEEN]


def _seen(annotated: bool, marked: bool) -> Seen:
    if annotated:
        return Seen.ANNOTATED
    return Seen.NOTHING_TO_CHECK if marked else Seen.UNSEEN


def _touched(sentences: Sequence[Sentence], ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Numbers of the sentences that a range shares a character with; sentences are in order and disjoint."""
    starts = [sentence.start for sentence in sentences]
    ends = [sentence.end for sentence in sentences]
    touched: set[int] = set()
    for start, end in ranges:
        touched.update(range(bisect_right(ends, start), bisect_left(starts, end)))
    return touched
