"""Stretches: runs of equal items in two lists. Which are unique, and which of them keep their order."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

GRAM: Final = 4
"""Items that identify a stretch; single words are unique by chance, longer runs are missed between close edits."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` items that are equal: the old ones from index `old` on, the new ones from index `new` on."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


def unique_stretches(old: Sequence[int], new: Sequence[int]) -> list[Stretch]:
    """Disjoint stretches in the order of `old`, each grown as far as it goes from GRAM items that either has once."""
    found: list[Stretch] = []
    taken = bytearray(len(new))
    old_end = 0
    for start, target in _unique_grams(old, new):
        if start < old_end or taken[target]:
            continue
        stretch = _grown(old, new, Stretch(start, target, 0), old_end, taken)
        if stretch.length < GRAM:
            continue
        taken[stretch.new : stretch.new_end] = b"\1" * stretch.length
        old_end = stretch.old_end
        found.append(stretch)
    return found


def heaviest_chain(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Of stretches in the order of `old`, those that also keep the order of `new` and have the most items together."""
    ends: list[int] = [-1]
    weights: list[int] = [0]
    last: list[int] = [-1]
    before: list[int] = []
    for number, stretch in enumerate(stretches):
        at = bisect_right(ends, stretch.new)
        weight = weights[at - 1] + stretch.length
        before.append(last[at - 1])
        # ends and weights rise together: whatever ends later without weighing more can never be part of the answer.
        at = bisect_right(ends, stretch.new_end)
        if weights[at - 1] >= weight:
            continue
        beaten = at
        while beaten < len(ends) and weights[beaten] <= weight:
            beaten += 1
        ends[at:beaten], weights[at:beaten], last[at:beaten] = [stretch.new_end], [weight], [number]
    chain = []
    number = last[-1]
    while number >= 0:
        chain.append(stretches[number])
        number = before[number]
    return chain[::-1]


def _unique_grams(old: Sequence[int], new: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where grams begin that occur once in `old` and once in `new`, in the order of `old`."""
    grams_old, grams_new = _grams(old), _grams(new)
    counts_old, counts_new = Counter(grams_old), Counter(grams_new)
    once = {gram for gram, count in counts_old.items() if count == 1 and counts_new.get(gram) == 1}
    places = dict(zip(grams_new, range(len(grams_new)), strict=True))
    return ((at, places[gram]) for at, gram in enumerate(grams_old) if gram in once)


def _grams(items: Sequence[int]) -> list[int]:
    """A number for every GRAM items in a row. Different ones may share a number; who uses them compares the items."""
    return list(map(hash, zip(*(items[shift:] for shift in range(GRAM)), strict=False)))


def _grown(old: Sequence[int], new: Sequence[int], seed: Stretch, floor: int, taken: bytearray) -> Stretch:
    """The seed grown in both directions, not below old index `floor` and not over new items that are taken."""
    start, target = seed.old, seed.new
    while start > floor and target > 0 and not taken[target - 1] and old[start - 1] == new[target - 1]:
        start, target = start - 1, target - 1
    end, target_end = seed.old, seed.new
    while end < len(old) and target_end < len(new) and not taken[target_end] and old[end] == new[target_end]:
        end, target_end = end + 1, target_end + 1
    return Stretch(start, target, end - start)
