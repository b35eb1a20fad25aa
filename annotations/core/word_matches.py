"""Which words of an old text are which words of a new one, moved passages included. No ranges, no white space.

First the passages that occur once in either text (Heckel 1978: what is unique on both sides is the same thing, whatever
its place). The heaviest of them that keep their order are the frame, the others have moved. Then, between neighbours of
the frame, the same again; and where nothing is unique, the fewest edits, which rapidfuzz finds, within a budget.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from typing import Final

from rapidfuzz.distance import Levenshtein

from annotations.core.stretches import Stretch, heaviest_chain, unique_stretches
from annotations.core.words import SENTENCE_ENDS

SHORTEST_MOVE: Final = 24
"""Characters that a moved passage has at least; shorter ones turn up elsewhere by chance."""

SMALL: Final = 250_000
"""Pairs of words (old times new) up to which the fewest edits are looked for at once."""

BUDGET: Final = 600_000_000
"""Pairs of words compared for two texts at most: about 0.3 s. What is beyond counts as rewritten."""

FEW_EDITS: Final = 512
"""Edits up to which two long passages are compared in time that grows with their length only."""

WEAK: Final = 2
"""A match is chance when both rewritten passages beside it are more than this many times as long."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Words to be matched, as numbers in their texts: the old ones have the same neighbours as the new ones."""

    old: Sequence[int]
    new: Sequence[int]

    @property
    def pairs(self) -> int:
        return len(self.old) * len(self.new)


