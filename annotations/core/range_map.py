"""From a range of an old text to where its words stand in a new one, through the equal runs. It judges nothing."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from annotations.core.equal_runs import Run
from annotations.core.rewritten import Rewritten
from annotations.core.stretches import Stretch, heaviest_chain

DRAGGED: Final = 2
"""What was added inside a range may be this many times as long as the range; beyond, the lighter side is given up."""


class RangeMap:
    """Ranges are (start, end) in code points, end exclusive; `runs` are what `equal_runs` gives."""

    def __init__(self, old_text: str, new_text: str, runs: Sequence[Run]) -> None:
        self.old_text, self.new_text = old_text, new_text
        self.runs = [Run(0, 0, 0), *runs, Run(len(old_text), len(new_text), 0)]
        self.old_ends = [run.old_end for run in self.runs]
        order = sorted(range(len(self.runs)), key=lambda number: (self.runs[number].new_end, number))
        self.follower = dict(pairwise(order))
        self.rewritten: dict[int, Rewritten] = {}

    def image(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the words of a range stand now; None when they are gone or have no clear place.

        Words that were added at its edges stay outside. An edge inside a rewritten passage goes to the edge of a word.
        """
        first = bisect_right(self.old_ends, start)
        last = first
        while last < len(self.runs) - 1 and self.runs[last].old < end:
            last += 1
        if first == last:
            return self._inside(first, start, end)
        kept = self._together(first, last, start, end)
        found = self._start(kept[0], start), self._end(kept[-1], end)
        return found if found[0] < found[1] else None

    def aligned(self, start: int, end: int) -> tuple[int, int] | None:
        """The range as far from where it was as the longest equal run in it, whatever became of its other words.

        A comparison may match a frequent word at the edge of a moved sentence with the same word elsewhere.
        """
        first = bisect_right(self.old_ends, start)
        touched = []
        for run in self.runs[first:-1]:
            if run.old >= end:
                break
            touched.append((min(end, run.old_end) - max(start, run.old), run.new - run.old))
        if not touched:
            return None
        shift = max(touched)[1]
        return (start + shift, end + shift) if start + shift >= 0 else None

    def expected(self, position: int) -> int:
        """About where an old position is now, by the equal run before it."""
        run = self.runs[bisect_right(self.old_ends, position) - 1]
        return min(run.new_end + position - run.old_end, len(self.new_text))

    def free(self) -> list[tuple[int, int]]:
        """The ranges of the new text that no equal run has: only there can be what was not found."""
        ordered = sorted(self.runs, key=lambda run: run.new_end)
        return [(a.new_end, b.new) for a, b in pairwise(ordered) if self.new_text[a.new_end : b.new].strip()]

    def _inside(self, after: int, start: int, end: int) -> tuple[int, int] | None:
        """The image of a range that lies in a rewritten passage, before the run `after`."""
        passage = self._passage(after)
        if passage is None:
            return None
        before = self.runs[after - 1]
        first, last = passage.start(start - before.old_end), passage.end(end - before.old_end)
        if first is None or last is None or first >= last:
            return None
        return before.new_end + first, before.new_end + last

    def _start(self, number: int, start: int) -> int:
        run = self.runs[number]
        if start >= run.old:
            return run.new + start - run.old
        # The range begins before the run: what its first words have become belongs to it.
        passage, before = self._passage(number), self.runs[number - 1]
        first = passage.start(max(0, start - before.old_end)) if passage else None
        return run.new if first is None else before.new_end + first

    def _end(self, number: int, end: int) -> int:
        run = self.runs[number]
        if end <= run.old_end:
            return run.new + end - run.old
        passage, after = self._passage(number + 1), self.runs[number + 1]
        last = passage.end(min(after.old, end) - run.old_end) if passage else None
        return run.new_end if last is None else run.new_end + last

    def _passage(self, after: int) -> Rewritten | None:
        """What stands between a run and the one before it, if they are neighbours in the new text too."""
        before = after - 1
        if self.follower.get(before) != after:
            return None
        if after not in self.rewritten:
            left, right = self.runs[before], self.runs[after]
            self.rewritten[after] = Rewritten(
                self.old_text[left.old_end : right.old], self.new_text[left.new_end : right.new]
            )
        return self.rewritten[after]

    def _together(self, first: int, last: int, start: int, end: int) -> list[int]:
        """Of the runs that a range touches those that are still in order and near each other, by weight."""
        parts = {}
        for number in range(first, last):
            run = self.runs[number]
            skipped, cut = max(0, start - run.old), max(0, run.old_end - end)
            parts[Stretch(run.old + skipped, run.new + skipped, run.length - skipped - cut)] = number
        kept = heaviest_chain(list(parts)) if len(parts) > 1 else list(parts)
        return [parts[part] for part in _near(kept, end - start)]


def _near(parts: list[Stretch], length: int) -> list[Stretch]:
    """The parts without those that something much longer than the range has come to separate from the others."""
    while len(parts) > 1:
        added = [after.new - before.new_end - (after.old - before.old_end) for before, after in pairwise(parts)]
        if max(added) <= DRAGGED * length:
            break
        cut = added.index(max(added)) + 1
        parts = max(parts[:cut], parts[cut:], key=lambda side: sum(part.length for part in side))
    return parts
