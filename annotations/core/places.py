"""From what a client says about a place (offsets, or a quote) to one checked anchor. It says no rather than guess."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from annotations.core.anchors import Anchor, anchor_at, check_exact, check_fragments, locate
from annotations.core.drafts import PlaceDraft
from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _


@dataclass(frozen=True, slots=True)
class Place:
    """A checked anchor and the parts of it that are meant: none, or at least two (start, end) in code points."""

    anchor: Anchor
    fragments: tuple[tuple[int, int], ...]


def place_in(text: str, draft: PlaceDraft) -> Place:
    """The place a draft means in `text`. Raises DomainError with a pointer to the field that is wrong."""
    anchor = _anchor(text, draft)
    with _pointing_at("fragments"):
        return Place(anchor, check_fragments(text, anchor.start, anchor.end, list(draft.fragments)))


def _anchor(text: str, draft: PlaceDraft) -> Anchor:
    if draft.start is not None and draft.end is not None:
        return _at_range(text, draft.start, draft.end, draft.exact, "start")
    if draft.start is not None or draft.end is not None:
        missing = "end" if draft.end is None else "start"
        raise _invalid(missing, "range_incomplete", _("Send both start and end, or only a quote as exact."))
    if draft.fragments:
        start, end = min(first for first, last in draft.fragments), max(last for first, last in draft.fragments)
        return _at_range(text, start, end, draft.exact, "fragments")
    if draft.exact is None:
        raise _invalid("start", "range_missing", _("Say where: send start and end, or a quote as exact."))
    with _pointing_at("exact"):
        return locate(text, draft.exact, draft.prefix, draft.suffix, draft.occurrence)


def _at_range(text: str, start: int, end: int, exact: str | None, field: str) -> Anchor:
    with _pointing_at(field):
        anchor = anchor_at(text, start, end)
    if exact is not None:
        with _pointing_at("exact"):
            check_exact(text, start, end, exact)
    return anchor


@contextmanager
def _pointing_at(field: str) -> Iterator[None]:
    """Refusals of the texts' own rules know no fields; here it is known which one they are about."""
    try:
        yield
    except DomainError as error:
        at = [FieldError(f"/{field}", error.code, error.message)]
        raise DomainError(error.code, error.message, errors=at, extra=error.extra) from error


def _invalid(field: str, code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(f"/{field}", code, sentence)])