def matches_of(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each old word the number of the new word it has become, or -1; no new word is given twice."""
    return _Matching(old, new).run()


class _Matching:
    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.words = old
        numbers: dict[str, int] = {}
        # Words as numbers: rapidfuzz compares hashes, and only those of numbers cannot collide.
        self.old = [numbers.setdefault(word, len(numbers)) for word in old]
        self.new = [numbers.setdefault(word, len(numbers)) for word in new]
        self.new_words = new
        self.found = [-1] * len(old)
        self.taken = bytearray(len(new))
        self.budget = BUDGET

    def run(self) -> list[int]:
        whole = self._trimmed(Gap(range(len(self.old)), range(len(self.new))))
        gaps = list(self._frame(whole, moves=True))
        while gaps:
            gap = self._trimmed(self._free(gaps.pop()))
            if gap.pairs <= SMALL:
                self._fewest_edits(gap)
            else:
                gaps.extend(self._frame(gap))
        return self.found

    def _match(self, old: int, new: int) -> None:
        self.found[old] = new
        self.taken[new] = 1

    def _match_stretch(self, gap: Gap, stretch: Stretch) -> None:
        numbers = zip(gap.old[stretch.old : stretch.old_end], gap.new[stretch.new : stretch.new_end], strict=True)
        for old, new in numbers:
            self.found[old] = new
            self.taken[new] = 1

    def _free(self, gap: Gap) -> Gap:
        """What moved passages have left of a gap."""
        return Gap([i for i in gap.old if self.found[i] < 0], [j for j in gap.new if not self.taken[j]])

    def _trimmed(self, gap: Gap) -> Gap:
        """The gap without what is equal at its beginning and at its end; that is matched."""
        old, new, shorter = gap.old, gap.new, min(len(gap.old), len(gap.new))
        head = 0
        while head < shorter and self.old[old[head]] == self.new[new[head]]:
            self._match(old[head], new[head])
            head += 1
        tail = 0
        while tail < shorter - head and self.old[old[-1 - tail]] == self.new[new[-1 - tail]]:
            self._match(old[-1 - tail], new[-1 - tail])
            tail += 1
        return Gap(old[head : len(old) - tail], new[head : len(new) - tail])

    def _frame(self, gap: Gap, *, moves: bool = False) -> Iterator[Gap]:
        """Match the passages that are unique in the gap; yields the gaps between them, to be taken from the last."""
        stretches = unique_stretches(*self._numbers(gap))
        if not stretches:
            yield from self._without_frame(gap)
            return
        frame = heaviest_chain(stretches)
        moved = self._moved(gap, stretches, frame) if moves else []
        for stretch in (*frame, *moved):
            self._match_stretch(gap, stretch)
        yield from _gaps_of_frame(gap, frame)
        # Taken first: words inside a moved passage belong to it, whatever the frame's gaps could make of them.
        yield from _gaps_of_moves(gap, frame, moved)

    def _numbers(self, gap: Gap) -> tuple[list[int], list[int]]:
        return [self.old[i] for i in gap.old], [self.new[j] for j in gap.new]

    def _moved(self, gap: Gap, stretches: list[Stretch], frame: list[Stretch]) -> list[Stretch]:
        kept = set(frame)
        return [each for each in stretches if each not in kept and self._long_enough(gap, each)]

    def _long_enough(self, gap: Gap, stretch: Stretch) -> bool:
        return sum(len(self.words[i]) for i in gap.old[stretch.old : stretch.old_end]) >= SHORTEST_MOVE

    def _without_frame(self, gap: Gap) -> Iterator[Gap]:
        if not self._fewest_edits(gap):
            yield from self._by_sentences(gap)

    def _fewest_edits(self, gap: Gap) -> bool:
        """Match what the fewest edits leave in place, unless the budget forbids to look."""
        old, new = self._numbers(gap)
        if not self._affordable(old, new):
            return False
        rewriting = _Rewriting((self.words[i] for i in gap.old), (self.new_words[j] for j in gap.new))
        for stretch in rewriting.solid(_kept_by_fewest_edits(old, new)):
            self._match_stretch(gap, stretch)
        return True

    def _affordable(self, old: Sequence[object], new: Sequence[object]) -> bool:
        cost = len(old) * len(new)
        if cost > self.budget:
            cost = max(len(old), len(new)) * FEW_EDITS * 2
            if cost > self.budget or Levenshtein.distance(old, new, score_cutoff=FEW_EDITS) > FEW_EDITS:
                return False
        self.budget -= cost
        return True

    def _by_sentences(self, gap: Gap) -> Iterator[Gap]:
        """Match whole sentences, of which there are fewer than words; yields the small gaps between them."""
        old, new = _sentences(gap.old, self.words), _sentences(gap.new, self.new_words)
        numbers: dict[tuple[int, ...], int] = {}
        old_keys = [numbers.setdefault(tuple(self.old[i] for i in each), len(numbers)) for each in old]
        new_keys = [numbers.setdefault(tuple(self.new[j] for j in each), len(numbers)) for each in new]
        if not self._affordable(old_keys, new_keys):
            return
        before = Stretch(0, 0, 0)
        for stretch in (*_kept_by_fewest_edits(old_keys, new_keys), Stretch(len(old), len(new), 0)):
            for i, j in zip(old[stretch.old : stretch.old_end], new[stretch.new : stretch.new_end], strict=True):
                self._match_stretch(Gap(i, j), Stretch(0, 0, len(i)))
            between = Gap(
                list(chain.from_iterable(old[before.old_end : stretch.old])),
                list(chain.from_iterable(new[before.new_end : stretch.new])),
            )
            if between.pairs <= SMALL:
                yield between
            before = stretch


class _Rewriting:
    """How much of a gap is rewritten, in characters: to tell a match from what chance leaves in two different texts."""

    def __init__(self, old: Iterable[str], new: Iterable[str]) -> None:
        self.old = list(accumulate(map(len, old), initial=0))
        self.new = list(accumulate(map(len, new), initial=0))

    def solid(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        """The stretches without those that chance explains: a short word between two long rewritten passages."""
        kept = [Stretch(0, 0, 0)]
        for stretch in (*stretches, Stretch(len(self.old) - 1, len(self.new) - 1, 0)):
            while len(kept) > 1 and self._by_chance(kept[-2], kept[-1], stretch):
                kept.pop()
            kept.append(stretch)
        return kept[1:-1]

    def _by_chance(self, before: Stretch, stretch: Stretch, after: Stretch) -> bool:
        length = self.old[stretch.old_end] - self.old[stretch.old]
        return WEAK * length < min(self._between(before, stretch), self._between(stretch, after))

    def _between(self, before: Stretch, after: Stretch) -> int:
        """On the side that has fewer: nothing is rewritten where words were only added or only taken out."""
        return min(self.old[after.old] - self.old[before.old_end], self.new[after.new] - self.new[before.new_end])


def _kept_by_fewest_edits(old: Sequence[object], new: Sequence[object]) -> list[Stretch]:
    edits = Levenshtein.opcodes(old, new, score_hint=FEW_EDITS)
    return [Stretch(e.src_start, e.dest_start, e.src_end - e.src_start) for e in edits if e.tag == "equal"]


def _sentences(numbers: Sequence[int], words: Sequence[str]) -> list[list[int]]:
    """The numbers cut after every word that ends a sentence; rough, and the same for both texts."""
    sentences: list[list[int]] = [[]]
    for number in numbers:
        sentences[-1].append(number)
        if words[number] in SENTENCE_ENDS:
            sentences.append([])
    return [each for each in sentences if each]


def _gaps_of_frame(gap: Gap, frame: Sequence[Stretch]) -> Iterator[Gap]:
    ends = (Stretch(0, 0, 0), *frame, Stretch(len(gap.old), len(gap.new), 0))
    for before, after in pairwise(ends):
        yield Gap(gap.old[before.old_end : after.old], gap.new[before.new_end : after.new])


def _gaps_of_moves(gap: Gap, frame: Sequence[Stretch], moved: Sequence[Stretch]) -> Iterator[Gap]:
    """The gaps inside moved passages: between two stretches that are neighbours in the old and in the new text."""
    kept = sorted((*frame, *moved), key=attrgetter("old"))
    follower = dict(pairwise(sorted(kept, key=attrgetter("new"))))
    inside = set(moved)
    for before, after in pairwise(kept):
        if follower.get(before) == after and not inside.isdisjoint((before, after)):
            yield Gap(gap.old[before.old_end : after.old], gap.new[before.new_end : after.new])
