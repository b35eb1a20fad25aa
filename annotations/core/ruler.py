"""The ruler beside a text: how many annotations lie where, and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from annotations.core.states import AnnotationState, annotation_word
from annotations.core.wording import _

BINS: Final = 40
"""Equal stretches that a text is cut into."""

TRACKS: Final = (
    (AnnotationState.OPEN, AnnotationState.RETURNED, AnnotationState.NEEDS_RECHECK),
    (AnnotationState.PROPOSED, AnnotationState.DISPUTED),
    (AnnotationState.SIGNED_OFF,),
)
"""To do, waiting for somebody, settled: each has a track, so that colour is not needed to tell them apart."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many annotations of one state begin in stretch number `bin`, the first of them at the code point `first`."""

    bin: int
    state: AnnotationState
    number: int
    first: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One stretch that has annotations. `first`: where the first of them begins, in code points; `states`: how many
    there are in each state, in the order of the states' names."""

    number: int
    first: int
    states: tuple[tuple[AnnotationState, int], ...]

    @property
    def tracks(self) -> list[int]:
        """The numbers of the tracks that are marked."""
        return [
            number for number, states in enumerate(TRACKS) if any(state in states for state, _number in self.states)
        ]

    @property
    def name(self) -> str:
        """For people who hear it."""
        parts = [
            _("{number} {state}").format(number=number, state=annotation_word(state)) for state, number in self.states
        ]
        return _("{listed} at {percent} %").format(listed=", ".join(parts), percent=round(100 * self.number / BINS))


def bins_of(counts: Iterable[Count]) -> list[Bin]:
    """The stretches with annotations, in text order."""
    ordered = sorted(counts, key=lambda each: (each.bin, each.state))
    return [_bin(number, list(those)) for number, those in groupby(ordered, key=lambda each: each.bin)]


def _bin(number: int, counts: list[Count]) -> Bin:
    """`counts`: of different states."""
    first = min(count.first for count in counts)
    return Bin(number, first, tuple((count.state, count.number) for count in counts))
