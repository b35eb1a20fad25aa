"""Where in a text an edited quote may be, by the words it shares with it. It proposes places; it judges none."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from annotations.core.words import words_of

NEAREST: Final = 16
"""Places of a word that are looked at, the nearest to where it is expected: a common word proves little."""

RARE: Final = 12
"""Words of a quote that are looked up, the rarest: the others add time and little else."""

PROPOSED: Final = 3
"""Places that are proposed at most."""

SHARED: Final = 0.3
"""Share of a quote, by the rarity of its words, that a place must have."""

SLACK: Final = 32
"""Code points, with half of the quote's length, by which edits may have shifted its words against each other."""


class Vote(NamedTuple):
    """A word of the quote stands where the quote would begin at `begin`; `at` is where the word is in the quote."""

    begin: int
    at: int
    weight: float


class QuoteIndex:
    """The words of some ranges of a text, each with its places, in code points."""

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]]) -> None:
        self.places: dict[str, list[int]] = defaultdict(list)
        self.count = 0
        for start, end in ranges:
            words = words_of(text[start:end])
            self.count += len(words.words)
            for word, at in zip(words.words, words.starts, strict=True):
                self.places[word].append(start + at)

    def proposals(self, quote: str, expected: int) -> list[tuple[int, int]]:
        """Ranges where words of `quote` stand together, the best first; `expected` is where the quote is expected."""
        words = words_of(quote)
        found = [(len(self.places.get(word, ())), word, at) for word, at in zip(words.words, words.starts, strict=True)]
        weights = [math.log1p(self.count / (count or 1)) for count, _, _ in found]
        rarest = sorted(n for n, (count, _, _) in enumerate(found) if count)
        rarest = sorted(rarest, key=lambda n: found[n][0])[:RARE]
        votes = sorted(
            Vote(place - found[n][2], n, weights[n])
            for n in rarest
            for place in _nearest(self.places[found[n][1]], expected + found[n][2])
        )
        best = _best(votes, SLACK + len(quote) // 2, SHARED * sum(weights), expected)
        return [(max(0, first), last + len(quote)) for first, last in best]


def _nearest(places: Sequence[int], expected: int) -> Sequence[int]:
    if len(places) <= NEAREST:
        return places
    at = bisect_left(places, expected)
    around = places[max(0, at - NEAREST) : at + NEAREST]
    return sorted(around, key=lambda place: abs(place - expected))[:NEAREST]


def _best(votes: list[Vote], slack: int, least: float, expected: int) -> list[tuple[int, int]]:
    """The heaviest ranges of beginnings, `slack` long at most and as far apart at least."""
    best: list[tuple[int, int]] = []
    windows = [window for window in _windows(votes, slack) if window[0] >= least]
    for _, first, last in sorted(windows, key=lambda window: (-window[0], abs(window[1] - expected))):
        if all(last < taken_first - slack or first > taken_last + slack for taken_first, taken_last in best):
            best.append((first, last))
            if len(best) == PROPOSED:
                break
    return best


def _windows(votes: list[Vote], slack: int) -> Iterator[tuple[float, int, int]]:
    """Each longest range of beginnings that ends with a vote, with the weight of its different words."""
    counts: dict[int, int] = defaultdict(int)
    weight = 0.0
    first = 0
    for vote in votes:
        weight += vote.weight * (not counts[vote.at])
        counts[vote.at] += 1
        while votes[first].begin < vote.begin - slack:
            counts[votes[first].at] -= 1
            weight -= votes[first].weight * (not counts[votes[first].at])
            first += 1
        yield weight, votes[first].begin, vote.begin
