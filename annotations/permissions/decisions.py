"""The answer to "may they?": yes, or no with a code for programs and a sentence for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """Falsy when it is a no."""

    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return not self.code


YES = Decision()


def not_allowed(reason: str) -> Decision:
    return Decision("not_allowed", reason)


def wrong_state(reason: str) -> Decision:
    return Decision("wrong_state", reason)
