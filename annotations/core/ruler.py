"""The ruler beside a text: how many annotations lie where, and how far they are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
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
    """One stretch that has annotations. `first`: where the first of them begins, in code points."""

    number: int
    first: int
    states: Counter[AnnotationState]

    @property
    def tracks(self) -> list[int]:
        """The numbers of the tracks that are marked."""
        return [number for number, states in enumerate(TRACKS) if not self.states.keys().isdisjoint(states)]

    @property
    def name(self) -> str:
        """For people who hear it."""
        parts = [
            _("{number} {state}").format(number=number, state=annotation_word(state))
            for state, number in sorted(self.states.items())
        ]
        return _("{listed} at {percent} %").format(listed=", ".join(parts), percent=round(100 * self.number / BINS))


def bins_of(counts: Iterable[Count]) -> list[Bin]:
    """The stretches with annotations, in text order."""
    found: dict[int, Bin] = {}
    for count in sorted(counts, key=lambda each: (each.bin, each.first)):
        each = found.setdefault(count.bin, Bin(count.bin, count.first, Counter()))
        each.states[count.state] += count.number
    return list(found.values())
