"""How much two pieces of text are alike, and how well a place fits a quote with its context: numbers from 0 to 1."""

from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from annotations.core.words import words_of

CHANCE: Final = 0.4
"""Share of letters that unrelated pieces of text have in common in the same order; it counts as nothing."""

QUOTE_WEIGHT: Final = 5
"""Against 1 for each side of the context and 1 for each edge of the quote that has its own word."""

LONGEST: Final = 4_000
"""Code points; of longer pieces only the two ends are compared, so that no quote makes the comparison slow."""

EDGE: Final = 64
"""Code points in which the word at an edge is looked for."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are looked for, with what stood before and after them, and about where they are expected."""

    exact: str
    prefix: str
    suffix: str
    expected: int


def likeness(one: str, other: str) -> float:
    """1 for equal pieces, 0 for what unrelated ones have in common."""
    if one == other:
        return 1.0
    if max(len(one), len(other)) > LONGEST:
        half = LONGEST // 2
        return (likeness(one[:half], other[:half]) + likeness(one[-half:], other[-half:])) / 2
    return max(0.0, (Indel.normalized_similarity(one, other) - CHANCE) / (1 - CHANCE))


def context_likeness(quote: Quote, text: str, start: int, end: int) -> float:
    """How much the context of a quote is like what stands around text[start:end]; 0 for a quote without context."""
    sides = _sides(quote, text, start, end)
    return sum(likeness(*side) for side in sides) / max(1, len(sides))


def fit(quote: Quote, text: str, start: int, end: int) -> float:
    """How well text[start:end] fits the quote, its context and its edges."""
    found = text[start:end]
    sides = _sides(quote, text, start, end)
    around = sum(likeness(*side) for side in sides)
    # A place that begins and ends with the quote's own words is one that was edited, not one that reads alike.
    edges = (_first(quote.exact) == _first(found)) + (_last(quote.exact) == _last(found))
    return (QUOTE_WEIGHT * likeness(quote.exact, found) + around + edges) / (QUOTE_WEIGHT + len(sides) + 2)


def _sides(quote: Quote, text: str, start: int, end: int) -> list[tuple[str, str]]:
    before = (quote.prefix, text[max(0, start - len(quote.prefix)) : start])
    after = (quote.suffix, text[end : end + len(quote.suffix)])
    return [side for side in (before, after) if side[0].strip()]


def _first(piece: str) -> str:
    return next(iter(words_of(piece.lstrip()[:EDGE]).words), "")


def _last(piece: str) -> str:
    return next(reversed(words_of(piece.rstrip()[-EDGE:]).words), "")
