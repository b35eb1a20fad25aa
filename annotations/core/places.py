"""From what a client says about a place (offsets, or a quote) to one checked anchor. It says no rather than guess."""

from dataclasses import dataclass

from annotations.core.anchors import Anchor, anchor_at, check_exact, check_fragments, locate
from annotations.core.drafts import PlaceDraft
from annotations.core.errors import DomainError, FieldError


@dataclass(frozen=True, slots=True)
class Place:
    """A checked anchor and the parts of it that are meant: none, or at least two (start, end) in code points."""

    anchor: Anchor
    fragments: tuple[tuple[int, int], ...]


def place_in(text: str, draft: PlaceDraft) -> Place:
    """The place a draft means in `text`. Raises DomainError with a pointer to the field that is wrong."""
    if draft.start is not None and draft.end is not None:
        anchor = anchor_at(text, draft.start, draft.end)
        if draft.exact is not None:
            check_exact(text, draft.start, draft.end, draft.exact)
    elif draft.start is not None or draft.end is not None:
        missing = "end" if draft.end is None else "start"
        raise _invalid(missing, "range_incomplete", "Send both start and end, or only a quote as exact.")
    elif draft.fragments:
        anchor = anchor_at(text, min(start for start, _ in draft.fragments), max(end for _, end in draft.fragments))
    elif draft.exact:
        anchor = locate(text, draft.exact, draft.prefix, draft.suffix, draft.occurrence)
    else:
        raise _invalid("start", "range_missing", "Say where: send start and end, or a quote as exact.")
    return Place(anchor, check_fragments(text, anchor.start, anchor.end, list(draft.fragments)))


def _invalid(field: str, code: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(f"/{field}", code, sentence)])
