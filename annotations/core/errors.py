"""The one exception that rules raise: a code for programs, a sentence for people. No HTTP status lives here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong value: `pointer` is a JSON pointer into the request ("/start"), `detail` a sentence."""

    pointer: str
    code: str
    detail: str


class DomainError(Exception):
    """A refusal. `code` is stable and for programs; `message` is a sentence that says what is wrong and what to do.

    `extra` holds further facts a program can use (the candidates of an ambiguous quote, say); it is JSON-ready.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.errors = tuple(errors)
        self.extra = dict(extra or {})

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.code, self.message, self.errors, self.extra)


def _again(code: str, message: str, errors: Sequence[FieldError], extra: Mapping[str, Any]) -> DomainError:
    """A refusal that comes from another process."""
    return DomainError(code, message, errors=errors, extra=extra)


def wrong(pointer: str, code: str, sentence: str) -> DomainError:
    """The refusal of one value, at this pointer; of the request as a whole where that is empty."""
    return DomainError(code, sentence, errors=[FieldError(pointer, code, sentence)] if pointer else ())
