"""Quotes that stand to the letter in a text that has changed: which of them is the one that is meant."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Final

NEAREST: Final = 32
"""Places that are looked at on either side of where the quote is expected; those in its context come on top."""

NEAR: Final = 16
"""Code points of context that tell a place from others with the same words."""

WINDOW: Final = 1_024


class EqualQuotes:
    """Searches the ranges of a text as if they were one; a quote that would lie in two of them is not found."""

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]]) -> None:
        self.ranges = [*ranges] or [(0, 0)]
        self.joined = "\n".join(text[start:end] for start, end in self.ranges)
        lengths = (end - start + 1 for start, end in self.ranges)
        self.offsets = list(accumulate(lengths, initial=0))[:-1]

    def places(self, exact: str, prefix: str, suffix: str, expected: int) -> list[int]:
        """Where `exact` begins, in code points of the text: all places if they are few, else the most likely ones."""
        at = self._joined_at(expected)
        found = self._nearest(exact, at)
        if len(found) >= NEAREST:
            before, after = prefix[-NEAR:], suffix[:NEAR]
            for left, right in ((before, after), (before, ""), ("", after)):
                places = self._nearest(left + exact + right, at - len(left))
                found.update(place + len(left) for place in places)
        return [place for start in sorted(found) if (place := self._text_at(start, len(exact))) is not None]

    def _nearest(self, needle: str, at: int) -> set[int]:
        """The places of a needle that are nearest to `at`, overlapping ones included."""
        stop, size = min(max(0, at), len(self.joined)), WINDOW
        found = set(islice(self._between(needle, stop, len(self.joined)), NEAREST))
        before: list[int] = []
        # Windows that double, backwards: str.rfind would take quadratic time in a text that repeats itself.
        while stop > 0 and len(before) < NEAREST:
            start = max(0, stop - size)
            before = [*self._between(needle, start, stop), *before]
            stop, size = start, 2 * size
        return found.union(before[-NEAREST:])

    def _between(self, needle: str, start: int, stop: int) -> Iterator[int]:
        """The places of a needle that begin in start..stop."""
        end = stop + len(needle) - 1
        place = self.joined.find(needle, start, end)
        while place >= 0:
            yield place
            place = self.joined.find(needle, place + 1, end)

    def _text_at(self, place: int, length: int) -> int | None:
        number = bisect_right(self.offsets, place) - 1
        start, end = self.ranges[number]
        at = start + place - self.offsets[number]
        return at if at + length <= end else None

    def _joined_at(self, position: int) -> int:
        number = max(0, bisect_right(self.ranges, (position, len(self.joined) + position)) - 1)
        start, end = self.ranges[number]
        return self.offsets[number] + min(max(0, position - start), end - start)
