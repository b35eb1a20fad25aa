"""The coverage ledger: which sentences a person has dealt with. Pure; ranges are code points, end exclusive."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from annotations.core.sentences import Sentence


class Seen(StrEnum):
    ANNOTATED = "annotated"
    NOTHING_TO_CHECK = "nothing_to_check"
    UNSEEN = "unseen"


class Mark(StrEnum):
    """What a person can say of a sentence; that it is annotated, only annotations say."""

    NOTHING_TO_CHECK = Seen.NOTHING_TO_CHECK.value
    UNSEEN = Seen.UNSEEN.value


class Covered(NamedTuple):
    """One sentence of the ledger, `number` counted from 0 in text order."""

    number: int
    start: int
    end: int
    seen: Seen


def ledger(
    sentences: Sequence[Sentence], annotated: Iterable[tuple[int, int]], marked: Iterable[tuple[int, int]]
) -> list[Covered]:
    """What of each sentence is known.

    `sentences`: in order and disjoint. `annotated`: the parts of live annotations; a sentence that one of them touches
    is annotated. `marked`: ranges that a person marked "nothing to check"; they count only for sentences that are
    exactly one of them, so that a mark never spreads to words nobody looked at.
    """
    starts = [sentence.start for sentence in sentences]
    ends = [sentence.end for sentence in sentences]
    seen = [Seen.UNSEEN] * len(sentences)
    for start, end in marked:
        number = bisect_left(starts, start)
        if number < len(sentences) and (starts[number], ends[number]) == (start, end):
            seen[number] = Seen.NOTHING_TO_CHECK
    for start, end in annotated:
        for number in range(bisect_right(ends, start), bisect_left(starts, end)):
            seen[number] = Seen.ANNOTATED
    return list(map(Covered, range(len(sentences)), starts, ends, seen))


def unseen(rows: Iterable[Covered]) -> list[Covered]:
    """The sentences that nobody has dealt with yet, in text order."""
    return [row for row in rows if row.seen is Seen.UNSEEN]
