"""A rewritten passage compared letter by letter: where an edge inside the old words goes in the new ones."""

from bisect import bisect_left, bisect_right
from typing import Final

from rapidfuzz.distance import Levenshtein, Opcode

from annotations.core.words import words_of

REFINED: Final = 1_000_000
"""Pairs of characters (old times new) up to which passages are compared; longer ones have no clear edges inside."""


class Rewritten:
    """What `old` words have become in `new` ones. Positions are code points into either; edges go to words' edges."""

    def __init__(self, old: str, new: str) -> None:
        words = words_of(new)
        self.first, self.last = len(old) - len(old.lstrip()), len(old.rstrip())
        self.starts, self.ends = words.starts, words.ends
        is_comparable = 0 < len(old) * len(new) <= REFINED
        self.edits: list[Opcode] = list(Levenshtein.opcodes(old, new)) if is_comparable else []
        self.edit_starts = [edit.src_start for edit in self.edits]

    def start(self, position: int) -> int | None:
        """Where a range begins that began at `position`; None when that is not clear."""
        if not self.starts or position <= self.first:
            return self.starts[0] if self.starts else None
        return _nearest(self.starts, self._at(position)) if self.edits else None

    def end(self, position: int) -> int | None:
        """Where a range ends that ended before `position`; None when that is not clear."""
        if not self.ends or position >= self.last:
            return self.ends[-1] if self.ends else None
        return _nearest(self.ends, self._at(position - 1) + 1) if self.edits else None

    def _at(self, position: int) -> int:
        """The new position of the old character at `position`; where it was taken out, of what follows."""
        edit = self.edits[bisect_right(self.edit_starts, position) - 1]
        return min(edit.dest_start + position - edit.src_start, edit.dest_end)


def _nearest(places: list[int], position: int) -> int:
    after = bisect_left(places, position)
    return min(places[max(0, after - 1) : after + 1], key=lambda place: abs(place - position))
