"""Equal runs: what of an old text stands in a new one, to the character, and where. Nothing about annotations."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.core.settling import settle
from annotations.core.word_matches import matches_of
from annotations.core.words import Words, words_of


@dataclass(frozen=True, slots=True)
class Run:
    """`length` code points that are equal: old_text[old:old_end] == new_text[new:new_end]."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


def equal_runs(old_text: str, new_text: str) -> list[Run]:
    """The equal runs of two texts in the order of the old one, disjoint in both.

    They begin and end at words, and take the white space beside them where that is equal too. Runs whose order differs
    in the new text have moved. Time is near-linear in the lengths of the texts.
    """
    old, new = words_of(old_text), words_of(new_text)
    matches = settle(old, new, matches_of(old.words, new.words))
    return _with_space_before(old_text, new_text, _with_space_after(old_text, new_text, _runs(old, new, matches)))


def _runs(old: Words, new: Words, matches: Sequence[int]) -> list[Run]:
    runs = []
    first, previous = 0, -2
    for number, target in enumerate((*matches, -2)):
        # The white space before a word is part of its piece: a run goes on only where that is equal as well.
        if number and previous >= 0 and target == previous + 1 and old.pieces[number] == new.pieces[target]:
            previous = target
            continue
        if previous >= 0:
            start = old.starts[first]
            runs.append(Run(start, new.starts[matches[first]], old.ends[number - 1] - start))
        first, previous = number, target
    return runs


def _with_space_after(old: str, new: str, runs: Sequence[Run]) -> list[Run]:
    return [Run(run.old, run.new, run.length + _equal_space(old, new, run.old_end, run.new_end, 1)) for run in runs]


def _with_space_before(old: str, new: str, runs: Sequence[Run]) -> list[Run]:
    """Run after run grown to the left, over white space that no other run has."""
    old_ends = [0, *(run.old_end for run in runs)]
    new_ends = sorted((0, *(run.new_end for run in runs)))
    grown = []
    for number, run in enumerate(runs):
        room = min(run.old - old_ends[number], run.new - new_ends[bisect_right(new_ends, run.new) - 1])
        space = min(room, _equal_space(old, new, run.old - 1, run.new - 1, -1))
        grown.append(Run(run.old - space, run.new - space, run.length + space))
    return grown


def _equal_space(old: str, new: str, at: int, target: int, step: int) -> int:
    """How many characters of white space are equal from two places on, forwards or backwards."""
    count = 0
    while 0 <= at < len(old) and 0 <= target < len(new) and old[at] == new[target] and old[at].isspace():
        at, target, count = at + step, target + step, count + 1
    return count
