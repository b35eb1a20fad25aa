"""What the colours in a text stand for: the labels, one vocabulary alone, the verdict, or how far the work is."""

from typing import Final

from annotations.core.states import AnnotationState

LABELS: Final = ""
"""The first label that has a colour, in the order of the vocabularies. Any other value is one of those below, or the
key of a vocabulary whose labels alone count."""
STATE: Final = "state"
VERDICT: Final = "verdict"

NO_COLOUR: Final = "n"
"""The neutral line, where there is no such label."""

STATE_COLOURS: Final = {
    AnnotationState.OPEN: 1,
    AnnotationState.RETURNED: 5,
    AnnotationState.NEEDS_RECHECK: 6,
    AnnotationState.PROPOSED: 9,
    AnnotationState.DISPUTED: 7,
    AnnotationState.SIGNED_OFF: 3,
}
"""Numbers of the palette. Lines are dotted, dashed or solid beside that, so nobody has to tell the colours apart."""


def state_colour(state: str) -> int | None:
    return STATE_COLOURS.get(AnnotationState(state))
