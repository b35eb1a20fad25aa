"""Finding a quote in a text that has changed: by its words, its context and where it is expected, or not at all."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from annotations.core.equal_quotes import EqualQuotes
from annotations.core.equal_runs import equal_runs
from annotations.core.likeness import Quote, context_likeness, fit
from annotations.core.quote_index import QuoteIndex
from annotations.core.range_map import RangeMap

FLOOR: Final = 0.55
"""The least fit of an edited quote. Tuned on one half of the public cases; see docs/decisions/0030-carry-over.md."""

ALIKE: Final = 0.1
"""Places whose contexts differ by less are rivals, and edited places whose fits differ by half of it."""

TELLING: Final = 8
"""Code points of a quote that stands in one place only and is found there whatever is around it."""

TELLING_ALONE: Final = 24
"""The same where nobody has said where the quote is expected to the character."""

FAMILIAR: Final = 0.2
"""The least likeness of the context for any other quote to be found to the letter."""

CERTAIN: Final = 0.5
"""Likeness of the context of a place that outweighs the same words elsewhere."""

MARGIN: Final = 40
"""Code points on either side of a proposed place that are compared with the quote as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote is: `start`, `end` in code points, end exclusive; `score` is its fit from 0 to 1."""

    start: int
    end: int
    score: float


class QuoteSearch:
    """Looks for quotes in a text, or only in some ranges of it; contexts may lie outside them.

    `guess`: of places that are equally likely take the one that is clearly the nearest to where the quote is expected.
    """

    def __init__(self, text: str, ranges: Sequence[tuple[int, int]] | None = None, *, guess: bool = True) -> None:
        self.text = text
        self.guess = guess
        self.ranges = [(0, len(text))] if ranges is None else [*ranges]
        self.equal = EqualQuotes(text, self.ranges)

    @cached_property
    def index(self) -> QuoteIndex:
        return QuoteIndex(self.text, self.ranges)

    def find(self, quote: Quote) -> Found | None:
        """The place of a quote, equal to the letter or edited; None when it is gone or may be in several places."""
        places = self.equal.places(quote.exact, quote.prefix, quote.suffix, quote.expected)
        equal = self._equal(quote, places)
        if equal and self._familiar(quote, equal) >= CERTAIN:
            return equal
        edited = self._edited(quote)
        # The words stand elsewhere to the letter: only what was around them can say that they are here, edited.
        if edited and places and self._familiar(quote, edited) < CERTAIN:
            return equal
        return max((found for found in (equal, edited) if found), key=lambda found: found.score, default=None)

    def _familiar(self, quote: Quote, found: Found) -> float:
        return context_likeness(quote, self.text, found.start, found.end)

    def _equal(self, quote: Quote, places: Sequence[int]) -> Found | None:
        found = [self._found(quote, place, place + len(quote.exact)) for place in places]
        contexts = [self._familiar(quote, each) for each in found]
        best = max(contexts, default=0.0)
        if not found or (best < FAMILIAR and not self._telling(quote, places)):
            return None
        rivals = [each for each, context in zip(found, contexts, strict=True) if context > best - ALIKE]
        return self._clear(rivals, quote.expected)

    def _telling(self, quote: Quote, places: Sequence[int]) -> bool:
        return len(places) == 1 and len(quote.exact.strip()) >= (TELLING if self.guess else TELLING_ALONE)

    def _edited(self, quote: Quote) -> Found | None:
        whole = quote.prefix + quote.exact + quote.suffix
        proposals = self.index.proposals(whole, quote.expected - len(quote.prefix))
        places = {place for each in proposals if (place := self._place(quote, whole, each))}
        found = [self._found(quote, *place) for place in sorted(places)]
        best = max(found, key=lambda each: each.score, default=None)
        if not best or best.score < FLOOR:
            return None
        near = [each for each in found if each.score > best.score - ALIKE / 2]
        # Two readings of one place are no rivals.
        rivals = [each for each in near if each is best or each.end <= best.start or best.end <= each.start]
        return self._clear(rivals, quote.expected)

    def _found(self, quote: Quote, start: int, end: int) -> Found:
        return Found(start, end, fit(quote, self.text, start, end))

    def _clear(self, rivals: Sequence[Found], expected: int) -> Found | None:
        """The one of several equally likely places, if it is twice as near as any other and guessing is allowed."""
        first, *others = sorted(rivals, key=lambda found: abs(found.start - expected))
        if not others:
            return first
        clear = self.guess and 2 * abs(first.start - expected) <= abs(others[0].start - expected)
        return first if clear else None

    def _place(self, quote: Quote, whole: str, proposed: tuple[int, int]) -> tuple[int, int] | None:
        """Where in a proposed range the quote is, by comparing it and its context with what stands there."""
        first, last = self._uncut(proposed[0] - MARGIN, -1), self._uncut(proposed[1] + MARGIN, 1)
        passage = self.text[first:last]
        start, end = len(quote.prefix), len(quote.prefix) + len(quote.exact)
        image = RangeMap(whole, passage, equal_runs(whole, passage)).image(start, end)
        if not image:
            return None
        start, end = first + image[0], first + image[1]
        return (start, end) if self.text[start:end] != quote.exact and self._inside(start, end) else None

    def _uncut(self, position: int, step: int) -> int:
        """The place, at most MARGIN further on, where no word is cut."""
        position = min(max(0, position), len(self.text))
        for _ in range(MARGIN):
            if position in (0, len(self.text)) or self.text[position - 1].isspace() or self.text[position].isspace():
                break
            position += step
        return position

    def _inside(self, start: int, end: int) -> bool:
        """Whether at least half of a place lies in the ranges."""
        inside = 0
        for first, last in self.ranges[max(0, bisect_right(self.ranges, (start, end)) - 1) :]:
            if first >= end:
                break
            inside += max(0, min(last, end) - max(first, start))
        return 2 * inside >= end - start
