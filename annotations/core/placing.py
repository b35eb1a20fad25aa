"""What becomes of an annotation when a text is replaced: by itself, or by a person's decision."""

from enum import StrEnum


class Decision(StrEnum):
    """CARRIED needs nobody; PENDING waits for a person; SUPERSEDED: a newer revision came before anybody decided."""

    CARRIED = "carried"
    PENDING = "pending"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class Choice(StrEnum):
    """What a person can say of a pending one."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    UNDO = "undo"


DECIDED = {Choice.ACCEPT: Decision.ACCEPTED, Choice.CORRECT: Decision.CORRECTED, Choice.REJECT: Decision.REJECTED}
